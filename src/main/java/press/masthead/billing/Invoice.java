package press.masthead.billing;

import java.time.Instant;
import java.util.Optional;
import press.masthead.plans.Plan;

/**
 * An invoice, never changed but for when it was paid.
 *
 * @param amount minor units
 */
public record Invoice(
        long number,
        String what,
        String email,
        String name,
        long amount,
        String currency,
        Instant periodFrom,
        Instant periodUntil,
        Instant issuedAt,
        Instant dueAt,
        Optional<Instant> paidAt) {

    /** Such as "MH-000042". */
    public String label() {
        return "MH-%06d".formatted(number);
    }

    public String price() {
        return Plan.money(amount, currency);
    }

    /** In a reader's words: paid, open or overdue. */
    public String state(Instant now) {
        if (paidAt.isPresent()) return "Paid";
        return dueAt.isBefore(now) ? "Overdue" : "Open";
    }
}
