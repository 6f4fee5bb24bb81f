package press.masthead.reports;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import press.masthead.charts.ChartTable;
import press.masthead.charts.Figure;
import press.masthead.charts.Plot;
import press.masthead.charts.Sheet;
import press.masthead.charts.Svg;

/** Draws the charts that stand in a text as figures; numbered from 1 in the order of the text. */
public final class ChartFigures {
    /** A longer table is a file: what a screen reader would go through for an hour helps nobody. */
    static final int MOST_ROWS = 300;

    private static final int KEPT_CHARACTERS = 16 << 20;

    private final BiFunction<String, String, String> words;
    private final Cache<String, String> drawn = Caffeine.newBuilder()
            .maximumWeight(KEPT_CHARACTERS)
            .weigher((String key, String html) -> key.length() + html.length())
            .build();

    /** @param words a word of the site and a language to the word in that language */
    public ChartFigures(BiFunction<String, String, String> words) {
        this.words = words;
    }

    /**
     * The body with its charts drawn.
     *
     * @param path of the story, ending in a slash
     * @param language of the text, BCP 47
     */
    public String drawn(String html, String path, String language) {
        if (!html.contains("data-chart")) return html;
        Document document = Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false).escapeMode(Entities.EscapeMode.base);
        int number = 0;
        for (Element figure : document.select(Plot.SELECTOR)) {
            int n = ++number;
            String key = n + path + language + figure.outerHtml();
            String shown = drawn.get(key, ignored -> figure(figure, n, path + "charts/" + n + "/csv", language));
            // Drawn text stands as it is: a parser would go through every point of it.
            figure.replaceWith(new org.jsoup.nodes.DataNode(shown));
        }
        return document.body().html();
    }

    /** The figures of a body's chart as CSV (RFC 4180), or nothing where the body has fewer. */
    public Optional<String> csv(String html, int number) {
        List<Element> all = Jsoup.parseBodyFragment(html).select(Plot.SELECTOR);
        if (number < 1 || number > all.size()) return Optional.empty();
        return Optional.of(Plot.of(all.get(number - 1)).file());
    }

    /** How many charts a body has. */
    public static int count(String html) {
        return html.contains("data-chart")
                ? Jsoup.parseBodyFragment(html).select(Plot.SELECTOR).size()
                : 0;
    }

    /** A chart as its writer sees it: no way to fetch the file yet. */
    String preview(Plot plot, String language) {
        return figure(plot, "chart-0", Optional.empty(), "", language);
    }

    private String figure(Element figure, int number, String csv, String language) {
        try {
            return figure(Plot.of(figure), "chart-" + number, Optional.of(csv), figure.className(), language);
        } catch (Sheet.Unreadable damaged) {
            // Its title and its words stay; what can't be drawn is not guessed at.
            Element without = figure.clone();
            without.removeAttr("data-chart")
                    .removeAttr("data-unit")
                    .select("pre")
                    .remove();
            return without.outerHtml();
        }
    }

    private String figure(Plot plot, String id, Optional<String> csv, String also, String language) {
        var shown = new Figure(plot.chart(id, Locale.forLanguageTag(language)), csv.orElse(""));
        var html = new StringBuilder(16_384);
        html.append("<figure class=\"data-chart").append(also.isEmpty() ? "" : " " + also);
        html.append("\" id=\"")
                .append(id)
                .append("\" aria-labelledby=\"")
                .append(id)
                .append("-title\">");
        html.append("<figcaption><strong class=\"chart-title\" id=\"")
                .append(id)
                .append("-title\">");
        html.append(text(plot.title())).append("</strong>");
        if (!plot.unit().isEmpty())
            html.append(" <span class=\"chart-unit\">")
                    .append(text(plot.unit()))
                    .append("</span>");
        if (!plot.description().isEmpty())
            html.append(" <span class=\"chart-says\">")
                    .append(text(plot.description()))
                    .append("</span>");
        html.append("</figcaption>");
        legend(html, shown);
        html.append(Svg.both(shown.chart()));
        axes(html, plot);
        if (!plot.source().isEmpty())
            html.append("<p class=\"chart-source\">")
                    .append(text(plot.source()))
                    .append("</p>");
        table(html, plot, csv, language);
        return html.append("</figure>").toString();
    }

    private static void legend(StringBuilder html, Figure shown) {
        List<String> names = plotted(shown);
        if (names.isEmpty()) return;
        html.append("<ul class=\"legend\" aria-hidden=\"true\">");
        for (int s = 0; s < names.size(); s++)
            html.append("<li><svg class=\"key\" viewBox=\"0 0 24 12\" focusable=\"false\"><rect class=\"c-bar s")
                    .append(s % 6)
                    .append("\" width=\"24\" height=\"12\" rx=\"2\"/><path class=\"c-line s")
                    .append(s % 6)
                    .append("\" d=\"M0 6H24\"/></svg>")
                    .append(text(names.get(s)))
                    .append("</li>");
        html.append("</ul>");
    }

    /** Small charts name themselves. */
    private static List<String> plotted(Figure shown) {
        return shown.chart() instanceof press.masthead.charts.Chart.Multiples ? List.of() : shown.legend();
    }

    /** What dots are measured by: across, and up. */
    private static void axes(StringBuilder html, Plot plot) {
        if (plot.kind() != Plot.Kind.DOTS) return;
        html.append("<p class=\"chart-axes\" aria-hidden=\"true\"><span>↔ ")
                .append(text(plot.sheet().head().get(1)))
                .append("</span> <span>↕ ")
                .append(text(plot.sheet().head().get(2)))
                .append("</span></p>");
    }

    private void table(StringBuilder html, Plot plot, Optional<String> csv, String language) {
        ChartTable table = plot.table(Locale.forLanguageTag(language));
        html.append("<details class=\"chart-figures\"><summary>").append(said("Show the figures", language));
        html.append("</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
        html.append(text(plot.title())).append("\"><table><thead><tr>");
        for (String name : table.head())
            html.append("<th scope=\"col\">").append(text(name)).append("</th>");
        html.append("</tr></thead><tbody>");
        for (List<String> row :
                table.rows().subList(0, Math.min(MOST_ROWS, table.rows().size()))) {
            html.append("<tr><th scope=\"row\">").append(text(row.getFirst())).append("</th>");
            for (String cell : row.subList(1, row.size()))
                html.append("<td class=\"figure\">").append(text(cell)).append("</td>");
            html.append("</tr>");
        }
        html.append("</tbody></table></div>");
        if (table.rows().size() > MOST_ROWS)
            html.append("<p class=\"chart-more\">")
                    .append(said("The first {shown} of {all} rows. The file has all of them.", language)
                            .replace("{shown}", String.valueOf(MOST_ROWS))
                            .replace("{all}", String.valueOf(table.rows().size())))
                    .append("</p>");
        csv.ifPresent(path -> html.append("<p><a class=\"chart-file\" href=\"")
                .append(text(path))
                .append("\" download>")
                .append(said("Download the figures (CSV)", language))
                .append("</a></p>"));
        html.append("</details>");
    }

    private String said(String key, String language) {
        return text(words.apply(key, language));
    }

    static String text(String words) {
        return Entities.escape(words);
    }
}
