package press.masthead.teams;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Who asks for a seat, and what a manager decided. */
public final class Requests {
    private static final String SELECT = """
            select q.id, q.team_id, q.reader_id, r.email, r.name, q.seat_id, s.courtesy_until, q.why, q.asked_at, q.decided_at, q.granted
            from seat_request q join reader r on r.id = q.reader_id left join seat s on s.id = q.seat_id
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Requests(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * One person's question.
     *
     * @param why {@code full}, {@code approval} or {@code forwarded}
     * @param seatId the courtesy seat that they read on meanwhile
     */
    record Request(
            long id,
            long teamId,
            long readerId,
            String email,
            String name,
            Optional<Long> seatId,
            Optional<Instant> courtesyUntil,
            String why,
            Instant askedAt,
            Optional<Instant> decidedAt,
            Optional<Boolean> granted) {
        String shownName() {
            return name.isBlank() ? email : name;
        }
    }

    /** Empty when they have asked and nobody has decided yet. */
    Optional<Long> ask(Handle handle, long team, long reader, String why, Optional<Long> seat) {
        return handle.createQuery("""
                        insert into seat_request (team_id, reader_id, seat_id, why, asked_at)
                        values (:team, :reader, :seat, :why, :now)
                        on conflict (team_id, reader_id) where decided_at is null do nothing returning id
                        """)
                .bind("team", team)
                .bind("reader", reader)
                .bind("seat", seat)
                .bind("why", why)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .findOne();
    }

    List<Request> open(long team) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        SELECT + "where q.team_id = :team and q.decided_at is null order by q.asked_at, q.id")
                .bind("team", team)
                .mapTo(Request.class)
                .list());
    }

    /** One of this team's; a number that is another's is nobody's. */
    Optional<Request> find(Handle handle, long team, long request) {
        return handle.createQuery(SELECT + "where q.team_id = :team and q.id = :request")
                .bind("team", team)
                .bind("request", request)
                .mapTo(Request.class)
                .findOne();
    }

    Optional<Request> find(long team, long request) {
        return jdbi.withHandle(handle -> find(handle, team, request));
    }

    void decide(Handle handle, long request, Optional<Long> by, boolean granted) {
        handle.createUpdate("""
                        update seat_request set decided_at = :now, decided_by = :by, granted = :granted
                        where id = :request and decided_at is null
                        """)
                .bind("request", request)
                .bind("by", by)
                .bind("granted", granted)
                .bind("now", clock.instant())
                .execute();
    }
}
