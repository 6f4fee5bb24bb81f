package press.masthead.search;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import press.masthead.access.Standing;

/**
 * How well a search finds what people judged to be right: reads a folder in the form of BEIR (Thakur et al. 2021: {@code
 * corpus.jsonl}, {@code queries.jsonl}, {@code qrels/test.tsv}) and searches it by words, by meaning and by both, with the very index
 * of the site; beside it plain BM25 (k1 0.9, b 0.4, no stemming).
 */
public final class SearchQuality {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DEPTH = 100;
    private static final int SAMPLE = 200;
    private static final String CORPUS = "corpus.jsonl";
    private static final String QUERIES = "queries.jsonl";

    private final Path set;
    private final Path folder;
    private final Map<Long, String> names = new HashMap<>();

    /**
     * @param set the folder to read
     * @param folder where indexes may be made
     */
    public SearchQuality(Path set, Path folder) {
        this.set = set;
        this.folder = folder;
    }

    /**
     * Prints each way's nDCG@10, MRR@10 and recall@100; the last line is for machines.
     *
     * @throws JudgedFiles.Unusable when a file is missing or is not of that form
     */
    public void run(PrintStream out) throws IOException, InterruptedException {
        var files = new JudgedFiles(set);
        var judged = judgements(files);
        var queries = queries(files, judged);
        String language = language(files);
        Meaning meaning = MiniLm.load();
        boolean understood = meaning.understands(language);
        try (var index = PieceIndex.open(Files.createDirectories(folder.resolve("ours")));
                var plain = new PlainBm25(Files.createDirectories(folder.resolve("plain")))) {
            long began = System.nanoTime();
            fill(files, index, plain, meaning, language, out);
            out.printf(
                    Locale.ROOT,
                    "%d texts (%s), %d questions; read in %d s%n",
                    names.size(),
                    language,
                    queries.size(),
                    (System.nanoTime() - began) / 1_000_000_000);
            var by = new LinkedHashMap<String, Scores>();
            by.put("plain BM25", score(queries, judged, plain::search));
            by.put("lexical", score(queries, judged, text -> search(index, text, Optional.empty())));
            if (understood)
                by.put(
                        "semantic",
                        score(
                                queries,
                                judged,
                                text -> index.ask(searcher -> named(new Ranking(searcher, wanted(text))
                                        .nearest(Vectors.bytes(meaning.of(text)))))));
            by.put(
                    "fused",
                    understood
                            ? score(
                                    queries,
                                    judged,
                                    text -> search(index, text, Optional.of(Vectors.bytes(meaning.of(text)))))
                            : by.getOrDefault("lexical", NOTHING));
            by.forEach((name, scores) -> out.printf(
                    Locale.ROOT,
                    "%-10s nDCG@10 %.4f  MRR@10 %.4f  recall@100 %.4f%n",
                    name,
                    scores.ndcg,
                    scores.mrr,
                    scores.recall));
            if (!understood) out.println("no model here understands " + language + ": fused is lexical");
            double ours = by.getOrDefault("fused", NOTHING).ndcg;
            double limit = by.getOrDefault("plain BM25", NOTHING).ndcg;
            out.printf(
                    Locale.ROOT,
                    "search ratio=%.3f ours=%.4f limit=%.4f unit=ndcg@10 lexical=%.4f semantic=%.4f%n",
                    limit == 0 ? 0 : ours / limit,
                    ours,
                    limit,
                    by.getOrDefault("lexical", NOTHING).ndcg,
                    by.getOrDefault("semantic", NOTHING).ndcg);
        }
    }

    private static Wanted wanted(String text) {
        return Wanted.of(text, new Standing.Visitor(), THEN);
    }

    private List<String> search(PieceIndex index, String text, Optional<byte[]> direction) {
        return index.ask(searcher -> named(new Ranking(searcher, wanted(text)).hits(direction, -1)));
    }

    private List<String> named(List<Hit> hits) {
        return hits.stream().map(hit -> names.getOrDefault(hit.piece(), "")).toList();
    }

