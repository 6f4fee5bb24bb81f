package press.masthead.localstripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** Every object that this Stripe holds, by kind and by id, in the order in which they were made. */
final class Books {
    /** Fields by which lists are asked for, and where each lies in an object. */
    private static final Map<String, String> INDEXED = Map.of(
            "customer", "/customer",
            "subscription", "/subscription",
            "invoice", "/invoice",
            "charge", "/charge",
            "payment_intent", "/payment_intent",
            "lookup_key", "/lookup_key",
            "parent_subscription", "/parent/subscription_details/subscription",
            "paid_by", "/payment/payment_intent");

    private final Map<String, SequencedMap<String, ObjectNode>> kinds = new HashMap<>();
    private final Map<String, ObjectNode> byId = new HashMap<>();
    private final Map<String, List<ObjectNode>> indexes = new HashMap<>();
    private long last;

    /** A new name such as {@code cus_L0000000000012}. */
    String name(String prefix) {
        return "%s_L%013d".formatted(prefix, ++last);
    }

    ObjectNode put(ObjectNode object) {
        String id = object.path("id").asText();
        String kind = object.path("object").asText();
        byId.put(id, object);
        kinds.computeIfAbsent(kind, key -> new LinkedHashMap<>()).put(id, object);
        INDEXED.forEach((field, place) -> {
            String value = Json.text(object, place);
            if (!value.isEmpty())
                indexes.computeIfAbsent(kind + " " + field + " " + value, key -> new ArrayList<>(2))
                        .add(object);
        });
        return object;
    }

    void remove(ObjectNode object) {
        String id = object.path("id").asText();
        byId.remove(id);
        all(object.path("object").asText()).remove(id);
    }

    SequencedMap<String, ObjectNode> all(String kind) {
        return kinds.computeIfAbsent(kind, key -> new LinkedHashMap<>());
    }

    Optional<ObjectNode> any(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<ObjectNode> find(String kind, String id) {
        return Optional.ofNullable(all(kind).get(id));
    }

    ObjectNode get(String kind, String id) {
        return find(kind, id).orElseThrow(() -> Refusal.missing(kind, id));
    }

    /** The objects of a kind with this value in an indexed field, oldest first. */
    List<ObjectNode> of(String kind, String field, String value) {
        return indexes.getOrDefault(kind + " " + field + " " + value, List.of());
    }

    /**
     * A page of a list, newest first (docs.stripe.com/api/pagination).
     *
     * @param candidates oldest first
     */
    static ObjectNode page(Ask ask, String url, List<ObjectNode> candidates, Predicate<ObjectNode> wanted) {
        long limit = ask.number("limit").orElse(10L);
        if (limit < 1 || limit > 100)
            throw Refusal.invalid("Invalid limit: must be from 1 to 100.", "limit", "parameter_invalid_integer");
        List<ObjectNode> newest = candidates.reversed().stream()
                .filter(wanted)
                .filter(object -> created(ask, object.path("created").asLong()))
                .toList();
        String after = ask.text("starting_after");
        String before = ask.text("ending_before");
        int from = 0;
        int until = newest.size();
        if (!after.isEmpty()) from = place(newest, after, "starting_after") + 1;
        if (!before.isEmpty()) {
            until = place(newest, before, "ending_before");
            from = Math.max(0, until - (int) limit);
        }
        List<ObjectNode> page = newest.subList(from, Math.min(until, from + (int) limit));
        boolean more = before.isEmpty() ? from + page.size() < newest.size() : from > 0;
        return Json.of("object", "list", "url", url, "has_more", more, "data", Json.list(page));
    }

    private static int place(List<ObjectNode> list, String id, String param) {
        for (int i = 0; i < list.size(); i++)
            if (list.get(i).path("id").asText().equals(id)) return i;
        throw Refusal.invalid("No such object: '" + id + "'", param, "resource_missing");
    }

    private static boolean created(Ask ask, long created) {
        return ask.number("created.gt").map(at -> created > at).orElse(true)
                && ask.number("created.gte").map(at -> created >= at).orElse(true)
                && ask.number("created.lt").map(at -> created < at).orElse(true)
                && ask.number("created.lte").map(at -> created <= at).orElse(true);
    }

    /** A copy of the answer in which the asked-for ids are whole objects (docs.stripe.com/api/expanding_objects). */
    ObjectNode expanded(ObjectNode answer, List<String> paths) {
        // What is asked for as it stands is written out before anything else can change it.
        if (paths.isEmpty()) return answer;
        ObjectNode copy = answer.deepCopy();
        for (String path : paths) expand(copy, path.split("\\."), 0, path);
        return copy;
    }

    private void expand(JsonNode node, String[] path, int at, String whole) {
        if (at == path.length) return;
        if (node instanceof ArrayNode array) {
            array.forEach(item -> expand(item, path, at, whole));
            return;
        }
        if (!(node instanceof ObjectNode object)) return;
        String field = path[at];
        JsonNode value = object.path(field);
        if (value.isTextual()) any(value.asText()).ifPresent(found -> object.set(field, found.deepCopy()));
        else if (value instanceof ArrayNode array)
            for (int i = 0; i < array.size(); i++)
                if (array.get(i).isTextual() && any(array.get(i).asText()).isPresent())
                    array.set(i, any(array.get(i).asText()).get().deepCopy());
        if (value.isMissingNode()) {
            ObjectNode included = included(object, field);
            if (included.isEmpty())
                throw Refusal.invalid(
                        "This property cannot be expanded (" + field + ").", "expand", "property_expansion_invalid");
            object.set(field, included);
        }
        expand(object.path(field), path, at + 1, whole);
    }

    /** Lists that an object has only where they are asked for. */
    private ObjectNode included(ObjectNode object, String field) {
        String id = object.path("id").asText();
        return switch (object.path("object").asText() + "." + field) {
            case "invoice.payments" -> list("/v1/invoice_payments", of("invoice_payment", "invoice", id));
            case "charge.refunds" ->
                list(
                        "/v1/charges/" + id + "/refunds",
                        of("refund", "charge", id).reversed());
            case "customer.subscriptions" -> list("/v1/subscriptions", of("subscription", "customer", id));
            case "checkout.session.line_items" -> list("/v1/checkout/sessions/" + id + "/line_items", List.of());
            default -> Json.of();
        };
    }

    static ObjectNode list(String url, List<ObjectNode> data) {
        var copies = data.stream().map(ObjectNode::deepCopy).toList();
        return Json.of("object", "list", "url", url, "has_more", false, "data", Json.list(copies));
    }
}
