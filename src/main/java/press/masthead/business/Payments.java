package press.masthead.business;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Money that came and went, and invoices that nobody has paid. */
final class Payments {
    private final Jdbi jdbi;

    Payments(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Money that came or went.
     *
     * @param what {@code membership}, {@code gift}, {@code event} or {@code team}
     * @param readerId 0 where the account was deleted, or it is a team's
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
            String what,
            long invoice,
            long readerId,
            long teamId,
            String who,
            long left,
            String why) {
        /** What happened. */
        String happened() {
            return switch (kind) {
                case "charge" -> "Paid";
                case "refund" -> "Given back";
                case "dispute" -> "Taken back by the bank";
                default -> "Bank decided for us";
            };
        }

        boolean isCharge() {
            return kind.equals("charge");
        }
    }

    private static final String SELECT = """
            select e.id, e.at, e.kind, e.amount, e.currency, e.provider, coalesce(e.invoice_number, 0) as invoice,
                   case when t.id is not null then 'team' when x.id is not null then 'event' when e.membership_id is null then 'gift' else 'membership' end as what,
                   coalesce(m.reader_id, x.reader_id, 0) as reader_id, coalesce(t.id, 0) as team_id,
                   coalesce(nullif(r.name, ''), r.email, t.name, nullif(i.email, ''), nullif(g.name, ''), nullif(g.email, ''), 'Deleted account') as who,
                   case when e.kind = 'charge' and e.provider = 'stripe' then e.amount
                          - coalesce((select sum(f.amount) from stripe_refund f where f.charge = e.provider_ref), 0)
                        when e.kind = 'charge' then e.amount
                          + coalesce((select sum(f.amount) from ledger_entry f
                                      where f.kind = 'refund' and f.invoice_number = e.invoice_number), 0)
                        else 0 end::bigint as "left",
                   case when e.kind = 'refund' then coalesce((
                     select n.why from credit_note n where n.invoice_number = e.invoice_number and abs(n.amount) = abs(e.amount)
                     order by abs(extract(epoch from n.issued_at - e.at)) limit 1), (
                     select v.note from membership_event v
                     where v.membership_id = e.membership_id and v.what = 'refunded' and v.at >= e.at order by v.at limit 1), '') else '' end as why
            from ledger_entry e
            left join membership m on m.id = e.membership_id
            left join reader r on r.id = m.reader_id
            left join invoice i on i.number = e.invoice_number
            left join contract c on c.id = i.contract_id
            left join team t on t.id = c.team_id
            left join stripe_refund b on e.kind = 'refund' and b.refund = e.provider_ref
            left join receipt g on e.membership_id is null and e.provider = 'stripe' and g.charge = coalesce(b.charge, e.provider_ref)
            left join registration x on e.membership_id is null and (x.invoice_number = e.invoice_number or x.receipt_number = g.number)
            """;

    Optional<Payment> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " where e.id = :id")
                .bind("id", id)
                .mapTo(Payment.class)
                .findOne());
    }

    /** A member whose card fails. */
    record Failing(long readerId, String email, String trouble, Instant graceUntil, Optional<Instant> nextTryAt) {}

    List<Failing> failing(int most) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select r.id as reader_id, r.email, s.trouble, m.grace_until, s.next_try_at
                        from membership m join reader r on r.id = m.reader_id join stripe_subscription s on s.membership_id = m.id
                        where m.ended_at is null and m.grace_until is not null order by m.grace_until limit :most
                        """).bind("most", most).mapTo(Failing.class).list());
    }

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
