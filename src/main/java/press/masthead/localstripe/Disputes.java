package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Money that a card's owner takes back, and whether it stays away (docs.stripe.com/disputes). As with Stripe's test mode,
 * the evidence {@code winning_evidence} wins and {@code losing_evidence} loses; none by the day it is due loses.
 */
final class Disputes {
    private static final long AFTER = 30;
    private static final Duration TO_ANSWER = Duration.ofDays(9);

    private final Account account;

    Disputes(Account account) {
        this.account = account;
    }

    void soon(ObjectNode charge, String reason) {
        String clock = account.clockOf(charge);
        account.clocks.at(clock, account.clocks.now(clock) + AFTER, () -> open(charge, reason));
    }

    ObjectNode open(ObjectNode charge, String reason) {
        long now = account.now(charge);
        long due = now + TO_ANSWER.toSeconds();
        ObjectNode dispute = Json.of(
                "id", account.books.name("dp"),
                "object", "dispute",
                "amount", charge.path("amount").asLong(),
                "balance_transactions", List.of(),
                "charge", charge.path("id").asText(),
                "created", now,
                "currency", charge.path("currency").asText(),
                "enhanced_eligibility_types", List.of(),
                "evidence", Json.of("uncategorized_text", null),
                "evidence_details",
                        Json.of("due_by", due, "has_evidence", false, "past_due", false, "submission_count", 0),
                "is_charge_refundable", false,
                "livemode", false,
                "metadata", Json.of(),
                "payment_intent", charge.path("payment_intent").asText(),
                "reason", reason,
                "status", "needs_response");
        charge.put("disputed", true);
        account.books.put(dispute);
        account.events.tell("charge.dispute.created", dispute);
        account.events.tell("charge.dispute.funds_withdrawn", dispute);
        account.clocks.at(account.clockOf(charge), due, () -> {
            if (isOpen(dispute)) close(dispute, charge, false);
        });
        return dispute;
    }

    private static boolean isOpen(ObjectNode dispute) {
        return Set.of("needs_response", "under_review")
                .contains(dispute.path("status").asText());
    }

    private void close(ObjectNode dispute, ObjectNode charge, boolean won) {
        dispute.put("status", won ? "won" : "lost");
        account.events.tell("charge.dispute.closed", about(dispute, charge));
        if (won) account.events.tell("charge.dispute.funds_reinstated", about(dispute, charge));
    }

    private static ObjectNode about(ObjectNode dispute, ObjectNode charge) {
        return dispute.path("charge").asText().equals(charge.path("id").asText()) ? dispute : charge;
    }

    ObjectNode update(Ask ask) {
        ObjectNode dispute = account.books.get("dispute", ask.id());
        if (!isOpen(dispute)) throw Refusal.invalid("This dispute is already closed.", null, null);
        String words = ask.text("evidence.uncategorized_text");
        if (!words.isEmpty()) {
            ((ObjectNode) dispute.get("evidence")).put("uncategorized_text", words);
            ((ObjectNode) dispute.get("evidence_details")).put("has_evidence", true);
        }
        ObjectNode charge = account.books.get("charge", dispute.path("charge").asText());
        boolean submit = !ask.has("submit") || ask.yes("submit");
        if (submit && words.equals("winning_evidence")) close(dispute, charge, true);
        else if (submit && words.equals("losing_evidence")) close(dispute, charge, false);
        else if (submit) dispute.put("status", "under_review");
        account.events.tell("charge.dispute.updated", dispute);
        return dispute;
    }

    ObjectNode accept(Ask ask) {
        ObjectNode dispute = account.books.get("dispute", ask.id());
        if (!isOpen(dispute)) throw Refusal.invalid("This dispute is already closed.", null, null);
        close(dispute, account.books.get("charge", dispute.path("charge").asText()), false);
        return dispute;
    }

    ObjectNode list(Ask ask) {
        String charge = ask.text("charge");
        String intent = ask.text("payment_intent");
        List<ObjectNode> some = !charge.isEmpty()
                ? account.books.of("dispute", "charge", charge)
                : intent.isEmpty()
                        ? List.copyOf(account.books.all("dispute").values())
                        : account.books.of("dispute", "payment_intent", intent);
        return Books.page(ask, "/v1/disputes", some, dispute -> true);
    }
}
