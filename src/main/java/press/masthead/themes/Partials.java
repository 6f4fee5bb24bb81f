package press.masthead.themes;

import com.github.jknack.handlebars.io.AbstractTemplateLoader;
import com.github.jknack.handlebars.io.StringTemplateSource;
import com.github.jknack.handlebars.io.TemplateSource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The theme's partials folder, held in memory, so that including one costs a look-up. */
final class Partials extends AbstractTemplateLoader {
    /** Names its file in errors; never changes, so it is known by itself and its text need not be compared each time. */
    static final class Source extends StringTemplateSource {
        Source(String file, String text) {
            super(file, text);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private final Map<String, TemplateSource> sources = new TreeMap<>();

    Partials(Map<String, byte[]> files) {
        files.forEach((file, bytes) -> {
            if (!file.startsWith("partials/") || !file.endsWith(".hbs")) return;
            String name = file.substring(9, file.length() - 4);
            String text = new String(bytes, StandardCharsets.UTF_8);
            sources.put(name, new Source(file, text));
        });
        if (!has("content-cta")) add("content-cta", Defaults.CONTENT_CTA);
        if (!has("navigation")) add("navigation", Defaults.NAVIGATION);
        if (!has("pagination")) add("pagination", Defaults.PAGINATION);
    }

    private void add(String name, String text) {
        sources.put(name, new Source("partials/" + name + ".hbs", text));
    }

    boolean has(String name) {
        return sources.containsKey(name);
    }

    Set<String> names() {
        return sources.keySet();
    }

    @Override
    public TemplateSource sourceAt(String location) {
        TemplateSource source = sources.get(location);
        if (source == null) throw new ThemeError("there is no partials/" + location + ".hbs.");
        return source;
    }
}
