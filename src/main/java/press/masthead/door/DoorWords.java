package press.masthead.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the door says in the language of whoever stands at it, by its English words; English where that language is none of these. */
record DoorWords(String language, Map<String, String> words) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DoorWords ENGLISH = new DoorWords("en", Map.of());
    private static final List<DoorWords> OTHERS = List.of(read("ar"), read("he"));

    private static DoorWords read(String language) {
        try (var table = DoorWords.class.getResourceAsStream("/door/" + language + ".json")) {
            return new DoorWords(language, JSON.readValue(table, new TypeReference<>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param tag such as {@code ar-EG} */
    static DoorWords in(String tag) {
        String wanted = tag.toLowerCase(Locale.ROOT).split("-", 2)[0];
        return OTHERS.stream()
                .filter(one -> one.language().equals(wanted))
                .findFirst()
                .orElse(ENGLISH);
    }

    String direction() {
        return words.isEmpty() ? "ltr" : "rtl";
    }

    String t(String english) {
        return words.getOrDefault(english, english);
    }

    /** For the page's script. */
    String table() {
        try {
            return JSON.writeValueAsString(words);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
