package press.masthead.following;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be followed; each by its word in addresses. */
public enum Kind {
    TOPIC,
    COUNTRY,
    INDUSTRY,
    AUTHOR;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
