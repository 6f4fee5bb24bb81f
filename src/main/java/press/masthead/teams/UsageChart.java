package press.masthead.teams;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Months as bars, drawn on the server: seats behind, active readers in front. The table beside it says the same in figures. */
final class UsageChart {
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);
    private static final int WIDTH = 720;
    private static final int HEIGHT = 240;
    private static final int FOOT = 28;
    private static final int HEAD = 22;

    private UsageChart() {}

    static String svg(List<Usage.Month> months, String team) {
        long most =
                Math.max(1, months.stream().mapToLong(Usage.Month::used).max().orElse(1));
        double step = (double) WIDTH / Math.max(6, months.size());
        var svg = new StringBuilder();
        svg.append(
                "<svg class=\"usage-chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"usage-title usage-text\">"
                        .formatted(WIDTH, HEIGHT));
        svg.append("<title id=\"usage-title\">Seats and active readers by month</title><desc id=\"usage-text\">")
                .append(escaped(summary(months, team)))
                .append("</desc><g aria-hidden=\"true\">");
        svg.append("<line class=\"usage-ground\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
                .formatted(WIDTH, HEIGHT - FOOT, HEIGHT - FOOT));
        for (int i = 0; i < months.size(); i++) {
            Usage.Month month = months.get(i);
            double x = i * step + step * .16;
            double wide = step * .68;
            bar(svg, "usage-seats", x, wide, month.used(), most);
            if (!month.isHidden()) bar(svg, "usage-active", x, wide, month.active(), most);
            text(
                    svg,
                    "usage-figure",
                    x + wide / 2,
                    HEIGHT - FOOT - high(month.used(), most) - 6,
                    month.isHidden() ? "·" : Long.toString(month.active()));
            text(svg, "usage-month", x + wide / 2, HEIGHT - 8, SHORT.format(month.month()));
        }
        return svg.append("</g></svg>").toString();
    }

    private static double high(long value, long most) {
        return (double) value / most * (HEIGHT - FOOT - HEAD);
    }

    private static void bar(StringBuilder svg, String name, double x, double wide, long value, long most) {
        double high = high(value, most);
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                name,
                x,
                HEIGHT - FOOT - high,
                wide,
                high));
    }

    private static void text(StringBuilder svg, String name, double x, double y, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
                name,
                x,
                y,
                words));
    }

    private static String summary(List<Usage.Month> months, String team) {
        if (months.isEmpty()) return team + " has no month yet.";
        Usage.Month last = months.getLast();
        return team + ", " + TeamPages.MONTH.format(last.month()) + ": " + TeamLetters.seats((int) last.used())
                + " in use, " + (last.isHidden() ? "fewer than " + Usage.FEWEST : Long.toString(last.active()))
                + " active readers.";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
