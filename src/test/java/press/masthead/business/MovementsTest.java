package press.masthead.business;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestSite;
import press.masthead.billing.Join;
import press.masthead.plans.Origin;
import press.masthead.plans.Payment;
import press.masthead.readers.Reader;

/** What moved, by day and as a whole, whatever order it is worked out in. It begins on 23 November 2026 in Brussels. */
class MovementsTest {
    private final TestSite site = new TestSite();
    private final Movements movements = new Movements(site.jdbi, site.clock, site.letterhead::zone);
    private final Sums sums = new Sums(site.jdbi);

    @AfterEach
    void close() {
        site.close();
    }

    private void days(int days) {
        for (int day = 0; day < days; day++) {
            site.clock.pass(Duration.ofDays(1));
            site.timetable();
            movements.run();
        }
    }

    private YearMonth month() {
        return YearMonth.from(site.clock.instant().atZone(site.letterhead.zone()));
    }

    private Standing standing() {
        return Standing.of(
                sums.byMonth(),
                sums.teams(month(), Standing.SHOWN, site.clock.instant(), site.letterhead.zone()),
                sums.rates(),
                month());
    }

    private List<String> rows() {
        return site.jdbi.withHandle(
                handle -> handle.createQuery("""
                        select concat_ws(' ', day, stock, what, currency, plan_id, "interval", payment, members, moves, yearly)
                        from business_day where moves <> 0
                        union all
                        select concat_ws(' ', day, currency, plan_id, "interval", payment, source, story_id, offer_id, trials, converted,
                                         ended, joined, paying, yearly) from business_brought
                        order by 1
                        """).mapTo(String.class).list());
    }

    private List<String> moved(Reader reader) {
        return site.jdbi.withHandle(handle -> handle.createQuery("""
                        select v.day || ' ' || v.what || ' ' || v.yearly from business_movement v
                        join membership m on m.id = v.membership_id where m.reader_id = :reader order by v.at, v.stock desc
                        """)
                .bind("reader", reader.id())
                .mapTo(String.class)
                .list());
    }

    private long monthly() {
        return site.jdbi.withHandle(
                handle -> handle.createQuery("""
                        insert into price (plan_id, amount, currency, "interval")
                        select id, 3000, 'USD', 'month' from plan where slug = 'pro' returning id
                        """).mapTo(Long.class).one());
    }

    private void join(Reader reader, long price) {
        site.join.run(reader, new Join.Wish(price, "", Payment.INVOICE, Origin.UNKNOWN, ""));
    }

    @Test
    void a_trial_counts_with_nothing_and_then_with_a_twelfth_of_its_year_until_it_is_left() {
        Reader ben = site.person("ben@reader.example");
        movements.run();
        site.join.run(ben);
        movements.run();
        assertThat(standing().now().trials()).isEqualTo(1);
        assertThat(standing().now().revenue()).isZero();
        days(8);
        assertThat(moved(ben))
                .containsExactly("2026-11-23 trial_began 0", "2026-11-30 trial_converted 0", "2026-11-30 began 30000");
        assertThat(standing().now().revenue()).isEqualTo(25);
        assertThat(standing().last().conversion()).isEqualTo(1);
        site.markPaid.run(ben.id(), 1, LocalDate.ofInstant(site.clock.instant(), site.letterhead.zone()), site.ada());
        site.leave.cancel(ben);
        days(366);
        assertThat(moved(ben)).last().isEqualTo("2027-11-30 left -30000");
        assertThat(standing().now().revenue()).isZero();
        assertThat(standing().last().churnGross()).isEqualTo(1);
    }

    @Test
    void a_cancelled_trial_is_lost_and_was_never_paying() {
        Reader ben = site.person("ben@reader.example");
        site.join.run(ben);
        site.leave.cancel(ben);
        days(8);
        assertThat(moved(ben)).containsExactly("2026-11-23 trial_began 0", "2026-11-30 trial_lost 0");
        assertThat(standing().last().conversion()).isZero();
        assertThat(standing().now().paying()).isZero();
    }

