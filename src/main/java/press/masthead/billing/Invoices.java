package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Invoices, numbered without gaps. */
public final class Invoices {
    static final Duration TERMS = Duration.ofDays(14);

    private final Jdbi jdbi;
    private final Clock clock;

    public Invoices(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Writes the invoice of a membership's next period, due in 14 days. Whoever writes one waits for the one before. */
    public Invoice issue(Handle handle, long membership, Instant from, Instant until) {
        return handle.createQuery("""
                        with next as (update invoice_number set last = last + 1 returning last)
                        insert into invoice (number, membership_id, what, email, name, amount, currency,
                                             period_from, period_until, issued_at, due_at)
                        select next.last, m.id, p.name, r.email, r.name, pr.amount, pr.currency, :from, :until, :now, :due
                        from next, membership m
                        join reader r on r.id = m.reader_id
                        join price pr on pr.id = m.price_id join plan p on p.id = pr.plan_id
                        where m.id = :membership
                        returning *
                        """)
                .bind("membership", membership)
                .bind("from", from)
                .bind("until", until)
                .bind("now", clock.instant())
                .bind("due", clock.instant().plus(TERMS))
                .mapTo(Invoice.class)
                .one();
    }

    /** Notes that an invoice was paid; a second time changes nothing. */
    public boolean paid(Handle handle, long number, Instant at) {
        return handle.createUpdate("update invoice set paid_at = :at where number = :number and paid_at is null")
                        .bind("number", number)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    /** This reader's invoices, newest first. */
    public List<Invoice> of(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select i.* from invoice i join membership m on m.id = i.membership_id
                        where m.reader_id = :reader order by i.number desc
                        """)
                .bind("reader", reader)
                .mapTo(Invoice.class)
                .list());
    }

    /** One of this reader's; a number that is not theirs is nobody's. */
    public Optional<Invoice> find(long reader, long number) {
        return of(reader).stream().filter(invoice -> invoice.number() == number).findFirst();
    }
}
