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
     * One of two seats ends and the other stays: its half of what was paid goes back, in the caller's transaction. An invoice that nobody
     * has paid yet stays as it is.
     *
     * @param one as it was with both seats
     */
    Optional<MoneyBack> oneSeat(Handle handle, Registration one) {
        if (one.price() == 0 || one.seats() != 2) return Optional.empty();
        Optional<Invoice> invoice = one.invoiceNumber().flatMap(number -> invoices.hold(handle, number));
        boolean paid = invoice.map(bill -> bill.paidAt().isPresent())
                .orElse(one.paidAt().isPresent());
        if (!paid) return Optional.empty();
        oweSeat(handle, one);
        return Optional.of(invoice.map(bill -> toTheAccount(bill.amount() / 2, bill.currency()))
                .orElseGet(() -> new MoneyBack(
                        "Your {what} go back to your card; banks take some days for it.",
                        new Money(one.price() / 2, one.currency()).words())));
    }

    private static MoneyBack toTheAccount(long amount, String currency) {
        return new MoneyBack(
                "We send your {what} back to the account that they came from.", Money.words(amount, currency));
    }

    private void oweSeat(Handle handle, Registration one) {
        handle.createUpdate("""
                        update registration set price = price - :seat, seat_owed_at = :now
                        where id = :id and seat_owed_at is null
                        """)
                .bind("id", one.id())
                .bind("seat", one.price() / 2)
                .bind("now", clock.instant())
                .execute();
    }

    /** Whether one of its two seats has ended before, with its half of the money. */
    private static boolean isHalf(Handle handle, Registration one) {
        return handle.createQuery("select seat_owed_at is not null from registration where id = :id")
                .bind("id", one.id())
                .mapTo(Boolean.class)
                .one();
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
        long before = isHalf(handle, one) ? invoice.amount() / 2 : 0;
        return Optional.of(toTheAccount(invoice.amount() - before, invoice.currency()));
    }
}
