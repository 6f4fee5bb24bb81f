package press.masthead.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.access.Standing;
import press.masthead.account.TestSite;
import press.masthead.books.BankLine;
import press.masthead.books.BankLines;
import press.masthead.books.BillingDetails;
import press.masthead.books.Invoice;
import press.masthead.books.InvoicePdf;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;
import press.masthead.readers.Reader;

/** Invoices from the first reminder to the credit note, bank statements, and gifts, on a clock that is moved by hand. */
class InvoiceLifeTest {
    private final TestSite site = new TestSite();
    private final Reader ben = site.person("ben@reader.example");
    private final Reader ada = site.ada();
    private final BankLines bank = new BankLines(site.jdbi, site.clock, site.invoices);

    @AfterEach
    void close() {
        site.close();
    }

    private Invoice invoiced() {
        site.jdbi.useHandle(handle -> handle.execute("update price set trial_days = 0"));
        return ((Join.Outcome.Member) site.join.run(ben)).invoice();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(site.clock.instant(), site.letterhead.zone());
    }

    private List<String> subjects(String to) {
        return site.letters(to).stream().map(TestSite.Sent::subject).toList();
    }

    @Test
    void an_open_invoice_is_reminded_three_days_before_on_its_day_and_a_week_after() {
        invoiced();
        int before = subjects(ben.email()).size();
        for (int day = 0; day < 27; day++) {
            site.remindInvoices.run();
            site.remindInvoices.run();
            site.clock.pass(Duration.ofDays(1));
        }
        assertThat(subjects(ben.email()).subList(before, before + 3))
                .containsExactly(
                        "Invoice MH-000001 from The Parallel is due on 7 December 2026",
                        "Invoice MH-000001 from The Parallel is due today",
                        "Invoice MH-000001 from The Parallel was due on 7 December 2026");
        assertThat(subjects(ben.email())).hasSize(before + 3);
    }

    @Test
    void after_a_long_silence_only_the_last_reminder_goes_out_and_none_when_it_is_paid() {
        invoiced();
        int before = subjects(ben.email()).size();
        site.clock.pass(Duration.ofDays(25));
        site.remindInvoices.run();
        site.remindInvoices.run();
        assertThat(subjects(ben.email())).hasSize(before + 1).last().asString().contains("was due on");
        site.markPaid.run(ben.id(), 1, today(), ada);
        site.clock.pass(Duration.ofDays(30));
        site.remindInvoices.run();
        assertThat(subjects(ben.email())).hasSize(before + 2);
    }

