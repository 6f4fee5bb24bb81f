package press.masthead.themes;

import static press.masthead.themes.Values.at;
import static press.masthead.themes.Values.names;
import static press.masthead.themes.Values.text;
import static press.masthead.themes.Values.truthy;

import com.github.jknack.handlebars.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ghost's {{#has}}: whether this story (tag, author) has any of what is listed. */
final class Has {
    private Has() {}

    static boolean any(Options options) {
        Object model = options.context.model();
        for (var asked : options.hash.entrySet())
            if (has(model, asked.getKey(), text(asked.getValue()), options)) return true;
        return false;
    }

    private static boolean has(@Nullable Object model, String key, String value, Options options) {
        return switch (key) {
            case "tag" -> named(Values.list(at(model, "tags")).stream().toList(), value);
            case "author" -> named(Values.list(at(model, "authors")).stream().toList(), value);
            case "visibility", "slug", "id" -> names(value).contains(text(model, key));
            case "number" -> nth(value, options.context.get("@number"));
            case "index" -> nth(value, options.context.get("@index"));
            case "any" -> anyOf(model, value, options);
            case "all" -> names(value).stream().allMatch(field -> truthy(field(model, field, options)));
            default -> false;
        };
    }

    private static boolean anyOf(@Nullable Object model, String value, Options options) {
        for (String field : names(value)) if (truthy(field(model, field, options))) return true;
        return false;
    }

    private static @Nullable Object field(@Nullable Object model, String field, Options options) {
        return field.startsWith("@") ? options.context.get(field) : at(model, field);
    }

    /** "energy, climate" by name or slug; "count:>1" by how many. */
    private static boolean named(List<?> items, String value) {
        Optional<Integer> count =
                Optional.of(value).filter(v -> v.startsWith("count:")).map(v -> number(v));
        if (count.isPresent()) {
            int wanted = count.get();
            return value.contains(">")
                    ? items.size() > wanted
                    : value.contains("<") ? items.size() < wanted : items.size() == wanted;
        }
        return names(value).stream()
                .anyMatch(name -> items.stream()
                        .anyMatch(item -> item instanceof Map<?, ?> map
                                && (name.equalsIgnoreCase(text(map, "name"))
                                        || name.equalsIgnoreCase(text(map, "slug")))));
    }

    private static boolean nth(String value, @Nullable Object position) {
        if (!(position instanceof Integer at)) return false;
        if (value.startsWith("nth:")) return number(value) != 0 && at % number(value) == 0;
        return names(value).contains(at.toString());
    }

    private static int number(String value) {
        String digits = value.replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }
}
