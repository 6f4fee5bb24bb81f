package press.masthead.topics;

import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A country or territory that a story is about.
 *
 * @param code two capital letters of ISO 3166-1, as the JDK knows them
 */
public record Country(String code) {
    private static final Map<String, Country> KNOWN =
            Arrays.stream(Locale.getISOCountries()).collect(Collectors.toUnmodifiableMap(code -> code, Country::new));

    private static final List<Country> BY_NAME = KNOWN.values().stream()
            .sorted(Comparator.comparing(Country::name, Collator.getInstance(Locale.ENGLISH)))
            .toList();

    /** All of them, in the order of their English names. */
    public static List<Country> all() {
        return BY_NAME;
    }

    /** By its code in either case. */
    public static Optional<Country> of(String code) {
        return Optional.ofNullable(KNOWN.get(code.toUpperCase(Locale.ROOT)));
    }

    /** By its code or its English name, as someone has typed it. */
    public static Optional<Country> called(String typed) {
        String name = typed.strip();
        return of(name).or(() -> BY_NAME.stream()
                .filter(country -> country.name().equalsIgnoreCase(name))
                .findFirst());
    }

    /** In English, such as "Norway". */
    public String name() {
        return name("en");
    }

    /** @param language a tag such as {@code ar}; one that the JDK has no names in gives the English one */
    public String name(String language) {
        return Locale.of("", code).getDisplayCountry(Locale.forLanguageTag(language));
    }

    /** How its address ends, such as {@code no}. */
    public String slug() {
        return code.toLowerCase(Locale.ROOT);
    }

    public String path() {
        return "/country/" + slug() + "/";
    }
}
