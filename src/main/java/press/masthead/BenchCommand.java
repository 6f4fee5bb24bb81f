package press.masthead;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import press.masthead.search.JudgedFiles.Unusable;

/** Measures against a peer in the same run; the last line is for machines. */
@Command(
        name = "bench",
        description = "Measure against a peer or a promise in the same run.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    /** The names, for the command's help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(Bench.values()).stream().map(Bench::word).iterator();
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "WHAT",
            completionCandidates = Names.class,
            description = "${COMPLETION-CANDIDATES}")
    private String what = "";

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            arity = "0..1",
            description =
                    "search, ask: a folder in BEIR's form, with corpus.jsonl, queries.jsonl (ask: questions.jsonl with answers) and"
                            + " qrels/test.tsv; docs/benchmarks.md has all of it")
    private Path set = Path.of(".");

    @Option(names = "--each", paramLabel = "FILE", description = "ask: a file for a line on each question")
    private Optional<Path> each = Optional.empty();

    @Option(
            names = "--subscriptions",
            defaultValue = "20000",
            description = "billing: how many in all, shared among the seeds (20000)")
    private int subscriptions;

    @Option(names = "--seeds", defaultValue = "20", description = "billing: how many seeds (20)")
    private int seeds;

    @Option(names = "--days", defaultValue = "365", description = "billing: how many days (365)")
    private int days;

    @Option(names = "--stories", defaultValue = "100000", description = "archive: how many stories (100000)")
    private int stories;

    @Override
    public Integer call() throws Exception {
        var bench = Bench.called(what);
        if (bench.isEmpty()) {
            System.err.println("There is no benchmark called \"" + what + "\"; there are "
                    + Bench.list(one -> one.word() + " (against " + one.against + ")") + ".");
            return 2;
        }
        try {
            return bench.get().run(new Bench.Asked(set, each, subscriptions, seeds, days, stories));
        } catch (Unusable e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }
}
