package press.masthead.tickets;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Money;
import press.masthead.readers.EmailAddress;

/** An event's guests as the newsroom sees them, who is invited, and how many may come by which plan or from which team. */
final class GuestList {
    private final Jdbi jdbi;
    private final Clock clock;

    GuestList(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * @param owed what of an invoice that was paid is to be given back and was not yet, in minor units
     * @param payment the number of the ledger's entry of that invoice's payment
     */
    record Row(
            long id,
            String name,
            String email,
            int seats,
            String guestName,
            String state,
            Instant askedAt,
            Optional<Instant> until,
            String plan,
            String team,
            List<String> questions,
            List<String> answers,
            long price,
            String currency,
            Optional<Long> invoiceNumber,
            boolean paid,
            long owed,
            Optional<Long> payment,
            String numbers) {
        String shown() {
            return name.isBlank() ? email : name;
        }

        String owing() {
            return Money.words(owed, currency);
        }
    }

    /** Those who come first, then those with an offer, those in line in its order, those who do not come any more. */
    List<Row> of(long event, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.id, coalesce(nullif(btrim(p.name), ''), '') as name, coalesce(p.email, 'deleted account') as email, r.seats,
                               r.guest_name, r.state, r.asked_at, r.until, coalesce(n.name, r.plan) as plan, coalesce(t.name, '') as team, r.questions, r.answers,
                               r.price, r.currency, r.invoice_number, coalesce(r.paid_at, i.paid_at) is not null as paid,
                               case when r.pay <> 'invoice' or r.refunded_at is not null then 0 else greatest(0,
                                 case when r.refund_owed_at is not null then i.amount when r.seat_owed_at is not null then i.amount / 2 else 0 end
                                 + coalesce((select sum(b.amount) from ledger_entry b where b.kind = 'refund' and b.invoice_number = r.invoice_number), 0))
                               end as owed,
                               (select l.id from ledger_entry l where l.kind = 'charge' and l.invoice_number = r.invoice_number limit 1) as payment,
                               coalesce((select string_agg(k.number::text, ', ' order by k.number) from ticket k
                                         where k.registration_id = r.id and k.cancelled_at is null), '') as numbers
                        from registration r left join reader p on p.id = r.reader_id left join team t on t.id = r.team_id left join plan n on n.slug = r.plan
                        left join invoice i on i.number = r.invoice_number
                        where r.event_id = :event
                        order by array_position(array['confirmed', 'offered', 'held', 'waiting', 'cancelled'], r.state), r.asked_at, r.id
                        limit :most
                        """)
                .bind("event", event)
                .bind("most", most)
                .mapTo(Row.class)
                .list());
    }

    record Invited(String email, Instant invitedAt, String state) {}

    List<Invited> invited(long event) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select v.email, v.invited_at, coalesce((
                          select g.state from registration g join reader p on p.id = g.reader_id
                          where g.event_id = v.event_id and p.email_key = v.email_key order by g.id desc limit 1), '') as state
                        from event_invitation v where v.event_id = :event order by v.invited_at, v.email_key
                        """)
                .bind("event", event)
                .mapTo(Invited.class)
                .list());
    }

    /** Returns whether they were not invited before. */
    boolean invite(Handle handle, long event, EmailAddress email) {
        return handle.createUpdate("""
                        insert into event_invitation (event_id, email_key, email, invited_at) values (:event, :key, :email, :now)
                        on conflict do nothing
                        """)
                        .bind("event", event)
                        .bind("key", email.key())
                        .bind("email", email.typed())
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }

    /** @param key a plan's slug, or a team's number */
    record Quota(String kind, String key, String name, int most, int taken) {}

    List<Quota> quotas(long event) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select q.kind, q.key, coalesce(p.name, t.name, q.key) as name, q.most,
                               (select coalesce(sum(r.seats), 0) from registration r
                                where r.event_id = q.event_id and r.state in ('held', 'offered', 'confirmed')
                                  and (q.kind = 'plan' and r.plan = q.key or q.kind = 'team' and r.team_id::text = q.key)) as taken
                        from event_quota q left join plan p on q.kind = 'plan' and p.slug = q.key
                        left join team t on q.kind = 'team' and t.id::text = q.key
                        where q.event_id = :event order by q.kind, 3
                        """).bind("event", event).mapTo(Quota.class).list());
    }

    record Choice(String value, String name) {}

    /** What a quota can be for. */
    List<Choice> shares() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select 'plan:' || slug as value, name from plan where active
                        union all select 'team:' || id, name from team order by 1, 2
                        """).mapTo(Choice.class).list());
    }

    /** @param most none takes the limit away */
    void quota(Handle handle, long event, String kind, String key, Optional<Integer> most) {
        handle.createUpdate("delete from event_quota where event_id = :event and kind = :kind and key = :key")
                .bind("event", event)
                .bind("kind", kind)
                .bind("key", key)
                .execute();
        most.ifPresent(number -> handle.createUpdate("insert into event_quota values (:event, :kind, :key, :most)")
                .bind("event", event)
                .bind("kind", kind)
                .bind("key", key)
                .bind("most", number)
                .execute());
    }
}
