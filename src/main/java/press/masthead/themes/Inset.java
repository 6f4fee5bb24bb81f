package press.masthead.themes;

import static press.masthead.themes.Values.at;
import static press.masthead.themes.Values.hash;
import static press.masthead.themes.Values.text;

import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code {{#content_with after=3 dateline=dateline}}...{{/content_with}}}, Masthead's own: a story's body with the block
 * set between two of its paragraphs and the dateline run into its first line, as newspapers do.
 */
final class Inset {
    private static final Pattern AROUND =
            Pattern.compile("<(/?)(?:blockquote|figure|table|ul|ol|dl|aside|div|section|details)\\b");

    private static final Pattern NEXT = Pattern.compile("\\s*<p[\\s>]");

    private Inset() {}

    static void register(Handlebars handlebars) {
        handlebars.registerHelper("content_with", (Helper<Object>) Inset::body);
    }

    private static CharSequence body(@Nullable Object it, Options options) throws IOException {
        Object story = options.context.model();
        String html = text(story, "html");
        String dateline = hash(options, "dateline", "");
        int start = 0;
        if (!dateline.isEmpty() && html.startsWith("<p>")) {
            Through.markup(options, "<p><span class=\"dateline\">" + Escape.html(dateline) + "</span> ");
            start = 3;
        }
        boolean whole = !Boolean.FALSE.equals(at(story, "access"));
        int gap = whole ? gapAfter(html, hash(options, "after", 3)) : -1;
        if (gap < 0) {
            Through.markup(options, html.substring(start));
            return whole ? Through.body(options, options.context) : offer(options);
        }
        Through.markup(options, html.substring(start, gap));
        Through.body(options, options.context);
        Through.markup(options, html.substring(gap));
        return "";
    }

    /** Where the {@code wanted}th paragraph that another one follows ends, outside every quote, list and figure; else -1. */
    static int gapAfter(String html, int wanted) {
        // Tried at each tag that is not a paragraph's own: let loose on the text, the pattern took a third of a page's
        // rendering.
        Matcher around = AROUND.matcher(html);
        Matcher next = NEXT.matcher(html);
        int depth = 0;
        int seen = 0;
        for (int tag = html.indexOf('<'); tag >= 0; tag = html.indexOf('<', tag + 1)) {
            if (html.startsWith("</p>", tag)) {
                if (depth > 0 || !next.region(tag + 4, html.length()).lookingAt()) continue;
                if (++seen == wanted) return tag + 4;
            } else if (!html.startsWith("<p>", tag)
                    && around.region(tag, html.length()).lookingAt()) {
                depth += around.group(1).isEmpty() ? 1 : -1;
            }
        }
        return -1;
    }

    private static CharSequence offer(Options options) throws IOException {
        var out = new Out(4096);
        options.handlebars.compile("content-cta").apply(options.context, out);
        Through.markup(options, out.rendered());
        return "";
    }
}
