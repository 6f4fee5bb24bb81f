package press.masthead.business;

import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** How long members stay, by the month in which they joined. */
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
}
