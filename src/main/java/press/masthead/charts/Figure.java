package press.masthead.charts;

import java.util.List;

/**
 * A chart as a page shows it, with its table below: {@code @template.charts.figure(figure = …)}.
 *
 * @param csv where its figures can be fetched as CSV; empty where they can't
 */
public record Figure(Chart chart, String csv) {
    public String svg() {
        return Svg.both(chart);
    }

    public ChartTable table() {
        return ChartTable.of(chart);
    }

    public About about() {
        return chart.about();
    }

    /** The names of its series, where there is more than one to tell apart. */
    public List<String> legend() {
        List<String> names = switch (chart) {
            case Chart.Bars c -> c.series().stream().map(Chart.Series::name).toList();
            case Chart.Stacked c -> c.series().stream().map(Chart.Series::name).toList();
            case Chart.Lines c -> c.series().stream().map(Chart.Series::name).toList();
            case Chart.Areas c -> c.series().stream().map(Chart.Series::name).toList();
            case Chart.Scatter c -> c.groups().stream().map(Chart.Dots::name).toList();
            case Chart.Multiples c ->
                c.parts().stream()
                        .flatMap(part -> part.series().stream())
                        .map(Chart.Series::name)
                        .distinct()
                        .toList();
        };
        return names.size() > 1 ? names : List.of();
    }

    public boolean isEmpty() {
        return table().rows().isEmpty();
    }
}
