package press.masthead.business;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Runs of the check, and the questions that it asks: each goes through all rows at once. */
final class Checks {
    /** More of one kind than anyone goes through by hand. */
    static final int MOST = 1_000;

    private final Jdbi jdbi;

    Checks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Everything that does not agree at this moment, in one view of the database. */
    List<Difference> differences(Handle handle, Instant now) {
        handle.execute("set local work_mem = '64MB'");
        return handle.createQuery(DIFFER)
                .bind("now", now)
                .bind("most", MOST)
                .mapTo(Difference.class)
                .list();
    }

    /** One row of what was brought, so that two can be held against each other and named. */
    private static final String TOLD = """
            format('%s trials, %s converted, %s ended, %s joined, %s paying, %s a year', trials, converted, ended, joined, paying, yearly) as told
            """;

    private static final String DIFFER = """
            with money as materialized (
              select invoice_number as number, min(currency) as currency,
                     sum(amount) filter (where kind = 'charge') as charged, -coalesce(sum(amount) filter (where kind = 'refund'), 0) as refunded
              from ledger_entry where invoice_number is not null group by 1),
            reads as materialized (
              select via_id as id, bool_or(since <= :now and until > :now) as now, max(until) as until
              from entitlement where via = 'membership' group by 1),
            differ as (
              select 'paid_not_in_ledger' as kind, i.membership_id, 'Invoice ' || i.number || ', paid ' || i.paid_at::date as about
              from invoice i left join money on money.number = i.number where i.paid_at is not null and money.charged is null
              union all
              select 'ledger_without_invoice', i.membership_id, 'Invoice ' || i.number
              from invoice i join money using (number) where i.paid_at is null and money.charged > 0
              union all
              select 'other_amount', i.membership_id, 'Invoice ' || i.number
              from invoice i join money using (number)
              where i.paid_at is not null and (money.charged <> i.amount or money.currency <> i.currency)
              union all
              select 'given_back_too_much', i.membership_id, 'Invoice ' || i.number
              from invoice i join money using (number) where money.refunded > coalesce(money.charged, 0)
              union all
              select 'runs_past_its_end', m.id, 'It should have ended on ' || reads.until::date
              from membership m join reads using (id) where m.ended_at is null and reads.until < cast(:now as timestamptz) - interval '1 hour'
              union all
              select 'paid_without_access', m.id, 'Invoice ' || i.number || ', until ' || i.period_until::date
              from invoice i join membership m on m.id = i.membership_id join reader r on r.id = m.reader_id
              left join money using (number)
              where i.paid_at is not null and i.voided_at is null and i.period_from <= :now and i.period_until > :now
                and coalesce(money.refunded, 0) = 0
                and (m.paused_until is null or m.paused_until <= :now or m.paused_from > :now)
                and not exists (select from reads where reads.id = m.id and reads.now)
                and not exists (select from membership o join reads on reads.id = o.id
                                where o.reader_id = m.reader_id and o.id <> m.id and reads.now)
              union all
              select 'access_without_invoice', m.id, 'Its period began on ' || m.period_from::date
              from membership m join reads using (id)
              where m.payment = 'invoice' and m.ended_at is null and reads.now and m.cancelled_at is null
                and coalesce(m.trial_ends_at, m.started_at) < :now and m.period_from <= :now and m.period_value > 0
                and m.paused_from is null
                and not exists (select from invoice i where i.membership_id = m.id and i.voided_at is null and i.period_until >= m.until
                  - interval '36 hours')
                and not exists (select from membership_event e where e.membership_id = m.id and e.what in ('extended', 'went_on', 'given'))
              union all
              select 'pays_in_other_currency', m.id, 'Invoice ' || i.number || ' in ' || i.currency
              from invoice i join membership m on m.id = i.membership_id join price p on p.id = m.price_id
              where i.paid_at is null and i.voided_at is null and i.currency <> p.currency
              union all
              select 'card_without_subscription', m.id, 'Joined on ' || m.started_at::date
              from membership m
              where m.payment = 'stripe' and m.ended_at is null
                and not exists (select from stripe_subscription s where s.membership_id = m.id)
              union all
              select 'card_ended', m.id, s.subscription || ' is ' || s.status
              from stripe_subscription s join membership m on m.id = s.membership_id
              where s.status in ('canceled', 'incomplete_expired') and m.ended_at is null
                and s.seen_at < cast(:now as timestamptz) - interval '1 hour'
              union all
              select 'number_missing', null, 'Number ' || missing
              from (select last from invoice_number) n, generate_series(1, n.last) as missing
              where (select count(*) from invoice) < n.last
                and not exists (select from invoice i where i.number = missing)
              union all
              select 'figures_differ', null, format('%s, %s, %s, %s, %s by the %s, %s: %s members, %s moves, %s a year; its movements: %s, %s, %s',
                     day, stock, what, currency, coalesce((select name from plan where id = plan_id), 'plan ' || plan_id), "interval", payment,
                     coalesce(d.members, 0), coalesce(d.moves, 0), coalesce(d.yearly, 0),
                     coalesce(v.members, 0), coalesce(v.moves, 0), coalesce(v.yearly, 0))
              from business_day d
              full join (select day, stock, what, currency, plan_id, "interval", payment,
                                sum(members) as members, count(*) as moves, sum(yearly) as yearly
                         from business_movement group by 1, 2, 3, 4, 5, 6, 7) v
                using (day, stock, what, currency, plan_id, "interval", payment)
              where (coalesce(d.members, 0), coalesce(d.moves, 0), coalesce(d.yearly, 0))
                 <> (coalesce(v.members, 0), coalesce(v.moves, 0), coalesce(v.yearly, 0))
              union all
              select 'brought_differs', null, format('%s, %s, %s by the %s, %s, %s, %s, %s: %s; its movements: %s',
                     day, currency, coalesce((select name from plan where id = plan_id), 'plan ' || plan_id), "interval", payment,
                     coalesce(nullif(source, ''), 'no source known'), coalesce('story ' || nullif(story_id, 0), 'no story'),
                     coalesce((select code from offer where id = offer_id), 'no offer'), coalesce(b.told, 'nothing'), coalesce(v.told, 'nothing'))
              from (select day, currency, plan_id, "interval", payment, source, story_id, offer_id,
                           """ + TOLD + """
                    from business_brought b) b
              full join (select day, currency, plan_id, "interval", payment, source, story_id, offer_id,
                                """ + TOLD + """
                         from (""" + Brought.OF_ALL + """
                         ) b
                         where trials <> 0 or converted <> 0 or ended <> 0 or joined <> 0 or paying <> 0 or yearly <> 0) v
                using (day, currency, plan_id, "interval", payment, source, story_id, offer_id)
              where b.told is distinct from v.told),
            counted as (select *, row_number() over (partition by kind order by membership_id, about) as n from differ)
            select kind, coalesce(membership_id, 0) as membership_id, coalesce(m.reader_id, 0) as reader_id, about
            from counted left join membership m on m.id = counted.membership_id
            where n <= :most order by kind, n
            """;

