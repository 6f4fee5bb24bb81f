package press.masthead.stripe;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A subscription as it stands at Stripe.
 *
 * @param status Stripe's word: trialing, active, past_due, unpaid, canceled, paused, incomplete, incomplete_expired
 * @param item its one item, which a change of price names
 * @param price the price's lookup key; empty where it has none
 * @param cancelledAt when its end was asked for, where it ends by being cancelled
 */
public record StripeSubscription(
        String id,
        String customer,
        String status,
        String item,
        String price,
        Instant startedAt,
        Instant periodFrom,
        Instant periodUntil,
        Optional<Instant> trialEnd,
        Optional<Instant> cancelAt,
        Optional<Instant> cancelledAt,
        Optional<Instant> endedAt,
        Map<String, String> metadata) {
    /** Whether it may still charge someone. */
    public boolean isAlive() {
        return !status.equals("canceled") && !status.equals("incomplete_expired");
    }

    /** Whether its first payment has not come. */
    public boolean hasNotBegun() {
        return status.equals("incomplete") || status.equals("incomplete_expired");
    }
}
