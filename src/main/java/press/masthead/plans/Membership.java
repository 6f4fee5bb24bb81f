package press.masthead.plans;

import java.time.Instant;
import java.util.Optional;

/**
 * Someone's membership as it stands.
 *
 * @param until until when they read everything; runs on from there unless cancelled
 * @param owing whether an invoice is open past its day
 */
public record Membership(
        long id,
        long readerId,
        long priceId,
        Instant startedAt,
        Optional<Instant> trialEndsAt,
        Instant until,
        Optional<Instant> cancelledAt,
        boolean owing,
        Plan plan) {
    public enum State {
        TRIALING,
        ACTIVE,
        CANCELLED,
        PAST_DUE,
        ENDED
    }

    /** Where it stands at this moment. */
    public State state(Instant now) {
        if (!readsUntil().isAfter(now)) return State.ENDED;
        if (cancelledAt.isPresent()) return State.CANCELLED;
        if (trialEndsAt.filter(end -> !end.isBefore(until)).isPresent()) return State.TRIALING;
        return owing ? State.PAST_DUE : State.ACTIVE;
    }

    /** A day's grace while the timetable writes the next invoice: nobody loses access because a server was down. */
    Instant readsUntil() {
        return cancelledAt.isPresent() ? until : until.plus(Memberships.GRACE);
    }
}
