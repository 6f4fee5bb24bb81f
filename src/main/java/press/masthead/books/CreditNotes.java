package press.masthead.books;

import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Credit notes, numbered without gaps. */
public final class CreditNotes {
    private final Jdbi jdbi;
    private final Clock clock;

    public CreditNotes(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Takes an amount of an invoice back, with its share of the tax.
     *
     * @param amount minor units, tax included
     */
    public CreditNote write(Handle handle, Invoice invoice, long amount, String why, Optional<Long> by) {
        long tax = invoice.amount() == 0
                ? 0
                : BigInteger.valueOf(invoice.taxed().tax())
                        .multiply(BigInteger.valueOf(amount))
                        .divide(BigInteger.valueOf(invoice.amount()))
                        .longValueExact();
        return handle.createQuery("""
                        with next as (update credit_note_number set last = last + 1 returning last)
                        insert into credit_note (number, invoice_number, amount, tax, why, issued_at, by)
                        select next.last, :invoice, :amount, :tax, :why, :now, :by from next
                        returning *, :currency as currency
                        """)
                .bind("invoice", invoice.number())
                .bind("amount", amount)
                .bind("tax", tax)
                .bind("why", why)
                .bind("now", clock.instant())
                .bind("by", by)
                .bind("currency", invoice.currency())
                .mapTo(CreditNote.class)
                .one();
    }

    /** One of this invoice's. */
    public Optional<CreditNote> find(long invoice, long number) {
        return of(invoice).stream().filter(note -> note.number() == number).findFirst();
    }

    /** Those of one invoice, the oldest first. */
    public List<CreditNote> of(long invoice) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.*, i.currency from credit_note c join invoice i on i.number = c.invoice_number
                        where c.invoice_number = :invoice order by c.number
                        """)
                .bind("invoice", invoice)
                .mapTo(CreditNote.class)
                .list());
    }
}
