package press.masthead.themes;

import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code {{#kept "footer"}}...{{/kept}}}, Masthead's own: markup that every story's page has alike, rendered once a minute
 * instead of once a page. Its author promises that it reads nothing but {@code @site} and the time, and what {@code of}
 * names: {@code {{#kept "join" of=slug}}}. For members, and on every page that isn't a story's, it is rendered anew. What was
 * kept goes when {@code @site} changes.
 */
final class Kept {
    private static final int MOST = 100;

    /** Everything kept for one state of the publication and one minute. */
    private record Shelf(@Nullable Object site, long minute, Map<Name, Rendered> markup) {}

    private record Name(String name, String of) {}

    private volatile Shelf shelf = new Shelf(null, 0, Map.of());

    static void register(Handlebars handlebars) {
        handlebars.registerHelper("kept", (Helper<Object>) new Kept()::block);
    }

    private @Nullable CharSequence block(@Nullable Object name, Options options) throws IOException {
        if (!alike(options)) return Through.body(options, options.context);
        long minute = Words.now(options).getEpochSecond() / 60;
        Map<Name, Rendered> kept = shelfOf(Values.data(options, "site"), minute).markup();
        var key = new Name(Values.text(name), Values.hash(options, "of", ""));
        Rendered known = kept.get(key);
        if (known == null) {
            var out = new Out(8192);
            options.fn.apply(options.context, out);
            known = out.rendered();
            if (kept.size() >= MOST) kept.clear();
            kept.put(key, known);
        }
        return Through.markup(options, known);
    }

    private static boolean alike(Options options) {
        return Values.data(options, "context") instanceof Collection<?> place
                && place.contains("post")
                && Values.data(options, "member") == null;
    }

    /** Two at once may each begin a shelf; the one that is left serves from then on. */
    private Shelf shelfOf(@Nullable Object site, long minute) {
        Shelf now = shelf;
        if (now.site() != site || now.minute() != minute)
            shelf = now = new Shelf(site, minute, new ConcurrentHashMap<>());
        return now;
    }
}
