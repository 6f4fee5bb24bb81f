package press.masthead.charts;

import java.util.HashSet;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Writes one drawing. Left is where reading begins: in scripts from the right everything is mirrored, and so is the axis. */
final class Pen {
    private static final double LETTER = 6.6;

    private final StringBuilder svg = new StringBuilder(8_192);
    private final About about;
    private final Paper paper;
    private final double start;
    private final double top = 14;

    Pen(About about, Paper paper, List<String> lines) {
        this.about = about;
        this.paper = paper;
        start = 14 + LETTER * lines.stream().mapToInt(String::length).max().orElse(1);
    }

    double left() {
        return start;
    }

    double width() {
        return paper.width() - start - 10;
    }

    double bottom() {
        return paper.height() - 28;
    }

    double height() {
        return bottom() - top;
    }

    double slot(int count) {
        return width() / Math.max(1, count);
    }

    /** A number as short as a drawing needs it. */
    static String n(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
    }

    static String text(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "");
    }

    /** Mirrored where one reads from the right. */
    private double x(double x) {
        return about.fromTheRight() ? paper.width() - x : x;
    }

    private String id() {
        return about.id() + "-" + paper.name();
    }

    void open(int series) {
        svg.append("<svg class=\"chart ").append(paper.name()).append("\" viewBox=\"0 0 ");
        svg.append(paper.width()).append(' ').append(paper.height()).append("\" role=\"document\" lang=\"");
        svg.append(about.locale().stripExtensions().toLanguageTag()).append("\" direction=\"");
        svg.append(about.fromTheRight() ? "rtl" : "ltr")
                .append("\" aria-labelledby=\"")
                .append(id())
                .append("-t\"");
        if (!about.description().isEmpty())
            svg.append(" aria-describedby=\"").append(id()).append("-d\"");
        svg.append("><title id=\"")
                .append(id())
                .append("-t\">")
                .append(text(about.title()))
                .append("</title>");
        if (!about.description().isEmpty())
            svg.append("<desc id=\"")
                    .append(id())
                    .append("-d\">")
                    .append(text(about.description()))
                    .append("</desc>");
        svg.append("<defs>");
        for (int s = 1; s < series; s++) pattern(s);
        svg.append("</defs>");
    }

    /** Stripes in a direction of their own for each further series, so that they differ without colour. */
    private void pattern(int s) {
        svg.append("<pattern id=\"").append(id()).append("-p").append(s);
        svg.append("\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(");
        svg.append(List.of(45, 135, 0, 90, 20).get((s - 1) % 5));
        svg.append(")\"><line y2=\"6\" class=\"stripe\"/></pattern>");
    }

    void axis(Scale scale, List<String> lines) {
        List<Double> ticks = scale.ticks();
        for (int i = 0; i < ticks.size(); i++) {
            double y = bottom() - scale.at(ticks.get(i)) * height();
            svg.append("<line class=\"")
                    .append(ticks.get(i) == 0 ? "zero" : "grid")
                    .append("\" x1=\"");
            svg.append(n(x(left())))
                    .append("\" x2=\"")
                    .append(n(x(left() + width())))
                    .append("\" y1=\"");
            svg.append(n(y))
                    .append("\" y2=\"")
                    .append(n(y))
                    .append("\"/><text class=\"tick\" text-anchor=\"end\" x=\"");
            svg.append(n(x(left() - 8))).append("\" y=\"").append(n(y + 4)).append("\" aria-hidden=\"true\">");
            svg.append(text(lines.get(i))).append("</text>");
        }
    }

    /** As many of them as there is room for, the last one always; one that is too long is cut, and said in full elsewhere. */
    void labels(List<String> labels) {
        double slot = slot(labels.size());
        int room = Math.max(12, Math.min(24, (int) ((slot - 10) / LETTER)));
        int longest = labels.stream()
                .mapToInt(label -> Math.min(room, label.length()))
                .max()
                .orElse(1);
        int each = Math.max(1, (int) Math.ceil((longest * LETTER + 10) / slot));
        for (int i = labels.size() - 1; i >= 0; i -= each) label(left() + slot * (i + 0.5), cut(labels.get(i), room));
    }

    static String cut(String words, int most) {
        return words.length() <= most ? words : words.substring(0, most - 1).strip() + "\u2026";
    }

    void label(double x, String label) {
        double half = label.length() * LETTER / 2;
        double inside = Math.max(half, Math.min(paper.width() - half, x));
        svg.append("<text class=\"tick\" text-anchor=\"middle\" aria-hidden=\"true\" x=\"")
                .append(n(x(inside)));
        svg.append("\" y=\"")
                .append(n(bottom() + 19))
                .append("\">")
                .append(text(label))
                .append("</text>");
    }

    void bar(double left, double width, double from, double to, int s) {
        double y = Math.min(from, to);
        double tall = Math.max(Math.abs(from - to), 1);
        String box = "x=\"" + n(about.fromTheRight() ? x(left) - width : left) + "\" y=\"" + n(y) + "\" width=\""
                + n(width) + "\" height=\"" + n(tall) + "\"";
        svg.append("<rect class=\"c-bar s")
                .append(s % 6)
                .append("\" ")
                .append(box)
                .append("/>");
        if (s > 0)
            svg.append("<rect fill=\"url(#")
                    .append(id())
                    .append("-p")
                    .append(s)
                    .append(")\" ")
                    .append(box)
                    .append("/>");
    }

    void line(List<Double> values, int s, DoubleUnaryOperator up, boolean filled) {
        double slot = slot(values.size());
        int begun = -1;
        var path = new StringBuilder();
        for (int i = 0; i <= values.size(); i++) {
            boolean known = i < values.size() && Double.isFinite(values.get(i));
            if (known) {
                path.append(begun < 0 ? "M" : "L")
                        .append(n(x(left() + slot * (i + 0.5))))
                        .append(' ');
                path.append(n(up.applyAsDouble(values.get(i))));
                if (begun < 0) begun = i;
            } else if (begun >= 0) {
                if (filled) {
                    String zero = n(up.applyAsDouble(0));
                    svg.append("<path class=\"c-area s")
                            .append(s % 6)
                            .append("\" d=\"")
                            .append(path)
                            .append("L");
                    svg.append(n(x(left() + slot * (i - 0.5))))
                            .append(' ')
                            .append(zero)
                            .append("L");
                    svg.append(n(x(left() + slot * (begun + 0.5))))
                            .append(' ')
                            .append(zero)
                            .append("Z\"/>");
                }
                svg.append("<path class=\"c-line s")
                        .append(s % 6)
                        .append("\" d=\"")
                        .append(path)
                        .append("\"/>");
                if (i - begun == 1) mark(left() + slot * (begun + 0.5), up.applyAsDouble(values.get(begun)), s);
                path.setLength(0);
                begun = -1;
            }
        }
    }

    private void mark(double x, double y, int s) {
        svg.append("<circle class=\"c-dot s")
                .append(s % 6)
                .append("\" r=\"3.5\" cx=\"")
                .append(n(x(x)));
        svg.append("\" cy=\"").append(n(y)).append("\"/>");
    }

    /** More dots than anyone would go through one by one: drawn as one shape, each place once. */
    void cloud(List<double[]> places, int s) {
        var path = new StringBuilder();
        var drawn = new HashSet<Long>();
        for (double[] place : places)
            if (drawn.add(Math.round(place[0]) * 10_000 + Math.round(place[1])))
                path.append('M')
                        .append(n(x(place[0]) - 1.5))
                        .append(' ')
                        .append(n(place[1] - 1.5))
                        .append("h3v3h-3Z");
        svg.append("<path class=\"c-dot s")
                .append(s % 6)
                .append("\" d=\"")
                .append(path)
                .append("\"/>");
    }

    void dot(double x, double y, int s, String name, List<String> says) {
        svg.append(opening(name, says));
        if (s % 2 == 0) mark(x, y, s);
        else
            svg.append("<rect class=\"c-dot s")
                    .append(s % 6)
                    .append("\" width=\"7\" height=\"7\" x=\"")
                    .append(n(x(x) - 3.5))
                    .append("\" y=\"")
                    .append(n(y - 3.5))
                    .append("\"/>");
        tip(x, y, name, says);
        svg.append("</g>");
    }

    /** A place along the axis: shows its values to whoever points at it or comes by with the keyboard. */
    void place(int i, int count, String name, List<String> says) {
        double slot = slot(count);
        double from = left() + slot * i;
        svg.append(opening(name, says)).append("<rect class=\"hit\" x=\"");
        svg.append(n(about.fromTheRight() ? x(from) - slot : from))
                .append("\" y=\"")
                .append(n(top))
                .append("\" width=\"");
        svg.append(n(slot)).append("\" height=\"").append(n(height())).append("\"/>");
        tip(from + slot / 2, top + 8, name, says);
        svg.append("</g>");
    }

    private static String opening(String name, List<String> says) {
        return "<g class=\"place\" tabindex=\"0\" role=\"img\" aria-label=\""
                + text(name + ": " + String.join(", ", says)) + "\">";
    }

    private void tip(double x, double y, String fullName, List<String> says) {
        String name = cut(fullName, 44);
        int longest = Math.max(
                name.length(), says.stream().mapToInt(String::length).max().orElse(0));
        double wide = longest * 7 + 20;
        double tall = 18 * (says.size() + 1) + 10;
        double box = Math.max(2, Math.min(paper.width() - wide - 2, x(x) - wide / 2));
        double high = Math.max(2, Math.min(paper.height() - tall - 2, y));
        svg.append("<g class=\"tip\" aria-hidden=\"true\"><rect x=\"")
                .append(n(box))
                .append("\" y=\"")
                .append(n(high));
        svg.append("\" width=\"")
                .append(n(wide))
                .append("\" height=\"")
                .append(n(tall))
                .append("\" rx=\"5\"/>");
        for (int i = 0; i <= says.size(); i++) {
            svg.append("<text class=\"")
                    .append(i == 0 ? "tip-name" : "tip-value")
                    .append("\" text-anchor=\"middle\" x=\"");
            svg.append(n(box + wide / 2))
                    .append("\" y=\"")
                    .append(n(high + 20 + 18 * i))
                    .append("\">");
            svg.append(text(i == 0 ? name : says.get(i - 1))).append("</text>");
        }
        svg.append("</g>");
    }

    String close() {
        return svg.append("</svg>").toString();
    }
}
