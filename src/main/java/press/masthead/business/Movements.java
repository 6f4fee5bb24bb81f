package press.masthead.business;

import java.time.Clock;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps {@code business_movement} and {@code business_day} true. Both follow from memberships, their events, prices, offers and
 * invoices alone, so that they can be worked out anew at any time; a run in between takes only memberships with new events.
 */
public final class Movements implements Runnable {
    /** Events are numbered before their transactions end, so the last few are looked at once more. */
    private static final int AGAIN = 2_000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Supplier<ZoneId> zone;

    public Movements(Jdbi jdbi, Clock clock, Supplier<ZoneId> zone) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.zone = zone;
    }

    private record Mark(long eventId, boolean anew) {}

    /** Brings both up to date; for the timetable. */
    @Override
    public void run() {
        jdbi.useTransaction(handle -> {
            Mark mark = handle.createQuery("select event_id, anew from business_mark for update")
                    .mapTo(Mark.class)
                    .one();
            if (mark.anew()) anew(handle);
            else follow(handle, mark.eventId());
        });
    }

    /** Works everything out from the rows again. */
    public void rebuild() {
        jdbi.useTransaction(handle -> {
            handle.execute("select 1 from business_mark for update");
            anew(handle);
        });
    }

    /** Has the next run work everything out again, in the transaction of a change that no event tells. */
    static void askAnew(Handle handle) {
        handle.execute("update business_mark set anew = true");
    }

    /** Takes memberships out of the figures that are about to be deleted, in the transaction that does it. Their numbers are in that table's {@code id}. */
    static void takeAway(Handle handle, String table) {
        handle.execute("select 1 from business_mark for update");
        handle.execute("create temporary table changed on commit drop as select id from " + table);
        handle.execute(TAKE_AWAY);
        Brought.takeAway(handle);
        handle.execute("delete from business_movement v using changed c where v.membership_id = c.id");
        handle.execute("delete from business_day where members = 0 and moves = 0 and yearly = 0");
        handle.execute("drop table changed");
    }

    private void anew(Handle handle) {
        // Deleted and not truncated: whoever reads meanwhile sees what was.
        handle.execute("set local work_mem = '64MB'");
        handle.execute("delete from business_movement");
        handle.execute("delete from business_day");
        Brought.clear(handle);
        handle.execute("create temporary table changed on commit drop as select id from membership");
        handle.execute("analyze changed");
        long last = handle.createQuery("select coalesce(max(id), 0) from membership_event")
                .mapTo(Long.class)
                .one();
        workOut(handle);
        handle.execute(ADD);
        Brought.add(handle);
        done(handle, last);
    }

    private void follow(Handle handle, long mark) {
        long last = handle.createQuery("select coalesce(max(id), 0) from membership_event")
                .mapTo(Long.class)
                .one();
        handle.createUpdate("""
                        create temporary table changed on commit drop as
                        select membership_id as id from membership_event where id > :mark
                        union
                        select m.id from membership m, business_mark b
                        where m.ended_at is null and m.paused_until > b.done_at - interval '1 minute' and m.paused_until <= :now
                        """)
                .bind("mark", Math.max(0, mark - AGAIN))
                .bind("now", clock.instant())
                .execute();
        handle.execute(TAKE_AWAY);
        Brought.takeAway(handle);
        handle.execute("delete from business_movement v using changed c where v.membership_id = c.id");
        workOut(handle);
        handle.execute(ADD);
        Brought.add(handle);
        handle.execute("delete from business_day where members = 0 and moves = 0 and yearly = 0");
        done(handle, last);
    }

    private void done(Handle handle, long last) {
        handle.createUpdate("update business_mark set event_id = :last, anew = false, done_at = :now")
                .bind("last", last)
                .bind("now", clock.instant())
                .execute();
    }

    private void workOut(Handle handle) {
        handle.createUpdate(WORK_OUT)
                .bind("zone", zone.get().getId())
                .bind("now", clock.instant())
                .execute();
    }

    /**
     * Each membership's stretches (on trial, paying, given), cut where its price, its offer or a pause begins or ends; and from one
     * stretch to the next what moved. A year's price at a time is the price then, less what its offer takes off, without the tax
     * that is in it.
     */
    private static final String WORK_OUT = """
            insert into business_movement
              (membership_id, at, day, stock, what, members, yearly, currency, plan_id, "interval", payment)
            with stay as materialized (
              select m.id, m.reader_id, m.price_id, m.payment, m.started_at, m.trial_ends_at, m.paused_from, m.paused_until,
                     coalesce(m.ended_at, 'infinity') as ended,
                     case when m.payment not in ('invoice', 'stripe') then null
                          when m.trial_ends_at is null then m.started_at
                          when m.cancelled_at <= m.trial_ends_at then null
                          when m.trial_ends_at < coalesce(m.ended_at, 'infinity') and m.trial_ends_at <= :now
                          then m.trial_ends_at end as pays_from
              from changed join membership m using (id)),
            price_change as materialized (
              select e.membership_id as id, e.at, q.from_price as before,
                     case when e.what = 'changed' then q.to_price else q.from_price end as price
              from (select distinct membership_id from change_quote where used_at is not null) once
              join stay on stay.id = once.membership_id
              join membership_event e on e.membership_id = stay.id
                and (e.what = 'changed' or e.what = 'change_dropped' and e.cause = 'timetable')
              cross join lateral (
                select from_price, to_price from change_quote q
                where q.membership_id = stay.id and q.used_at <= e.at order by q.used_at desc, q.id desc limit 1) q),
            price_step as (
              select id, tstzrange(at, lead(at) over (partition by id order by at)) as during, price from price_change
              union all
              (select distinct on (id) id, tstzrange(null, at), before from price_change order by id, at)
              union all
              select id, tstzrange(null, null), price_id from stay where not exists (select from price_change c where c.id = stay.id)),
            pause as (
              select id, range_agg(tstzrange(paused_from, greatest(paused_until, paused_from))) as during from (
                select id, paused_from, paused_until from stay where paused_from is not null
                union all
                select stay.id, e.at, went.at from stay
                join membership_event e on e.membership_id = stay.id and e.what = 'paused' and e.at < stay.paused_from
                cross join lateral (select min(w.at) as at from membership_event w
                  where w.membership_id = stay.id and w.what in ('went_on', 'paused') and w.at > e.at) went
                where stay.paused_from is not null) p
              group by id),
            cut as materialized (
              select stay.id, pr.id as price_id, offer.id as offer_id,
                     unnest(tstzmultirange(tstzrange(stay.pays_from, nullif(stay.ended, 'infinity')))
                            * tstzmultirange(step.during) * coalesce(offered.during, '{(,)}')
                            - coalesce(pause.during, '{}')) as during
              from stay
              join price_step step on step.id = stay.id
              join price pr on pr.id = step.price
              left join pause on pause.id = stay.id
              left join lateral (
                select o.*, u.membership_id from offer_use u join offer o on o.id = u.offer_id
                where u.membership_id = stay.id order by u.id limit 1) offer on true
              left join lateral (
                select w.inside, case when w.inside then tstzmultirange(r) else '{(,)}'::tstzmultirange - tstzmultirange(r) end as during
                from (values (tstzrange(null, case when offer.payments is null then null else stay.pays_from
                        + offer.payments * case pr."interval" when 'year' then interval '12 months' else interval '1 month' end end))) as x (r),
                     (values (true), (false)) as w (inside)) offered on offer.id is not null
              where stay.pays_from is not null and stay.pays_from < stay.ended),
            paid as (
              select cut.id, lower(cut.during) as at, coalesce(upper(cut.during), 'infinity') as until, pr.currency, pr.plan_id,
                     pr."interval", round(
                       greatest(0, case when o.id is null or o.payments is not null and lower(cut.during) >= stay.pays_from
                             + o.payments * case pr."interval" when 'year' then interval '12 months' else interval '1 month' end
                         then pr.amount
                         when o.percent > 0 then pr.amount - round(pr.amount * o.percent / 100.0)
                         when o.currency = pr.currency then pr.amount - o.amount else pr.amount end)
                       * case pr."interval" when 'year' then 1 else 12 end
                       * case when taxed.tax_in_price then 100 / (100 + taxed.tax_rate) else 1 end)::bigint as yearly
              from cut
              join stay on stay.id = cut.id
              join price pr on pr.id = cut.price_id
              left join offer o on o.id = cut.offer_id
              left join lateral (
                select tax_rate, tax_in_price from (
                  (select tax_rate, tax_in_price, issued_at as at from invoice i where i.membership_id = cut.id order by number desc limit 1)
                  union all
                  (select tax_rate, tax_in_price, paid_at from receipt r where r.membership_id = cut.id order by number desc limit 1)) papers
                order by at desc limit 1) taxed on true
              where not isempty(cut.during)),
            stretch as (
              select paid.*, lag(until) over w as was_until, lag(yearly) over w as was_yearly, lag(currency) over w as was_currency,
                     lead(at) over w as next_at
              from paid window w as (partition by id order by at)),
            moved as (
              -- paying: from nothing, from another price, or from a pause
              select id, at, 'paying' as stock,
                     case when was_until is null then
                            case when exists (select from membership f where f.reader_id = stay.reader_id and f.id < stay.id
                                              and f.payment in ('invoice', 'stripe')) then 'returned' else 'began' end
                          when was_until < at then 'went_on'
                          when yearly >= was_yearly then 'expanded' else 'contracted' end as what,
                     case when was_until = at then 0 else 1 end as members,
                     yearly - case when was_until = at and was_currency = currency then was_yearly else 0 end as yearly,
                     currency, plan_id, "interval"
              from stretch join stay using (id)
              where at <= :now and (was_until is null or was_until < at or was_yearly <> yearly or was_currency <> currency)
              union all
              select id, until, 'paying', case when next_at is null then
                       case when stay.paused_from = until then 'paused' else 'left' end else 'paused' end, -1, -yearly,
                     currency, plan_id, "interval"
              from stretch join stay using (id)
              where until < 'infinity' and until <= :now and next_at is distinct from until
              union all
              select stay.id, e.at, 'trial', e.what, e.members, 0, pr.currency, pr.plan_id, pr."interval"
              from stay join price pr on pr.id = stay.price_id
              cross join lateral (values
                (stay.started_at, 'trial_began', 1),
                (coalesce(stay.pays_from, least(stay.trial_ends_at, stay.ended)),
                 case when stay.pays_from is null then 'trial_lost' else 'trial_converted' end, -1)) as e (at, what, members)
              where stay.trial_ends_at is not null and stay.payment in ('invoice', 'stripe') and e.at <= :now
              union all
              select stay.id, e.at, 'given', e.what, e.members, 0, pr.currency, pr.plan_id, pr."interval"
              from stay join price pr on pr.id = stay.price_id
              cross join lateral (values (stay.started_at, 'given', 1), (stay.ended, 'given_ended', -1)) as e (at, what, members)
              where stay.payment not in ('invoice', 'stripe') and e.at < 'infinity' and e.at <= :now)
            select moved.id, moved.at, (moved.at at time zone :zone)::date, stock, what, members, yearly, currency, plan_id, "interval",
                   stay.payment
            from moved join stay using (id)
            """;

    private static final String SUMMED = """
            select v.day, v.stock, v.what, v.currency, v.plan_id, v."interval", v.payment,
                   %1$s sum(v.members), %1$s count(*), %1$s sum(v.yearly)
            from business_movement v join changed c on c.id = v.membership_id group by 1, 2, 3, 4, 5, 6, 7
            on conflict (day, stock, what, currency, plan_id, "interval", payment) do update
              set members = business_day.members + excluded.members, moves = business_day.moves + excluded.moves,
                  yearly = business_day.yearly + excluded.yearly
            """;

    private static final String ADD = "insert into business_day " + SUMMED.formatted("");
    private static final String TAKE_AWAY = "insert into business_day " + SUMMED.formatted("-");
}
