package press.masthead.publication;

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

    /** With a value in the place that is called {@code {place}}. */
    public String t(String english, String place, String value) {
        return t(english).replace("{" + place + "}", value);
    }

    /** A day with its weekday, in Latin figures. */
    public String day(LocalDate day) {
        return DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.forLanguageTag(language + "-u-nu-latn"))
                .format(day);
    }
}
