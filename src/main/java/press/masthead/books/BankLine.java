package press.masthead.books;

import java.time.LocalDate;
import java.util.Optional;
import press.masthead.plans.Money;

/**
 * Money that came to the bank and is not yet told to an invoice.
 *
 * @param named the invoice that its words name; none where they name no one invoice
 */
public record BankLine(
        long id, LocalDate bookedOn, long amount, String currency, String words, Optional<Invoice> named) {
    /** What it looks like. */
    public enum Verdict {
        /** Pays the invoice that it names, to the minor unit. */
        MATCHED,
        /** Less than the invoice that it names. */
        PARTIAL,
        /** More than that. */
        OVER,
        /** Names an invoice and does not fit it. */
        UNCLEAR,
        /** Names no invoice of ours. */
        UNKNOWN
    }

    public Verdict verdict() {
        if (named.isEmpty()) return Verdict.UNKNOWN;
        Invoice invoice = named.get();
        if (invoice.paidAt().isPresent() || !invoice.currency().equals(currency)) return Verdict.UNCLEAR;
        if (amount == invoice.amount()) return Verdict.MATCHED;
        return amount < invoice.amount() ? Verdict.PARTIAL : Verdict.OVER;
    }

    public Money money() {
        return new Money(amount, currency);
    }

    /** What the newsroom is told about it. */
    public String says() {
        if (named.isEmpty()) return "No invoice of ours is named.";
        Invoice invoice = named.get();
        return switch (verdict()) {
            case MATCHED -> "Pays " + invoice.label() + ".";
            case PARTIAL ->
                Money.words(invoice.amount() - amount, currency) + " less than " + invoice.label() + " asks for.";
            case OVER ->
                Money.words(amount - invoice.amount(), currency) + " more than " + invoice.label() + " asks for.";
            case UNCLEAR ->
                invoice.paidAt().isPresent()
                        ? invoice.label() + " was paid before. Please send the money back or put the line aside."
                        : invoice.label() + " is in " + invoice.currency() + ".";
            case UNKNOWN -> "No invoice of ours is named.";
        };
    }

    /** Whether confirming it marks its invoice as paid. */
    public boolean pays() {
        return switch (verdict()) {
            case MATCHED, OVER -> true;
            case PARTIAL, UNCLEAR, UNKNOWN -> false;
        };
    }
}
