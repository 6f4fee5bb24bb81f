package press.masthead.themes;

import com.github.jknack.handlebars.Handlebars;
import org.jspecify.annotations.Nullable;

/** HTML escaping good for text and for quoted attributes, leaving what needs none as the same string. */
final class Escape {
    private Escape() {}

    static CharSequence html(CharSequence text) {
        if (text instanceof Rendered || text instanceof Handlebars.SafeString) return text;
        String raw = text.toString();
        for (int i = 0; i < raw.length(); i++) if (entity(raw.charAt(i)) != null) return replaced(raw, i);
        return raw;
    }

    private static String replaced(String raw, int from) {
        var safe = new StringBuilder(raw.length() + 32).append(raw, 0, from);
        for (int i = from; i < raw.length(); i++) {
            String entity = entity(raw.charAt(i));
            if (entity == null) safe.append(raw.charAt(i));
            else safe.append(entity);
        }
        return safe.toString();
    }

    private static @Nullable String entity(char c) {
        if (c > '>') return null;
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }
}
