package press.masthead.teams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** Random lives of a team: whatever is pressed in whatever order, there are never more seats than were bought, and reading follows seats. */
class SeatsPropertyTest {
    private static final int STEPS = 250;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void seats_in_use_never_exceed_the_contract_and_reading_equals_seats(long seed) {
        var random = new Random(seed);
        try (var room = new TeamRoom()) {
            Team team = room.team(3, true);
            room.atHome(team, "ministry.example", true);
            List<Reader> people = List.of("a", "b", "c", "d", "e", "f", "g", "h").stream()
                    .map(name -> room.reader(name + "@ministry.example"))
                    .toList();
            for (int step = 0; step < STEPS; step++) {
                String done = act(room, team, people.get(random.nextInt(people.size())), random);
                holds(room, team, people, "seed " + seed + ", step " + step + ", " + done);
            }
        }
    }

    private static String act(TeamRoom room, Team team, Reader who, Random random) {
        int action = random.nextInt(12);
        try {
            switch (action) {
                case 0, 1 -> room.invited(team, who.email());
                case 2, 3 -> room.takeSeat.run(room.secret(who.email()), random.nextInt(4) == 0 ? room.dina : who);
                case 4 ->
                    room.freeSeat.run(
                            team, room.dina, room.seat(team, who.email()).id(), "");
                case 5 ->
                    room.freeSeat.handOn(
                            team,
                            room.dina,
                            room.seat(team, who.email()).id(),
                            EmailAddress.parse("abcdefgh".charAt(random.nextInt(8)) + "@ministry.example")
                                    .orElseThrow(),
                            "");
                case 6, 7 -> room.askForSeat.join(who, random.nextBoolean() ? "domain" : "sign_on");
                case 8 -> {
                    var open = room.requests.open(team.id());
                    if (!open.isEmpty())
                        decide(room, team, open.get(random.nextInt(open.size())).id(), who, random);
                }
                case 9 ->
                    room.invite.again(
                            team, room.dina, room.seat(team, who.email()).id());
                case 10 -> {
                    room.clock.pass(Duration.ofHours(random.nextInt(24 * 20)));
                    if (random.nextBoolean()) room.endCourtesies.run();
                    room.mindContracts.run();
                }
                default -> {
                    if (random.nextInt(5) == 0) room.renew.byStaff(team, room.ada);
                }
            }
        } catch (Problem | java.util.NoSuchElementException refused) {
            return action + " refused";
        }
        return action + " done";
    }

    private static void decide(TeamRoom room, Team team, long request, Reader who, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> room.decide.grant(team, room.dina, request, new DecideRequest.From.Free());
            case 1 ->
                room.decide.grant(
                        team,
                        room.dina,
                        request,
                        new DecideRequest.From.Another(
                                room.seat(team, who.email()).id()));
            case 2 -> {
                if (random.nextInt(6) == 0)
                    room.decide.grant(team, room.dina, request, new DecideRequest.From.Bought());
            }
            default -> room.decide.refuse(team, room.dina, request);
        }
    }

    private static void holds(TeamRoom room, Team team, List<Reader> people, String when) {
        Instant now = room.clock.instant();
        Room full = room.seats.room(team.id());
        if (full.bought() > 0) assertThat(full.used() + full.pending()).as(when).isLessThanOrEqualTo(full.bought());
        boolean reads = room.contracts.of(team.id()).stream()
                .anyMatch(contract -> !now.isBefore(contract.since()) && now.isBefore(contract.graceUntil()));
        Set<String> seated = new TreeSet<>();
        for (Seat seat : room.seats.open(team.id(), "", "", 1_000)) {
            Seat.State state = seat.state(now);
            if (reads && (state == Seat.State.TAKEN || state == Seat.State.COURTESY)) seated.add(seat.email());
            seat.courtesyUntil()
                    .ifPresent(until -> assertThat(until.atZone(TeamRoom.ZONE))
                            .as(when)
                            .satisfies(end -> assertThat(end.getDayOfWeek()).isEqualTo(java.time.DayOfWeek.MONDAY)));
        }
        Set<String> reading = new TreeSet<>();
        for (Reader one : people) if (room.reads(one.email())) reading.add(one.email());
        assertThat(reading).as(when).isEqualTo(seated);
    }
}
