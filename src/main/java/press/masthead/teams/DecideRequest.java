package press.masthead.teams;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** A manager answers who asked for a seat: with one that is free, with one taken back for it, with one more bought, or with no. */
public final class DecideRequest {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Teams teams;
    private final Seats seats;
    private final Requests requests;
    private final FreeSeat freeSeat;
    private final AddSeats addSeats;
    private final TeamLetters letters;

    public DecideRequest(
            Jdbi jdbi,
            Clock clock,
            Teams teams,
            Seats seats,
            Requests requests,
            FreeSeat freeSeat,
            AddSeats addSeats,
            TeamLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.teams = teams;
        this.seats = seats;
        this.requests = requests;
        this.freeSeat = freeSeat;
        this.addSeats = addSeats;
        this.letters = letters;
    }

    /** Where the seat comes from. */
    sealed interface From {
        record Free() implements From {}

        /** Taken back from someone else. */
        record Another(long seat) implements From {}

        /** One more of the contract, at its price for the rest of the term. */
        record Bought() implements From {}
    }

    void grant(Team team, Reader manager, long requestId, From from) {
        jdbi.useTransaction(handle -> {
            teams.hold(handle, team.id());
            Requests.Request request = open(handle, team, requestId);
            switch (from) {
                case From.Free() -> {}
                case From.Another(long seat) -> {
                    if (request.seatId().filter(own -> own == seat).isPresent())
                        throw Problem.invalid("Please choose someone else’s seat.");
                    freeSeat.free(handle, team, manager, seat, "given to " + request.shownName());
                }
                case From.Bought() -> addSeats.bySelf(handle, team, manager, 1);
            }
            seat(handle, team, manager, request);
            requests.decide(handle, requestId, Optional.of(manager.id()), true);
            letters.granted(handle, team, new TeamLetters.To(request.email(), request.name()));
        });
    }

    private void seat(Handle handle, Team team, Reader manager, Requests.Request request) {
        EmailAddress email = EmailAddress.kept(request.email());
        Optional<Seat> own = seats.of(handle, team.id(), email);
        Seat.State state = own.map(seat -> seat.state(clock.instant())).orElse(Seat.State.ENDED);
        Optional<Long> by = Optional.of(manager.id());
        switch (state) {
            case TAKEN -> {}
            case PENDING -> {
                long invited = own.orElseThrow().id();
                seats.take(handle, invited, request.readerId());
                seats.note(handle, invited, "taken", by, "asked for it");
            }
            case COURTESY -> {
                if (seats.room(handle, team.id()).isFull()) throw Invite.full();
                seats.keep(handle, own.orElseThrow().id());
                seats.note(handle, own.orElseThrow().id(), "kept", by, "asked for it");
            }
            case EXPIRED, ENDED -> {
                if (seats.room(handle, team.id()).isFull()) throw Invite.full();
                own.ifPresent(old -> seats.end(handle, old.id()));
                long given = seats.give(handle, team.id(), email, request.readerId(), "request", Optional.empty());
                seats.note(handle, given, "taken", by, "asked for it");
            }
        }
    }

    /** They read on to the end of their week all the same. */
    void refuse(Team team, Reader manager, long requestId) {
        jdbi.useTransaction(handle -> {
            teams.hold(handle, team.id());
            Requests.Request request = open(handle, team, requestId);
            requests.decide(handle, requestId, Optional.of(manager.id()), false);
            letters.refused(
                    handle,
                    team,
                    new TeamLetters.To(request.email(), request.name()),
                    request.courtesyUntil().filter(until -> until.isAfter(clock.instant())));
        });
    }

    private Requests.Request open(Handle handle, Team team, long requestId) {
        Requests.Request request = requests.find(handle, team.id(), requestId)
                .orElseThrow(() -> Problem.notFound("Nobody has asked your team that."));
        if (request.decidedAt().isPresent()) throw Problem.stale("This was decided already.");
        return request;
    }
}
