package press.masthead.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.access.Standing;
import press.masthead.account.TestSite;
import press.masthead.billing.Join.Outcome;
import press.masthead.books.Invoice;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** Whole lives of memberships, on a clock that is moved by hand. It begins on 23 November 2026 at 09:00 in Brussels. */
class MembershipLifeTest {
    private final TestSite site = new TestSite();
    private final Reader ben = site.person("ben@reader.example");

    @AfterEach
    void close() {
        site.close();
    }

    private Membership membership() {
        return site.memberships.find(ben.id()).orElseThrow();
    }

    private Membership.State state() {
        return membership().state(site.clock.instant());
    }

    private boolean readsEverything() {
        return site.memberships.of(ben) instanceof Standing.Member;
    }

    private void days(int days) {
        site.clock.pass(Duration.ofDays(days));
        site.timetable();
    }

    private List<String> subjects() {
        return site.letters("ben@reader.example").stream()
                .map(TestSite.Sent::subject)
                .toList();
    }

    private List<String> history() {
        return site.memberships.history(ben.id()).reversed().stream()
                .map(event -> (event.what() + " " + event.cause() + " " + event.note()).strip())
                .toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(site.clock.instant(), site.letterhead.zone());
    }

    @Test
    void a_trial_that_is_kept_is_reminded_once_invoiced_once_and_paid() {
        assertThat(site.join.run(ben)).isEqualTo(new Outcome.Trial(Instant.parse("2026-11-30T08:00:00Z")));
        assertThat(readsEverything()).isTrue();
        days(4);
        assertThat(subjects()).hasSize(1);
        days(1);
        site.timetable();
        assertThat(subjects()).hasSize(2);
        assertThat(site.lastLetter(ben.email()).bodyText())
                .contains("Your free week is nearly over", "30 November 2026, 09:00", "USD 300.00 a year", "cancel");
        days(2);
        site.timetable();
        assertThat(subjects()).hasSize(3).last().isEqualTo("Invoice MH-000001 from The Parallel");
        assertThat(state()).isEqualTo(Membership.State.ACTIVE);
        assertThat(membership().until()).isEqualTo("2027-11-30T08:00:00Z");

        site.clock.pass(Duration.ofDays(3));
        site.markPaid.run(ben.id(), 1, today(), site.ada());
        assertThat(subjects()).last().isEqualTo("Receipt for invoice MH-000001 from The Parallel");
        assertThat(site.lastLetter(ben.email()).bodyText()).contains("USD 300.00", "paid on 3 December 2026");
        days(361);
        assertThat(state()).isEqualTo(Membership.State.ACTIVE);
        days(1);
        assertThat(subjects()).last().isEqualTo("Invoice MH-000002 from The Parallel");
        assertThat(history())
                .containsExactly(
                        "trial_started reader",
                        "reminded timetable",
                        "trial_ended timetable",
                        "paid desk MH-000001",
                        "renewed timetable");
    }

    @Test
    void a_cancelled_trial_reads_to_its_end_and_costs_nothing() {
        site.join.run(ben);
        days(1);
        assertThat(site.leave.cancel(ben)).isTrue();
        assertThat(site.leave.cancel(ben)).isFalse();
        assertThat(site.lastLetter(ben.email()).bodyText())
                .contains("You can read everything until Monday 30 November 2026, 09:00");
        days(5);
        assertThat(readsEverything()).isTrue();
        assertThat(subjects()).as("no reminder after cancelling").hasSize(2);
        site.clock.pass(Duration.ofDays(1));
        assertThat(readsEverything()).as("before the timetable has run").isFalse();
        site.timetable();
        site.timetable();
        assertThat(subjects()).hasSize(3).last().isEqualTo("Your membership of The Parallel PRO has ended");
        assertThat(site.count("select last from invoice_number")).isZero();
        assertThat(history())
                .containsExactly("trial_started reader", "cancelled reader", "ended timetable cancelled before");
    }

    @Test
    void a_cancellation_can_be_taken_back_while_it_runs_and_not_after() {
        site.join.run(ben);
        assertThat(site.leave.resume(ben)).isFalse();
        site.leave.cancel(ben);
        assertThat(site.leave.resume(ben)).isTrue();
        assertThat(subjects()).last().isEqualTo("Your membership of The Parallel PRO runs on");
        days(7);
        assertThat(subjects()).last().isEqualTo("Invoice MH-000001 from The Parallel");
        site.markPaid.run(ben.id(), 1, today(), site.ada());
        site.leave.cancel(ben);
        days(364);
        assertThat(readsEverything()).isTrue();
        days(1);
        assertThat(readsEverything()).isFalse();
        assertThat(site.leave.resume(ben)).isFalse();
    }

