package press.masthead.stories;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * The places inside a body that a link can lead to. A footnote's are {@code fn1} and {@code fnref1}; any other begins with
 * {@code s-}, as no id of the page around it does, so that neither can stand in for the other.
 */
final class Anchors {
    static final String PREFIX = "s-";

    /** As our editor, Markdown programs, Word and Google Docs write them. */
    private static final Pattern FOOTNOTE =
            Pattern.compile("_?(?:fn|ftn|ftnt|footnote)[-_:]?(ref)?[-_:]?(\\d{1,4})", Pattern.CASE_INSENSITIVE);

    private Anchors() {}

    /** Renames the body's ids and the links that lead to them; a second use of an id and a link that leads nowhere go. */
    static void keepApart(Element body) {
        Map<String, String> renamed = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Element place : body.select("[id]")) {
            String former = place.id();
            String name = named(former);
            if (taken.add(name)) {
                place.attr("id", name);
                renamed.put(former, name);
            } else place.removeAttr("id");
        }
        for (Element link : body.select("a[href^=#]")) {
            String target = renamed.get(link.attr("href").substring(1));
            if (target != null) link.attr("href", "#" + target);
            else if (link.hasAttr("id")) link.removeAttr("href");
            else link.unwrap();
        }
    }

    private static String named(String id) {
        Matcher footnote = FOOTNOTE.matcher(id);
        if (footnote.matches()) return (footnote.group(1) == null ? "fn" : "fnref") + footnote.group(2);
        return id.startsWith(PREFIX) ? id : PREFIX + id;
    }
}
