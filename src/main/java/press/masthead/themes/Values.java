package press.masthead.themes;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading the plain maps that contexts are made of, and a helper's parameters. Anything missing reads as empty. */
final class Values {
    private Values() {}

    static @Nullable Object at(@Nullable Object map, String key) {
        return map instanceof Map<?, ?> values ? values.get(key) : null;
    }

    static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    static String text(@Nullable Object map, String key) {
        return text(at(map, key));
    }

    static Collection<?> list(@Nullable Object value) {
        return switch (value) {
            case Collection<?> values -> values;
            case Map<?, ?> map -> map.entrySet();
            case Object[] values -> Arrays.asList(values);
            case null, default -> List.of();
        };
    }

    static boolean truthy(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean bool -> bool;
            case Number number -> number.doubleValue() != 0;
            case CharSequence text -> !text.isEmpty();
            case Collection<?> values -> !values.isEmpty();
            case Optional<?> optional -> optional.isPresent();
            default -> true;
        };
    }

    static String hash(Options options, String name, String otherwise) {
        Object value = options.hash.get(name);
        return value == null ? otherwise : value.toString();
    }

    static int hash(Options options, String name, int otherwise) {
        return switch (options.hash.get(name)) {
            case Number number -> number.intValue();
            case CharSequence text when text.toString().matches("-?\\d{1,9}") -> Integer.parseInt(text.toString());
            case null, default -> otherwise;
        };
    }

    static boolean flag(Options options, String name) {
        return "true".equals(hash(options, name, ""));
    }

    /** How many parameters the helper was called with, the first included. */
    static int given(Options options) {
        return options.data(Context.PARAM_SIZE) instanceof Integer count ? count : 0;
    }

    static @Nullable Object data(Options options, String name) {
        return options.data(name);
    }

    static @Nullable Object site(Options options, String key) {
        return at(options.data("site"), key);
    }

    static Locale locale(Options options) {
        String tag = hash(options, "locale", "");
        if (tag.isEmpty()) tag = text(site(options, "locale"));
        return tag.isEmpty() ? Locale.ENGLISH : Locale.forLanguageTag(tag);
    }

    static List<String> names(String commaSeparated) {
        if (commaSeparated.indexOf(',') < 0) {
            String name = commaSeparated.strip();
            return name.isEmpty() ? List.of() : List.of(name);
        }
        var names = new ArrayList<String>(4);
        for (String part : commaSeparated.split(",", -1)) {
            String name = part.strip();
            if (!name.isEmpty()) names.add(name);
        }
        return names;
    }
}
