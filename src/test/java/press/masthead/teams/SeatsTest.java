package press.masthead.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** Seats handed out, taken, taken back and handed on; and what happens when all are taken. */
class SeatsTest {
    private final TeamRoom room = new TeamRoom();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void an_invitation_holds_a_seat_and_taking_it_opens_what_members_read() {
        Team team = room.team(2, false);
        room.invited(team, "noor@ministry.example");
        assertThat(room.seats.room(team.id())).isEqualTo(new Room(2, 0, 1, 0));
        assertThat(room.reads("noor@ministry.example")).isFalse();
        Secret secret = room.secret("noor@ministry.example");
        room.takeSeat.look(secret);
        room.takeSeat.look(secret);
        assertThat(room.takeSeat.run(secret, room.reader("noor@ministry.example")))
                .isInstanceOf(TakeSeat.Outcome.Seated.class);
        assertThat(room.seats.room(team.id())).isEqualTo(new Room(2, 1, 0, 0));
        assertThat(room.reads("noor@ministry.example")).isTrue();
    }

    @Test
    void an_invitation_works_once_is_kept_as_a_hash_and_is_old_after_thirty_days() {
        Team team = room.team(2, false);
        room.invited(team, "noor@ministry.example, lea@ministry.example");
        Secret noor = room.secret("noor@ministry.example");
        Secret lea = room.secret("lea@ministry.example");
        Reader reader = room.reader("noor@ministry.example");
        room.takeSeat.run(noor, reader);
        assertThatThrownBy(() -> room.takeSeat.run(noor, reader))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is used");
        assertThat(room.count(
                        "select count(*) from seat where encode(token_hash, 'escape') like '%" + lea.reveal() + "%'"))
                .isZero();
        room.clock.pass(Duration.ofDays(31));
        assertThatThrownBy(() -> room.takeSeat.look(lea))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("30 days");
        assertThat(room.seats.room(team.id()).left()).isEqualTo(1);
        room.invite.again(
                team, room.dina, room.seat(team, "lea@ministry.example").id());
        assertThat(room.seats.room(team.id()).left()).isZero();
        room.takeSeat.look(room.secret("lea@ministry.example"));
    }

    @Test
    void sent_again_the_link_before_is_worth_nothing() {
        Team team = room.team(2, false);
        room.invited(team, "noor@ministry.example");
        Secret first = room.secret("noor@ministry.example");
        room.invite.again(
                team, room.dina, room.seat(team, "noor@ministry.example").id());
        assertThatThrownBy(() -> room.takeSeat.look(first)).isInstanceOf(Problem.class);
        room.takeSeat.look(room.secret("noor@ministry.example"));
    }

    @Test
    void whoever_was_forwarded_an_invitation_sits_on_nothing_and_the_manager_is_asked() {
        Team team = room.team(2, false);
        room.invited(team, "noor@ministry.example");
        Secret secret = room.secret("noor@ministry.example");
        Reader other = room.reader("mallory@elsewhere.example");
        assertThat(room.takeSeat.run(secret, other)).isInstanceOf(TakeSeat.Outcome.Asked.class);
        assertThat(room.reads("mallory@elsewhere.example")).isFalse();
        assertThat(room.requests.open(team.id()))
                .singleElement()
                .satisfies(request -> assertThat(request.why()).isEqualTo("forwarded"));
        room.takeSeat.run(secret, room.reader("noor@ministry.example"));
        assertThat(room.reads("noor@ministry.example")).isTrue();
        assertThat(room.letters("dina@ministry.example").getLast().subject())
                .contains("mallory@elsewhere.example asks for a seat");
    }

    @Test
    void a_list_says_for_each_line_what_became_of_it() {
        Team team = room.team(3, false);
        room.invited(team, "noor@ministry.example");
        Invite.Report report = room.invited(
                team,
                "name;email\nNoor;NOOR@ministry.example\nLea;lea@ministry.example\nLea;lea@ministry.example\n"
                        + "Bad;bad@@ministry\nOdd;odd@ministry.example\nLate;late@ministry.example\n");
        assertThat(report.lines())
                .extracting(Invite.Line::outcome)
                .containsExactly(
                        Invite.Outcome.ALREADY,
                        Invite.Outcome.INVITED,
                        Invite.Outcome.TWICE,
                        Invite.Outcome.MALFORMED,
                        Invite.Outcome.INVITED,
                        Invite.Outcome.OVER);
        assertThat(report.lines()).extracting(Invite.Line::line).containsExactly(2, 3, 4, 5, 6, 7);
    }

