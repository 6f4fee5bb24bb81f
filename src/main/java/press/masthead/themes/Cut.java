package press.masthead.themes;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Shortens markup without leaving a tag open, and text without breaking a word. */
final class Cut {
    private static final Pattern BLANK = Pattern.compile("\\s+");

    private Cut() {}

    static String plain(String html) {
        return html.isEmpty() ? "" : Jsoup.parseBodyFragment(html).text();
    }

    static String firstWords(String plain, int count) {
        String[] words = BLANK.split(plain.strip());
        return words.length <= count ? plain : String.join(" ", Arrays.copyOf(words, count));
    }

    static String words(String html, int count) {
        Element body = Jsoup.parseBodyFragment(html).body();
        take(body, count, true);
        return body.html();
    }

    static String characters(String html, int count) {
        Element body = Jsoup.parseBodyFragment(html).body();
        take(body, count, false);
        return body.html();
    }

    /** Keeps what fits, removes the rest, and gives back how much room is left. */
    private static int take(Element parent, int room, boolean inWords) {
        int left = room;
        for (Node child : List.copyOf(parent.childNodes())) {
            if (left <= 0) child.remove();
            else if (child instanceof Element element) left = take(element, left, inWords);
            else if (child instanceof TextNode text) left -= shorten(text, left, inWords);
        }
        return left;
    }

    private static int shorten(TextNode text, int room, boolean inWords) {
        String whole = text.getWholeText();
        if (!inWords) {
            if (whole.length() > room) text.text(whole.substring(0, room));
            return whole.length();
        }
        if (whole.isBlank()) return 0;
        int words = BLANK.split(whole.strip()).length;
        if (words > room) text.text(firstWords(whole, room));
        return words;
    }
}
