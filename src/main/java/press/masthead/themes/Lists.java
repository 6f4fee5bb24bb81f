package press.masthead.themes;

import static press.masthead.themes.Values.at;
import static press.masthead.themes.Values.hash;
import static press.masthead.themes.Values.text;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Handlebars.SafeString;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The helpers that write a list at one stroke: navigation, pagination, a story's topics and authors. */
final class Lists {
    private Lists() {}

    static void register(Handlebars handlebars) {
        handlebars.registerHelper("tags", (Object it, Options options) -> names("tags", options));
        handlebars.registerHelper("authors", (Object it, Options options) -> names("authors", options));
        handlebars.registerHelper("navigation", (Helper<Object>) Lists::navigation);
        handlebars.registerHelper("pagination", (Helper<Object>) Lists::pagination);
    }

    private static CharSequence names(String field, Options options) {
        List<String> items = new ArrayList<>();
        String wanted = hash(options, "visibility", "public");
        boolean links = !"false".equals(hash(options, "autolink", "true"));
        int from = hash(options, "from", 1);
        int to = hash(options, "to", Integer.MAX_VALUE);
        int limit = hash(options, "limit", Integer.MAX_VALUE);
        int position = 0;
        for (Object item : Values.list(at(options.context.model(), field))) {
            String visibility = text(item, "visibility");
            if (!"all".equals(wanted)
                    && !visibility.isEmpty()
                    && !Values.names(wanted).contains(visibility)) continue;
            position++;
            if (position < from || position > to || items.size() >= limit) continue;
            CharSequence name = Escape.html(text(item, "name"));
            items.add(links ? "<a href=\"" + Escape.html(text(item, "url")) + "\">" + name + "</a>" : name.toString());
        }
        if (items.isEmpty()) return "";
        CharSequence separator = Escape.html(hash(options, "separator", ", "));
        return new SafeString(Escape.html(hash(options, "prefix", ""))
                + String.join(separator, items)
                + Escape.html(hash(options, "suffix", "")));
    }

    private static @Nullable CharSequence navigation(@Nullable Object it, Options options) throws IOException {
        boolean secondary = "secondary".equals(hash(options, "type", ""));
        List<Map<String, Object>> links = new ArrayList<>();
        for (Object item : Values.list(Values.site(options, secondary ? "secondary_navigation" : "navigation"))) {
            String slug = text(item, "label").toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
            links.add(Map.of(
                    "label", text(item, "label"),
                    "url", text(item, "url"),
                    "slug", slug,
                    "current", Links.here(text(item, "url"), options)));
        }
        return links.isEmpty()
                ? ""
                : partial("navigation", Map.of("navigation", links, "isSecondary", secondary), options);
    }

    private static @Nullable CharSequence pagination(@Nullable Object it, Options options) throws IOException {
        Object pagination = at(options.context.model(), "pagination");
        if (pagination == null) throw new IllegalArgumentException("{{pagination}} is used where there is no list");
        return partial("pagination", pagination, options);
    }

    private static @Nullable CharSequence partial(String name, Object model, Options options) throws IOException {
        var out = new Out(2048);
        options.handlebars.compile(name).apply(Context.newContext(options.context, model), out);
        return Through.markup(options, out.rendered());
    }
}
