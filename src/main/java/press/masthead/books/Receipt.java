package press.masthead.books;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.plans.Money;

/**
 * What was paid by card; never changed.
 *
 * @param charge the provider's own name of the payment
 * @param giftId the gift that it paid for
 * @param amount minor units, tax included
 */
public record Receipt(
        long number,
        String charge,
        Optional<Long> membershipId,
        Optional<Long> giftId,
        String what,
        String email,
        String name,
        @Nested Invoice.Billed billed,
        long amount,
        String currency,
        @Nested Invoice.Tax taxed,
        Instant periodFrom,
        Instant periodUntil,
        Instant paidAt) {
    /** Such as "MR-000042". */
    public String label() {
        return "MR-%06d".formatted(number);
    }

    public String price() {
        return Money.words(amount, currency);
    }

    /** Such as ", of which USD 52.07 are VAT 21%", for a letter; empty where there is no tax. */
    public String taxWords() {
        if (taxed.reverseCharge()) return ", without tax (reverse charge)";
        return taxed.isDue() ? ", of which " + Money.words(taxed.tax(), currency) + " are " + taxed.label() : "";
    }

    /** In the shape in which pages and papers show an invoice that is paid. */
    Invoice shown() {
        return new Invoice(
                number,
                membershipId,
                Optional.empty(),
                Optional.empty(),
                what,
                "",
                email,
                name,
                billed,
                amount,
                currency,
                taxed,
                periodFrom,
                periodUntil,
                paidAt,
                paidAt,
                Optional.of(paidAt),
                Optional.empty());
    }
}
