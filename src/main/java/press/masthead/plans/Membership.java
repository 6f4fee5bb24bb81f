package press.masthead.plans;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One stay of a member, as it stands.
 *
 * @param until until when it is paid, free or given; runs on from there unless cancelled
 * @param unpaidDue when the oldest invoice that is still open was or is due
 * @param readsUntil until when its member reads everything; worked out by the view {@code entitlement} and nowhere else
 */
public record Membership(
        long id,
        long readerId,
        Payment payment,
        Instant startedAt,
        Optional<Instant> trialEndsAt,
        Instant until,
        Optional<Instant> cancelledAt,
        Optional<Instant> endedAt,
        Optional<Instant> unpaidDue,
        Instant readsUntil,
        Plan plan) {
    /** How long past its day an invoice may stay open before the membership ends; the view {@code entitlement} says the same. */
    public static final Duration PATIENCE = Duration.ofDays(14);

    public enum State {
        TRIALING,
        ACTIVE,
        COMPLIMENTARY,
        CANCELLED,
        PAST_DUE,
        ENDED
    }

    /** Where it stands at this moment. */
    public State state(Instant now) {
        if (endedAt.isPresent() || !readsUntil.isAfter(now)) return State.ENDED;
        if (payment == Payment.COMPLIMENTARY) return State.COMPLIMENTARY;
        if (cancelledAt.isPresent()) return State.CANCELLED;
        if (trialEndsAt.filter(end -> !end.isBefore(until)).isPresent()) return State.TRIALING;
        return unpaidDue.filter(due -> due.isBefore(now)).isPresent() ? State.PAST_DUE : State.ACTIVE;
    }

    /** Whether it goes on by itself past its date. */
    public boolean runsOn() {
        return payment == Payment.INVOICE && cancelledAt.isEmpty() && endedAt.isEmpty();
    }
}
