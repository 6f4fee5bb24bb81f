package press.masthead.billing;

import java.time.Instant;
import java.util.Optional;
import press.masthead.plans.Membership;
import press.masthead.plans.Money;
import press.masthead.plans.Price;

/**
 * What a change of price costs, as its reader is shown it.
 *
 * @param id 0 until it is kept
 * @param runningUntil where the running period ends
 * @param credit the unused part of the running period, minor units, 0 or more
 * @param charge the new period, minor units, not less than the credit
 * @param at when it takes effect: now, or at the end of the running period
 * @param until where the period ends that runs from then on; the next payment is then
 * @param next the next payment after that, minor units
 * @param reference what the provider wants to hear again; may be empty
 */
public record Quote(
        long id,
        Membership membership,
        Price to,
        Instant runningUntil,
        long credit,
        long charge,
        Instant at,
        Instant until,
        long next,
        String reference,
        Instant quotedAt) {
    public Price from() {
        return membership.price();
    }

    /** What is paid now. */
    public Money due() {
        return new Money(charge - credit, to.currency());
    }

    /** Whether the membership has its new price at once. */
    public boolean isNow() {
        return at.isBefore(runningUntil);
    }

    Quote kept(long as) {
        return new Quote(as, membership, to, runningUntil, credit, charge, at, until, next, reference, quotedAt);
    }

    /** Whether a membership is still what this was made for. */
    boolean fits(Optional<Membership> now) {
        return now.filter(found -> found.id() == membership.id()
                        && found.price().id() == from().id()
                        && found.until().equals(runningUntil)
                        && found.endedAt().isEmpty()
                        && found.cancelledAt().equals(membership.cancelledAt()))
                .isPresent();
    }
}
