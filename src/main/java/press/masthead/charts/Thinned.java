package press.masthead.charts;

import java.util.ArrayList;
import java.util.List;

/** A chart with no more values than there is room for; what stands out stays. */
final class Thinned {
    private Thinned() {}

    /** @param most how many labels may be drawn; of each group that stands for one of them, the lowest and highest values stay */
    static Chart.Labelled of(Chart.Labelled chart, int most) {
        int count = chart.labels().size();
        if (count <= most) return chart;
        int groups = Math.max(1, most / 2);
        return switch (chart) {
            case Chart.Bars c -> new Chart.Bars(c.about(), labels(c, groups), extremes(c, groups));
            case Chart.Lines c -> new Chart.Lines(c.about(), labels(c, groups), extremes(c, groups));
            case Chart.Areas c -> new Chart.Areas(c.about(), labels(c, groups), extremes(c, groups));
            case Chart.Stacked c -> highest(c, most);
        };
    }

    private static List<String> labels(Chart.Labelled chart, int groups) {
        var labels = new ArrayList<String>();
        for (int g = 0; g < groups; g++) {
            labels.add(chart.labels().get(begin(g, groups, chart)));
            labels.add("");
        }
        return labels;
    }

    private static int begin(int group, int groups, Chart.Labelled chart) {
        return (int) ((long) group * chart.labels().size() / groups);
    }

    private static List<Chart.Series> extremes(Chart.Labelled chart, int groups) {
        var series = new ArrayList<Chart.Series>();
        for (Chart.Series one : chart.series()) {
            var kept = new ArrayList<Double>();
            for (int g = 0; g < groups; g++) {
                int low = -1;
                int high = -1;
                for (int i = begin(g, groups, chart); i < begin(g + 1, groups, chart); i++) {
                    double value = one.values().get(i);
                    if (Double.isNaN(value)) continue;
                    if (low < 0 || value < one.values().get(low)) low = i;
                    if (high < 0 || value > one.values().get(high)) high = i;
                }
                kept.add(low < 0 ? Double.NaN : one.values().get(Math.min(low, high)));
                kept.add(low < 0 ? Double.NaN : one.values().get(Math.max(low, high)));
            }
            series.add(new Chart.Series(one.name(), kept));
        }
        return series;
    }

    /** Parts that stand on each other stay together: of each group, the one with the highest sum. */
    private static Chart.Stacked highest(Chart.Stacked chart, int groups) {
        var labels = new ArrayList<String>();
        var kept = new ArrayList<Integer>();
        for (int g = 0; g < groups; g++) {
            int highest = begin(g, groups, chart);
            for (int i = highest + 1; i < begin(g + 1, groups, chart); i++)
                if (sum(chart, i) > sum(chart, highest)) highest = i;
            kept.add(highest);
            labels.add(chart.labels().get(highest));
        }
        return new Chart.Stacked(
                chart.about(),
                labels,
                chart.series().stream()
                        .map(one -> new Chart.Series(
                                one.name(),
                                kept.stream().map(i -> one.values().get(i)).toList()))
                        .toList());
    }

    private static double sum(Chart.Stacked chart, int i) {
        return chart.series().stream()
                .mapToDouble(one -> one.values().get(i))
                .filter(Double::isFinite)
                .map(Math::abs)
                .sum();
    }
}
