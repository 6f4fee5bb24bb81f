package press.masthead.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Questions about a set of texts, from a folder in BEIR's form (Thakur et al. 2021): {@code corpus.jsonl} with {@code _id}, {@code
 * title}, {@code text}; {@code questions.jsonl} or {@code queries.jsonl} with {@code _id}, {@code text}, {@code answers}; {@code
 * qrels/test.tsv} with question, passage, grade. A question is to be refused when it says {@code "removed": true}, {@code
 * "is_impossible": true} or {@code "answerable": false}, when {@code removed.jsonl} or {@code unanswerable.jsonl} holds it, or when no
 * passage that the set holds is judged right for it.
 */
record QuestionSet(Path folder, List<Question> questions) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FLAGS =
            List.of("removed", "is_impossible", "unanswerable", "impossible", "refuse");

    /**
     * @param gold names of the passages that answer it
     * @param answers any of them will do
     * @param removed whether it can't be answered from the set
     */
    record Question(String name, String text, Set<String> gold, List<String> answers, boolean removed) {}

    /** @throws IOException naming the file that is missing or not of that form */
    static QuestionSet read(Path folder) throws IOException {
        var asked = new LinkedHashMap<String, JsonNode>();
        Set<String> removed = new HashSet<>();
        for (String name : List.of("questions.jsonl", "queries.jsonl")) each(folder, name, asked, Set.of());
        for (String name : List.of("removed.jsonl", "unanswerable.jsonl")) {
            each(folder, name, asked, asked.keySet());
            removed.addAll(names(folder, name));
        }
        if (asked.isEmpty()) throw new IOException(folder + " has no questions.jsonl with questions in it");
        Map<String, Set<String>> gold = judgements(folder);
        Map<String, List<String>> answers = answers(folder);
        Set<String> held = corpus(folder);
        var questions = new ArrayList<Question>();
        asked.forEach((name, node) -> {
            Set<String> right = new HashSet<>(gold.getOrDefault(name, named(node)));
            right.retainAll(held);
            boolean refuse = removed.contains(name) || flagged(node) || right.isEmpty();
            var said = new ArrayList<>(answers.getOrDefault(name, List.of()));
            for (String field : List.of("answers", "answer", "gold_answers", "gold_answer", "gold")) {
                texts(node.path(field), said);
                texts(node.path("metadata").path(field), said);
            }
            questions.add(new Question(name, question(node), refuse ? Set.of() : right, List.copyOf(said), refuse));
        });
        return new QuestionSet(folder, List.copyOf(questions));
    }

    static String name(JsonNode node) {
        for (String field : List.of("_id", "id", "qid", "query_id", "question_id"))
            if (node.hasNonNull(field)) return node.path(field).asText();
        return "";
    }

    private static String question(JsonNode node) {
        for (String field : List.of("text", "question", "query"))
            if (node.hasNonNull(field)) return node.path(field).asText();
        return "";
    }

    /** Passages that a question names itself. */
    private static Set<String> named(JsonNode node) {
        var named = new ArrayList<String>();
        for (JsonNode from : List.of(node, node.path("metadata")))
            for (String field :
                    List.of("gold_passages", "gold_passage", "passages", "passage_id", "passage_ids", "positive"))
                texts(from.path(field), named);
        return new HashSet<>(named);
    }

    private static boolean flagged(JsonNode node) {
        for (JsonNode from : List.of(node, node.path("metadata"))) {
            if (FLAGS.stream().anyMatch(flag -> from.path(flag).asBoolean(false))) return true;
            if (from.has("answerable") && !from.path("answerable").asBoolean(true)) return true;
        }
        return false;
    }

    /** A text, a list of texts, or SQuAD's {@code {"text": [...]}}. */
    private static void texts(JsonNode node, List<String> into) {
        if (node.isArray()) node.forEach(one -> texts(one, into));
        else if (node.isObject()) {
            for (String field : List.of("text", "answer", "_id", "id"))
                if (node.has(field)) {
                    texts(node.path(field), into);
                    return;
                }
        } else if (node.isValueNode() && !node.isNull() && !node.asText().isBlank())
            into.add(node.asText().strip());
    }

    private static void each(Path folder, String file, Map<String, JsonNode> into, Set<String> but) throws IOException {
        for (JsonNode node : rows(folder, file))
            if (!question(node).isBlank() && !but.contains(name(node))) into.putIfAbsent(name(node), node);
    }

    private static Set<String> names(Path folder, String file) throws IOException {
        var names = new HashSet<String>();
        for (JsonNode node : rows(folder, file)) names.add(node.isTextual() ? node.asText() : name(node));
        return names;
    }

    private static List<JsonNode> rows(Path folder, String file) throws IOException {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) return List.of();
        var rows = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(path)) if (!line.isBlank()) rows.add(JSON.readTree(line));
        return rows;
    }

    private static Map<String, Set<String>> judgements(Path folder) throws IOException {
        var judged = new HashMap<String, Set<String>>();
        Path file = folder.resolve("qrels/test.tsv");
        if (!Files.exists(file)) return judged;
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t");
            boolean trec = parts.length == 4;
            if (parts.length < 2 || parts[0].matches("query[-_]?id|qid|question.*")) continue;
            String grade = parts.length < 3 ? "1" : parts[trec ? 3 : 2].strip();
            if (grade.matches("[1-9]\\d*"))
                judged.computeIfAbsent(parts[0].strip(), question -> new HashSet<>())
                        .add(parts[trec ? 2 : 1].strip());
        }
        return judged;
    }

    private static Map<String, List<String>> answers(Path folder) throws IOException {
        var answers = new HashMap<String, List<String>>();
        for (JsonNode node : rows(folder, "answers.jsonl")) {
            var said = answers.computeIfAbsent(name(node), question -> new ArrayList<>());
            for (String field : List.of("answers", "answer", "text")) texts(node.path(field), said);
        }
        Path table = folder.resolve("answers.tsv");
        if (Files.exists(table))
            for (String line : Files.readAllLines(table)) {
                String[] parts = line.split("\t");
                if (parts.length > 1)
                    answers.computeIfAbsent(parts[0].strip(), question -> new ArrayList<>())
                            .addAll(Stream.of(parts)
                                    .skip(1)
                                    .map(String::strip)
                                    .filter(text -> !text.isEmpty())
                                    .toList());
            }
        return answers;
    }

    private static Set<String> corpus(Path folder) throws IOException {
        var names = new HashSet<String>();
        try (var lines = Files.lines(folder.resolve("corpus.jsonl"))) {
            for (var line : (Iterable<String>) lines.filter(text -> !text.isBlank())::iterator)
                names.add(name(JSON.readTree(line)));
        }
        return names;
    }
}
