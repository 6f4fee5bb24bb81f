package press.masthead.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import press.masthead.access.Standing;
import press.masthead.account.TestSite;
import press.masthead.books.Invoice;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Origin;
import press.masthead.plans.Payment;
import press.masthead.plans.Price;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** Random lives over two years: whatever people do, the ledger is what the invoices said, and who has paid reads. */
class RandomLivesTest {
    private static final int PEOPLE = 12;
    private static final int DAYS = 730;

    private final List<String> did = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_ledger_is_what_invoices_said_and_access_is_what_was_paid(long seed) {
        var random = new Random(seed);
        try (var site = new TestSite()) {
            site.jdbi.useHandle(handle -> handle.execute("""
                    insert into price (plan_id, amount, currency, "interval", trial_days)
                    select id, 3000, 'USD', 'month', 7 from plan"""));
            site.jdbi.useHandle(handle -> handle.execute("""
                    insert into offer (code, percent, payments, from_at, created_at)
                    values ('FIFTH', 20, 1, '2026-01-01', '2026-01-01'), ('HALF', 50, 3, '2026-01-01', '2026-01-01')"""));
            var people = new ArrayList<Reader>();
            for (int i = 0; i < PEOPLE; i++) people.add(site.person("reader" + i + "@lives.example"));
            Reader ada = site.ada();
            for (int day = 0; day < DAYS; day++) {
                site.clock.pass(Duration.ofHours(20 + random.nextInt(9)));
                for (Reader reader : people) if (random.nextInt(12) == 0) act(site, random, reader, ada);
                site.timetable();
                if (day % 5 == 0) for (Reader reader : people) hold(site, reader);
            }
            balance(site);
            assertThat(did)
                    .as("what happened in these lives")
                    .contains(
                            "joined",
                            "paid",
                            "cancelled",
                            "kept",
                            "paused",
                            "went on",
                            "changed now",
                            "changed later",
                            "refunded");
        }
    }

    private void act(TestSite site, Random random, Reader reader, Reader ada) {
        try {
            switch (random.nextInt(10)) {
                case 0, 1 -> join(site, random, reader);
                case 2, 3, 4 -> pay(site, reader, ada);
                case 5 -> {
                    if (site.leave.cancel(reader, "price", "")) did.add("cancelled");
                }
                case 6 -> {
                    if (site.leave.resume(reader)) did.add("kept");
                }
                case 7 -> {
                    if (random.nextInt(3) == 0) {
                        site.pause.goOn(reader);
                        did.add("went on");
                    } else {
                        site.pause.run(reader, 1 + random.nextInt(3));
                        did.add("paused");
                    }
                }
                case 8 -> change(site, random, reader);
                default -> refund(site, random, reader, ada);
            }
        } catch (Problem refused) {
            did.add("refused");
        }
    }

    private void join(TestSite site, Random random, Reader reader) {
        List<Price> all = site.plans.onOffer();
        String code = List.of("", "FIFTH", "HALF").get(random.nextInt(3));
        var outcome = site.join.run(
                reader,
                new Join.Wish(
                        all.get(random.nextInt(all.size())).id(), code, Payment.INVOICE, new Origin("test", ""), ""));
        if (outcome instanceof Join.Outcome.Trial || outcome instanceof Join.Outcome.Member) did.add("joined");
    }

    private void pay(TestSite site, Reader reader, Reader ada) {
        Optional<Invoice> open = site.invoices.of(reader.id()).stream()
                .filter(invoice -> invoice.paidAt().isEmpty())
                .findFirst();
        if (open.isEmpty()) return;
        LocalDate today = LocalDate.ofInstant(site.clock.instant(), site.letterhead.zone());
        site.markPaid.run(reader.id(), open.get().number(), today, ada);
        did.add("paid");
    }

    private void change(TestSite site, Random random, Reader reader) {
        Optional<Membership> now = site.memberships.find(reader.id());
        if (now.isEmpty()) return;
        List<Price> choices = site.changePlan.choices(now.get());
        if (choices.isEmpty()) return;
        Quote shown = site.changePlan.quote(
                reader, choices.get(random.nextInt(choices.size())).id());
        assertThat(shown.credit()).isBetween(0L, Math.max(0, shown.charge()));
        site.clock.pass(Duration.ofMinutes(random.nextInt(20)));
        Optional<Quote> done = site.changePlan.run(reader, shown.id());
        done.ifPresent(quote -> did.add(quote.isNow() ? "changed now" : "changed later"));
    }

    private void refund(TestSite site, Random random, Reader reader, Reader ada) {
        if (random.nextInt(4) != 0) return;
        var charge = site.ledger.of(reader.id()).stream()
                .filter(entry -> entry.kind().equals("charge"))
                .findFirst();
        if (charge.isEmpty()) return;
        long amount = random.nextBoolean()
                ? charge.get().amount()
                : Math.max(1, charge.get().amount() / 3);
        site.invoicePayments.refund(charge.get(), amount, Because.desk(ada, "asked for it"));
        did.add("refunded");
    }

