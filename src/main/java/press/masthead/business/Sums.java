package press.masthead.business;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** What {@code business_day} adds up to, and the rates that make one currency of it. */
final class Sums {
    private final Jdbi jdbi;

    Sums(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param yearly minor units a year */
    private record Row(
            int year, int month, String currency, String stock, String what, long members, long moves, long yearly) {}

    /**
     * What moved in a month.
     *
     * @param moves how many members it was
     * @param yearly minor units a year, gained or lost
     */
    record Sum(YearMonth month, String currency, String stock, String what, long members, long moves, long yearly) {}

    List<Sum> byMonth() {
        return jdbi
                .withHandle(handle -> handle.createQuery("""
                        select extract(year from day)::int as year, extract(month from day)::int as month, currency, stock, what,
                               sum(members)::bigint as members, sum(moves)::bigint as moves, sum(yearly)::bigint as yearly
                        from business_day group by 1, 2, 3, 4, 5 order by 1, 2
                        """).mapTo(Row.class).list())
                .stream()
                .map(row -> new Sum(
                        YearMonth.of(row.year, row.month),
                        row.currency,
                        row.stock,
                        row.what,
                        row.members,
                        row.moves,
                        row.yearly))
                .toList();
    }

    /**
     * What contracts of teams brought at a month's end, or now in this month.
     *
     * @param yearly minor units a year: seats by the price of one, for as much of a year as the contract runs
     */
    record Teams(YearMonth month, String currency, long yearly) {}

    private record TeamRow(int year, int month, String currency, long yearly) {}

    List<Teams> teams(YearMonth now, int months, Instant at, ZoneId zone) {
        return jdbi
                .withHandle(handle -> handle.createQuery("""
                        with month as (
                          select m::date as first, least(:now, (m + interval '1 month') at time zone :zone) as at
                          from generate_series(cast(:from as timestamp), cast(:last as timestamp), interval '1 month') m)
                        select extract(year from month.first)::int as year, extract(month from month.first)::int as month, c.currency,
                               round(sum((c.seats - coalesce(later.seats, 0)) * c.seat_price * 12
                                         / greatest(1, term.years * 12 + term.months + term.days / 30)))::bigint as yearly
                        from month
                        join contract c on c.since < month.at and c.until >= month.at and c.created_at < month.at
                        cross join lateral (select extract(year from a) as years, extract(month from a) as months, extract(day from a) as days
                                            from age(c.until at time zone :zone, c.since at time zone :zone) a) term
                        left join lateral (select sum(e.seats) as seats from contract_event e
                                           where e.contract_id = c.id and e.what = 'seats_added' and e.at >= month.at) later on true
                        group by 1, 2, 3 order by 1, 2
                        """)
                        .bind("now", at)
                        .bind("zone", zone.getId())
                        .bind("from", now.minusMonths(months - 1L).atDay(1).atStartOfDay())
                        .bind("last", now.atDay(1).atStartOfDay())
                        .mapTo(TeamRow.class)
                        .list())
                .stream()
                .map(row -> new Teams(YearMonth.of(row.year, row.month), row.currency, row.yearly))
                .toList();
    }

    record Rate(LocalDate day, String currency, double rate) {}

    record Rates(String into, List<Rate> rates) {
        /** What a unit was worth on a day: the last rate until then, before the first one the first; none where there is no rate. */
        Optional<Double> of(String currency, LocalDate day) {
            if (currency.equals(into)) return Optional.of(1.0);
            List<Rate> of = rates.stream()
                    .filter(rate -> rate.currency().equals(currency))
                    .toList();
            return of.stream()
                    .filter(rate -> !rate.day().isAfter(day))
                    .reduce((before, after) -> after)
                    .or(() -> of.stream().findFirst())
                    .map(Rate::rate);
        }
    }

    Rates rates() {
        return jdbi.withHandle(handle -> {
            String into = handle.createQuery("select currency from business_setting")
                    .mapTo(String.class)
                    .one();
            return new Rates(
                    into,
                    handle.createQuery("""
                            select day, currency, rate::float8 as rate from currency_rate where base = :into order by day
                            """).bind("into", into).mapTo(Rate.class).list());
        });
    }

    /** Which currencies members pay in. */
    List<String> currencies() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select distinct currency from price union select currency from business_setting order by 1")
                .mapTo(String.class)
                .list());
    }

    void rate(String currency, LocalDate day, java.math.BigDecimal rate, long by) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into currency_rate (day, currency, base, rate, by)
                        select :day, :currency, currency, :rate, :by from business_setting
                        on conflict (currency, base, day) do update set rate = excluded.rate, by = excluded.by
                        """)
                .bind("day", day)
                .bind("currency", currency)
                .bind("rate", rate)
                .bind("by", by)
                .execute());
    }

    record Now(long seats, long overdue, Optional<java.time.Instant> asOf) {}

    Now now(java.time.Instant now) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select (select count(distinct reader_id) from entitlement
                                where via <> 'membership' and since <= :now and until > :now) as seats,
                               (select count(*) from invoice
                                where paid_at is null and voided_at is null and due_at < :now) as overdue,
                               (select done_at from business_mark) as as_of
                        """).bind("now", now).mapTo(Now.class).one());
    }
}
