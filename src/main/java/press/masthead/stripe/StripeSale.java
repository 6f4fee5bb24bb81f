package press.masthead.stripe;

import java.util.List;
import java.util.Optional;

/**
 * Something that was sold once, on a page to pay on, as it stands at Stripe.
 *
 * @param status open, complete or expired
 * @param payment the payment intent; empty before there is one
 * @param tax minor units, as far as the page says
 * @param movements the oldest first
 * @param lost whether its money was lost in a dispute
 */
public record StripeSale(
        String session,
        String status,
        String payment,
        Optional<Long> tax,
        List<StripeMovement> movements,
        boolean lost) {
    /** What is left of what was paid, minor units. */
    public long net() {
        return movements.stream().mapToLong(StripeMovement::amount).sum();
    }
}
