package press.masthead.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * That something has happened. What it says of the object is not looked at, as it may be old: only which one it is about.
 *
 * @param about the customer's id; where the object names none, that of its charge or payment; else empty
 */
public record Notice(String id, String type, Instant at, String about) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One that is no event of Stripe's form is nothing. */
    public static Optional<Notice> read(byte[] body) {
        try {
            JsonNode event = JSON.readTree(body);
            String id = event.path("id").asText("");
            String type = event.path("type").asText("");
            if (!id.matches("evt_[A-Za-z0-9_]{1,200}") || !type.matches("[a-z0-9_.]{1,100}")) return Optional.empty();
            return Optional.of(new Notice(
                    id,
                    type,
                    Instant.ofEpochSecond(event.path("created").asLong()),
                    about(event.path("data").path("object"))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String about(JsonNode object) {
        if (object.path("object").asText("").equals("customer")) return id(object);
        for (String field : new String[] {"customer", "charge", "payment_intent"}) {
            String found = id(object.path(field));
            if (!found.isEmpty()) return found;
        }
        return "";
    }

    private static String id(JsonNode node) {
        String id = node.isObject() ? node.path("id").asText("") : node.asText("");
        return id.matches("[A-Za-z0-9_]{1,200}") && !id.equals("null") ? id : "";
    }
}
