package press.masthead.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * That something has happened. What it says of the object is not looked at, as it may be old: only which one it is about. An event
 * may hold its object whole, or its id alone, or no more than a pointer to it (docs.stripe.com/event-destinations#thin-events).
 *
 * @param about what to ask for; nothing where the event is about nothing of ours
 */
public record Notice(String id, String type, Instant at, Optional<About> about) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One that is no event of Stripe's form is nothing. */
    public static Optional<Notice> read(byte[] body) {
        try {
            JsonNode event = JSON.readTree(body);
            String id = event.path("id").asText("");
            String type = event.path("type").asText("").replaceFirst("^v1\\.", "");
            if (!id.matches("[A-Za-z0-9_-]{4,255}") || !type.matches("[a-z0-9_.]{1,100}")) return Optional.empty();
            JsonNode object = event.path("data").path("object");
            return Optional.of(new Notice(
                    id,
                    type,
                    at(event.path("created")),
                    object.isObject() ? about(object) : pointed(event.path("related_object"))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Seconds, or a time in words as thin events have it. */
    private static Instant at(JsonNode created) {
        try {
            return created.isTextual() ? Instant.parse(created.asText()) : Instant.ofEpochSecond(created.asLong());
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static Optional<About> about(JsonNode object) {
        String kind = object.path("object").asText("");
        Optional<About> own = of(kind, id(object.path("id")));
        // What is paid for once may have no customer, and a customer who pays for it is not one of ours.
        if (kind.equals("checkout.session") && object.path("mode").asText("").equals("payment")) return own;
        Optional<About> paid = of("payment_intent", id(object.path("payment_intent")))
                .or(() -> of("charge", id(object.path("charge"))));
        if (Set.of("charge", "refund", "dispute").contains(kind)) return paid.or(() -> own);
        return of("customer", id(object.path("customer"))).or(() -> own).or(() -> paid);
    }

    private static Optional<About> pointed(JsonNode related) {
        return of(related.path("type").asText("").replaceFirst("^v1\\.", ""), id(related.path("id")));
    }

    private static Optional<About> of(String kind, String id) {
        if (id.isEmpty()) return Optional.empty();
        return switch (kind) {
            case "customer" -> Optional.of(new About(About.Kind.CUSTOMER, id));
            case "charge" -> Optional.of(new About(About.Kind.CHARGE, id));
            case "payment_intent" -> Optional.of(new About(About.Kind.PAYMENT, id));
            case "subscription" -> Optional.of(new About(About.Kind.SUBSCRIPTION, id));
            case "invoice" -> Optional.of(new About(About.Kind.INVOICE, id));
            case "checkout.session" -> Optional.of(new About(About.Kind.PAGE, id));
            default -> Optional.empty();
        };
    }

    private static String id(JsonNode node) {
        String id = node.isObject() ? node.path("id").asText("") : node.asText("");
        return id.matches("[A-Za-z0-9_-]{1,255}") && !id.equals("null") ? id : "";
    }
}
