package press.masthead.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How answers are measured, and in which forms a set is understood. */
class AskQualityTest {
    @TempDir
    private Path folder;

    private void corpus() throws IOException {
        Files.writeString(folder.resolve("corpus.jsonl"), """
                {"_id":"tram","title":"Harbour tram","text":"The tram to the harbour opens in March 2027. Critics say that the line is too short."}
                {"_id":"dam","title":"Karaseh dam runs low","text":"The Karaseh dam holds less water than in any autumn since 1998."}
                """);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    @Test
    void a_set_is_measured_by_citations_answers_and_refusals() throws Exception {
        corpus();
        write("questions.jsonl", """
                {"_id":"1","text":"When does the tram to the harbour open?","answers":["the March, 2027"]}
                {"_id":"2","text":"Since when has the Karaseh dam not held less water in autumn?","answers":["1998"]}
                {"_id":"3","text":"Who won the chess tournament in Almena?","removed":true}
                """);
        write("qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\ttram\t1\n2\tdam\t1\n");
        var out = new ByteArrayOutputStream();
        Path each = folder.resolve("each.tsv");
        new AskQuality(folder, Files.createDirectories(folder.resolve("index")), Optional.of(each))
                .run(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList().getLast())
                .startsWith("ask ratio=1.176 ours=1.000 limit=0.85 unit=share")
                .contains("cited=1.000/0.85", "held=1.000/0.70", "refused=1.000/0.80");
        assertThat(Files.readAllLines(each)).hasSize(3);
    }

    @Test
    void answers_are_compared_without_case_punctuation_and_articles() {
        assertThat(AskQuality.normal("The  Karaseh-dam, a “dam”!")).isEqualTo("karaseh dam dam");
        assertThat(AskQuality.normal("سَدّ الكراسة")).isEqualTo("سد الكراسة");
    }

    @Test
    void other_ways_to_write_a_set_are_understood() throws Exception {
        corpus();
        write("queries.jsonl", """
                {"_id":"a","text":"One?","metadata":{"answer":"1998"}}
                {"_id":"b","question":"Two?","answers":{"text":["2027","March 2027"],"answer_start":[1,2]}}
                {"id":"c","text":"Three?","is_impossible":true}
                {"_id":"d","text":"Four?"}
                {"_id":"e","text":"Five?","answerable":false}
                """);
        write("unanswerable.jsonl", "{\"_id\":\"f\",\"text\":\"Six?\"}\n");
        write("answers.tsv", "d\t1998\tnineteen\n");
        write("qrels/test.tsv", "a\t0\tdam\t1\nb\ttram\t2\nc\tdam\t1\nd\tdam\t1\ne\tgone\t1\nf\tgone\t1\n");
        var questions = QuestionSet.read(folder).questions();
        assertThat(questions).extracting(QuestionSet.Question::name).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(questions)
                .extracting(QuestionSet.Question::removed)
                .containsExactly(false, false, true, false, true, true);
        assertThat(questions.getFirst().answers()).containsExactly("1998");
        assertThat(questions.get(1).answers()).containsExactly("2027", "March 2027");
        assertThat(questions.get(1).gold()).isEqualTo(Set.of("tram"));
        assertThat(questions.get(3).answers()).containsExactly("1998", "nineteen");
    }

    @Test
    void a_folder_without_questions_is_named() throws IOException {
        corpus();
        assertThatThrownBy(() -> QuestionSet.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("questions.jsonl");
    }
}