    @Test
    void a_part_given_back_leaves_the_membership_and_all_of_it_ends_it_with_credit_notes_and_never_more() {
        invoiced();
        site.markPaid.run(ben.id(), 1, today(), ada);
        var charge = site.ledger.charge(1).orElseThrow();
        site.invoicePayments.refund(charge, 5_000, Because.desk(ada, "a page was missing"));
        assertThat(site.memberships.of(ben)).isInstanceOf(Standing.Member.class);
        assertThat(subjects(ben.email())).last().isEqualTo("Credit note CN-000001 from The Parallel");
        assertThatThrownBy(() -> site.invoicePayments.refund(charge, 25_001, Because.desk(ada, "x")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("USD 250.00 can be given back");
        site.invoicePayments.refund(charge, 25_000, Because.desk(ada, "asked for it"));
        assertThat(site.memberships.of(ben)).isInstanceOf(Standing.SignedIn.class);
        assertThat(site.count("select coalesce(sum(amount), 0)::bigint from ledger_entry"))
                .isZero();
        assertThat(site.creditNotes.of(1)).hasSize(2);
        assertThatThrownBy(() -> site.invoicePayments.refund(charge, 1, Because.desk(ada, "x")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void a_statement_marks_what_fits_and_says_what_does_not_and_twice_changes_nothing() {
        invoiced();
        byte[] file = """
                Date;Amount;Currency;Text
                24.11.2026;300,00;USD;Ben MH-000001
                24.11.2026;300,00;USD;Ben MH-000001
                24.11.2026;120,00;USD;part of MH 1
                24.11.2026;350,00;USD;too much for mh-1
                24.11.2026;300,00;EUR;MH-000001 in euros
                24.11.2026;300,00;USD;MH-000001 or MH-000002
                24.11.2026;300,00;USD;MH-000099
                24.11.2026;12,00;USD;cake
                24.11.2026;-99,00;USD;rent
                """.getBytes(StandardCharsets.UTF_8);
        assertThat(bank.add(file, "USD", ada.id())).isEqualTo(new BankLines.Added(8, 0, 1));
        assertThat(bank.add(file, "USD", ada.id())).isEqualTo(new BankLines.Added(0, 8, 1));
        assertThat(bank.open(50).reversed())
                .extracting(BankLine::verdict)
                .containsExactly(
                        BankLine.Verdict.MATCHED,
                        BankLine.Verdict.MATCHED,
                        BankLine.Verdict.PARTIAL,
                        BankLine.Verdict.OVER,
                        BankLine.Verdict.UNCLEAR,
                        BankLine.Verdict.UNKNOWN,
                        BankLine.Verdict.UNKNOWN,
                        BankLine.Verdict.UNKNOWN);
        site.clock.pass(Duration.ofDays(2));
        BankLine first = bank.open(50).getLast();
        site.jdbi.useTransaction(handle -> {
            site.markPaid.run(handle, 1, first.bookedOn(), Because.desk(ada, ""));
            bank.settle(handle, first.id(), Optional.of(1L));
        });
        assertThat(bank.open(50).getLast().says()).contains("was paid before");
        assertThat(site.count("select count(*) from ledger_entry")).isEqualTo(1);
        assertThat(bank.add(file, "USD", ada.id()).fresh()).isZero();
    }

    @Test
    void the_paper_says_who_pays_what_with_which_tax_from_either_side() throws IOException {
        site.jdbi.useHandle(handle -> handle.execute("""
                insert into tax_rate (country, name, rate, companies, home) values ('BE', 'VAT', 21, 'pay', true), ('DE', 'VAT', 19, 'owe', false)"""));
        new BillingDetails(site.jdbi)
                .keep(ben.id(), BillingDetails.read("وزارة المياه", "1 Quay\n10115 Berlin", "DE", "de 123456789"));
        site.readers.rename(ben.id(), "דינה לוי");
        Invoice invoice = invoiced();
        assertThat(invoice.taxed().reverseCharge()).isTrue();
        assertThat(invoice.amount()).isEqualTo(25_210);
        String text = text(new InvoicePdf(site.html, site.publication, () -> site.letterhead)
                .of(invoice, site.invoices.lines(invoice), site.letterhead.zone()));
        assertThat(text)
                .contains("Invoice MH-000001", "USD 252.10", "DE123456789", "Reverse charge", "10115 Berlin", "Germany")
                .contains("דינה");
        assertThat(text).doesNotContain("#");
        assertThatThrownBy(() -> BillingDetails.read("X", "", "FR", "DE123456789"))
                .hasMessageContaining("begins with FR");
        assertThatThrownBy(() -> BillingDetails.read("X", "", "XX", "")).isInstanceOf(Problem.class);
    }

    private static String text(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private Invoice give(int months, String on) {
        return site.buyGiftMembership.run(new BuyGiftMembership.Typed(
                "gil@reader.example",
                "Gil",
                "omar@reader.example",
                "Omar",
                "With my best wishes",
                site.plans.offered().id(),
                months,
                on,
                Optional.empty(),
                "test"));
    }

    private void paid(Invoice invoice) {
        site.jdbi.useTransaction(handle -> site.markPaid.run(handle, invoice.number(), today(), Because.desk(ada, "")));
    }

    @Test
    void a_gift_is_delivered_on_the_morning_of_its_day_once_it_is_paid_and_taken_once() {
        Invoice invoice = give(3, "2026-11-30");
        assertThat(invoice.amount()).isEqualTo(7_500);
        paid(invoice);
        site.buyGiftMembership.run();
        assertThat(site.letters("omar@reader.example")).isEmpty();
        site.clock.set(java.time.Instant.parse("2026-11-30T06:59:00Z"));
        site.buyGiftMembership.run();
        assertThat(site.letters("omar@reader.example"))
                .as("before eight in Brussels")
                .isEmpty();
        site.clock.pass(Duration.ofMinutes(2));
        site.buyGiftMembership.run();
        site.buyGiftMembership.run();
        assertThat(site.letters("omar@reader.example")).hasSize(1);
        Secret secret = Secret.read(
                        site.lastLetter("omar@reader.example").link().substring("/gift/".length()))
                .orElseThrow();
        Reader omar = site.person("omar@reader.example");
        site.redeemGiftMembership.run(omar, secret, "test");
        assertThat(site.memberships.of(omar)).isInstanceOf(Standing.Member.class);
        assertThatThrownBy(() -> site.redeemGiftMembership.run(ben, secret, "test"))
                .hasMessageContaining("taken already");
        assertThatThrownBy(() -> site.invoicePayments.refund(
                        site.ledger.charge(invoice.number()).orElseThrow(), 7_500, Because.desk(ada, "late")))
                .hasMessageContaining("before it is delivered");
        site.clock.pass(Duration.ofDays(91));
        site.timetable();
        assertThat(site.memberships.find(omar.id()).orElseThrow().endedAt()).isPresent();
        assertThat(subjects("omar@reader.example")).last().asString().contains("has ended");
        assertThat(site.join.run(omar)).as("a gift is no trial").isInstanceOf(Join.Outcome.Trial.class);
    }

    @Test
    void a_gift_makes_a_running_membership_longer() {
        invoiced();
        site.markPaid.run(ben.id(), 1, today(), ada);
        Membership before = site.memberships.find(ben.id()).orElseThrow();
        Invoice invoice = site.buyGiftMembership.run(new BuyGiftMembership.Typed(
                "gil@reader.example",
                "Gil",
                ben.email(),
                "",
                "",
                site.plans.offered().id(),
                12,
                today().toString(),
                Optional.empty(),
                "test"));
        paid(invoice);
        site.buyGiftMembership.run();
        site.redeemGiftMembership.run(
                ben,
                Secret.read(site.lastLetter(ben.email()).link().substring("/gift/".length()))
                        .orElseThrow(),
                "test");
        Membership after = site.memberships.find(ben.id()).orElseThrow();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.until()).isEqualTo(before.until().plus(Duration.ofDays(366)));
        assertThat(after.periodValue()).contains(60_000L);
    }

    @Test
    void a_gift_can_be_given_back_before_it_is_delivered_and_its_giver_is_told_when_nobody_takes_it() {
        Invoice back = give(1, "2026-12-20");
        paid(back);
        site.invoicePayments.refund(
                site.ledger.charge(back.number()).orElseThrow(),
                back.amount(),
                Because.desk(ada, "changed their mind"));
        Invoice kept = give(1, "2026-12-20");
        paid(kept);
        Invoice unpaid = give(1, "2026-12-20");
        site.clock.pass(Duration.ofDays(40));
        site.buyGiftMembership.run();
        assertThat(site.letters("omar@reader.example")).hasSize(1);
        assertThat(site.invoices.find(unpaid.number()).orElseThrow().voidedAt()).isPresent();
        site.clock.pass(Duration.ofDays(366));
        site.buyGiftMembership.run();
        site.buyGiftMembership.run();
        assertThat(subjects("gil@reader.example").stream().filter(subject -> subject.contains("still waiting")))
                .hasSize(1);
    }

    @Test
    void what_is_typed_for_a_gift_is_not_believed() {
        for (String day : List.of("", "yesterday", "2026-11-22", "2028-01-01"))
            assertThatThrownBy(() -> give(3, day)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> give(0, "2026-11-30")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> give(1_000_000, "2026-11-30")).isInstanceOf(Problem.class);
        site.jdbi.useHandle(handle -> handle.execute("""
                insert into price (plan_id, amount, currency, "interval") select plan_id, 1, 'USD', 'year' from price limit 1"""));
        site.jdbi.useHandle(handle -> handle.execute("update price set active = false where amount = 1"));
        long gone = site.count("select max(id) from price");
        assertThatThrownBy(() -> site.buyGiftMembership.run(new BuyGiftMembership.Typed(
                        "a@b.example", "", "c@d.example", "", "", gone, 1, "2026-11-30", Optional.empty(), "test")))
                .hasMessageContaining("not on offer");
        assertThat(site.count("select count(*) from gift_membership")).isZero();
        assertThat(site.count("select last from invoice_number")).isZero();
    }
}
