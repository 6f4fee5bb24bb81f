package press.masthead.plans;

import java.util.Optional;

/**
 * A better price for a while.
 *
 * @param code as it is typed; compared without regard to case
 * @param percent off, 0 to 100; 0 where an amount is taken off
 * @param amount minor units off, of that currency alone; 0 where a percentage is
 * @param payments how many payments it is taken off; empty: all of them
 * @param trialDays free days in place of the price's own; 0: the price's own
 */
public record Offer(
        long id,
        String code,
        int percent,
        long amount,
        Optional<String> currency,
        Optional<Integer> payments,
        int trialDays) {
    /** What is left to pay, minor units; parts of one are the reader's. */
    public long of(Price price) {
        if (percent > 0) return price.amount() - Math.ceilDiv(Math.multiplyExact(price.amount(), (long) percent), 100L);
        if (!currency.equals(Optional.of(price.currency()))) return price.amount();
        return Math.max(0, price.amount() - amount);
    }

    /** The price with this offer's free days. */
    public Price trialOf(Price price) {
        return trialDays > price.trialDays() ? price.withTrial(trialDays) : price;
    }
}
