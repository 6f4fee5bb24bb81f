package press.masthead.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * Draws charts. The drawing names itself ({@code title}, {@code desc}), each place along the axis can be reached by keyboard and says
 * its values, series differ by more than colour, and colours are the page's own: they come from classes. Follows SVG 2 and the
 * WAI-ARIA Graphics Module.
 */
public final class Svg {
    /** As many places as someone may be asked to go through with the keyboard; beyond, there is the table. */
    private static final int MOST_PLACES = 120;

    private static final int MOST_DOTS = 400;

    private Svg() {}

    /** For a wide and for a narrow place, one after the other; the style sheet shows the one that fits. */
    public static String both(Chart chart) {
        return draw(chart, Paper.WIDE) + draw(chart, Paper.NARROW);
    }

    /** As large as a chart in a text is. */
    public static String wide(Chart chart) {
        return draw(chart, Paper.WIDE);
    }

    /** A line without axes, beside a figure; says nothing that does not stand beside it. */
    public static String spark(List<Double> values) {
        var known = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
        if (known.length < 2) return "";
        Scale scale = Scale.over(DoubleStream.of(known), 4, false, false);
        var path = new StringBuilder();
        for (int i = 0; i < values.size(); i++)
            if (Double.isFinite(values.get(i)))
                path.append(path.isEmpty() ? "M" : "L")
                        .append(Pen.n(2 + 116.0 * i / (values.size() - 1)))
                        .append(' ')
                        .append(Pen.n(30 - 26 * scale.at(values.get(i))));
        return "<svg class=\"spark\" viewBox=\"0 0 120 32\" aria-hidden=\"true\" focusable=\"false\"><path d=\"" + path
                + "\" fill=\"none\" stroke=\"currentColor\"/></svg>";
    }

    private static String draw(Chart chart, Paper paper) {
        return switch (chart) {
            case Chart.Bars c -> plot(c, paper);
            case Chart.Stacked c -> plot(c, paper);
            case Chart.Lines c -> plot(c, paper);
            case Chart.Areas c -> plot(c, paper);
            case Chart.Scatter c -> scatter(c, paper);
            case Chart.Multiples c -> multiples(c, paper);
        };
    }

    private static Scale scale(List<? extends Chart.Labelled> charts, Paper paper) {
        boolean lengths = charts.stream().anyMatch(chart -> !(chart instanceof Chart.Lines));
        Unit unit =
                charts.isEmpty() ? new Unit.Count() : charts.getFirst().about().unit();
        return Scale.over(
                charts.stream().flatMapToDouble(Svg::reach), paper.steps(), unit instanceof Unit.Count, lengths);
    }

    /** How far up and down a chart reaches. */
    private static DoubleStream reach(Chart.Labelled chart) {
        if (!(chart instanceof Chart.Stacked))
            return chart.series().stream().flatMap(one -> one.values().stream()).mapToDouble(Double::doubleValue);
        var sums = DoubleStream.builder();
        for (int i = 0; i < chart.labels().size(); i++) {
            double up = 0;
            double down = 0;
            for (Chart.Series one : chart.series()) {
                double value = one.values().get(i);
                if (value > 0) up += value;
                if (value < 0) down += value;
            }
            sums.add(up).add(down);
        }
        return sums.build();
    }

    private static String plot(Chart.Labelled chart, Paper paper) {
        return plot(chart, paper, scale(List.of(chart), paper));
    }

    private static String plot(Chart.Labelled chart, Paper paper, Scale scale) {
        About about = chart.about();
        List<String> lines = scale.ticks().stream()
                .map(tick -> about.unit().brief(tick, about.locale()))
                .toList();
        var pen = new Pen(about, paper, lines);
        pen.open(chart.series().size());
        pen.axis(scale, lines);
        int count = chart.labels().size();
        DoubleUnaryOperator up = value -> pen.bottom() - scale.at(value) * pen.height();
        pen.labels(chart.labels());
        Chart.Labelled drawn = Thinned.of(chart, paper.width());
        for (int s = 0; s < drawn.series().size(); s++)
            switch (drawn) {
                case Chart.Bars c -> bars(pen, c, s, up);
                case Chart.Stacked c -> stack(pen, c, s, up);
                case Chart.Lines c -> pen.line(c.series().get(s).values(), s, up, false);
                case Chart.Areas c -> pen.line(c.series().get(s).values(), s, up, true);
            }
        int places = Math.min(count, MOST_PLACES);
        for (int place = 0; place < places; place++) {
            int i = (int) ((place + 0.5) * count / places);
            var says = new ArrayList<String>();
            for (Chart.Series one : chart.series())
                says.add((chart.series().size() > 1 ? Pen.cut(one.name(), 32) + " " : "")
                        + about.unit().full(one.values().get(i), about.locale()));
            pen.place(place, places, chart.labels().get(i), says);
        }
        return pen.close();
    }

