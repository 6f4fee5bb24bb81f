package press.masthead.archive;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import press.masthead.search.Hit;
import press.masthead.search.JudgedFiles;
import press.masthead.search.Meaning;
import press.masthead.search.MiniLm;
import press.masthead.search.TextSet;
import press.masthead.search.Texts;

/**
 * How well the archive answers, by a {@link QuestionSet}: the share of questions for which a right passage is cited, the share whose
 * answer holds a right answer (compared as SQuAD's evaluation does, without case, punctuation and articles), and of those that can't
 * be answered the share that is refused. The answers are the quoted ones, which need no large model.
 */
public final class AskQuality {
    private static final double CITED = 0.85;
    private static final double HELD = 0.70;
    private static final double REFUSED = 0.80;
    private static final int FOUND = 40;

    private final Path set;
    private final Path folder;
    private final Optional<Path> each;
    private final Map<Long, String> names = new HashMap<>();
    private final List<Text> texts = new ArrayList<>();

    private record Text(String language, String title, String text) {}

    /**
     * @param set the folder to read
     * @param folder where an index may be made
     * @param each a file for a line on each question; none to do without
     */
    public AskQuality(Path set, Path folder, Optional<Path> each) {
        this.set = set;
        this.folder = folder;
        this.each = each;
    }

    /**
     * Prints the three shares for each language and for all; the last line is for machines.
     *
     * @throws JudgedFiles.Unusable when a file is missing or is not of that form
     */
    public void run(PrintStream out) throws IOException, InterruptedException {
        if (each.isPresent()) write(each.get(), List.of());
        var questions = QuestionSet.read(set);
        Meaning model = MiniLm.load();
        try (var index = TextSet.open(Files.createDirectories(folder.resolve("ask")), Optional.of(model))) {
            fill(index, out);
            var tallies = new TreeMap<String, Tally>();
            var all = new Tally();
            var lines = new ArrayList<String>();
            for (var question : questions.questions()) {
                long began = System.nanoTime();
                Answer answer = answer(index, model, question.text());
                double millis = (System.nanoTime() - began) / 1e6;
                Outcome outcome = outcome(question, answer);
                all.add(question, outcome, millis);
                tallies.computeIfAbsent(Texts.language(question.text()), language -> new Tally())
                        .add(question, outcome, millis);
                lines.add(line(question, answer, outcome));
            }
            if (each.isPresent()) write(each.get(), lines);
            tallies.forEach((language, tally) -> tally.print(out, language));
            all.print(out, "all");
            all.last(out);
        }
    }

    private Answer answer(TextSet index, Meaning model, String text) {
        var asking = new Asking(text, index::rarity);
        List<Source> sources = index.find(asking.words(), text, FOUND).stream()
                .map(this::source)
                .toList();
        return new Extract(asking, Optional.of(model)).answer(sources);
    }

    private Source source(Hit hit) {
        Text text = texts.get(Math.toIntExact(hit.piece() - 1));
        return new Source(hit, text.language, text.title, Instant.EPOCH, text.text, "");
    }

    /** @param held whether one of the right answers stands in it */
    private record Outcome(boolean refused, boolean cited, boolean held) {}

    private Outcome outcome(QuestionSet.Question question, Answer answer) {
        return switch (answer) {
            case Answer.Absent absent -> new Outcome(true, false, false);
            case Answer.Found found -> {
                String said =
                        normal(found.quotes().stream().map(Answer.Quote::text).collect(Collectors.joining(" ")));
                yield new Outcome(
                        false,
                        found.quotes().stream()
                                .anyMatch(quote -> question.gold().contains(names.get(quote.piece()))),
                        question.answers().stream()
                                .map(AskQuality::normal)
                                .anyMatch(right -> !right.isEmpty() && (" " + said + " ").contains(" " + right + " ")));
            }
        };
    }

