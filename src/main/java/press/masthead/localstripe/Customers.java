package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Customers and the cards that they keep (docs.stripe.com/api/customers, …/payment_methods). */
final class Customers {
    private final Account account;
    private final Map<String, Card> cards = new HashMap<>();

    Customers(Account account) {
        this.account = account;
    }

    ObjectNode create(Ask ask) {
        String clock = ask.text("test_clock");
        if (!clock.isEmpty() && !account.clocks.knows(clock)) throw Refusal.missing("test_helpers.test_clock", clock);
        String id = account.books.name("cus");
        ObjectNode customer = Json.of(
                "id",
                id,
                "object",
                "customer",
                "address",
                null,
                "balance",
                0,
                "created",
                account.clocks.now(clock.isEmpty() ? Clocks.ACCOUNT : clock),
                "currency",
                null,
                "default_source",
                null,
                "delinquent",
                false,
                "description",
                Json.orNull(ask.text("description")),
                "discount",
                null,
                "email",
                Json.orNull(ask.text("email")),
                "invoice_prefix",
                id.substring(id.length() - 8),
                "invoice_settings",
                Json.of(
                        "custom_fields",
                        null,
                        "default_payment_method",
                        null,
                        "footer",
                        null,
                        "rendering_options",
                        null),
                "livemode",
                false,
                "metadata",
                metadata(Json.of(), ask),
                "name",
                Json.orNull(ask.text("name")),
                "next_invoice_sequence",
                1,
                "phone",
                null,
                "preferred_locales",
                List.copyOf(ask.texts("preferred_locales")),
                "shipping",
                null,
                "tax_exempt",
                "none",
                "test_clock",
                Json.orNull(clock));
        account.books.put(customer);
        if (ask.has("payment_method")) keep(customer, ask.text("payment_method"));
        if (ask.has("invoice_settings.default_payment_method"))
            setDefault(customer, ask.text("invoice_settings.default_payment_method"));
        account.events.tell("customer.created", customer);
        return customer;
    }

    /** One that was not deleted. */
    ObjectNode alive(String id) {
        ObjectNode customer = account.books.get("customer", id);
        if (isDeleted(customer)) throw Refusal.missing("customer", id);
        return customer;
    }

    private static boolean isDeleted(ObjectNode customer) {
        return customer.path("deleted").asBoolean(false);
    }

    /** What is left of one that was deleted: that there was one (docs.stripe.com/api/customers/retrieve). */
    ObjectNode retrieve(Ask ask) {
        ObjectNode customer = account.books.get("customer", ask.id());
        return isDeleted(customer) ? gone(ask.id()) : customer;
    }

    private static ObjectNode gone(String id) {
        return Json.of("id", id, "object", "customer", "deleted", true);
    }

    /** Deletes one: what can be told from it is gone, its subscriptions end at once, what was paid stays. */
    ObjectNode delete(Ask ask, Consumer<String> endAll) {
        ObjectNode customer = alive(ask.id());
        endAll.accept(ask.id());
        for (String field : List.of("email", "name", "description", "phone", "address", "shipping"))
            customer.putNull(field);
        customer.set("metadata", Json.of());
        customer.put("deleted", true);
        account.events.tell("customer.deleted", customer);
        return gone(ask.id());
    }

    ObjectNode update(Ask ask) {
        ObjectNode customer = alive(ask.id());
        for (String field : List.of("email", "name", "description", "phone"))
            if (ask.has(field)) customer.set(field, Json.value(Json.orNull(ask.text(field))));
        metadata((ObjectNode) customer.get("metadata"), ask);
        if (ask.has("invoice_settings.default_payment_method"))
            setDefault(customer, ask.text("invoice_settings.default_payment_method"));
        account.events.tell("customer.updated", customer);
        return customer;
    }

    ObjectNode list(Ask ask) {
        String email = ask.text("email");
        return Books.page(
                ask,
                "/v1/customers",
                List.copyOf(account.books.all("customer").values()),
                customer -> !isDeleted(customer)
                        && (email.isEmpty() || customer.path("email").asText("").equals(email)));
    }

    /** Adds what was sent to what is there; an empty value takes a name away. */
    static ObjectNode metadata(ObjectNode there, Ask ask) {
        ask.params().path("metadata").properties().forEach(entry -> {
            if (entry.getValue().asText().isEmpty()) there.remove(entry.getKey());
            else there.set(entry.getKey(), entry.getValue());
        });
        return there;
    }

    ObjectNode newCard(Card card, String email) {
        ObjectNode method = Json.of(
                "id",
                account.books.name("pm"),
                "object",
                "payment_method",
                "allow_redisplay",
                "limited",
                "billing_details",
                Json.of("address", null, "email", Json.orNull(email), "name", null, "phone", null),
                "card",
                Json.of(
                        "brand",
                        card.brand(),
                        "country",
                        "US",
                        "display_brand",
                        card.brand(),
                        "exp_month",
                        12,
                        "exp_year",
                        2034,
                        "funding",
                        "credit",
                        "last4",
                        card.last4()),
                "created",
                account.clocks.now(),
                "customer",
                null,
                "livemode",
                false,
                "metadata",
                Json.of(),
                "type",
                "card");
        cards.put(method.path("id").asText(), card);
        return account.books.put(method);
    }

    ObjectNode create(Ask ask, String kind) {
        if (!ask.required("type").equals("card"))
            throw Refusal.invalid("This local Stripe takes cards only.", "type", "parameter_invalid_empty");
        Card card = Card.of(ask.required("card.number"))
                .orElseThrow(
                        () -> Refusal.invalid("Your card number is incorrect.", "card[number]", "incorrect_number"));
        return newCard(card, "");
    }

    /** Which card a payment method stands for. */
    Card card(String method) {
        Card card = cards.get(method);
        if (card == null) throw Refusal.missing("payment_method", method);
        return card;
    }

    /** Keeps a card for its owner; Stripe's ready names make a new one. Returns its id. */
    String keep(ObjectNode customer, String method) {
        ObjectNode kept = Card.named(method)
                .map(card -> newCard(card, customer.path("email").asText("")))
                .orElseGet(() -> account.books.get("payment_method", method));
        if (card(kept.path("id").asText()).kept() instanceof Verdict.Declined declined)
            throw Refusal.card(declined, Json.of());
        kept.put("customer", customer.path("id").asText());
        account.books.put(kept);
        account.events.tell("payment_method.attached", kept);
        return kept.path("id").asText();
    }

    void setDefault(ObjectNode customer, String method) {
        String id = Card.named(method).isPresent() ? keep(customer, method) : method;
        account.books.get("payment_method", id);
        ((ObjectNode) customer.get("invoice_settings")).put("default_payment_method", id);
    }

    List<ObjectNode> kept(String customer) {
        var list = new ArrayList<ObjectNode>();
        for (ObjectNode method : account.books.of("payment_method", "customer", customer))
            if (!list.contains(method) && method.path("customer").asText("").equals(customer)) list.add(method);
        return list;
    }

    ObjectNode methods(Ask ask) {
        return Books.page(ask, "/v1/payment_methods", kept(ask.required("customer")), method -> true);
    }

    ObjectNode attach(Ask ask) {
        ObjectNode customer = account.books.get("customer", ask.required("customer"));
        return account.books.get("payment_method", keep(customer, ask.id()));
    }
}
