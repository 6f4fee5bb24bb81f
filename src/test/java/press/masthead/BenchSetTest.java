package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./masthead bench search DIR} and {@code bench ask DIR} with folders as people make them, and as they break them. */
class BenchSetTest {
    private static final String CORPUS = """
            {"_id": "d1", "title": "Ports", "text": "Harbours are dredged for larger ships."}
            {"_id": "d2", "text": "Bread rises slowly in winter."}
            {"_id": 3, "title": null, "text": "The tram to the harbour opens in March 2027."}
            """;
    private static final String QUERIES =
            "{\"_id\": 1, \"text\": \"harbour ship\"}\n{\"_id\": \"q2\", \"text\": \"When does the tram to the harbour open?\", \"answers\": [\"March 2027\"]}\n";
    private static final String HEAD = "query-id\tcorpus-id\tscore\n";
    private static final String QRELS = "1\td1\t1\n1\td2\t0\n1\tgone\t1\nq2\t3\t2\n";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream wasOut = System.out;
    private final PrintStream wasErr = System.err;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void unlisten() {
        System.setOut(wasOut);
        System.setErr(wasErr);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    private void all() throws IOException {
        write("corpus.jsonl", CORPUS);
        write("queries.jsonl", QUERIES);
        write("qrels/test.tsv", HEAD + QRELS);
    }

    /** What the command ends with. */
    private int bench(String... arguments) {
        out.reset();
        err.reset();
        String[] all = new String[arguments.length + 1];
        all[0] = "bench";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new CommandLine(new Masthead()).execute(all);
    }

    /** One line on what is wrong, and 2. */
    private void refused(String what, String... saying) {
        assertThat(bench(what, folder.toString())).as(what).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .as(what)
                .singleElement()
                .satisfies(line -> assertThat(line).contains(saying).endsWith("."));
    }

    @Test
    void what_is_missing_is_named_in_a_sentence() throws Exception {
        assertThat(bench("search", folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("There is no folder " + folder.resolve("nowhere") + ".\n");
        refused("search", "has no qrels/test.tsv");
        refused("ask", "has no questions.jsonl");
        all();
        Files.delete(folder.resolve("corpus.jsonl"));
        refused("search", "has no corpus.jsonl");
        refused("ask", "has no corpus.jsonl");
        all();
        Files.delete(folder.resolve("queries.jsonl"));
        refused("search", "has no queries.jsonl");
        refused("ask", "has no questions.jsonl");
        write("queries.jsonl", "");
        refused("search", "no question of queries.jsonl has a right text in qrels/test.tsv");
        all();
        write("qrels/test.tsv", HEAD + "1\td1\t0\n");
        refused("search", "no question of queries.jsonl has a right text in qrels/test.tsv");
        all();
        write("corpus.jsonl", "\n \n");
        refused("search", "corpus.jsonl has no texts");
    }

    @Test
    void what_is_broken_is_named_with_its_line() throws Exception {
        all();
        write("corpus.jsonl", CORPUS + "{\"_id\": \"d4\", \"text\": \"cut o\n");
        refused("search", "Line 4 of", "corpus.jsonl is no JSON");
        refused("ask", "Line 4 of", "corpus.jsonl is no JSON");
        write("corpus.jsonl", CORPUS + "\n[1]\n");
        refused("search", "Line 5 of", "is no JSON");
        write("corpus.jsonl", "{\"text\": \"nameless\"}\n");
        refused("search", "Line 1 of", "corpus.jsonl has no _id");
        refused("ask", "Line 1 of", "corpus.jsonl has no _id");
        all();
        write("queries.jsonl", QUERIES + "{\"text\": \"nameless?\"}\n");
        refused("search", "Line 3 of", "queries.jsonl has no _id");
        refused("ask", "Line 3 of", "queries.jsonl has no _id");
        all();
        write("qrels/test.tsv", HEAD + QRELS + "1\td1\tyes\n");
        refused("search", "Line 6 of", "is not a question, a text and a grade with tabs between");
        refused("ask", "Line 6 of", "is not a question, a text and a grade with tabs between");
        all();
        Files.write(folder.resolve("corpus.jsonl"), new byte[] {(byte) 0xff, (byte) 0xfe, 1, 2});
        refused("search", "corpus.jsonl is not in UTF-8");
        all();
        assertThat(bench(
                        "ask",
                        folder.toString(),
                        "--each",
                        folder.resolve("no/such/file.tsv").toString()))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("file.tsv can't be written.\n");
    }

    @Test
    void however_judgements_are_written_they_say_the_same() throws Exception {
        String trec =
                QRELS.replace("\td", "\t0\td").replace("\tgone", "\t0\tgone").replace("\t3\t", "\t0\t3\t");
        String expected = "";
        for (String qrels : new String[] {
            HEAD + QRELS,
            QRELS,
            (HEAD + QRELS).replace("\n", "\r\n"),
            QRELS.replace("\n", "\r\n"),
            "\uFEFF" + HEAD + QRELS,
            trec,
            trec.replace("\t", " "),
            QRELS.replace("\t1\n", "\t1.0\n").stripTrailing()
        }) {
            all();
            write("queries.jsonl", QUERIES.replace("\n", "\r\n"));
            write("qrels/test.tsv", qrels);
            assertThat(bench("search", folder.toString()))
                    .as(err.toString(StandardCharsets.UTF_8))
                    .isZero();
            String last = out.toString(StandardCharsets.UTF_8).lines().toList().getLast();
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("3 texts (en), 2 questions", "recall@100 0.7500");
            if (expected.isEmpty()) expected = last;
            assertThat(last).isEqualTo(expected).contains("ours=0.8066");
        }
        assertThat(bench("ask", folder.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("2 questions").contains("0 not in the set");
    }
}
