package press.masthead.themes;

import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code {{#kept "footer"}}...{{/kept}}}, Masthead's own: markup that every story's page has alike, rendered once a minute
 * instead of once a page. Its author promises that it reads nothing but {@code @site} and the time; for members, and on
 * every page that isn't a story's, it is rendered anew. What was kept goes when {@code @site} changes.
 */
final class Kept {
    private static final int MOST = 100;

    /** Everything kept for one state of the publication, by name and minute. */
    private record Shelf(@Nullable Object site, Map<String, Rendered> markup) {}

    private volatile Shelf shelf = new Shelf(null, Map.of());

    static void register(Handlebars handlebars) {
        handlebars.registerHelper("kept", (Helper<Object>) new Kept()::block);
    }

    private @Nullable CharSequence block(@Nullable Object name, Options options) throws IOException {
        if (!alike(options)) return Through.body(options, options.context);
        Map<String, Rendered> kept = shelfOf(Values.data(options, "site")).markup();
        String key = name + "@" + Words.now(options).truncatedTo(ChronoUnit.MINUTES);
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
    private Shelf shelfOf(@Nullable Object site) {
        Shelf now = shelf;
        if (now.site() != site) shelf = now = new Shelf(site, new ConcurrentHashMap<>());
        return now;
    }
}