    @Test
    void a_thousand_addresses_are_invited_in_one_go() {
        Team team = room.team(1_000, false);
        String csv = IntStream.range(0, 1_000)
                .mapToObj(n -> "colleague" + n + "@ministry.example")
                .collect(Collectors.joining("\r\n", "\uFEFFE-mail\r\n", "\r\n"));
        Invite.Report report = room.invited(team, csv);
        assertThat(report.count(Invite.Outcome.INVITED)).isEqualTo(1_000);
        assertThat(report.left()).as("none of the letters has left yet").isZero();
        assertThat(room.count("select count(*) from outbox where subject like '%gives you a seat%'"))
                .isEqualTo(1_000);
        room.jdbi.useHandle(handle -> handle.execute(
                "update outbox set state = 'accepted', settled_at = now() where to_address like 'colleague_@%'"));
        assertThat(room.invite.report(team.id(), report.id()).orElseThrow().left())
                .isEqualTo(10);
        assertThat(room.invited(team, csv).count(Invite.Outcome.ALREADY)).isEqualTo(1_000);
    }

    @Test
    void taken_back_a_seat_closes_at_once_and_the_history_says_by_whom_and_why() {
        Team team = room.team(2, false);
        Seat seat = room.seated(team, "noor@ministry.example");
        room.freeSeat.run(team, room.dina, seat.id(), "moved to another ministry");
        assertThat(room.reads("noor@ministry.example")).isFalse();
        assertThat(room.seats.room(team.id()).left()).isEqualTo(2);
        assertThat(room.seats.history(seat.id()).getFirst())
                .satisfies(event -> assertThat(event.what()).isEqualTo("taken_back"))
                .satisfies(event -> assertThat(event.by()).isEqualTo("dina@ministry.example"))
                .satisfies(event -> assertThat(event.note()).isEqualTo("moved to another ministry"));
        assertThat(room.letters("noor@ministry.example").getLast().subject()).contains("taken back");
        assertThatThrownBy(() -> room.freeSeat.run(team, room.dina, seat.id(), ""))
                .isInstanceOf(Problem.class);
    }

    @Test
    void handed_on_a_seat_ends_for_one_and_is_kept_for_the_other() {
        Team team = room.team(1, false);
        Seat seat = room.seated(team, "noor@ministry.example");
        room.freeSeat.handOn(
                team,
                room.dina,
                seat.id(),
                EmailAddress.parse("lea@ministry.example").orElseThrow(),
                "");
        assertThat(room.reads("noor@ministry.example")).isFalse();
        assertThat(room.seats.room(team.id())).isEqualTo(new Room(1, 0, 1, 0));
        room.takeSeat.run(room.secret("lea@ministry.example"), room.reader("lea@ministry.example"));
        assertThat(room.reads("lea@ministry.example")).isTrue();
        assertThat(room.seat(team, "lea@ministry.example").cameBy()).isEqualTo("handed_on");
    }

    @Test
    void one_beyond_the_last_seat_reads_on_until_sunday_night_while_the_manager_decides() {
        Team team = room.team(1, false);
        room.atHome(team, "ministry.example", true);
        room.seated(team, "noor@ministry.example");
        AskForSeat.Outcome outcome = room.askForSeat.join(room.reader("lea@ministry.example"), "domain");
        Instant sundayNight = Instant.parse("2026-11-30T00:00:00+01:00");
        assertThat(outcome).isEqualTo(new AskForSeat.Outcome.Asked(team, Optional.of(sundayNight)));
        assertThat(room.reads("lea@ministry.example")).isTrue();
        room.clock.set(sundayNight.minusSeconds(1));
        assertThat(room.reads("lea@ministry.example")).isTrue();
        room.clock.set(sundayNight);
        assertThat(room.reads("lea@ministry.example")).isFalse();
        room.endCourtesies.run();
        room.endCourtesies.run();
        assertThat(room.letters("lea@ministry.example"))
                .extracting(TeamRoom.Sent::subject)
                .containsOnlyOnce("Your week at The Parallel is over");
        // Asked again at once, the managers are asked without a second week.
        assertThat(room.askForSeat.join(room.reader("lea@ministry.example"), "domain"))
                .isEqualTo(new AskForSeat.Outcome.Asked(team, Optional.empty()));
        assertThat(room.reads("lea@ministry.example")).isFalse();
    }