    @Test
    void who_comes_back_gets_an_invoice_at_once_and_no_second_trial() {
        site.join.run(ben);
        site.leave.cancel(ben);
        days(30);
        Outcome back = site.join.run(ben);
        assertThat(back).isInstanceOf(Outcome.Member.class);
        assertThat(readsEverything()).isTrue();
        assertThat(membership().trialEndsAt()).isEmpty();
        assertThat(subjects()).endsWith("You are a member of The Parallel PRO", "Invoice MH-000001 from The Parallel");
        assertThat(site.memberships.all(ben.id())).hasSize(2);
        assertThat(site.join.run(ben)).isEqualTo(new Outcome.Already());
    }

    @Test
    void who_comes_back_before_the_timetable_has_closed_the_old_membership_is_not_refused() {
        site.join.run(ben);
        site.leave.cancel(ben);
        site.clock.pass(Duration.ofDays(7));
        assertThat(site.join.run(ben)).isInstanceOf(Outcome.Member.class);
        assertThat(history())
                .containsExactly(
                        "trial_started reader",
                        "cancelled reader",
                        "ended timetable cancelled before",
                        "started reader");
    }

    @Test
    void of_many_presses_at_one_moment_one_begins_a_trial() throws Exception {
        var outcomes = new ArrayList<Future<Outcome>>();
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Outcome> press = () -> site.join.run(ben);
            for (int i = 0; i < 8; i++) outcomes.add(hands.submit(press));
        }
        int trials = 0;
        for (var outcome : outcomes) if (outcome.get() instanceof Outcome.Trial) trials++;
        assertThat(trials).isOne();
        assertThat(site.count("select count(*) from membership")).isOne();
        assertThat(subjects()).hasSize(1);
    }

    @Test
    void an_invoice_left_open_ends_the_membership_two_weeks_past_its_day_and_nothing_is_owed() {
        site.join.run(ben);
        days(7);
        days(14);
        assertThat(state()).isEqualTo(Membership.State.ACTIVE);
        days(1);
        assertThat(state()).isEqualTo(Membership.State.PAST_DUE);
        assertThat(readsEverything()).isTrue();
        days(12);
        assertThat(readsEverything()).isTrue();
        days(1);
        assertThat(readsEverything()).isFalse();
        assertThat(subjects()).last().isEqualTo("Your membership of The Parallel PRO has ended");
        assertThat(site.invoices.of(ben.id()).getFirst().state(site.clock.instant()))
                .isEqualTo(Invoice.State.VOID);
        assertThat(history()).last().isEqualTo("ended timetable an invoice was not paid");
        assertThat(site.join.run(ben))
                .as("else everyone could read four weeks for nothing, again and again")
                .isInstanceOf(Outcome.Owing.class);
    }

    @Test
    void money_that_comes_late_opens_the_membership_again_for_a_whole_period() {
        site.join.run(ben);
        days(7);
        days(28);
        assertThat(readsEverything()).isFalse();
        days(10);
        site.markPaid.run(ben.id(), 1, today(), site.ada());
        assertThat(readsEverything()).isTrue();
        assertThat(membership().until()).isEqualTo("2028-01-07T08:00:00Z");
        assertThat(history()).endsWith("paid desk MH-000001", "reopened timetable MH-000001 was paid");
        days(300);
        assertThat(readsEverything()).isTrue();
    }

    @Test
    void who_cancels_with_an_open_invoice_reads_to_its_day_or_pays_and_reads_on() {
        site.join.run(ben);
        days(7);
        site.leave.cancel(ben);
        assertThat(site.lastLetter(ben.email()).bodyText())
                .contains("still open", "ends on 14 December 2026", "nothing is owed");
        days(13);
        assertThat(readsEverything()).isTrue();
        days(1);
        assertThat(readsEverything()).isFalse();

        Reader cleo = site.person("cleo@reader.example");
        site.join.run(cleo);
        days(7);
        site.leave.cancel(cleo);
        site.markPaid.run(cleo.id(), 2, today(), site.ada());
        days(300);
        assertThat(site.memberships.of(cleo)).isInstanceOf(Standing.Member.class);
    }

    @Test
    void a_server_that_was_down_when_a_period_ended_costs_nobody_access() {
        site.join.run(ben);
        site.clock.pass(Duration.ofDays(7).plusHours(23));
        assertThat(readsEverything()).isTrue();
        site.clock.pass(Duration.ofHours(2));
        assertThat(readsEverything()).isFalse();
        site.timetable();
        assertThat(readsEverything()).isTrue();
        assertThat(membership().until())
                .as("counted from the day that it was due")
                .isEqualTo("2027-11-30T08:00:00Z");
    }

    @Test
    void a_day_of_payment_that_cannot_be_is_refused() {
        site.join.run(ben);
        days(7);
        Reader ada = site.ada();
        assertThatThrownBy(() -> site.markPaid.run(ben.id(), 1, today().plusDays(1), ada))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("future");
        assertThatThrownBy(() -> site.markPaid.run(ben.id(), 1, today().minusDays(1), ada))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("before the invoice");
        assertThatThrownBy(() -> site.markPaid.run(ada.id(), 1, today(), ada))
                .as("somebody else's")
                .isInstanceOf(Problem.class);
        site.markPaid.run(ben.id(), 1, today(), ada);
        assertThatThrownBy(() -> site.markPaid.run(ben.id(), 1, today(), ada))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("before");
        assertThat(subjects().stream().filter(subject -> subject.startsWith("Receipt")))
                .hasSize(1);
    }

    @Test
    void the_newsroom_gives_a_membership_that_ends_by_itself_or_by_its_word() {
        Reader ada = site.ada();
        Instant until = site.clock.instant().plus(Duration.ofDays(30));
        site.giveMembership.run(ben, until, ada, "Speaker");
        assertThat(state()).isEqualTo(Membership.State.COMPLIMENTARY);
        assertThat(site.join.run(ben)).isEqualTo(new Outcome.Already());
        assertThat(site.leave.cancel(ben)).isFalse();
        days(29);
        assertThat(readsEverything()).isTrue();
        days(1);
        assertThat(readsEverything()).isFalse();
        assertThat(subjects())
                .containsExactly(
                        "The Parallel PRO, with our compliments", "Your membership of The Parallel PRO has ended");
        assertThat(site.count("select last from invoice_number")).isZero();
        assertThat(site.join.run(ben)).as("a gift is no trial").isInstanceOf(Outcome.Trial.class);

        site.giveMembership.run(ben, site.clock.instant().plus(Duration.ofDays(90)), ada, "Speaker again");
        site.giveMembership.end(ben, ada, "changed jobs");
        assertThat(readsEverything()).isFalse();
        days(60);
        assertThat(site.count("select last from invoice_number"))
                .as("the trial that the gift replaced is over too")
                .isZero();
        assertThat(site.memberships.history(ben.id()).getFirst().by()).isEqualTo("ada@parallel.example");
        assertThat(history()).last().isEqualTo("ended desk changed jobs");
    }

    @Test
    void a_gift_never_takes_from_someone_who_pays_or_has_more() {
        Reader ada = site.ada();
        site.join.run(ben);
        Instant sooner = site.clock.instant().plus(Duration.ofDays(3));
        assertThatThrownBy(() -> site.giveMembership.run(ben, sooner, ada, "why"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("longer");
        days(7);
        Instant later = site.clock.instant().plus(Duration.ofDays(900));
        assertThatThrownBy(() -> site.giveMembership.run(ben, later, ada, "why"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("pay for");
        assertThatThrownBy(() -> site.giveMembership.run(ben, later, ada, " "))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("why");
        assertThatThrownBy(() -> site.giveMembership.end(ben, ada, ""))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no given membership");
    }

    @Test
    void where_the_plan_has_no_free_days_an_invoice_comes_at_once() {
        site.jdbi.useHandle(handle -> handle.execute("update price set trial_days = 0"));
        assertThat(site.join.run(ben)).isInstanceOf(Outcome.Member.class);
        assertThat(site.memberships.trialIsLeft(ben.id())).isFalse();
    }

    @Test
    void numbers_of_invoices_have_no_gaps_when_many_are_written_at_once() throws Exception {
        var people = new ArrayList<Reader>();
        for (int i = 0; i < 12; i++) people.add(site.person("reader" + i + "@reader.example"));
        people.forEach(site.join::run);
        site.clock.pass(Duration.ofDays(7));
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) nodes.submit(site.endTrials);
        }
        assertThat(site.count("select count(*) from invoice")).isEqualTo(12);
        assertThat(site.count("select max(number) from invoice")).isEqualTo(12);
        assertThat(site.count("select count(*) from outbox where subject like 'Invoice%'"))
                .isEqualTo(12);
    }

    @Test
    void what_is_read_follows_from_the_rows_alone() {
        site.join.run(ben);
        var elsewhere = new Memberships(site.jdbi, site.clock);
        assertThat(elsewhere.of(ben)).isInstanceOf(Standing.Member.class);
        site.jdbi.useHandle(handle -> handle.execute("update membership set ended_at = started_at"));
        assertThat(elsewhere.of(ben)).isInstanceOf(Standing.SignedIn.class);
        site.jdbi.useHandle(handle -> handle.execute("delete from membership"));
        assertThat(elsewhere.of(ben)).isInstanceOf(Standing.SignedIn.class);
    }
}