    private void fill(
            JudgedFiles files, PieceIndex index, PlainBm25 plain, Meaning meaning, String language, PrintStream out)
            throws IOException, InterruptedException {
        boolean understood = meaning.understands(language);
        var waiting = new ArrayDeque<Future<?>>();
        try (var hands = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            files.each(CORPUS, (line, node) -> {
                String name = files.name(CORPUS, line, node);
                long number = names.size() + 1L;
                names.put(number, name);
                String title = node.path("title").asText("");
                String text = node.path("text").asText("");
                plain.put(number, name, title + " " + text);
                var piece = TextSet.piece(number, language, title, text);
                waiting.add(hands.submit(() -> index.put(
                        piece, understood ? Reading.directions(piece, meaning) : PieceIndex.Directions.NONE)));
                if (waiting.size() > 1000) settle(waiting.remove());
                if (number % 5000 == 0) out.println(number + " texts so far");
            });
            while (!waiting.isEmpty()) settle(waiting.remove());
        }
        index.show();
        plain.show();
    }

    private static void settle(Future<?> work) throws InterruptedException {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private record Scores(double ndcg, double mrr, double recall) {}

    private static final Scores NOTHING = new Scores(0, 0, 0);

    /** As trec_eval has it: gain is the grade, discounted by log2 of the rank and one; a question that finds nothing counts 0. */
    private static Scores score(
            Map<String, String> queries,
            Map<String, Map<String, Integer>> judged,
            Function<String, List<String>> search) {
        double ndcg = 0;
        double mrr = 0;
        double recall = 0;
        for (var query : queries.entrySet()) {
            var right = judged.getOrDefault(query.getKey(), Map.of());
            var found = search.apply(query.getValue()).stream()
                    .filter(id -> !id.equals(query.getKey()))
                    .limit(DEPTH)
                    .toList();
            ndcg += ndcg(found, right);
            mrr += reciprocalRank(found, right);
            long relevant = right.values().stream().filter(grade -> grade > 0).count();
            recall += (double) found.stream()
                            .filter(id -> right.getOrDefault(id, 0) > 0)
                            .count()
                    / relevant;
        }
        int n = Math.max(1, queries.size());
        return new Scores(ndcg / n, mrr / n, recall / n);
    }

    static double ndcg(List<String> found, Map<String, Integer> right) {
        double gain = 0;
        for (int i = 0; i < Math.min(10, found.size()); i++)
            gain += Math.max(0, right.getOrDefault(found.get(i), 0)) / log2(i + 2);
        var ideal = right.values().stream()
                .filter(grade -> grade > 0)
                .sorted(java.util.Comparator.reverseOrder())
                .limit(10)
                .toList();
        double best = 0;
        for (int i = 0; i < ideal.size(); i++) best += ideal.get(i) / log2(i + 2);
        return best == 0 ? 0 : gain / best;
    }

    private static double log2(double number) {
        return Math.log(number) / Math.log(2);
    }

    private static double reciprocalRank(List<String> found, Map<String, Integer> right) {
        for (int i = 0; i < Math.min(10, found.size()); i++)
            if (right.getOrDefault(found.get(i), 0) > 0) return 1.0 / (i + 1);
        return 0;
    }

    /** Of those questions alone for which something is right. */
    private static Map<String, Map<String, Integer>> judgements(JudgedFiles files)
            throws IOException, InterruptedException {
        var judged = new HashMap<String, Map<String, Integer>>();
        for (var one : files.judgements())
            judged.computeIfAbsent(one.question(), query -> new HashMap<>()).put(one.text(), one.grade());
        judged.values().removeIf(grades -> grades.values().stream().noneMatch(grade -> grade > 0));
        return judged;
    }

    private Map<String, String> queries(JudgedFiles files, Map<String, Map<String, Integer>> judged)
            throws IOException, InterruptedException {
        var queries = new LinkedHashMap<String, String>();
        files.each(QUERIES, (line, node) -> {
            String id = files.name(QUERIES, line, node);
            if (judged.containsKey(id)) queries.put(id, node.path("text").asText());
        });
        if (queries.isEmpty())
            throw new JudgedFiles.Unusable(
                    "In " + set + " no question of " + QUERIES + " has a right text in qrels/test.tsv.");
        return queries;
    }

    /** By the letters of its first texts, once all of them can be read: what is not in Arabic, Hebrew or Cyrillic letters is taken for English. */
    private String language(JudgedFiles files) throws IOException, InterruptedException {
        var sample = new StringBuilder();
        var names = new HashSet<String>();
        files.each(CORPUS, (line, node) -> {
            names.add(files.name(CORPUS, line, node));
            if (names.size() <= SAMPLE)
                sample.append(node.path("text").asText("")).append(' ');
        });
        if (sample.isEmpty()) throw new JudgedFiles.Unusable("In " + set + " " + CORPUS + " has no texts.");
        return Languages.of(sample.toString());
    }
}
