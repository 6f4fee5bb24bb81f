package press.masthead.plans;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;

/**
 * One stay of a member, as it stands.
 *
 * @param until until when it is paid, free or given; runs on from there unless cancelled
 * @param unpaidDue when the oldest invoice that is still open was or is due
 * @param graceUntil until when it is read although a charge failed; there while it is tried again
 * @param pausedFrom when its last pause began or begins; nothing is read until {@code pausedUntil}, and nothing runs out
 * @param anchoredAt from where periods are counted
 * @param periodFrom when the running period began
 * @param periodValue what the running period was worth in money or credit, minor units
 * @param nextPriceId the price that takes over at the end of the running period
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
        Optional<Instant> graceUntil,
        Instant readsUntil,
        Optional<Instant> pausedFrom,
        Optional<Instant> pausedUntil,
        Optional<Instant> anchoredAt,
        Optional<Instant> periodFrom,
        Optional<Long> periodValue,
        Optional<Long> nextPriceId,
        @Nested Price price) {
    /** How long past its day an invoice may stay open before the membership ends; the view {@code entitlement} says the same. */
    public static final Duration PATIENCE = Duration.ofDays(14);

    public enum State {
        TRIALING,
        ACTIVE,
        COMPLIMENTARY,
        CANCELLED,
        PAST_DUE,
        PAUSED,
        ENDED
    }

    /** Where it stands at this moment. */
    public State state(Instant now) {
        if (endedAt.isPresent() || !readsUntil.isAfter(now)) return State.ENDED;
        if (isPaused(now)) return State.PAUSED;
        if (payment == Payment.COMPLIMENTARY) return State.COMPLIMENTARY;
        if (cancelledAt.isPresent()) return State.CANCELLED;
        if (graceUntil.isPresent()) return State.PAST_DUE;
        if (trialEndsAt.filter(end -> !end.isBefore(until)).isPresent()) return State.TRIALING;
        return unpaidDue.filter(due -> due.isBefore(now)).isPresent() ? State.PAST_DUE : State.ACTIVE;
    }

    public Plan plan() {
        return price.plan();
    }

    public boolean isPaused(Instant now) {
        return pausedFrom.filter(from -> !from.isAfter(now)).isPresent()
                && pausedUntil.filter(until -> until.isAfter(now)).isPresent();
    }

    /** Whether it is still in its free days. */
    public boolean isTrial(Instant now) {
        return state(now) == State.TRIALING;
    }

    /** Where the period ends that begins at an instant, on the price's interval. */
    public Instant end(Instant from, ZoneId zone) {
        return price.interval().end(anchoredAt.orElse(until), from, zone);
    }

    /** Whether it goes on by itself past its date. */
    public boolean runsOn() {
        return payment.runsOn() && cancelledAt.isEmpty() && endedAt.isEmpty();
    }
}
