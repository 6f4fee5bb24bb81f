package press.masthead.teams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/**
 * Someone of a team's own domain sits down. Where all seats are taken they read on to the end of the week on a courtesy seat, and
 * the managers are asked; who has had such a week lately is asked about without one.
 */
public final class AskForSeat {
    /** Between two courtesy seats of one person. */
    static final Duration BETWEEN_COURTESIES = Duration.ofDays(28);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Teams teams;
    private final Seats seats;
    private final Requests requests;
    private final Domains domains;
    private final TeamLetters letters;

    public AskForSeat(
            Jdbi jdbi, Clock clock, Teams teams, Seats seats, Requests requests, Domains domains, TeamLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.teams = teams;
        this.seats = seats;
        this.requests = requests;
        this.domains = domains;
        this.letters = letters;
    }

    sealed interface Outcome {
        Team team();

        record Seated(Team team) implements Outcome {}

        /** The managers were asked; meanwhile they read until then, if at all. */
        record Asked(Team team, Optional<Instant> courtesyUntil) implements Outcome {}
    }

    /**
     * Joins the team whose domain the reader's address is at.
     *
     * @param cameBy {@code domain}, or {@code sign_on} for who was vouched for by the team's own identity provider
     * @throws Problem when no team is at home there, or the reader sits on it already
     */
    Outcome join(Reader reader, String cameBy) {
        EmailAddress email = EmailAddress.kept(reader.email());
        return jdbi.inTransaction(handle -> {
            Domains.Home home = domains.homeOf(handle, email)
                    .orElseThrow(() -> Problem.notFound("No team is at home at the domain of your address."));
            Team team = teams.hold(handle, home.teamId());
            boolean approved = cameBy.equals("sign_on") || home.joinsByThemselves();
            return sit(handle, team, reader, email, cameBy, approved);
        });
    }

    /** The caller has held the team. */
    Outcome sit(Handle handle, Team team, Reader reader, EmailAddress email, String cameBy, boolean approved) {
        Optional<Seat> open = seats.of(handle, team.id(), email);
        if (open.isPresent()) return onOwnSeat(handle, team, reader, open.get(), cameBy, approved);
        if (!approved) return put(handle, team, reader, "approval", Optional.empty());
        Room room = seats.room(handle, team.id());
        if (room.bought() == 0)
            throw Problem.stale("Your team’s contract does not run at the moment. Please ask its manager.");
        if (!room.isFull()) {
            long seat = seats.give(handle, team.id(), email, reader.id(), cameBy, Optional.empty());
            seats.note(handle, seat, "taken", Optional.of(reader.id()), "");
            return new Outcome.Seated(team);
        }
        Instant now = clock.instant();
        if (seats.hadCourtesy(handle, team.id(), reader.id(), now.minus(BETWEEN_COURTESIES)))
            return put(handle, team, reader, "full", Optional.empty());
        Instant until = Week.end(now, team.zoneId());
        long seat = seats.give(handle, team.id(), email, reader.id(), "request", Optional.of(until));
        seats.note(handle, seat, "courtesy", Optional.empty(), "all seats were taken");
        return put(handle, team, reader, "full", Optional.of(new Courtesy(seat, until)));
    }

    /** An invitation that was open for them is taken; it holds its seat already. */
    private Outcome onOwnSeat(Handle handle, Team team, Reader reader, Seat seat, String cameBy, boolean approved) {
        return switch (seat.state(clock.instant())) {
            case TAKEN -> throw Problem.stale("You have a seat of " + team.name() + " already.");
            case COURTESY -> new Outcome.Asked(team, seat.courtesyUntil());
            case PENDING -> {
                seats.take(handle, seat.id(), reader.id());
                seats.note(handle, seat.id(), "taken", Optional.of(reader.id()), "");
                yield new Outcome.Seated(team);
            }
            case ENDED, EXPIRED -> {
                seats.end(handle, seat.id());
                EmailAddress email = EmailAddress.kept(reader.email());
                yield sit(handle, team, reader, email, cameBy, approved);
            }
        };
    }

    record Courtesy(long seat, Instant until) {}

    /** Asks the managers, once while nobody has decided. */
    Outcome put(Handle handle, Team team, Reader reader, String why, Optional<Courtesy> courtesy) {
        Optional<Instant> until = courtesy.map(Courtesy::until);
        requests.ask(handle, team.id(), reader.id(), why, courtesy.map(Courtesy::seat))
                .ifPresent(request -> teams.managers(handle, team.id())
                        .forEach(manager -> letters.requested(
                                handle,
                                team,
                                new TeamLetters.To(manager.email(), manager.name()),
                                Invite.shown(reader) + (reader.name().isBlank() ? "" : " (" + reader.email() + ")"),
                                request,
                                until)));
        return new Outcome.Asked(team, until);
    }
}
