package press.masthead.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorWordsTest {
    private static final Pattern SAID = Pattern.compile("\\bt\\(\\s*\"((?:[^\"\\\\]|\\\\.)+)\"");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    /** Why a door can't be opened, as the server says it. */
    private static final List<String> ELSEWHERE = List.of(
            "The door can’t be opened.",
            "Only a published event has a door.",
            "This event is over, and so is its door.");

    private static TreeSet<String> said() throws IOException {
        var said = new TreeSet<String>(ELSEWHERE);
        for (String file : List.of("src/main/web/door.ts", "src/main/jte/door/door.jte"))
            SAID.matcher(Files.readString(Path.of(file))).results().forEach(found -> said.add(found.group(1)));
        return said;
    }

    private static TreeSet<String> places(String text) {
        var places = new TreeSet<String>();
        PLACE.matcher(text).results().forEach(place -> places.add(place.group()));
        return places;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "he"})
    void the_door_says_everything_in_each_language_and_nothing_is_left_over(String language) throws Exception {
        DoorWords words = DoorWords.in(language + "-XX");
        assertThat(words.direction()).isEqualTo("rtl");
        assertThat(new TreeSet<>(words.words().keySet())).isEqualTo(said());
        words.words()
                .forEach((english, word) -> assertThat(places(word)).as(english).isEqualTo(places(english)));
        assertThat(DoorWords.in("de").t("Welcome")).isEqualTo("Welcome");
    }
}
