package press.masthead.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.platform.web.Problem;

/** Contracts: what they cost, what is added in mid-term, when they are reminded of, renewed and over. */
class TermsTest {
    private final TeamRoom room = new TeamRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void weeks_end_on_the_sunday_night_of_the_teams_own_zone() {
        Instant wednesday = Instant.parse("2026-11-25T09:00:00Z");
        assertThat(Week.end(wednesday, ZoneId.of("Asia/Tokyo"))).isEqualTo("2026-11-29T15:00:00Z");
        assertThat(Week.end(wednesday, ZoneId.of("America/New_York"))).isEqualTo("2026-11-30T05:00:00Z");
        // A Monday's first instant begins a week of its own.
        assertThat(Week.end(Instant.parse("2026-11-29T15:00:00Z"), ZoneId.of("Asia/Tokyo")))
                .isEqualTo("2026-12-06T15:00:00Z");
        // The night in which the clocks of Brussels go back.
        assertThat(Week.end(Instant.parse("2026-10-24T12:00:00Z"), TeamRoom.ZONE))
                .isEqualTo("2026-10-25T23:00:00Z");
        Instant until = Instant.parse("2027-11-01T00:00:00+01:00");
        assertThat(Week.graceEnd(until, TeamRoom.ZONE)).isEqualTo("2027-11-15T00:00:00+01:00");
        assertThat(Week.graceEnd(Instant.parse("2027-11-03T00:00:00+01:00"), TeamRoom.ZONE))
                .isEqualTo("2027-11-22T00:00:00+01:00");
    }

    @Test
    void a_contract_writes_its_invoice_under_the_next_number_and_tells_the_manager() {
        Team team = room.team(40, false);
        assertThat(room.invoices.of(team.id())).singleElement().satisfies(invoice -> {
            assertThat(invoice.amount()).isEqualTo(960_000);
            assertThat(invoice.billed().company()).isEqualTo("Ministry of Ports");
            assertThat(invoice.dueAt()).isEqualTo(room.clock.instant().plus(Duration.ofDays(30)));
        });
        assertThat(room.letters("accounts@ministry.example").getLast().bodyText())
                .contains("PO-77");
        assertThat(room.letters("dina@ministry.example").getLast().subject()).startsWith("You manage the seats");
    }

    @Test
    void seats_in_mid_term_cost_what_is_left_of_it_and_no_more() {
        Team team = room.team(10, true);
        Contract contract = room.contracts.of(team.id()).getFirst();
        assertThat(contract.prorated(1, contract.since())).isEqualTo(24_000);
        assertThat(contract.prorated(3, contract.until())).isZero();
        Instant half = contract.since()
                .plus(Duration.between(contract.since(), contract.until()).dividedBy(2));
        assertThat(contract.prorated(2, half)).isEqualTo(24_000);
        room.clock.set(half);
        room.addSeats.byStaff(team.id(), room.ada, 2, "as agreed");
        assertThat(room.seats.room(team.id()).bought()).isEqualTo(12);
        assertThat(room.invoices.of(team.id()).getFirst().amount()).isEqualTo(24_000);
        assertThat(room.contracts.history(contract.id()))
                .extracting(Contracts.Event::what)
                .containsExactly("drawn_up", "seats_added");
    }

    @Test
    void staff_and_manager_are_reminded_once_60_30_and_7_days_before_and_told_of_the_end() {
        Team team = room.team(2, false);
        room.seated(team, "noor@ministry.example");
        Contract contract = room.contracts.of(team.id()).getFirst();
        for (int days = 70; days > -30; days--) {
            room.clock.set(contract.until().minus(Duration.ofDays(days)));
            room.mindContracts.run();
            room.mindContracts.run();
        }
        assertThat(room.letters("dina@ministry.example"))
                .extracting(TeamRoom.Sent::subject)
                .filteredOn(subject -> !subject.startsWith("You manage"))
                .containsExactly(
                        "The contract of Ministry of Ports ends in 60 days",
                        "The contract of Ministry of Ports ends in 30 days",
                        "The contract of Ministry of Ports ends in 7 days",
                        "The contract of Ministry of Ports has ended; your team reads on for now",
                        "The seats of Ministry of Ports are closed");
        assertThat(room.letters("ada@parallel.example")).hasSize(3);
    }

