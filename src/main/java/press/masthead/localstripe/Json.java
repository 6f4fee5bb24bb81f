package press.masthead.localstripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON objects in one line: name, value, name, value. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode of(@Nullable Object... pairs) {
        var node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < pairs.length; i += 2) node.set(String.valueOf(pairs[i]), value(pairs[i + 1]));
        return node;
    }

    static ArrayNode list(List<? extends JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    static JsonNode value(@Nullable Object value) {
        return switch (value) {
            case null -> JsonNodeFactory.instance.nullNode();
            case JsonNode node -> node;
            case Boolean yes -> JsonNodeFactory.instance.booleanNode(yes);
            case Integer number -> JsonNodeFactory.instance.numberNode(number.longValue());
            case Long number -> JsonNodeFactory.instance.numberNode(number);
            case List<?> list -> MAPPER.valueToTree(list);
            default -> JsonNodeFactory.instance.textNode(value.toString());
        };
    }

    /** The text at a place, or nothing. */
    static String text(JsonNode node, String pointer) {
        JsonNode found = node.at(pointer);
        return found.isTextual() ? found.asText() : "";
    }

    /** Puts the text, or null where there is none. */
    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
