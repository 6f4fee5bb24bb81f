package press.masthead.tickets;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;
import press.masthead.plans.Money;

/** What becomes of the money when a registration or one of its two seats ends: an open invoice is void, what was paid goes back. */
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
        // Stripe is told once this has committed; see CardTickets.
        owed(handle, one);
        return Optional.of(new MoneyBack(
                "Your {what} go back to your card; banks take some days for it.",
                one.money().words()));
    }

    /**
     * One of two seats ends and the other stays: its half of what was paid by card goes back, in the caller's transaction. What was
     * invoiced stays as it is until the other ends too.
     *
     * @param one as it was with both seats
     */
    Optional<MoneyBack> oneSeat(Handle handle, Registration one) {
        if (one.price() == 0
                || one.seats() != 2
                || one.paidAt().isEmpty()
                || one.invoiceNumber().isPresent()) return Optional.empty();
        long seat = one.price() / 2;
        handle.createUpdate("""
                        update registration set price = price - :seat, seat_owed_at = :now
                        where id = :id and seat_owed_at is null
                        """)
                .bind("id", one.id())
                .bind("seat", seat)
                .bind("now", clock.instant())
                .execute();
        return Optional.of(new MoneyBack(
                "Your {what} go back to your card; banks take some days for it.",
                new Money(seat, one.currency()).words()));
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
