package press.masthead.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the model in the box makes of texts, and how well both lists together find what people judged to be right. */
class ModelTest {
    @TempDir
    private Path folder;

    @Test
    void directions_in_bytes_are_as_near_to_each_other_as_in_numbers() {
        var meaning = Model.inTheBox().waitedFor().orElseThrow();
        float[] one = meaning.of("Electric vehicles overtake diesel");
        float[] other = meaning.of("Cars with batteries sell better than those with engines");
        double exact = 0;
        for (int i = 0; i < one.length; i++) exact += one[i] * (double) other[i];
        assertThat(Vectors.likeness(Vectors.bytes(one), Vectors.bytes(other)))
                .isCloseTo((float) exact, org.assertj.core.api.Assertions.within(0.01f));
        assertThat(Vectors.apart(Vectors.joined(List.of(Vectors.bytes(one), Vectors.bytes(other)))))
                .hasSize(2);
    }

    @Test
    void judged_sets_are_scored_as_trec_eval_does() throws Exception {
        assertThat(SearchQuality.ndcg(List.of("a", "b", "c"), java.util.Map.of("a", 1, "c", 2)))
                .isCloseTo(
                        (1 + 2 / 2.0) / (2 + 1 / (Math.log(3) / Math.log(2))),
                        org.assertj.core.api.Assertions.within(1e-9));
        Path set = folder.resolve("set");
        Files.createDirectories(set.resolve("qrels"));
        Files.writeString(set.resolve("corpus.jsonl"), """
                {"_id": "d1", "title": "Ports", "text": "Harbours are dredged for larger ships."}
                {"_id": "d2", "title": "", "text": "Bread rises slowly in winter."}
                """);
        Files.writeString(
                set.resolve("queries.jsonl"),
                "{\"_id\": \"q1\", \"text\": \"harbour ship\"}\n{\"_id\": \"q2\", \"text\": \"unjudged\"}\n");
        Files.writeString(set.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq1\td1\t1\n");
        var said = new ByteArrayOutputStream();
        new SearchQuality(set, folder.resolve("work")).run(new PrintStream(said, true, StandardCharsets.UTF_8));
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("plain BM25 nDCG@10 0.0000", "fused      nDCG@10 1.0000  MRR@10 1.0000  recall@100 1.0000")
                .endsWith("unit=ndcg@10 lexical=1.0000 semantic=1.0000\n");
    }
}
