package press.masthead.teams;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** The invited one sits down. Whoever came by a letter that was for someone else asks the manager instead. */
public final class TakeSeat {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Teams teams;
    private final Seats seats;
    private final AskForSeat ask;
    private final TeamLetters letters;

    public TakeSeat(Jdbi jdbi, Clock clock, Teams teams, Seats seats, AskForSeat ask, TeamLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.teams = teams;
        this.seats = seats;
        this.ask = ask;
        this.letters = letters;
    }

    sealed interface Outcome {
        record Seated(Team team) implements Outcome {}

        /** The invitation was another's, so the manager was asked. */
        record Asked(Team team) implements Outcome {}

        /** They sit on this team already; the invitation that was another's stays. */
        record Already(Team team) implements Outcome {}
    }

    /**
     * The invitation and its team, left as they are: mail scanners open every link before its reader does.
     *
     * @throws Problem 410 for a link that is used, revoked or old
     */
    Invited look(Secret secret) {
        return jdbi.withHandle(handle -> look(handle, secret));
    }

    record Invited(Seat seat, Team team) {
        boolean isFor(Reader reader) {
            return EmailAddress.kept(reader.email())
                    .key()
                    .equals(EmailAddress.kept(seat.email()).key());
        }
    }

    private Invited look(Handle handle, Secret secret) {
        Seat seat = seats.invitation(handle, secret).orElseThrow(TakeSeat::over);
        if (seat.state(clock.instant()) != Seat.State.PENDING) throw over();
        return new Invited(seat, teams.find(handle, seat.teamId()).orElseThrow());
    }

    private static Problem over() {
        return Problem.gone("This invitation is used, taken back or older than " + Seats.INVITATION.toDays()
                + " days. Please ask your team’s manager for another.");
    }

    Outcome run(Secret secret, Reader reader) {
        return jdbi.inTransaction(handle -> {
            long teamId = look(handle, secret).team().id();
            teams.hold(handle, teamId);
            // Once more, now that nobody else changes it.
            Invited invited = look(handle, secret);
            if (!invited.isFor(reader)) return askInstead(handle, invited.team(), reader);
            seats.take(handle, invited.seat().id(), reader.id());
            seats.note(handle, invited.seat().id(), "taken", Optional.of(reader.id()), "");
            letters.welcome(handle, invited.team(), new TeamLetters.To(reader.email(), reader.name()));
            return new Outcome.Seated(invited.team());
        });
    }

    private Outcome askInstead(Handle handle, Team team, Reader reader) {
        EmailAddress email = EmailAddress.kept(reader.email());
        if (seats.of(handle, team.id(), email).isPresent()) return new Outcome.Already(team);
        ask.put(handle, team, reader, "forwarded", Optional.empty());
        return new Outcome.Asked(team);
    }
}
