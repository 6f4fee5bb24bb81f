package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;

/** Invoices, numbered without gaps. */
public final class Invoices {
    public static final Duration TERMS = Duration.ofDays(14);

    /** How long books are kept. */
    public static final int YEARS_KEPT = 10;

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

    /** Notes when it was paid, also when it was void by then. */
    void paid(Handle handle, long number, Instant at) {
        handle.createUpdate("""
                        with paid as (update invoice set paid_at = :at, voided_at = null where number = :number returning *)
                        insert into ledger_entry
                          (at, kind, amount, currency, membership_id, invoice_number, provider, provider_ref, cause)
                        select :at, 'charge', amount, currency, membership_id, number, 'invoice', number::text, 'desk' from paid
                        """).bind("number", number).bind("at", at).execute();
    }

    /** Nothing more is owed for this membership. */
    void voidOpen(Handle handle, long membership) {
        handle.createUpdate("""
                        update invoice set voided_at = :now
                        where membership_id = :membership and paid_at is null and voided_at is null
                        """)
                .bind("membership", membership)
                .bind("now", clock.instant())
                .execute();
    }

    /** One of this reader's, locked until the end of the transaction, with the membership that it is for. */
    record Held(long membershipId, @Nested Invoice invoice) {}

    Optional<Held> hold(Handle handle, long reader, long number) {
        return handle.createQuery("""
                        select i.* from invoice i join membership m on m.id = i.membership_id
                        where m.reader_id = :reader and i.number = :number for update of i
                        """)
                .bind("reader", reader)
                .bind("number", number)
                .mapTo(Held.class)
                .findOne();
    }

    /** What this reader left unpaid within the last year, so that a membership ended. */
    public Optional<Invoice> leftUnpaid(Handle handle, long reader) {
        return handle.createQuery("""
                        select i.* from invoice i join membership m on m.id = i.membership_id
                        where m.reader_id = :reader and i.voided_at > :since order by i.number desc limit 1
                        """)
                .bind("reader", reader)
                .bind("since", clock.instant().minus(Duration.ofDays(365)))
                .mapTo(Invoice.class)
                .findOne();
    }

    /** As {@link #leftUnpaid(Handle, long)}. */
    public Optional<Invoice> leftUnpaid(long reader) {
        return jdbi.withHandle(handle -> leftUnpaid(handle, reader));
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

    /** Takes the names off invoices that the law no longer wants kept and whose reader has gone; for the timetable. */
    public void forgetNames() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update invoice i set email = '', name = '' from membership m
                        where m.id = i.membership_id and m.reader_id is null and i.email <> '' and i.issued_at < :before
                        """)
                .bind(
                        "before",
                        clock.instant()
                                .atOffset(ZoneOffset.UTC)
                                .minusYears(YEARS_KEPT)
                                .toInstant())
                .execute());
    }
}