    @Test
    void the_manager_grants_a_bought_a_freed_or_a_free_seat_once() {
        Team team = room.team(1, true);
        room.atHome(team, "ministry.example", true);
        Seat noor = room.seated(team, "noor@ministry.example");
        room.askForSeat.join(room.reader("lea@ministry.example"), "domain");
        long lea = room.requests.open(team.id()).getFirst().id();
        assertThatThrownBy(() -> room.decide.grant(team, room.dina, lea, new DecideRequest.From.Free()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("No seat is free");
        room.decide.grant(team, room.dina, lea, new DecideRequest.From.Bought());
        assertThat(room.seats.room(team.id())).isEqualTo(new Room(2, 2, 0, 0));
        assertThatThrownBy(() -> room.decide.refuse(team, room.dina, lea))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("decided already");

        room.askForSeat.join(room.reader("mo@ministry.example"), "domain");
        long mo = room.requests.open(team.id()).getFirst().id();
        room.decide.grant(team, room.dina, mo, new DecideRequest.From.Another(noor.id()));
        assertThat(room.reads("noor@ministry.example")).isFalse();
        room.clock.pass(Duration.ofDays(30));
        assertThat(room.reads("mo@ministry.example")).isTrue();
        assertThat(room.reads("lea@ministry.example")).isTrue();
    }

    @Test
    void refused_they_still_read_to_the_end_of_their_week() {
        Team team = room.team(1, false);
        room.atHome(team, "ministry.example", true);
        room.seated(team, "noor@ministry.example");
        room.askForSeat.join(room.reader("lea@ministry.example"), "domain");
        room.decide.refuse(
                team, room.dina, room.requests.open(team.id()).getFirst().id());
        assertThat(room.reads("lea@ministry.example")).isTrue();
        room.clock.pass(Duration.ofDays(5));
        assertThat(room.reads("lea@ministry.example")).isFalse();
    }

    @Test
    void where_the_domain_asks_first_nobody_reads_before_a_manager_says_so() {
        Team team = room.team(5, false);
        room.atHome(team, "ministry.example", false);
        assertThat(room.askForSeat.join(room.reader("lea@ministry.example"), "domain"))
                .isEqualTo(new AskForSeat.Outcome.Asked(team, Optional.empty()));
        assertThat(room.reads("lea@ministry.example")).isFalse();
        room.decide.grant(
                team, room.dina, room.requests.open(team.id()).getFirst().id(), new DecideRequest.From.Free());
        assertThat(room.reads("lea@ministry.example")).isTrue();
        assertThatThrownBy(() -> room.askForSeat.join(room.reader("eve@elsewhere.example"), "domain"))
                .isInstanceOf(Problem.class);
    }

    @Test
    void another_teams_numbers_are_nobodys_and_nothing_changes() {
        Team team = room.team(2, false);
        Team bank = room.team("Sarrin Bank", 2, false, "2026-11-01T00:00:00+01:00", "2027-11-01T00:00:00+01:00");
        Seat seat = room.seated(team, "noor@ministry.example");
        assertThatThrownBy(() -> room.freeSeat.run(bank, room.dina, seat.id(), ""))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no such seat");
        assertThatThrownBy(() -> room.invite.again(bank, room.dina, seat.id())).isInstanceOf(Problem.class);
        assertThat(room.seats.find(bank.id(), seat.id())).isEmpty();
        assertThat(room.reads("noor@ministry.example")).isTrue();
    }

    @Test
    void a_manager_who_is_removed_manages_nothing_from_then_on_and_the_last_one_stays() {
        Team team = room.team(2, false);
        Reader noor = room.reader("noor@ministry.example");
        room.jdbi.useTransaction(handle -> room.drawUp.appoint(
                handle, team, EmailAddress.parse(noor.email()).orElseThrow()));
        assertThat(room.teams.managed(noor.id(), team.id())).isPresent();
        assertThat(room.jdbi.<Boolean, RuntimeException>inTransaction(
                        handle -> room.teams.dismiss(handle, team.id(), noor.id())))
                .isTrue();
        assertThat(room.teams.managed(noor.id(), team.id())).isEmpty();
        assertThat(room.jdbi.<Boolean, RuntimeException>inTransaction(
                        handle -> room.teams.dismiss(handle, team.id(), room.dina.id())))
                .isFalse();
    }
}
