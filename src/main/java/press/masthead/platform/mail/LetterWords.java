package press.masthead.platform.mail;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The words of a letter's frame in one language, by their English ones: one table for each language, as the theme has. English where a
 * reader's language is none of these.
 */
public final class LetterWords {
    public static final LetterWords ENGLISH = new LetterWords("en", Map.of());

    /** Every language that letters speak. */
    public static final List<LetterWords> ALL = List.of(ENGLISH, of("ar"), of("he"));

    private final String language;
    private final Map<String, String> words;

    private LetterWords(String language, Map<String, String> words) {
        this.language = language;
        this.words = words;
    }

    private static LetterWords of(String language) {
        try (var table = LetterWords.class.getResourceAsStream("/letters/" + language + ".json")) {
            return new LetterWords(language, new ObjectMapper().readValue(table, new TypeReference<>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param tag a reader's, such as {@code ar-EG} */
    public static LetterWords in(String tag) {
        String language = tag.toLowerCase(Locale.ROOT).split("-")[0];
        return ALL.stream()
                .filter(words -> words.language.equals(language))
                .findFirst()
                .orElse(ENGLISH);
    }

    public String language() {
        return language;
    }

    /** How the name of a variant in this language ends: nothing for English. */
    public String suffix() {
        return this == ENGLISH ? "" : "-" + language;
    }

    public String direction() {
        return this == ENGLISH ? "ltr" : "rtl";
    }

    /** Where its lines begin. */
    public String side() {
        return this == ENGLISH ? "left" : "right";
    }

    /** The English words themselves where the table has none. */
    public String t(String english) {
        return words.getOrDefault(english, english);
    }

    /**
     * With values in their places.
     *
     * @param placesAndValues a place's name, such as {@code day} for {@code {day}}, then its value, and so on; a value may hold anything
     */
    public String t(String english, String... placesAndValues) {
        var text = new StringBuilder(t(english));
        for (int from = 0; from < text.length(); ) {
            int open = text.indexOf("{", from);
            int close = open < 0 ? -1 : text.indexOf("}", open);
            if (close < 0) break;
            String value = value(text.substring(open + 1, close), placesAndValues);
            text.replace(open, close + 1, value);
            from = open + value.length();
        }
        return text.toString();
    }

    private static String value(String place, String... placesAndValues) {
        for (int i = 0; i + 1 < placesAndValues.length; i += 2)
            if (placesAndValues[i].equals(place)) return placesAndValues[i + 1];
        throw new IllegalArgumentException("no value for {" + place + "}");
    }

    /** Its way to write dates, in Latin figures. */
    public Locale locale() {
        return Locale.forLanguageTag(language + "-u-nu-latn");
    }

    /** A day with its weekday, in Latin figures. */
    public String day(LocalDate day) {
        return DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", locale()).format(day);
    }
}
