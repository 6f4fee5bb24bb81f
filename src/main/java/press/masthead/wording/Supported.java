package press.masthead.wording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import press.masthead.wording.Wording.Sentence;

/** What of a model's words its quotations say. */
final class Supported {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SENTENCES = 6;
    private static final int LONGEST = 500;

    private Supported() {}

    /** Its sentences, in their order, as far as they are supported. */
    static List<Sentence> of(String said, List<String> quotations) {
        var supported = new ArrayList<Sentence>();
        for (JsonNode one : sentences(said)) {
            String text = one.path("text")
                    .asText("")
                    .replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ")
                    .strip();
            List<Integer> named = named(one.path("quotations"), quotations.size());
            if (supported.size() == SENTENCES || named.isEmpty() || text.length() > LONGEST) continue;
            if (Faithful.says(named.stream().map(quotations::get).toList(), text))
                supported.add(new Sentence(text, named));
        }
        return List.copyOf(supported);
    }

    private static Iterable<JsonNode> sentences(String said) {
        int from = said.indexOf('{');
        int to = said.lastIndexOf('}');
        if (from < 0 || to < from) return List.of();
        try {
            JsonNode sentences = JSON.readTree(said.substring(from, to + 1)).path("sentences");
            return sentences.isArray() ? sentences : List.of();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /** Those that it names; none where it names one that there is not. */
    private static List<Integer> named(JsonNode numbers, int most) {
        var named = new ArrayList<Integer>();
        for (JsonNode number : numbers) {
            if (!number.isInt() || number.asInt() < 1 || number.asInt() > most) return List.of();
            if (!named.contains(number.asInt() - 1)) named.add(number.asInt() - 1);
        }
        return List.copyOf(named);
    }
}
