package press.masthead.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/** What a page needs to know of a body that was cleaned before: its chapters, and the ways back from its footnotes. */
final class BodyMarkup {
    /** As {@link press.masthead.stories.Stories} keeps a report: each chapter a section that can be linked to. */
    private static final Pattern CHAPTER =
            Pattern.compile("<section id=\"([^\"]+)\">\\s*<h2[^>]*>(.*?)</h2>", Pattern.DOTALL);

    private static final Pattern WAY_BACK = Pattern.compile("<a href=\"#fnref(\\d+)\">↩</a>");

    private BodyMarkup() {}

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
