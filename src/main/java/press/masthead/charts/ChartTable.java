package press.masthead.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A chart's figures.
 *
 * @param rows the first cell of each is its name
 */
public record ChartTable(List<String> head, List<List<String>> rows) {
    /** As they are written for people. */
    public static ChartTable of(Chart chart) {
        return of(chart, false);
    }

    private static String written(Chart chart, Unit unit, double value, boolean plain) {
        if (!plain) return unit.full(value, chart.about().locale());
        return Double.isNaN(value)
                ? ""
                : java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static ChartTable of(Chart chart, boolean plain) {
        return switch (chart) {
            case Chart.Bars c -> labelled(c, plain);
            case Chart.Stacked c -> labelled(c, plain);
            case Chart.Lines c -> labelled(c, plain);
            case Chart.Areas c -> labelled(c, plain);
            case Chart.Scatter c -> scatter(c, plain);
            case Chart.Multiples c -> multiples(c, plain);
        };
    }

    private static ChartTable labelled(Chart.Labelled chart, boolean plain) {
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < chart.labels().size(); i++) {
            int at = i;
            rows.add(Stream.concat(
                            Stream.of(chart.labels().get(at)),
                            chart.series().stream()
                                    .map(one -> written(
                                            chart,
                                            chart.about().unit(),
                                            one.values().get(at),
                                            plain)))
                    .toList());
        }
        return new ChartTable(
                Stream.concat(
                                Stream.of(chart.about().labels()),
                                chart.series().stream().map(Chart.Series::name))
                        .toList(),
                rows);
    }

    private static ChartTable scatter(Chart.Scatter chart, boolean plain) {
        var rows = new ArrayList<List<String>>();
        for (Chart.Dots group : chart.groups())
            for (Chart.Dot dot : group.dots())
                rows.add(List.of(
                        dot.name(),
                        group.name(),
                        written(chart, chart.across(), dot.across(), plain),
                        written(chart, chart.about().unit(), dot.up(), plain)));
        return new ChartTable(List.of(chart.about().labels(), "", chart.acrossName(), chart.upName()), rows);
    }

    private static ChartTable multiples(Chart.Multiples chart, boolean plain) {
        var rows = new ArrayList<List<String>>();
        for (Chart.Labelled part : chart.parts())
            for (int i = 0; i < part.labels().size(); i++)
                for (Chart.Series one : part.series())
                    rows.add(List.of(
                            part.about().title(),
                            part.labels().get(i),
                            one.name(),
                            written(part, part.about().unit(), one.values().get(i), plain)));
        return new ChartTable(
                List.of("", chart.about().labels(), "", chart.about().title()), rows);
    }

    /** The bare figures as CSV (RFC 4180), with a point for decimals whatever the locale. */
    public static String csv(Chart chart) {
        ChartTable table = of(chart, true);
        var csv = new StringBuilder();
        Stream.concat(Stream.of(table.head()), table.rows().stream())
                .forEach(row -> csv.append(String.join(
                                ",", row.stream().map(ChartTable::cell).toList()))
                        .append("\r\n"));
        return csv.toString();
    }

    /** One cell of a CSV file. A spreadsheet takes what begins with = + - @ for a formula, so such words get an apostrophe; numbers do not. */
    public static String cell(String text) {
        String safe = text.matches("(?s)[=+\\-@\\t\\r].*") && !text.matches("-?[0-9]+(\\.[0-9]+)?") ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