    @Test
    void a_change_of_price_and_a_pause_move_what_is_paid_and_nobody_is_counted_twice() {
        long monthly = monthly();
        Reader cleo = site.person("cleo@reader.example");
        site.join.run(cleo);
        days(8);
        site.markPaid.run(cleo.id(), 1, LocalDate.ofInstant(site.clock.instant(), site.letterhead.zone()), site.ada());
        site.pause.run(site.readers.byId(cleo.id()).orElseThrow(), 1);
        movements.run();
        assertThat(moved(cleo)).last().isEqualTo("2026-12-01 paused -30000");
        assertThat(standing().now().paying()).isZero();
        days(32);
        assertThat(moved(cleo)).last().isEqualTo("2027-01-01 went_on 30000");
        var quote = site.changePlan.quote(cleo, monthly);
        site.changePlan.run(cleo, quote.id());
        days(370);
        assertThat(moved(cleo)).anySatisfy(move -> assertThat(move).endsWith("expanded 6000"));
    }

    @Test
    void money_in_a_currency_without_a_rate_is_left_out_and_named_and_counted_once_there_is_one() {
        long euros = site.jdbi.withHandle(
                handle -> handle.createQuery("""
                        insert into price (plan_id, amount, currency, "interval")
                        select id, 24000, 'EUR', 'year' from plan where slug = 'pro' returning id
                        """).mapTo(Long.class).one());
        join(site.person("dina@reader.example"), euros);
        movements.run();
        assertThat(standing().leftOut()).containsExactly("EUR");
        assertThat(standing().now().revenue()).isZero();
        sums.rate(
                "EUR",
                LocalDate.parse("2026-11-01"),
                new java.math.BigDecimal("1.5"),
                site.ada().id());
        assertThat(standing().leftOut()).isEmpty();
        assertThat(standing().now().revenue()).isEqualTo(30);
    }

    @Test
    void taxes_that_a_price_contains_and_what_an_offer_takes_off_are_left_out() {
        site.jdbi.useHandle(handle -> handle.execute("""
                insert into offer (code, percent, from_at, created_at, trial_days)
                values ('HALF', 50, '2026-01-01', '2026-01-01', 0)
                """));
        Reader eve = site.person("eve@reader.example");
        site.jdbi.useHandle(handle -> handle.execute("update price set trial_days = 0"));
        site.join.run(eve, new Join.Wish(site.plans.offered().id(), "half", Payment.INVOICE, Origin.UNKNOWN, ""));
        site.jdbi.useHandle(handle -> handle.execute("update invoice set tax_rate = 20"));
        movements.run();
        assertThat(moved(eve)).containsExactly("2026-11-23 began 12500");
    }

    @Test
    void contracts_of_teams_count_with_a_twelfth_of_their_year_apart_and_in_the_sum() {
        join(site.person("dina@reader.example"), site.plans.offered().id());
        movements.run();
        double members = standing().now().revenue();
        site.jdbi.useHandle(handle -> {
            handle.execute(
                    "insert into team (name, zone, created_at) values ('Ministry', 'Europe/Brussels', '2026-11-01')");
            // Half a year of 40 seats for 120 dollars each, and ten more from December on.
            handle.execute("""
                    insert into contract (team_id, plan_id, seats, seat_price, currency, since, until, grace_until, terms_days, billing_name,
                                          contact_email, created_at)
                    select t.id, p.id, 50, 12000, 'USD', '2026-10-31T23:00:00Z', '2027-04-30T22:00:00Z', '2027-05-02', 30, 'M', 'm@x.example',
                           '2026-11-01' from team t, plan p where p.slug = 'pro'
                    """);
            handle.execute(
                    "insert into contract_event (contract_id, at, what, seats) select id, '2026-12-02', 'seats_added', 10 from contract");
        });
        assertThat(standing().now().teams()).isEqualTo(40 * 240 / 12.0);
        assertThat(Measure.REVENUE.of(standing().now())).isEqualTo(members + 800);
        assertThat(Measure.YEARLY.of(standing().now())).isEqualTo((members + 800) * 12);
        site.clock.pass(Duration.ofDays(30));
        assertThat(standing().last().teams()).as("November").isEqualTo(800);
        assertThat(standing().now().teams()).as("December").isEqualTo(1_000);
        site.clock.pass(Duration.ofDays(180));
        assertThat(standing().now().teams()).as("it is over").isZero();
    }

