package press.masthead.stripe;

import java.time.Instant;

/**
 * Money that moved.
 *
 * @param ref Stripe's id of the movement
 * @param amount minor units; negative for what was given back
 * @param charge the charge that it belongs to; itself for a charge
 * @param payment the payment intent behind the charge; may be empty
 */
public record StripeMovement(
        Kind kind, String ref, long amount, String currency, Instant at, String charge, String payment) {
    public enum Kind {
        CHARGE,
        REFUND,
        DISPUTE,
        DISPUTE_WON
    }
}
