package press.masthead.business;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Money that came and went, and invoices that nobody has paid. */
final class Payments {
    private final Jdbi jdbi;

    Payments(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param readerId 0 where the account was deleted
     * @param left how much of a charge can still be given back, minor units
     * @param why the note of what was given back
     */
    record Payment(
            long id,
            Instant at,
            String kind,
            long amount,
            String currency,
            String provider,
            long invoice,
            long membershipId,
            long readerId,
            String who,
            long left,
            String why) {}

    private static final String SELECT = """
            select e.id, e.at, e.kind, e.amount, e.currency, e.provider, coalesce(e.invoice_number, 0) as invoice,
                   coalesce(e.membership_id, 0) as membership_id, coalesce(m.reader_id, 0) as reader_id,
                   coalesce(nullif(r.name, ''), r.email, 'Deleted account') as who,
                   case when e.kind = 'charge' then e.amount + coalesce((
                     select sum(f.amount) from ledger_entry f
                     where f.membership_id = e.membership_id and f.kind = 'refund' and f.provider = e.provider
                       and f.invoice_number is not distinct from e.invoice_number), 0) else 0 end as "left",
                   case when e.kind = 'refund' then coalesce((
                     select v.note from membership_event v
                     where v.membership_id = e.membership_id and v.what = 'refunded' and v.at >= e.at order by v.at limit 1), '') else '' end as why
            from ledger_entry e
            left join membership m on m.id = e.membership_id
            left join reader r on r.id = m.reader_id
            """;

    List<Payment> page(boolean refunds, Instant before, long beforeId, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        where (e.at, e.id) < (:before, :beforeId) and (not :refunds or e.kind <> 'charge')
                        order by e.at desc, e.id desc limit :most
                        """)
                .bind("before", before)
                .bind("beforeId", beforeId)
                .bind("refunds", refunds)
                .bind("most", most)
                .mapTo(Payment.class)
                .list());
    }

    /** An open invoice past its day. */
    record Overdue(
            long number,
            long amount,
            String currency,
            Instant dueAt,
            Instant endsAt,
            int reminders,
            long readerId,
            String who) {}

    List<Overdue> overdue(Instant now, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select i.number, i.amount, i.currency, i.due_at, i.due_at + interval '14 days' as ends_at, i.reminders,
                               coalesce(m.reader_id, 0) as reader_id, coalesce(nullif(r.name, ''), r.email, i.email) as who
                        from invoice i left join membership m on m.id = i.membership_id left join reader r on r.id = m.reader_id
                        where i.paid_at is null and i.voided_at is null and i.due_at < :now
                        order by i.due_at, i.number limit :most
                        """)
                .bind("now", now)
                .bind("most", most)
                .mapTo(Overdue.class)
                .list());
    }
}
