package press.masthead.stripe;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An invoice of a subscription as it stands at Stripe.
 *
 * @param status draft, open, paid, uncollectible or void
 * @param due what is left to pay, minor units
 * @param total minor units
 * @param from where the period begins that it is for, as far as its lines say
 * @param tax what of the total is tax, minor units, and under which of Stripe's rates; nothing where it says none
 * @param payments ids of the payment intents that pay it
 * @param nextTry when Stripe tries the card again
 */
public record StripeBill(
        String id,
        String subscription,
        String status,
        long due,
        long total,
        String currency,
        Instant createdAt,
        Instant from,
        Instant until,
        Optional<StripeTax> tax,
        Set<String> payments,
        Optional<Instant> nextTry) {}
