package press.masthead.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder in the form of BEIR (Thakur et al. 2021): files with a JSON object on each line, and {@code qrels/test.tsv}. UTF-8, with or
 * without a mark of it; lines end in one way or the other. Whatever is missing or broken is told as {@link Unusable}.
 */
public final class JudgedFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("_id", "id", "qid", "query_id", "question_id");
    private static final String NUMBER = "-?\\d{1,9}(\\.\\d+)?";
    private static final String JUDGEMENTS = "qrels/test.tsv";

    private final Path folder;

    /** @throws Unusable where there is no such folder */
    public JudgedFiles(Path folder) throws Unusable {
        if (!Files.isDirectory(folder)) throw new Unusable("There is no folder " + folder + ".");
        this.folder = folder;
    }

    /** One sentence for the operator, that names the file, and the line where it is one. */
    public static final class Unusable extends IOException {
        public Unusable(String sentence) {
            super(sentence);
        }
    }

    /** Takes a line, whose number counts from 1. */
    public interface Line<T> {
        void take(int number, T line) throws IOException, InterruptedException;
    }

    /** How right a text is for a question: 1 and more is right, the more the better. */
    public record Judgement(String question, String text, int grade) {}

    public boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    /** Every line that is not blank: an object, or a name alone. */
    public void each(String file, Line<JsonNode> taken) throws IOException, InterruptedException {
        lines(file, (number, line) -> taken.take(number, json(file, number, line)));
    }

    /** All of them; a file that is not there has none. */
    public List<JsonNode> rowsIfAny(String file) throws IOException, InterruptedException {
        return has(file) ? rows(file) : List.of();
    }

    public List<JsonNode> rows(String file) throws IOException, InterruptedException {
        var rows = new ArrayList<JsonNode>();
        each(file, (number, row) -> rows.add(row));
        return rows;
    }

    /** Tabs between its columns. */
    public List<String[]> table(String file) throws IOException, InterruptedException {
        var table = new ArrayList<String[]>();
        lines(file, (number, line) -> table.add(line.split("\t")));
        return table;
    }

    /** Its name: a text or a number. */
    public String name(String file, int number, JsonNode row) throws Unusable {
        String name = name(row);
        if (name.isBlank() || !row.isObject())
            throw new Unusable("Line " + number + " of " + folder.resolve(file) + " has no _id.");
        return name;
    }

    /** Its name; empty where it has none. */
    public static String name(JsonNode row) {
        if (row.isTextual()) return row.asText();
        for (String field : NAMES)
            if (row.hasNonNull(field)) return row.path(field).asText();
        return "";
    }

    /**
     * Question, text and grade on each line, with tabs between, or as TREC has it with a column in between; a first line may say what
     * they are. Two columns alone are a right text.
     */
    public List<Judgement> judgements() throws IOException, InterruptedException {
        var judged = new ArrayList<Judgement>();
        lines(JUDGEMENTS, (number, line) -> {
            String[] parts = line.strip().split(line.strip().contains("\t") ? "\t" : "\\s+");
            boolean trec = parts.length == 4;
            String grade = parts.length == 2 ? "1" : parts[parts.length - 1].strip();
            boolean head = number == 1
                    && (!grade.matches(NUMBER) || parts[0].matches("(?i)query[-_ ]?id|qid|question[-_ ]?(id)?"));
            if (head) return;
            if (parts.length < 2 || parts.length > 4 || !grade.matches(NUMBER))
                throw new Unusable("Line " + number + " of " + folder.resolve(JUDGEMENTS)
                        + " is not a question, a text and a grade with tabs between.");
            judged.add(new Judgement(
                    parts[0].strip(), parts[trec ? 2 : 1].strip(), (int) Math.round(Double.parseDouble(grade))));
        });
        return judged;
    }

    private JsonNode json(String file, int number, String line) throws Unusable {
        try {
            JsonNode node = JSON.readTree(line);
            if (node != null && (node.isObject() || node.isTextual())) return node;
        } catch (JsonProcessingException e) {
            throw broken(file, number);
        }
        throw broken(file, number);
    }

    private Unusable broken(String file, int number) {
        return new Unusable("Line " + number + " of " + folder.resolve(file) + " is no JSON.");
    }

    private void lines(String file, Line<String> taken) throws IOException, InterruptedException {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) throw new Unusable("The folder " + folder + " has no " + file + ".");
        try (var reader = open(path)) {
            int number = 0;
            for (String line = next(reader, path); line != null; line = next(reader, path)) {
                number++;
                String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
                if (!text.isBlank()) taken.take(number, text);
            }
        }
    }

    private static BufferedReader open(Path path) throws Unusable {
        try {
            return Files.newBufferedReader(path);
        } catch (IOException e) {
            throw new Unusable("The file " + path + " can't be read.");
        }
    }

    private static @Nullable String next(BufferedReader reader, Path path) throws Unusable {
        try {
            return reader.readLine();
        } catch (CharacterCodingException e) {
            throw new Unusable("The file " + path + " is not in UTF-8.");
        } catch (IOException e) {
            throw new Unusable("The file " + path + " can't be read.");
        }
    }
}
