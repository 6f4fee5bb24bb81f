package press.masthead.business;

import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** How long members stay, by the month in which they joined, and what brought them. */
final class Cohorts {
    private final Jdbi jdbi;

    Cohorts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param stayed whole months until they left; -1 for those who are still there */
    private record Row(String joined, int stayed, long members) {}

    /**
     * Who joined in a month.
     *
     * @param left how many were left after as many whole months, from 0; up to the months that all of them had time for
     */
    record Cohort(YearMonth joined, long members, List<Long> left) {
        /** As a whole percentage. */
        long share(int months) {
            return Math.round(100.0 * left.get(months) / members);
        }
    }

    List<Cohort> all(ZoneId zone, YearMonth now, int most) {
        List<Row> rows = jdbi.withHandle(handle -> handle.createQuery("""
                        select to_char(j.day, 'YYYY-MM') as joined,
                               coalesce((extract(year from age(l.day, j.day)) * 12 + extract(month from age(l.day, j.day)))::int, -1) as stayed,
                               count(*) as members
                        from business_movement j
                        left join lateral (select l.day from business_movement l
                          where l.membership_id = j.membership_id and l.what = 'left') l on true
                        where j.what in ('began', 'returned') and j.day >= :from
                        group by 1, 2 order by 1
                        """)
                .bind("from", now.minusMonths(most - 1L).atDay(1))
                .mapTo(Row.class)
                .list());
        Map<YearMonth, List<Row>> byMonth = new TreeMap<>();
        for (Row row : rows)
            byMonth.computeIfAbsent(YearMonth.parse(row.joined), month -> new ArrayList<>())
                    .add(row);
        var cohorts = new ArrayList<Cohort>();
        byMonth.forEach((joined, of) -> {
            long members = of.stream().mapToLong(Row::members).sum();
            var left = new ArrayList<Long>();
            // The last month that even those had whole who joined on the month's last day.
            long whole = joined.until(now, java.time.temporal.ChronoUnit.MONTHS);
            for (int months = 0; months <= Math.max(0, whole - 1); months++) {
                int after = months;
                left.add(of.stream()
                        .filter(row -> row.stayed < 0 || row.stayed >= after)
                        .mapToLong(Row::members)
                        .sum());
            }
            cohorts.add(new Cohort(joined, members, left));
        });
        return cohorts;
    }

    /**
     * What one source, plan or story brought.
     *
     * @param yearly minor units a year of those who still pay, by the currency of the row
     */
    record Brought(
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

    /** @param by source, story, plan, interval, currency, payment or offer */
    List<Brought> brought(String by, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with member as (
                          select membership_id, max(currency) as currency, max(plan_id) as plan_id, max("interval") as "interval", max(payment) as payment,
                                 count(*) filter (where what = 'trial_began') as trials,
                                 count(*) filter (where what = 'trial_converted') as converted,
                                 count(*) filter (where what in ('trial_converted', 'trial_lost')) as ended,
                                 count(*) filter (where what in ('began', 'returned')) as joined,
                                 sum(members) filter (where stock = 'paying') as paying, sum(yearly) as yearly
                          from business_movement where stock <> 'given' group by 1)
                        select case :by when 'source' then coalesce(nullif(m.source, ''), 'no source known')
                                        when 'story' then coalesce(s.title, 'no story')
                                        when 'plan' then p.name when 'interval' then 'by the ' || v."interval"
                                        when 'payment' then v.payment when 'offer' then coalesce(o.code, 'no offer')
                                        else v.currency end as name,
                               case when :by = 'story' and s.id is not null then '/desk/stories/' || s.id else '' end as link,
                               sum(trials)::bigint as trials, sum(converted)::bigint as converted, sum(ended)::bigint as ended,
                               sum(joined)::bigint as joined, coalesce(sum(paying), 0)::bigint as paying,
                               coalesce(sum(yearly), 0)::bigint as yearly, v.currency
                        from member v
                        join membership m on m.id = v.membership_id
                        join plan p on p.id = v.plan_id
                        left join story s on s.id = m.sold_by and :by = 'story'
                        left join offer_use u on u.membership_id = m.id and :by = 'offer'
                        left join offer o on o.id = u.offer_id
                        group by 1, 2, v.currency
                        order by sum(trials) desc, sum(joined) desc, 1 limit :most
                        """)
                .bind("by", by)
                .bind("most", most)
                .mapTo(Brought.class)
                .list());
    }
}
