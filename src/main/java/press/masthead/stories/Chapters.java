package press.masthead.stories;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import press.masthead.desk.Slug;

/** A report's chapters: each second heading begins one, and it reaches to the next. */
final class Chapters {
    private static final String NOTES = "footnotes";

    private Chapters() {}

    /** Takes the sections away, so that chapters follow from the headings alone. */
    static void flatten(Element body) {
        body.select("section:not(." + NOTES + ")").unwrap();
    }

    /** Puts each chapter into a section that can be linked to. What stands before a side's first heading stays outside. */
    static void mark(Element opening, Element rest) {
        Set<String> taken = new HashSet<>();
        for (Element side : List.of(opening, rest)) side.select("[id]").forEach(place -> taken.add(place.id()));
        for (Element side : List.of(opening, rest)) mark(side, taken);
    }

    private static void mark(Element side, Set<String> taken) {
        for (Element heading : side.select("> h2")) {
            var chapter = new Element("section").attr("id", free(Slug.of(heading.text()), taken));
            heading.before(chapter);
            chapter.appendChild(heading);
            while (chapter.nextSibling() instanceof Node next && !beginsAnother(next)) chapter.appendChild(next);
        }
    }

    private static boolean beginsAnother(Node node) {
        return node instanceof Element element && (element.nameIs("h2") || element.hasClass(NOTES));
    }

    private static String free(String slug, Set<String> taken) {
        String id = Anchors.PREFIX + slug;
        for (int n = 2; !taken.add(id); n++) id = Anchors.PREFIX + slug + "-" + n;
        return id;
    }
}
