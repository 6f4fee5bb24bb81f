package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Money that is asked for and the bank's answer (docs.stripe.com/api/payment_intents, …/charges). */
final class Payments {
    private final Account account;
    private final Customers customers;
    private final Disputes disputes;
    private final Random dice;

    Payments(Account account, Customers customers, Disputes disputes) {
        this.account = account;
        this.customers = customers;
        this.disputes = disputes;
        dice = account.options.chaos().dice(2);
    }

    ObjectNode intent(String customer, long amount, String currency, String description, ObjectNode metadata) {
        String id = account.books.name("pi");
        ObjectNode intent = Json.of(
                "id",
                id,
                "object",
                "payment_intent",
                "amount",
                amount,
                "amount_capturable",
                0,
                "amount_received",
                0,
                "canceled_at",
                null,
                "cancellation_reason",
                null,
                "capture_method",
                "automatic",
                "client_secret",
                id + "_secret_local",
                "confirmation_method",
                "automatic",
                "created",
                0,
                "currency",
                currency,
                "customer",
                Json.orNull(customer),
                "description",
                Json.orNull(description),
                "last_payment_error",
                null,
                "latest_charge",
                null,
                "livemode",
                false,
                "metadata",
                metadata,
                "next_action",
                null,
                "on_behalf_of",
                null,
                "payment_method",
                null,
                "payment_method_options",
                Json.of(),
                "payment_method_types",
                List.of("card"),
                "receipt_email",
                null,
                "setup_future_usage",
                null,
                "shipping",
                null,
                "status",
                "requires_payment_method",
                "transfer_group",
                null);
        intent.put("created", account.now(intent));
        account.books.put(intent);
        account.events.tell("payment_intent.created", intent);
        return intent;
    }

    /**
     * Charges a card.
     *
     * @param verdict what its bank says
     */
    void charge(ObjectNode intent, String method, Verdict verdict) {
        intent.put("payment_method", method);
        switch (verdict) {
            case Verdict.Approved approved -> taken(intent, method);
            case Verdict.ThenDisputed(String reason) -> disputes.soon(taken(intent, method), reason);
            case Verdict.NeedsStep step -> {
                intent.put("status", "requires_action");
                intent.set("next_action", Json.of("type", "use_stripe_sdk"));
                account.events.tell("payment_intent.requires_action", intent);
            }
            case Verdict.Declined declined -> {
                ObjectNode charge = record(intent, method, declined);
                ObjectNode error = Json.of(
                        "type", "card_error",
                        "charge", charge.path("id").asText(),
                        "code", declined.code(),
                        "decline_code", Json.orNull(declined.declineCode()),
                        "message", declined.message());
                intent.put("status", "requires_payment_method");
                intent.put("latest_charge", charge.path("id").asText());
                intent.set("last_payment_error", error);
                intent.putNull("payment_method");
                account.events.tell("charge.failed", charge);
                account.events.tell("payment_intent.payment_failed", intent);
            }
        }
    }

    private ObjectNode taken(ObjectNode intent, String method) {
        ObjectNode charge = record(intent, method, null);
        intent.put("status", "succeeded");
        intent.put("amount_received", intent.path("amount").asLong());
        intent.put("latest_charge", charge.path("id").asText());
        intent.putNull("last_payment_error");
        intent.putNull("next_action");
        account.events.tell("charge.succeeded", charge);
        account.events.tell("payment_intent.succeeded", intent);
        return charge;
    }

    private ObjectNode record(
            ObjectNode intent, String method, Verdict.@org.jspecify.annotations.Nullable Declined no) {
        Card card = customers.card(method);
        boolean paid = no == null;
        ObjectNode charge = Json.of(
                "id",
                account.books.name("ch"),
                "object",
                "charge",
                "amount",
                intent.path("amount").asLong(),
                "amount_captured",
                paid ? intent.path("amount").asLong() : 0L,
                "amount_refunded",
                0,
                "balance_transaction",
                null,
                "billing_details",
                Json.of("address", null, "email", null, "name", null, "phone", null),
                "calculated_statement_descriptor",
                "LOCAL STRIPE",
                "captured",
                paid,
                "created",
                account.now(intent),
                "currency",
                intent.path("currency").asText(),
                "customer",
                intent.get("customer"),
                "description",
                intent.get("description"),
                "disputed",
                false,
                "failure_code",
                no == null ? null : no.declineCode().isEmpty() ? no.code() : no.code(),
                "failure_message",
                no == null ? null : no.message(),
                "fraud_details",
                Json.of(),
                "livemode",
                false,
                "metadata",
                Json.of(),
                "outcome",
                Json.of(
                        "network_status", paid ? "approved_by_network" : "declined_by_network",
                        "reason", no == null ? null : Json.orNull(no.declineCode()),
                        "risk_level", "normal",
                        "seller_message", paid ? "Payment complete." : "The bank did not return any further details.",
                        "type", paid ? "authorized" : "issuer_declined"),
                "paid",
                paid,
                "payment_intent",
                intent.path("id").asText(),
                "payment_method",
                method,
                "payment_method_details",
                Json.of(
                        "card",
                        Json.of("brand", card.brand(), "last4", card.last4(), "exp_month", 12, "exp_year", 2034),
                        "type",
                        "card"),
                "receipt_email",
                null,
                "receipt_url",
                null,
                "refunded",
                false,
                "status",
                paid ? "succeeded" : "failed");
        return account.books.put(charge);
    }

    /** What the bank says to a charge while the card's owner is away. */
    Verdict later(String method) {
        Verdict verdict = customers.card(method).later();
        boolean unlucky = verdict instanceof Verdict.Approved
                && dice.nextDouble() < account.options.chaos().declined();
        return unlucky ? Card.INSUFFICIENT.later() : verdict;
    }

    ObjectNode intents(Ask ask) {
        String customer = ask.text("customer");
        return Books.page(
                ask,
                "/v1/payment_intents",
                customer.isEmpty()
                        ? List.copyOf(account.books.all("payment_intent").values())
                        : account.books.of("payment_intent", "customer", customer),
                intent -> true);
    }

    ObjectNode charges(Ask ask) {
        String customer = ask.text("customer");
        String intent = ask.text("payment_intent");
        List<ObjectNode> some = !intent.isEmpty()
                ? account.books.of("charge", "payment_intent", intent)
                : customer.isEmpty()
                        ? List.copyOf(account.books.all("charge").values())
                        : account.books.of("charge", "customer", customer);
        return Books.page(
                ask,
                "/v1/charges",
                some,
                charge ->
                        customer.isEmpty() || charge.path("customer").asText("").equals(customer));
    }
}
