package press.masthead.billing;

import java.time.Instant;
import java.util.Optional;
import press.masthead.plans.Plan;

/**
 * An invoice; after it was written only its end changes.
 *
 * @param amount minor units
 * @param voidedAt when nothing was owed any more, because the membership ended unpaid
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
        Optional<Instant> paidAt,
        Optional<Instant> voidedAt) {
    public enum State {
        OPEN,
        OVERDUE,
        PAID,
        VOID
    }

    /** Such as "MH-000042". */
    public String label() {
        return "MH-%06d".formatted(number);
    }

    public String price() {
        return Plan.money(amount, currency);
    }

    /** Where it stands at this moment. */
    public State state(Instant now) {
        if (paidAt.isPresent()) return State.PAID;
        if (voidedAt.isPresent()) return State.VOID;
        return dueAt.isBefore(now) ? State.OVERDUE : State.OPEN;
    }
}
