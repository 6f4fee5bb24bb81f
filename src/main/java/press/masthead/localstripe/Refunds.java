package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Money given back (docs.stripe.com/api/refunds). */
final class Refunds {
    private final Account account;

    Refunds(Account account) {
        this.account = account;
    }

    ObjectNode create(Ask ask) {
        String id = ask.text("charge");
        if (id.isEmpty())
            id = account.books
                    .get("payment_intent", ask.required("payment_intent"))
                    .path("latest_charge")
                    .asText("");
        ObjectNode charge = account.books.get("charge", id);
        long left = charge.path("amount_captured").asLong()
                - charge.path("amount_refunded").asLong();
        if (!charge.path("paid").asBoolean())
            throw Refusal.invalid("This charge was not paid, so it can't be refunded.", "charge", null);
        if (charge.path("disputed").asBoolean())
            throw Refusal.invalid(
                    "Charge " + id + " has been charged back; cannot issue a refund.", null, "charge_disputed");
        if (left == 0)
            throw Refusal.invalid("Charge " + id + " has already been refunded.", null, "charge_already_refunded");
        long amount = ask.number("amount").orElse(left);
        if (amount < 1) throw Refusal.invalid("Invalid positive integer", "amount", "parameter_invalid_integer");
        if (amount > left)
            throw Refusal.invalid(
                    "Refund amount (" + amount + ") is greater than unrefunded amount on charge (" + left + ")",
                    "amount",
                    null);
        ObjectNode refund = Json.of(
                "id",
                account.books.name("re"),
                "object",
                "refund",
                "amount",
                amount,
                "balance_transaction",
                null,
                "charge",
                id,
                "created",
                account.now(charge),
                "currency",
                charge.path("currency").asText(),
                "destination_details",
                Json.of("type", "card"),
                "metadata",
                Customers.metadata(Json.of(), ask),
                "payment_intent",
                charge.get("payment_intent"),
                "reason",
                Json.orNull(ask.text("reason")),
                "receipt_number",
                null,
                "source_transfer_reversal",
                null,
                "status",
                "succeeded",
                "transfer_reversal",
                null);
        account.books.put(refund);
        charge.put("amount_refunded", charge.path("amount_refunded").asLong() + amount);
        charge.put("refunded", amount == left);
        account.events.tell("refund.created", refund);
        account.events.tell("charge.refunded", charge);
        return refund;
    }

    ObjectNode list(Ask ask) {
        String charge = ask.text("charge");
        String intent = ask.text("payment_intent");
        List<ObjectNode> some = !charge.isEmpty()
                ? account.books.of("refund", "charge", charge)
                : intent.isEmpty()
                        ? List.copyOf(account.books.all("refund").values())
                        : account.books.of("refund", "payment_intent", intent);
        return Books.page(ask, "/v1/refunds", some, refund -> true);
    }
}
