package press.masthead.business;

import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What sources, stories, plans and offers brought: kept by day beside the movements that it follows from. */
final class Brought {
    private final Jdbi jdbi;

    Brought(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What one source, plan or story brought.
     *
     * @param yearly minor units a year of those who still pay, by the currency of the row
     */
    record Row(
            String name,
            String link,
            long trials,
            long converted,
            long ended,
            long joined,
            long paying,
            long yearly,
            String currency) {
        String conversion() {
            return ended == 0 ? "–" : Math.round(100.0 * converted / ended) + "%";
        }

        String stayed() {
            return joined == 0 ? "–" : Math.round(100.0 * paying / joined) + "%";
        }
    }

    /**
     * Those that brought most trials first.
     *
     * @param by source, story, plan, interval, currency, payment or offer
     * @param from only what moved on this day or later
     */
    List<Row> by(String by, LocalDate from, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with summed as (
                          select case :by when 'source' then source when 'plan' then plan_id::text when 'interval' then "interval"
                                          when 'payment' then payment when 'story' then story_id::text when 'offer' then offer_id::text
                                          else currency end as key,
                                 currency, sum(trials)::bigint as trials, sum(converted)::bigint as converted, sum(ended)::bigint as ended,
                                 sum(joined)::bigint as joined, sum(paying)::bigint as paying, sum(yearly)::bigint as yearly
                          from business_brought where day >= :from group by 1, 2
                          order by sum(trials) desc, sum(joined) desc, 1 limit :most)
                        select case :by when 'source' then coalesce(nullif(key, ''), 'no source known')
                                        when 'story' then coalesce(s.title, 'no story') when 'plan' then p.name
                                        when 'interval' then 'by the ' || key when 'offer' then coalesce(o.code, 'no offer') else key end as name,
                               case when s.id is not null then '/desk/stories/' || s.id else '' end as link,
                               trials, converted, ended, joined, paying, yearly, summed.currency
                        from summed
                        left join story s on s.id = case when :by = 'story' then summed.key::bigint end
                        left join plan p on p.id = case when :by = 'plan' then summed.key::bigint end
                        left join offer o on o.id = case when :by = 'offer' then summed.key::bigint end
                        order by trials desc, joined desc, name
                        """)
                .bind("by", by)
                .bind("from", from)
                .bind("most", most)
                .mapTo(Row.class)
                .list());
    }

    /** Puts in what the memberships of the table {@code changed} brought; their movements are worked out. */
    static void add(Handle handle) {
        handle.execute("""
                insert into business_origin (membership_id, plan_id, "interval", payment, source, story_id, offer_id)
                select m.id, p.plan_id, p."interval", m.payment, m.source, coalesce(m.sold_by, 0), coalesce(u.offer_id, 0)
                from changed c join membership m on m.id = c.id join price p on p.id = m.price_id
                left join lateral (select offer_id from offer_use u where u.membership_id = m.id order by u.id limit 1) u on true
                """);
        handle.execute(SUMMED.formatted(""));
    }

    /** Takes out what they brought; their movements are still there. */
    static void takeAway(Handle handle) {
        handle.execute(SUMMED.formatted("-"));
        handle.execute("delete from business_origin o using changed c where o.membership_id = c.id");
        handle.execute("""
                delete from business_brought
                where trials = 0 and converted = 0 and ended = 0 and joined = 0 and paying = 0 and yearly = 0
                """);
    }

    static void clear(Handle handle) {
        handle.execute("delete from business_origin");
        handle.execute("delete from business_brought");
    }

    /** What movements add up to, with {@code %1$s} before each figure. */
    private static final String FIGURES = """
            select v.day, v.currency, o.plan_id, o."interval", o.payment, o.source, o.story_id, o.offer_id,
                   %1$s count(*) filter (where v.what = 'trial_began') as trials,
                   %1$s count(*) filter (where v.what = 'trial_converted') as converted,
                   %1$s count(*) filter (where v.what in ('trial_converted', 'trial_lost')) as ended,
                   %1$s count(*) filter (where v.what in ('began', 'returned')) as joined,
                   %1$s coalesce(sum(v.members) filter (where v.stock = 'paying'), 0) as paying, %1$s sum(v.yearly) as yearly
            from business_movement v %2$s
            join business_origin o on o.membership_id = v.membership_id
            where v.stock <> 'given' group by 1, 2, 3, 4, 5, 6, 7, 8
            """;

    /** What all of them brought, worked out from the movements; for the check. */
    static final String OF_ALL = FIGURES.formatted("", "");

    private static final String SUMMED = "insert into business_brought "
            + FIGURES.formatted("%1$s", "join changed c on c.id = v.membership_id") + """
            on conflict (day, currency, plan_id, "interval", payment, source, story_id, offer_id) do update
              set trials = business_brought.trials + excluded.trials, converted = business_brought.converted + excluded.converted,
                  ended = business_brought.ended + excluded.ended, joined = business_brought.joined + excluded.joined,
                  paying = business_brought.paying + excluded.paying, yearly = business_brought.yearly + excluded.yearly
            """;
}
