package press.masthead.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.books.TaxOnTop;
import press.masthead.plans.Money;
import press.masthead.plans.Price;
import press.masthead.readers.Consents;

/**
 * A membership bought for someone else.
 *
 * @param giftAmount what it cost, minor units of the price's currency
 * @param deliverOn on whose morning its letter leaves, on the publication's calendar
 * @param paidAt none: its letter waits
 */
public record GiftMembership(
        long id,
        String giverEmail,
        String giverName,
        String toEmail,
        String toName,
        String words,
        int months,
        long giftAmount,
        LocalDate deliverOn,
        Optional<Long> invoiceNumber,
        Optional<Instant> paidAt,
        Optional<Instant> deliveredAt,
        Optional<Instant> redeemedAt,
        Optional<Instant> refundedAt,
        @Nested Price price) {
    public Money money() {
        return new Money(giftAmount, price.currency());
    }

    /** Such as "three months"; figures from four on. */
    public String length() {
        return switch (months) {
            case 1 -> "one month";
            case 2 -> "two months";
            case 3 -> "three months";
            case 12 -> "a year";
            default -> months + " months";
        };
    }

    /** What is paid for, such as "PRO for three months, a gift". */
    String what() {
        return price.plan().name() + " for " + length() + ", a gift";
    }

    /** What its giver agrees to by the button. */
    Consents.Text terms(Optional<TaxOnTop.Note> tax) {
        return new Consents.Text(
                Consents.Kind.MEMBERSHIP,
                "2026-11",
                what() + ": " + Money.words(giftAmount, price.currency())
                        + tax.map(note -> ", " + note.words()).orElse("")
                        + ". The gift is delivered once it is paid, and until that morning you can have your money back.");
    }

    /** What whoever takes it agrees to; it names no giver, for words are kept for longer than people. */
    Consents.Text taking() {
        return new Consents.Text(
                Consents.Kind.MEMBERSHIP, "2026-11", what() + ". There is nothing to pay. It ends by itself.");
    }

    /** Who gives it, in a letter. */
    String giver() {
        return giverName.isBlank() ? giverEmail : giverName;
    }
}