    private static void bars(Pen pen, Chart.Bars chart, int s, DoubleUnaryOperator up) {
        int many = chart.series().size();
        double slot = pen.slot(chart.labels().size());
        double width = Math.min(48, slot * 0.72 / many);
        for (int i = 0; i < chart.labels().size(); i++) {
            double value = chart.series().get(s).values().get(i);
            if (!Double.isFinite(value)) continue;
            double left = pen.left() + slot * (i + 0.5) + width * (s - many / 2.0);
            pen.bar(left, width, up.applyAsDouble(0), up.applyAsDouble(value), s);
        }
    }

    private static void stack(Pen pen, Chart.Stacked chart, int s, DoubleUnaryOperator up) {
        double slot = pen.slot(chart.labels().size());
        double width = Math.min(56, slot * 0.66);
        for (int i = 0; i < chart.labels().size(); i++) {
            double value = chart.series().get(s).values().get(i);
            if (!Double.isFinite(value) || value == 0) continue;
            double from = 0;
            for (int below = 0; below < s; below++) {
                double other = chart.series().get(below).values().get(i);
                if (other * value > 0) from += other;
            }
            pen.bar(
                    pen.left() + slot * (i + 0.5) - width / 2,
                    width,
                    up.applyAsDouble(from),
                    up.applyAsDouble(from + value),
                    s);
        }
    }

    private static String scatter(Chart.Scatter chart, Paper paper) {
        About about = chart.about();
        Scale up = Scale.over(
                chart.groups().stream().flatMap(group -> group.dots().stream()).mapToDouble(Chart.Dot::up),
                paper.steps(),
                about.unit() instanceof Unit.Count,
                false);
        Scale across = Scale.over(
                chart.groups().stream().flatMap(group -> group.dots().stream()).mapToDouble(Chart.Dot::across),
                paper.steps(),
                chart.across() instanceof Unit.Count,
                false);
        List<String> lines = up.ticks().stream()
                .map(tick -> about.unit().brief(tick, about.locale()))
                .toList();
        var pen = new Pen(about, paper, lines);
        pen.open(chart.groups().size());
        pen.axis(up, lines);
        for (double tick : across.ticks())
            pen.label(pen.left() + across.at(tick) * pen.width(), chart.across().brief(tick, about.locale()));
        boolean cloud =
                chart.groups().stream().mapToInt(group -> group.dots().size()).sum() > MOST_DOTS;
        for (int s = 0; cloud && s < chart.groups().size(); s++)
            pen.cloud(
                    chart.groups().get(s).dots().stream()
                            .filter(dot -> Double.isFinite(dot.across()) && Double.isFinite(dot.up()))
                            .map(dot -> new double[] {
                                pen.left() + across.at(dot.across()) * pen.width(),
                                pen.bottom() - up.at(dot.up()) * pen.height()
                            })
                            .toList(),
                    s);
        for (int s = 0; !cloud && s < chart.groups().size(); s++)
            for (Chart.Dot dot : chart.groups().get(s).dots())
                if (Double.isFinite(dot.across()) && Double.isFinite(dot.up()))
                    pen.dot(
                            pen.left() + across.at(dot.across()) * pen.width(),
                            pen.bottom() - up.at(dot.up()) * pen.height(),
                            s,
                            dot.name(),
                            List.of(
                                    chart.across().full(dot.across(), about.locale()),
                                    about.unit().full(dot.up(), about.locale())));
        return pen.close();
    }

    private static String multiples(Chart.Multiples chart, Paper paper) {
        Scale one = scale(chart.parts(), Paper.SMALL);
        var all = new StringBuilder();
        for (Chart.Labelled part : chart.parts())
            all.append("<div class=\"multiple\"><p class=\"multiple-name\">")
                    .append(Pen.text(part.about().title()))
                    .append("</p>")
                    .append(plot(part, Paper.SMALL, one))
                    .append("</div>");
        return paper.equals(Paper.NARROW) ? "" : "<div class=\"multiples\">" + all + "</div>";
    }
}