    record Run(long id, Instant startedAt, Optional<Instant> doneAt, long lookedAt, long found) {}

    long begin(Handle handle, Instant now, Optional<Long> by) {
        return handle.createQuery("insert into business_check (started_at, asked_by) values (:now, :by) returning id")
                .bind("now", now)
                .bind("by", by)
                .mapTo(Long.class)
                .one();
    }

    void finish(Handle handle, long run, List<Difference> found, Instant now) {
        var rows = handle.prepareBatch("""
                insert into business_difference (check_id, position, kind, membership_id, reader_id, about)
                values (:run, :position, :kind, nullif(:membership, 0), nullif(:reader, 0), :about)
                """);
        int position = 0;
        for (Difference one : found)
            rows.bind("run", run)
                    .bind("position", position++)
                    .bind("kind", one.kind())
                    .bind("membership", one.membershipId())
                    .bind("reader", one.readerId())
                    .bind("about", one.about())
                    .add();
        if (!found.isEmpty()) rows.execute();
        handle.createUpdate("""
                        update business_check set done_at = :now,
                          looked_at = (select count(*) from membership) + (select count(*) from invoice)
                        where id = :run
                        """).bind("run", run).bind("now", now).execute();
        handle.createUpdate("delete from business_check where started_at < :old")
                .bind("old", now.minus(java.time.Duration.ofDays(90)))
                .execute();
    }

    List<Run> latest() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select c.id, c.started_at, c.done_at, c.looked_at,
                               (select count(*) from business_difference d where d.check_id = c.id) as found
                        from business_check c order by c.id desc limit 14
                        """).mapTo(Run.class).list());
    }

    List<Difference> of(long run) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select kind, coalesce(membership_id, 0) as membership_id, coalesce(reader_id, 0) as reader_id, about
                        from business_difference where check_id = :run order by position
                        """).bind("run", run).mapTo(Difference.class).list());
    }

    record Owner(String email, String name) {}

    List<Owner> owners(Handle handle) {
        return handle.createQuery(
                        "select r.email, r.name from staff s join reader r on r.id = s.reader_id where s.role = 'owner'")
                .mapTo(Owner.class)
                .list();
    }

    boolean isDue(Instant day) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select not exists (select from business_check where started_at >= :day and asked_by is null)")
                .bind("day", day)
                .mapTo(Boolean.class)
                .one());
    }
}