    @Test
    void an_ended_contract_lets_everyone_read_on_to_a_sunday_night_and_gives_no_new_seat() {
        Team team = room.team(2, false);
        room.seated(team, "noor@ministry.example");
        Contract contract = room.contracts.of(team.id()).getFirst();
        room.clock.set(contract.until().plusSeconds(1));
        assertThat(room.reads("noor@ministry.example")).isTrue();
        assertThat(room.invited(team, "lea@ministry.example").count(Invite.Outcome.OVER))
                .isEqualTo(1);
        room.clock.set(contract.graceUntil().minusSeconds(1));
        assertThat(room.reads("noor@ministry.example")).isTrue();
        room.clock.set(contract.graceUntil());
        assertThat(room.reads("noor@ministry.example")).isFalse();
        assertThatThrownBy(() -> room.renew.byStaff(team, room.ada))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("too long ago");
    }

    @Test
    void renewed_it_runs_for_as_long_again_once_and_only_by_whom_the_contract_lets() {
        Team asks = room.team("Sarrin Bank", 2, false, "2026-11-01T00:00:00+01:00", "2027-11-01T00:00:00+01:00");
        assertThatThrownBy(() -> room.renew.bySelf(asks, room.dina))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("write to us");
        Team team = room.team(2, true);
        room.seated(team, "noor@ministry.example");
        room.clock.set(Instant.parse("2027-11-05T00:00:00+01:00"));
        room.renew.bySelf(team, room.dina);
        assertThat(room.contracts.of(team.id()))
                .extracting(Contract::until)
                .first()
                .isEqualTo(Instant.parse("2028-11-01T00:00:00+01:00"));
        assertThatThrownBy(() -> {
                    room.renew.bySelf(team, room.dina);
                    room.renew.bySelf(team, room.dina);
                })
                .isInstanceOf(Problem.class)
                .hasMessageContaining("agreed already");
        room.clock.set(Instant.parse("2028-01-05T00:00:00+01:00"));
        assertThat(room.reads("noor@ministry.example")).isTrue();
        assertThat(room.count("select count(*) from invoice")).isEqualTo(4);
    }

    @Test
    void an_enquiry_moves_is_noted_and_reminds_of_its_next_step_on_the_day() {
        long id = room.jdbi.inTransaction(handle -> room.enquiries.add(
                handle,
                new Enquiries.Asked("Noor Vale", "noor@ministry.example", "Ministry of Ports", 40, ""),
                Optional.empty()));
        room.enquiries.move(id, Enquiry.State.TALKING, room.ada);
        assertThat(room.enquiries.move(id, Enquiry.State.TALKING, room.ada)).isFalse();
        room.enquiries.write(id, room.ada, "They need a purchase order.");
        room.enquiries.plan(
                id, room.ada, "Send the offer", Optional.of(LocalDate.parse("2026-11-27")), Optional.of(room.ada.id()));
        room.remindNextSteps.run();
        assertThat(room.letters("ada@parallel.example")).isEmpty();
        room.clock.set(Instant.parse("2026-11-27T08:00:00Z"));
        room.remindNextSteps.run();
        room.remindNextSteps.run();
        assertThat(room.letters("ada@parallel.example"))
                .extracting(TeamRoom.Sent::subject)
                .containsExactly("Today: Send the offer (Ministry of Ports)");
        assertThat(room.enquiries.history(id))
                .extracting(Enquiries.Event::what)
                .containsExactly("owner", "step", "noted", "moved", "came");
        assertThat(room.enquiries.in(Enquiry.State.TALKING, 10))
                .extracting(Enquiry::organisation)
                .isEqualTo(List.of("Ministry of Ports"));
    }
}
