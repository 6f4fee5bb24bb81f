package press.masthead.tagging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import press.masthead.topics.Country;

/** What countries, their capitals and their peoples are called in a language: the names of ISO 3166 as CLDR has them, and a list of our own. */
final class Places {
    private static final List<String> ALSO_NAMES = List.of("GE", "JO", "TD", "JE", "GN", "DM", "CU", "TG", "GD", "AG");
    private static final Map<String, Places> KNOWN = new ConcurrentHashMap<>();

    private final Map<String, List<Sign>> signs = new HashMap<>();

    private Places(String language) {
        for (Country country : Country.all()) {
            boolean also = language.equals("en") && ALSO_NAMES.contains(country.code());
            put(country.name(language), new Sign(country.code(), !also));
        }
        read("/places/countries" + (language.equals("en") ? "" : "-" + language) + ".txt");
    }

    /** @param sure whether it means nothing else */
    record Sign(String country, boolean sure) {}

    /** @param languageTag where we have no list of our own, the names of countries alone are known */
    static Places in(String languageTag) {
        return KNOWN.computeIfAbsent(languageTag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT), Places::new);
    }

    /** What these words, folded, are signs of. */
    List<Sign> of(String folded) {
        return signs.getOrDefault(folded, List.of());
    }

    private void put(String name, Sign sign) {
        String folded = Names.folded(name);
        if (folded.isEmpty()) return;
        var there = signs.computeIfAbsent(folded, ignored -> new ArrayList<>());
        if (there.stream().noneMatch(other -> other.country().equals(sign.country()))) there.add(sign);
    }

    private void read(String resource) {
        InputStream found = Places.class.getResourceAsStream(resource);
        if (found == null) return;
        try (var lines = new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                if (line.startsWith("#")) continue;
                String[] parts = line.split("\\|", -1);
                for (int i = 1; i < parts.length; i++)
                    for (String name : parts[i].split(";"))
                        put(name.replaceFirst("^\\?", ""), new Sign(parts[0], !name.startsWith("?")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
