package press.masthead.books;

import java.time.Instant;
import java.util.Optional;
import press.masthead.plans.Money;

/**
 * Money that moved; never changed.
 *
 * @param kind {@code charge}, {@code refund}, {@code dispute} or {@code dispute_won}
 * @param amount minor units; negative for what was given back
 * @param provider {@code invoice} or {@code stripe}
 * @param providerRef the provider's own name of the movement, unique for provider and kind
 * @param cause {@code reader}, {@code timetable}, {@code desk} or {@code stripe}
 */
public record LedgerEntry(
        long id,
        Instant at,
        String kind,
        long amount,
        String currency,
        Optional<Long> membershipId,
        Optional<Long> invoiceNumber,
        String provider,
        String providerRef,
        String cause) {
    public Money money() {
        return new Money(amount, currency);
    }
}
