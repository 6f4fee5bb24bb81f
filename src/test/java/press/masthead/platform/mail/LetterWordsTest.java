package press.masthead.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterWordsTest {
    private static final Pattern SAID =
            Pattern.compile("(?:words|from)(?:\\(\\))?\\s*\\.t\\(\\s*\"((?:[^\"\\\\]|\\\\.)+)\"");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    /** Sentences that come to a letter by another way than as the words of a call. */
    private static final List<String> ELSEWHERE = List.of(
            "New memo",
            "Your {what} go back to your card; banks take some days for it.",
            "Your {what} went back to your card.",
            "Invoice {what} is void: nothing is owed.",
            "We send your {what} back to the account that they came from.",
            "Your memos",
            "You can cancel any time, by yourself, in your account; you then read on to the end of what is paid.",
            "It is free, and each newsletter has a link at its foot that ends it with one click.",
            "The payment did not go through.",
            "It was cancelled, or came to its end.",
            "for a new link",
            "to sign in",
            "to read on",
            "to take your gift",
            "to join {what}",
            "to take your seat of {team}");

    private static TreeSet<String> said() throws IOException {
        var said = new TreeSet<String>(ELSEWHERE);
        for (String folder : List.of("src/main/java", "src/main/jte"))
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList())
                    SAID.matcher(Files.readString(file)).results().forEach(found -> said.add(found.group(1)));
            }
        return said;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "he"})
    void every_sentence_stands_in_the_table_with_its_places_and_no_other_does(String language) throws Exception {
        JsonNode table = new ObjectMapper()
                .readTree(Path.of("src/main/resources/letters/" + language + ".json")
                        .toFile());
        var keys = new TreeSet<String>();
        table.fieldNames().forEachRemaining(keys::add);

        assertThat(keys).isEqualTo(said());
        for (String key : keys)
            assertThat(places(table.get(key).asText())).as(key).isEqualTo(places(key));
    }

    private static TreeSet<String> places(String text) {
        var places = new TreeSet<String>();
        PLACE.matcher(text).results().forEach(place -> places.add(place.group()));
        return places;
    }

    @Test
    void a_value_may_look_like_a_place() {
        assertThat(LetterWords.ENGLISH.t("{who} sends you: {title}", "who", "{title}", "title", "$1 {who}"))
                .isEqualTo("{title} sends you: $1 {who}");
        assertThatThrownBy(() -> LetterWords.ENGLISH.t("{who} sends you: {title}", "who", "Ben"))
                .hasMessage("no value for {title}");
    }
}
