package press.masthead.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.plans.Because;
import press.masthead.platform.web.Problem;

/** A team's invoice from the first reminder to the receipt: to whom the contract names, in an organisation's words. */
class ContractInvoicesTest {
    private static final String ACCOUNTS = "accounts@ministry.example";

    private final TeamRoom room = new TeamRoom();

    @AfterEach
    void close() {
        room.close();
    }

    private List<String> subjects() {
        return room.letters(ACCOUNTS).stream().map(TeamRoom.Sent::subject).toList();
    }

    private void paid(long number) {
        LocalDate today = LocalDate.ofInstant(room.clock.instant(), TeamRoom.ZONE);
        room.jdbi.useTransaction(handle -> room.markPaid.run(handle, number, today, Because.desk(room.ada, "")));
    }

    @Test
    void an_open_invoice_is_reminded_before_its_day_on_it_and_a_week_after_each_once() {
        room.team(40, false);
        int before = subjects().size();
        for (int day = 0; day < 45; day++) {
            room.remindInvoices.run();
            room.remindInvoices.run();
            room.clock.pass(Duration.ofDays(1));
        }
        assertThat(subjects().subList(before, subjects().size()))
                .containsExactly(
                        "Invoice MH-000001 for Ministry of Ports is due on 25 December 2026",
                        "Invoice MH-000001 for Ministry of Ports is due today",
                        "Invoice MH-000001 for Ministry of Ports was due on 25 December 2026");
        assertThat(room.letters(ACCOUNTS).getLast().bodyText())
                .contains("USD 9,600.00", "PO-77", "answer this letter", "/team/1/contract/invoices/1")
                .doesNotContain("your membership", "your account", "/account/");
        assertThat(room.letters("dina@ministry.example"))
                .as("whoever manages the seats is not who pays")
                .noneMatch(letter -> letter.subject().contains("due"));
    }

    @Test
    void after_a_stop_only_the_last_reminder_goes_out_and_none_once_it_is_paid() {
        room.team(40, false);
        int before = subjects().size();
        room.clock.pass(Duration.ofDays(60));
        room.remindInvoices.run();
        room.remindInvoices.run();
        assertThat(subjects()).hasSize(before + 1).last().asString().contains("was due on");
        paid(1);
        room.clock.pass(Duration.ofDays(60));
        room.remindInvoices.run();
        assertThat(subjects()).hasSize(before + 2);
    }

    @Test
    void an_invoice_that_is_due_at_once_is_not_reminded_of_on_the_day_it_is_sent() {
        Team team = room.team(40, false);
        room.jdbi.useHandle(handle -> handle.execute("update contract set terms_days = 0"));
        room.addSeats.byStaff(team.id(), room.ada, 1, "as agreed");
        int before = subjects().size();
        room.remindInvoices.run();
        room.clock.pass(Duration.ofDays(1));
        room.remindInvoices.run();
        assertThat(subjects()).hasSize(before);
        room.clock.pass(Duration.ofDays(7));
        room.remindInvoices.run();
        assertThat(subjects()).hasSize(before + 1).last().asString().startsWith("Invoice MH-000002");
    }

    @Test
    void a_payment_is_answered_with_a_receipt_for_the_organisation_and_is_one_movement_of_money() {
        room.team(40, false);
        paid(1);
        assertThat(subjects()).last().isEqualTo("Receipt for invoice MH-000001, Ministry of Ports");
        assertThat(room.letters(ACCOUNTS).getLast().bodyText())
                .contains("USD 9,600.00", "received on 25 November 2026", "PO-77", "the contact for invoices")
                .doesNotContain("your account", "membership");
        assertThatThrownBy(() -> paid(1)).isInstanceOf(Problem.class).hasMessageContaining("marked as paid before");
        assertThat(room.count("select sum(amount) from ledger_entry")).isEqualTo(960_000);
    }
}