    @Test
    void what_sold_a_membership_is_kept_by_day_and_follows_it_to_its_end() {
        Reader ben = site.person("ben@reader.example");
        site.join.run(ben, new Join.Wish(site.plans.offered().id(), "", Payment.INVOICE, new Origin("spring", ""), ""));
        Reader cleo = site.person("cleo@reader.example");
        site.join.run(cleo);
        days(9);
        var brought = new Brought(site.jdbi);
        assertThat(brought.by("source", LocalDate.EPOCH, 10))
                .containsExactlyInAnyOrder(
                        new Brought.Row("spring", "", 1, 1, 1, 1, 1, 30_000, "USD"),
                        new Brought.Row("no source known", "", 1, 1, 1, 1, 1, 30_000, "USD"));
        site.leave.cancel(ben);
        days(366);
        assertThat(brought.by("source", LocalDate.EPOCH, 10))
                .contains(new Brought.Row("spring", "", 1, 1, 1, 1, 0, 0, "USD"));
        assertThat(brought.by("plan", LocalDate.EPOCH, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.name()).isEqualTo("PRO"));
        assertThat(brought.by("story", LocalDate.EPOCH, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.name()).isEqualTo("no story"));
        assertThat(brought.by("offer", LocalDate.EPOCH, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.name()).isEqualTo("no offer"));
        assertThat(brought.by("source", LocalDate.ofInstant(site.clock.instant(), site.letterhead.zone()), 10))
                .isEmpty();
    }

    @Test
    void worked_out_day_by_day_or_all_at_once_the_figures_are_the_same() {
        long monthly = monthly();
        var chance = new Random(7);
        var people = new java.util.ArrayList<Reader>();
        for (int day = 0; day < 75; day++) {
            if (day < 40) people.add(site.person("p" + day + "@reader.example"));
            for (Reader one : people) {
                int what = chance.nextInt(40);
                try {
                    if (what == 0) site.join.run(one);
                    if (what == 1) join(one, monthly);
                    if (what == 2) site.leave.cancel(one);
                    if (what == 3) site.leave.resume(one);
                    if (what == 4) site.pause.run(one, 1);
                    if (what == 5) site.pause.goOn(one);
                    if (what == 6)
                        site.changePlan.run(
                                one, site.changePlan.quote(one, monthly).id());
                    if (what > 34)
                        site.invoices.of(one.id()).stream()
                                .filter(invoice -> invoice.paidAt().isEmpty()
                                        && invoice.voidedAt().isEmpty())
                                .findFirst()
                                .ifPresent(invoice -> site.markPaid.run(
                                        one.id(),
                                        invoice.number(),
                                        LocalDate.ofInstant(site.clock.instant(), site.letterhead.zone()),
                                        site.ada()));
                } catch (press.masthead.platform.web.Problem refused) {
                    // what can't be done now is not done
                }
            }
            days(1);
        }
        List<String> followed = rows();
        movements.rebuild();
        assertThat(followed).hasSizeGreaterThan(60).isEqualTo(rows());
        long paying = site.jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*) from membership where ended_at is null and payment = 'invoice' and started_at <= :now
                          and (trial_ends_at is null or trial_ends_at <= :now)
                          and not (paused_from <= :now and paused_until > :now and paused_from is not null)
                        """)
                .bind("now", site.clock.instant())
                .mapTo(Long.class)
                .one());
        assertThat(standing().now().paying()).as("counted one by one").isEqualTo(paying);
        assertThat(Optional.of(standing().now().revenue()))
                .hasValueSatisfying(sum -> assertThat(sum).isPositive());
    }
}
