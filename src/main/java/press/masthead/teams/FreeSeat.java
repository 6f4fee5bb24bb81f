package press.masthead.teams;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** A manager revokes an invitation, takes a seat back, or hands it on to a colleague: at once, with who and why. */
public final class FreeSeat {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Teams teams;
    private final Seats seats;
    private final Invite invite;
    private final TeamLetters letters;

    public FreeSeat(Jdbi jdbi, Clock clock, Teams teams, Seats seats, Invite invite, TeamLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.teams = teams;
        this.seats = seats;
        this.invite = invite;
        this.letters = letters;
    }

    /** An open invitation ends without a word; someone who sits is told. Returns the seat as it was. */
    Seat run(Team team, Reader manager, long seatId, String why) {
        return jdbi.inTransaction(handle -> {
            teams.hold(handle, team.id());
            return free(handle, team, manager, seatId, why);
        });
    }

    Seat free(Handle handle, Team team, Reader manager, long seatId, String why) {
        Seat seat = seats.find(handle, team.id(), seatId).orElseThrow(Invite::unknown);
        switch (seat.state(clock.instant())) {
            case ENDED -> throw Problem.stale("This seat was taken back before.");
            case PENDING, EXPIRED -> {
                seats.end(handle, seat.id());
                seats.note(handle, seat.id(), "revoked", Optional.of(manager.id()), why);
            }
            case TAKEN, COURTESY -> {
                seats.end(handle, seat.id());
                seats.note(handle, seat.id(), "taken_back", Optional.of(manager.id()), why);
                letters.takenBack(handle, team, new TeamLetters.To(seat.email(), seat.name()));
            }
        }
        return seat;
    }

    /** The seat ends for one and is held for the other, who gets an invitation. */
    void handOn(Team team, Reader manager, long seatId, EmailAddress to, String why) {
        jdbi.useTransaction(handle -> {
            teams.hold(handle, team.id());
            if (seats.of(handle, team.id(), to).isPresent())
                throw Problem.invalid("This person has a seat or an invitation already.");
            Seat before = free(handle, team, manager, seatId, why.isBlank() ? "handed on" : why);
            // A courtesy seat is nobody's to hand on.
            if (seats.room(handle, team.id()).isFull()) throw Invite.full();
            seats.note(handle, before.id(), "handed_on", Optional.of(manager.id()), "");
            invite.one(handle, team, manager, to, "handed_on", "follows seat " + before.id());
        });
    }
}
