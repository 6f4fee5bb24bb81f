package press.masthead.teams;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Closes courtesy seats whose week is over. Access has ended by itself by then; this writes it down and says so, once. */
public final class EndCourtesies implements Runnable {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Teams teams;
    private final Seats seats;
    private final TeamLetters letters;

    public EndCourtesies(Jdbi jdbi, Clock clock, Teams teams, Seats seats, TeamLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.teams = teams;
        this.seats = seats;
        this.letters = letters;
    }

    private record Over(long id, long teamId, String email, boolean told) {}

    @Override
    public void run() {
        while (jdbi.inTransaction(this::next)) {}
    }

    private boolean next(Handle handle) {
        Optional<Over> over = handle.createQuery("""
                        select s.id, s.team_id, s.email,
                               exists (select from seat_request q where q.seat_id = s.id and q.decided_at is not null) as told
                        from seat s where s.ended_at is null and s.courtesy_until <= :now
                        order by s.courtesy_until limit 1 for update of s skip locked
                        """)
                .bind("now", clock.instant())
                .mapTo(Over.class)
                .findOne();
        over.ifPresent(seat -> {
            seats.end(handle, seat.id());
            seats.note(handle, seat.id(), "courtesy_over", Optional.empty(), "");
            Team team = teams.find(handle, seat.teamId()).orElseThrow();
            if (!seat.told()) letters.courtesyOver(handle, team, new TeamLetters.To(seat.email(), ""));
        });
        return over.isPresent();
    }
}
