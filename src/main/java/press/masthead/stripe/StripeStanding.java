package press.masthead.stripe;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that Stripe knows of one customer at one moment.
 *
 * @param subscriptions the oldest first
 * @param bills the oldest first
 * @param movements the oldest first
 * @param refusals why the last try of a payment failed, in Stripe's words for the card's owner, by payment intent
 * @param lost charges whose dispute is lost
 */
public record StripeStanding(
        String customer,
        List<StripeSubscription> subscriptions,
        List<StripeBill> bills,
        List<StripeMovement> movements,
        Map<String, String> refusals,
        List<String> lost) {
    /** The invoice that a charge paid. */
    public Optional<StripeBill> billOf(StripeMovement movement) {
        return bills.stream()
                .filter(bill -> bill.payments().contains(movement.payment())
                        || bill.payments().contains(movement.charge()))
                .findFirst();
    }
}