    /** As SQuAD's evaluation compares (Rajpurkar et al. 2016); Arabic without its article's and vowels' marks, too. */
    static String normal(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT)
                        .replaceAll("[\\p{Mn}\\u0640]", "")
                        .replaceAll("[\\p{P}\\p{S}]", " ")
                        .split("\\s+"))
                .filter(word -> !word.isEmpty() && !word.matches("a|an|the"))
                .collect(Collectors.joining(" "));
    }

    private String line(QuestionSet.Question question, Answer answer, Outcome outcome) {
        var row = new ArrayList<String>(List.of(
                question.name(),
                question.removed() ? "removed" : "there",
                outcome.refused ? "refused" : "answered",
                outcome.cited ? "cited" : "-",
                outcome.held ? "held" : "-",
                question.text().replaceAll("\\s+", " ")));
        switch (answer) {
            case Answer.Found found -> {
                row.add(String.format(Locale.ROOT, "%.3f", found.sure()));
                row.add(found.quotes().stream()
                        .map(quote -> names.get(quote.piece()) + ": " + quote.text())
                        .collect(Collectors.joining(" | ")));
            }
            case Answer.Absent absent -> {
                row.add(String.format(Locale.ROOT, "%.3f", absent.sure()));
                row.add("");
            }
        }
        return String.join("\t", row);
    }

    private static void write(Path file, List<String> lines) throws JudgedFiles.Unusable {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new JudgedFiles.Unusable("The file " + file + " can't be written.");
        }
    }

    private void fill(TextSet index, PrintStream out) throws IOException, InterruptedException {
        long began = System.nanoTime();
        var waiting = new ArrayDeque<Future<?>>();
        try (var hands = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            new JudgedFiles(set).each(QuestionSet.CORPUS, (line, node) -> {
                String text = node.path("text").asText("");
                var one = new Text(Texts.language(text), node.path("title").asText(""), text);
                texts.add(one);
                long number = texts.size();
                names.put(number, JudgedFiles.name(node));
                waiting.add(hands.submit(() -> index.put(number, one.language, one.title, one.text)));
                if (waiting.size() > 1000) settle(waiting.remove());
                if (number % 5000 == 0) out.println(number + " texts so far");
            });
            while (!waiting.isEmpty()) settle(waiting.remove());
        }
        index.show();
        out.printf(Locale.ROOT, "%d texts; read in %d s%n", texts.size(), (System.nanoTime() - began) / 1_000_000_000);
    }

    private static void settle(Future<?> work) throws InterruptedException {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static final class Tally {
        private int there;
        private int cited;
        private int held;
        private int removed;
        private int refused;
        private final List<Double> millis = new ArrayList<>();

        void add(QuestionSet.Question question, Outcome outcome, double took) {
            millis.add(took);
            if (question.removed()) {
                removed++;
                if (outcome.refused) refused++;
                return;
            }
            there++;
            if (outcome.cited) cited++;
            if (outcome.held) held++;
        }

        private static double share(int some, int all) {
            return all == 0 ? 1 : (double) some / all;
        }

        private double percentile(double share) {
            double[] sorted = millis.stream().mapToDouble(one -> one).sorted().toArray();
            return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
        }

        void print(PrintStream out, String language) {
            out.printf(
                    Locale.ROOT,
                    "%-4s %d questions: right passage cited %.3f, right answer in it %.3f; %d not in the set: refused %.3f; p50 %.0f ms, p95 %.0f ms%n",
                    language,
                    there,
                    share(cited, there),
                    share(held, there),
                    removed,
                    share(refused, removed),
                    percentile(0.5),
                    percentile(0.95));
        }

        /** The share that is furthest from its aim. */
        void last(PrintStream out) {
            double[][] shares = {
                {share(cited, there), CITED}, {share(held, there), HELD}, {share(refused, removed), REFUSED}
            };
            double[] worst = Arrays.stream(shares)
                    .min((one, other) -> Double.compare(one[0] / one[1], other[0] / other[1]))
                    .orElseThrow();
            out.printf(
                    Locale.ROOT,
                    "ask ratio=%.3f ours=%.3f limit=%.2f unit=share cited=%.3f/%.2f held=%.3f/%.2f refused=%.3f/%.2f%n",
                    worst[0] / worst[1],
                    worst[0],
                    worst[1],
                    shares[0][0],
                    CITED,
                    shares[1][0],
                    HELD,
                    shares[2][0],
                    REFUSED);
        }
    }
}
