package press.masthead.tickets;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;

/** What becomes of the money when a registration ends: an open invoice is void, what was paid goes back. */
public final class Refunds {
    private final Invoices invoices;
    private final Clock clock;

    public Refunds(Invoices invoices, Clock clock) {
        this.invoices = invoices;
        this.clock = clock;
    }

    /** Has it given back, in the caller's transaction. Returns what the guest is told; nothing where there was no money. */
    Optional<MoneyBack> due(Handle handle, Registration one) {
        if (one.price() == 0) return Optional.empty();
        Optional<Invoice> invoice = one.invoiceNumber().flatMap(number -> invoices.hold(handle, number));
        if (invoice.isPresent()) return byInvoice(handle, one, invoice.get());
        if (one.paidAt().isEmpty()) return Optional.empty();
        // Stripe is told once this has committed; see RefundCards.
        owed(handle, one);
        return Optional.of(new MoneyBack(
                "Your {what} go back to your card; banks take some days for it.",
                one.money().words()));
    }

    private void owed(Handle handle, Registration one) {
        handle.createUpdate("update registration set refund_owed_at = :now where id = :id and refund_owed_at is null")
                .bind("id", one.id())
                .bind("now", clock.instant())
                .execute();
    }

    private Optional<MoneyBack> byInvoice(Handle handle, Registration one, Invoice invoice) {
        if (invoice.voidedAt().isPresent()) return Optional.empty();
        if (invoice.paidAt().isEmpty()) {
            invoices.voidOne(handle, invoice.number());
            return Optional.of(new MoneyBack("Invoice {what} is void: nothing is owed.", invoice.label()));
        }
        // Money is given back on its payment's own page and nowhere else; the list of guests leads there.
        owed(handle, one);
        return Optional.of(
                new MoneyBack("We send your {what} back to the account that they came from.", invoice.price()));
    }
}
