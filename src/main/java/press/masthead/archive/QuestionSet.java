package press.masthead.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import press.masthead.search.JudgedFiles;

/**
 * Questions about a set of texts, from a folder in BEIR's form (Thakur et al. 2021): {@code corpus.jsonl} with {@code _id}, {@code
 * title}, {@code text}; {@code questions.jsonl} or {@code queries.jsonl} with {@code _id}, {@code text}, {@code answers}; {@code
 * qrels/test.tsv} with question, passage, grade. A question is to be refused when it says {@code "removed": true}, {@code
 * "is_impossible": true} or {@code "answerable": false}, when {@code removed.jsonl} or {@code unanswerable.jsonl} holds it, or when no
 * passage that the set holds is judged right for it.
 */
record QuestionSet(Path folder, List<Question> questions) {
    static final String CORPUS = "corpus.jsonl";
    private static final List<String> FLAGS =
            List.of("removed", "is_impossible", "unanswerable", "impossible", "refuse");

    /**
     * @param gold names of the passages that answer it
     * @param answers any of them will do
     * @param removed whether it can't be answered from the set
     */
    record Question(String name, String text, Set<String> gold, List<String> answers, boolean removed) {}

    /** @throws JudgedFiles.Unusable naming the file that is missing or not of that form */
    static QuestionSet read(Path folder) throws IOException, InterruptedException {
        var files = new JudgedFiles(folder);
        var asked = new LinkedHashMap<String, JsonNode>();
        Set<String> removed = new HashSet<>();
        for (String name : List.of("questions.jsonl", "queries.jsonl")) each(files, name, asked, Set.of());
        for (String name : List.of("removed.jsonl", "unanswerable.jsonl")) {
            each(files, name, asked, asked.keySet());
            for (JsonNode node : files.rowsIfAny(name)) removed.add(JudgedFiles.name(node));
        }
        if (asked.isEmpty())
            throw new JudgedFiles.Unusable("The folder " + folder + " has no questions.jsonl with questions in it.");
        Map<String, Set<String>> gold = judgements(files);
        Map<String, List<String>> answers = answers(files);
        Set<String> held = corpus(files);
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

    private static void each(JudgedFiles files, String file, Map<String, JsonNode> into, Set<String> but)
            throws IOException, InterruptedException {
        if (!files.has(file)) return;
        files.each(file, (line, node) -> {
            if (!question(node).isBlank() && !but.contains(files.name(file, line, node)))
                into.putIfAbsent(JudgedFiles.name(node), node);
        });
    }

    private static Map<String, Set<String>> judgements(JudgedFiles files) throws IOException, InterruptedException {
        var judged = new HashMap<String, Set<String>>();
        if (!files.has("qrels/test.tsv")) return judged;
        for (var one : files.judgements())
            if (one.grade() > 0)
                judged.computeIfAbsent(one.question(), question -> new HashSet<>())
                        .add(one.text());
        return judged;
    }

    private static Map<String, List<String>> answers(JudgedFiles files) throws IOException, InterruptedException {
        var answers = new HashMap<String, List<String>>();
        for (JsonNode node : files.rowsIfAny("answers.jsonl")) {
            var said = answers.computeIfAbsent(JudgedFiles.name(node), question -> new ArrayList<>());
            for (String field : List.of("answers", "answer", "text")) texts(node.path(field), said);
        }
        if (files.has("answers.tsv"))
            for (String[] parts : files.table("answers.tsv"))
                if (parts.length > 1)
                    answers.computeIfAbsent(parts[0].strip(), question -> new ArrayList<>())
                            .addAll(Stream.of(parts)
                                    .skip(1)
                                    .map(String::strip)
                                    .filter(text -> !text.isEmpty())
                                    .toList());
        return answers;
    }

    private static Set<String> corpus(JudgedFiles files) throws IOException, InterruptedException {
        var names = new HashSet<String>();
        files.each(CORPUS, (line, node) -> names.add(files.name(CORPUS, line, node)));
        return names;
    }
}
