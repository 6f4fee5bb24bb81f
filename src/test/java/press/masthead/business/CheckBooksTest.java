package press.masthead.business;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestSite;
import press.masthead.readers.Reader;

/** One difference of each kind is planted, and exactly those are found. */
class CheckBooksTest {
    private final TestSite site = new TestSite();
    private final Movements movements = new Movements(site.jdbi, site.clock, site.letterhead::zone);
    private final CheckBooks check = new CheckBooks(
            site.jdbi, site.clock, site.outbox, site.html, () -> site.letterhead, java.util.Optional.empty());

    @AfterEach
    void close() {
        site.close();
    }

    private Reader member(String name) {
        Reader reader = site.person(name + "@reader.example");
        site.join.run(reader);
        return reader;
    }

    private void sql(String sql) {
        site.jdbi.useHandle(handle -> handle.execute(sql));
    }

    private List<Reader> year() {
        var people = new ArrayList<Reader>();
        for (int i = 0; i < 10; i++) people.add(member("p" + i));
        site.clock.pass(Duration.ofDays(8));
        site.timetable();
        for (Reader one : people)
            site.markPaid.run(
                    one.id(),
                    site.invoices.of(one.id()).getFirst().number(),
                    LocalDate.ofInstant(site.clock.instant(), site.letterhead.zone()),
                    site.ada());
        site.clock.pass(Duration.ofDays(1));
        movements.run();
        return people;
    }

    private static String of(Reader reader) {
        return "(select id from membership where reader_id = " + reader.id() + ")";
    }

    @Test
    void books_that_agree_say_so_and_nobody_is_written_to() {
        year();
        assertThat(check.now(Optional.empty())).isEmpty();
        assertThat(site.letters("ada@parallel.example"))
                .noneMatch(letter -> letter.subject().contains("do not agree"));
    }

    @Test
    void each_kind_of_difference_is_found_once_named_and_written_to_the_owner() {
        List<Reader> people = year();
        sql("delete from ledger_entry where membership_id = " + of(people.get(0)));
        sql("update invoice set paid_at = null where membership_id = " + of(people.get(1)));
        sql("update ledger_entry set amount = amount - 1 where membership_id = " + of(people.get(2)));
        sql("""
                insert into ledger_entry (at, kind, amount, currency, membership_id, invoice_number, provider, provider_ref, cause)
                select at, 'refund', -amount - 1, currency, membership_id, invoice_number, provider, provider_ref || '-1', 'desk'
                from ledger_entry where membership_id = %s
                """.formatted(of(people.get(3))));
        sql("update membership set until = started_at + interval '1 day', cancelled_at = started_at where id = "
                + of(people.get(4)));
        sql("update invoice set period_until = period_from + interval '1 hour' where membership_id = "
                + of(people.get(4)));
        sql("update membership set ended_at = started_at + interval '2 days' where id = " + of(people.get(5)));
        sql("delete from ledger_entry where membership_id = " + of(people.get(6)));
        sql("delete from invoice_line where invoice_number = (select number from invoice where membership_id = "
                + of(people.get(6)) + ")");
        sql("delete from invoice where membership_id = " + of(people.get(6)));
        sql("update invoice set paid_at = null, currency = 'EUR' where membership_id = " + of(people.get(7)));
        sql("delete from ledger_entry where membership_id = " + of(people.get(7)));
        sql("update membership set payment = 'stripe' where id in (" + of(people.get(8)) + ", " + of(people.get(9))
                + ")");
        sql("insert into stripe_customer (customer, reader_id, created_at) values ('cus_9', "
                + people.get(9).id() + ", now())");
        sql(
                "insert into stripe_subscription (subscription, customer, membership_id, status, seen_at) values ('sub_9', 'cus_9', "
                        + of(people.get(9)) + ", 'canceled', '2026-11-24')");
        sql("update business_day set members = members + 1 where ctid = (select min(ctid) from business_day)");
        sql("update business_brought set trials = trials + 3 where ctid = (select min(ctid) from business_brought)");

        List<Difference> found = check.now(Optional.empty());
        assertThat(found)
                .extracting(Difference::kind)
                .containsExactlyInAnyOrder(Arrays.stream(Difference.Kind.values())
                        .filter(kind -> !kind.name().startsWith("STRIPE_"))
                        .toArray(Difference.Kind[]::new));
        assertThat(found)
                .filteredOn(one -> one.kind() == Difference.Kind.PAID_NOT_IN_LEDGER)
                .singleElement()
                .satisfies(one -> assertThat(one.link())
                        .isEqualTo("/desk/readers/" + people.get(0).id()));
        assertThat(site.lastLetter("ada@parallel.example").bodyText())
                .contains("13 differences", "Someone has paid for today and reads nothing (1)", "/desk/business/check");
    }

    @Test
    void sums_that_do_not_follow_from_their_rows_are_named_one_by_one_and_worked_out_anew() {
        year();
        sql("update business_brought set trials = trials + 3, yearly = yearly - 100 where trials > 0");
        sql(
                "insert into business_brought select day + 1, currency, plan_id, \"interval\", payment, 'newsletter', 0, 0, 1, 0, 0, 0, 0, 0 from business_brought limit 1");
        sql("delete from business_day where stock = 'paying'");
        // The sum over the day stays as it was, and one and one differ all the same.
        sql("update business_day set moves = moves + 1 where what = 'trial_began'");
        List<Difference> found = check.now(Optional.empty());
        assertThat(found)
                .filteredOn(one -> one.kind() == Difference.Kind.BROUGHT_DIFFERS)
                .extracting(Difference::about)
                .hasSize(2)
                .anyMatch(about -> about.matches(
                        "2026-11-23, USD, PRO by the year, invoice, .*: 13 trials, .*; its movements: 10 trials, .*"))
                .anyMatch(about ->
                        about.matches(".*, newsletter, no story, no offer: 1 trials, .*; its movements: nothing"));
        assertThat(found)
                .filteredOn(one -> one.kind() == Difference.Kind.FIGURES_DIFFER)
                .extracting(Difference::about)
                .anyMatch(
                        about -> about.matches(
                                "2026-.*, paying, began, USD, PRO by the year, invoice: 0 members, 0 moves, 0 a year; its movements: 10, 10, 300000"))
                .anyMatch(about ->
                        about.matches("2026-11-23, trial, trial_began, .*: 10 members, 11 moves, .*: 10, 10, 0"));
        movements.run();
        assertThat(check.now(Optional.empty())).isEmpty();
    }

    @Test
    void it_runs_once_each_night_after_three() {
        year();
        site.clock.pass(Duration.ofDays(1));
        check.run();
        check.run();
        assertThat(site.count("select count(*) from business_check")).isEqualTo(1);
        site.clock.pass(Duration.ofDays(1));
        check.run();
        assertThat(site.count("select count(*) from business_check")).isEqualTo(2);
    }
}
