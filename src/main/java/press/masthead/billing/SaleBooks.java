package press.masthead.billing;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.books.Invoice;
import press.masthead.books.Ledger;
import press.masthead.books.LedgerEntry;
import press.masthead.books.Receipt;
import press.masthead.books.Receipts;
import press.masthead.stripe.StripeMovement;
import press.masthead.stripe.StripeSale;
import press.masthead.stripe.StripeTax;

/** What a payment by card for something sold once leaves in the books: an entry for each movement, and the buyer's receipt. */
final class SaleBooks {
    private final StripeRows rows;
    private final Ledger ledger;
    private final Receipts receipts;
    private final CardTaxes taxes;

    SaleBooks(StripeRows rows, Ledger ledger, Receipts receipts, CardTaxes taxes) {
        this.rows = rows;
        this.ledger = ledger;
        this.receipts = receipts;
        this.taxes = taxes;
    }

    /**
     * Who bought what.
     *
     * @param gift the gift that it is, if it is one
     * @param until when the time ends that was bought; the moment of paying for what has none
     */
    record Bought(Optional<Long> gift, String what, String email, String name, Instant until) {}

    /** Returns whether it was news; entered once, however often it is told. */
    boolean enter(Handle handle, StripeMovement movement) {
        if (movement.kind() == StripeMovement.Kind.REFUND)
            rows.gaveBack(handle, movement.ref(), movement.charge(), -movement.amount());
        return ledger.enter(
                handle,
                new LedgerEntry(
                        0,
                        movement.at(),
                        movement.kind().name().toLowerCase(Locale.ROOT),
                        movement.amount(),
                        movement.currency().toUpperCase(Locale.ROOT),
                        Optional.empty(),
                        Optional.empty(),
                        "stripe",
                        movement.ref(),
                        "stripe"));
    }

    /** The receipt of a charge, where it had none, with the tax that Stripe was told. */
    Optional<Receipt> receipt(Handle handle, StripeSale sale, StripeMovement charge, Bought bought) {
        Invoice.Billed nobody = Invoice.Billed.NOBODY;
        Optional<StripeTax> told = sale.tax()
                .filter(amount -> amount > 0)
                .map(amount -> new StripeTax(taxes.rate(handle, taxes.of(nobody)), amount));
        return receipts.write(
                handle,
                new Receipts.Draft(
                        charge.charge(),
                        Optional.empty(),
                        bought.gift(),
                        bought.what(),
                        bought.email(),
                        bought.name(),
                        nobody,
                        charge.amount(),
                        charge.currency().toUpperCase(Locale.ROOT),
                        told.map(tax -> taxes.told(handle, tax, charge.amount())),
                        told.map(tax -> taxes.inPrice(handle, tax)).orElse(true),
                        charge.at(),
                        bought.until(),
                        charge.at()));
    }
}
