package press.masthead.themes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the theme says to readers, it says in each of its languages, with the same places left open. */
class LocalesTest {
    private static final Path THEME = Path.of("src/main/resources/themes/broadsheet");
    private static final Pattern SAID = Pattern.compile("[{(]t \"([^\"]+)\"");
    /** The two words of a number, given to the helper that chooses between them. */
    private static final Pattern COUNTED = Pattern.compile("\\(t \"([^\"]*%[^\"]*)\"\\)");

    private static final Pattern OPEN = Pattern.compile("\\{\\w+}");

    @Test
    void every_word_is_there_in_every_language_with_its_open_places() throws IOException {
        var keys = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(THEME)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".hbs")).toList()) {
                String template = Files.readString(file);
                for (Pattern pattern : List.of(SAID, COUNTED))
                    pattern.matcher(template).results().forEach(found -> keys.add(found.group(1)));
            }
        }
        assertThat(keys).hasSizeGreaterThan(400);
        for (String language : List.of("ar", "he")) {
            Map<String, String> words = new ObjectMapper()
                    .readValue(THEME.resolve("locales/" + language + ".json").toFile(), new TypeReference<>() {});
            for (String key : keys) {
                String said = words.getOrDefault(key, "");
                assertThat(said).as("%s in %s.json", key, language).isNotBlank();
                OPEN.matcher(key)
                        .results()
                        .forEach(place -> assertThat(said)
                                .as("%s in %s.json", key, language)
                                .contains(place.group()));
            }
        }
    }
}
