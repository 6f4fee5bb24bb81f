package press.masthead.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/** What a page needs of a body that was cleaned before: its chapters, ways back from its footnotes, figures under figures. */
final class BodyMarkup {
    /** As {@link press.masthead.stories.Stories} keeps a report: each chapter a section that can be linked to. */
    private static final Pattern CHAPTER =
            Pattern.compile("<section id=\"([^\"]+)\"[^>]*>\\s*<h2[^>]*>(.*?)</h2>", Pattern.DOTALL);

    private static final Pattern WAY_BACK = Pattern.compile("<a href=\"#fnref(\\d+)\">↩</a>");

    private static final Pattern TABLE = Pattern.compile("<table\\b.*?</table>", Pattern.DOTALL);
    /** A number alone: with its sign, its currency, its short unit. */
    private static final Pattern FIGURE =
            Pattern.compile("[\u2212\u2013+-]?\\s?[$\u20ac\u00a3]?\\d[\\d.,\u00a0 ]*(%|m|bn|k)?|[\u2212\u2013-]?");

    private BodyMarkup() {}

    /** The body as a page shows it. */
    static String shown(String html) {
        return withFigures(withWaysBack(html));
    }

    /** Names the part that not everyone gets, block by block, as the page's structured data says. */
    static String paywalled(String rest) {
        Document document = Jsoup.parseBodyFragment(rest);
        document.outputSettings().prettyPrint(false);
        document.body().children().forEach(block -> block.addClass("paywalled"));
        return document.body().html();
    }

    /** Columns of numbers stand at their end, one under another, and so do their heads. */
    static String withFigures(String html) {
        if (!html.contains("<table")) return html;
        return TABLE.matcher(html).replaceAll(table -> Matcher.quoteReplacement(aligned(table.group())));
    }

    private static String aligned(String html) {
        Document document = Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false);
        Elements rows = document.select("tr");
        Elements body = document.select("tbody tr");
        // With cells that span others, what stands under what can't be told by counting.
        if (body.isEmpty() || !document.select("[colspan], [rowspan]").isEmpty()) return html;
        int columns = body.stream().mapToInt(Element::childrenSize).max().orElse(0);
        for (int i = 0; i < columns; i++) {
            int column = i;
            boolean figures = body.stream()
                    .filter(row -> row.childrenSize() > column)
                    .map(row -> row.child(column))
                    .allMatch(cell -> cell.nameIs("td")
                            && FIGURE.matcher(cell.text().strip()).matches());
            if (!figures) continue;
            for (Element row : rows)
                if (row.childrenSize() > column) row.child(column).addClass("figure");
        }
        return document.body().html();
    }

    /** The chapters of which the body holds the beginning, in order: {@code number}, {@code title}, {@code anchor}. */
    static List<Map<String, Object>> chapters(String html) {
        var chapters = new ArrayList<Map<String, Object>>();
        Matcher chapter = CHAPTER.matcher(html);
        while (chapter.find())
            chapters.add(Map.of(
                    "number",
                    chapters.size() + 1,
                    "anchor",
                    chapter.group(1),
                    "title",
                    Jsoup.parseBodyFragment(chapter.group(2)).text()));
        return chapters;
    }

    /** The arrow at a footnote's end says to everyone, and not to the eye alone, where it leads. */
    static String withWaysBack(String html) {
        if (!html.contains("#fnref")) return html;
        return WAY_BACK.matcher(html)
                .replaceAll("<a class=\"way-back\" href=\"#fnref$1\" aria-label=\"Back to note $1 in the text\">↩</a>");
    }
}