    /** Who has paid for this moment reads, unless they paused; who has not does not read beyond the grace. */
    private static void hold(TestSite site, Reader reader) {
        Instant now = site.clock.instant();
        boolean reads = site.memberships.of(reader) instanceof Standing.Member;
        Optional<Membership> stay = site.memberships.find(reader.id());
        if (stay.isEmpty()) {
            assertThat(reads).isFalse();
            return;
        }
        Membership membership = stay.get();
        boolean open = membership.endedAt().isEmpty();
        boolean paid =
                open && membership.unpaidDue().isEmpty() && membership.until().isAfter(now);
        if (paid && !membership.isPaused(now))
            assertThat(reads).as("paid and reads: " + membership).isTrue();
        if (membership.isPaused(now)) assertThat(reads).as("paused").isFalse();
        if (!open) assertThat(reads).as("ended").isFalse();
        membership
                .unpaidDue()
                .filter(due -> due.plus(Membership.PATIENCE).isBefore(now))
                .ifPresent(due -> assertThat(reads).as("beyond the grace").isFalse());
    }

    private static void balance(TestSite site) {
        assertThat(site.count("""
                select count(*) from invoice i where i.paid_at is not null and not exists (
                  select from ledger_entry e where e.kind = 'charge' and e.invoice_number = i.number and e.amount = i.amount)""")).as("paid invoices without their entry").isZero();
        assertThat(site.count("select coalesce(sum(amount), 0)::bigint from ledger_entry"))
                .as("the ledger is what invoices said, less what credit notes took back")
                .isEqualTo(site.count("""
                        select coalesce((select sum(amount) from invoice where paid_at is not null), 0)::bigint
                             - coalesce((select sum(amount) from credit_note), 0)::bigint"""));
        for (String table : List.of("invoice", "credit_note"))
            assertThat(site.count("select coalesce(max(number), 0) - count(*) from " + table))
                    .as("gaps in the numbers of " + table)
                    .isZero();
        assertThat(site.count("""
                select count(*) from invoice i where i.amount <> (
                  select sum(amount) from invoice_line l where l.invoice_number = i.number)""")).as("invoices whose lines do not add up").isZero();
        assertThat(
                        site.count(
                                "select count(*) from credit_note c join invoice i on i.number = c.invoice_number where c.amount > i.amount"))
                .isZero();
        assertThat(
                        site.count(
                                "select count(*) from (select offer_id, reader_id from offer_use group by 1, 2 having count(*) > 1) twice"))
                .as("offers taken twice by one person")
                .isZero();
        assertThat(site.count("""
                select count(*) from membership m where not exists (select from membership_event e where e.membership_id = m.id)""")).as("memberships without a cause").isZero();
    }

    @Test
    void a_change_that_is_never_paid_for_is_taken_back_and_what_was_paid_runs_on() {
        try (var site = new TestSite()) {
            site.jdbi.useHandle(handle -> handle.execute("""
                    insert into price (plan_id, amount, currency, "interval", trial_days)
                    select id, 3000, 'USD', 'month', 7 from plan"""));
            Reader reader = site.person("ben@lives.example");
            Reader ada = site.ada();
            Price month = site.plans.onOffer().getLast();
            Price year = site.plans.offered();
            site.jdbi.useHandle(handle -> handle.execute("update price set trial_days = 0"));
            site.join.run(reader, new Join.Wish(year.id(), "", Payment.INVOICE, Origin.UNKNOWN, ""));
            new RandomLivesTest().pay(site, reader, ada);
            site.jdbi.useHandle(handle -> handle.execute("""
                    insert into plan (slug, name, position) values ('plus', 'PLUS', 1)"""));
            site.jdbi.useHandle(handle -> handle.execute("""
                    insert into price (plan_id, amount, currency, "interval") select id, 60000, 'USD', 'year' from plan where slug = 'plus'"""));
            Price plus = site.plans.onOffer().getLast();
            site.clock.pass(Duration.ofDays(73));
            Quote quote = site.changePlan.quote(reader, plus.id());
            assertThat(quote.credit()).isEqualTo(24_000);
            assertThat(quote.due().amount()).isEqualTo(36_000);
            assertThat(site.changePlan.run(reader, quote.id())).isPresent();
            assertThat(site.memberships.find(reader.id()).orElseThrow().plan().slug())
                    .isEqualTo("plus");
            assertThat(site.changePlan.run(reader, quote.id()))
                    .as("a quote is used once")
                    .isEmpty();
            for (int day = 0; day < 28; day++) {
                site.clock.pass(Duration.ofDays(1));
                site.timetable();
                assertThat(site.memberships.of(reader)).isInstanceOf(Standing.Member.class);
            }
            Membership after = site.memberships.find(reader.id()).orElseThrow();
            assertThat(after.plan().slug()).isEqualTo("pro");
            assertThat(after.until()).isEqualTo(quote.runningUntil());
            assertThat(month.id()).isNotEqualTo(year.id());
        }
    }
}
