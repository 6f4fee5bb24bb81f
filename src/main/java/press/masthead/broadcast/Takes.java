package press.masthead.broadcast;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** All takes. */
final class Takes {
    private static final String COLUMNS =
            "select id, session_id, state, next_part, received, round, beat_at, opened_at, form from live_take ";

    private final Jdbi jdbi;
    private final Clock clock;

    Takes(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A new one of this node's; those of the session before it take nothing more. */
    Take open(long session, long by, UUID node, String form) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("update live_take set state = 'closed' where session_id = :session and state = 'open'")
                    .bind("session", session)
                    .execute();
            return handle.createQuery("""
                            insert into live_take (session_id, by, node, beat_at, heard_at, opened_at, form)
                            values (:session, :by, :node, :now, :now, :now, :form)
                            returning id, session_id, state, next_part, received, round, beat_at, opened_at, form
                            """)
                    .bind("session", session)
                    .bind("by", by)
                    .bind("form", form)
                    .bind("node", node)
                    .bind("now", clock.instant())
                    .mapTo(Take.class)
                    .one();
        });
    }

    Optional<Take> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + "where id = :id")
                .bind("id", id)
                .mapTo(Take.class)
                .findOne());
    }

    Optional<Take> hold(Handle handle, long session, long id) {
        return handle.createQuery(COLUMNS + "where id = :id and session_id = :session for no key update")
                .bind("id", id)
                .bind("session", session)
                .mapTo(Take.class)
                .findOne();
    }

    void received(Handle handle, long id, long bytes) {
        handle.createUpdate(
                        "update live_take set received = received + :bytes, next_part = next_part + 1, heard_at = :now where id = :id")
                .bind("now", clock.instant())
                .bind("bytes", bytes)
                .bind("id", id)
                .execute();
    }

    List<Take> of(long session) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        COLUMNS + "where session_id = :session and state <> 'unreadable' order by id")
                .bind("session", session)
                .mapTo(Take.class)
                .list());
    }

    /** Those that something came of, whatever became of them, the newest first. */
    List<Take> last(long session, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        COLUMNS + "where session_id = :session and received > 0 order by id desc limit :most")
                .bind("session", session)
                .bind("most", most)
                .mapTo(Take.class)
                .list());
    }

    /** Says that its pictures are still being made; how it stands. None where another node has it. */
    Optional<Take> beat(long id, UUID node) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update live_take set beat_at = :now where id = :id and node = :node
                        returning id, session_id, state, next_part, received, round, beat_at, opened_at, form
                        """)
                .bind("id", id)
                .bind("node", node)
                .bind("now", clock.instant())
                .mapTo(Take.class)
                .findOne());
    }

    /** Whose take is open, where a part of it came a moment ago. */
    Optional<Broadcast.OnAir> onAir(long session, Duration silence) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select coalesce(by, 0) as by, form from live_take where session_id = :session and state = 'open'
                          and heard_at > :after order by id desc limit 1
                        """)
                .bind("session", session)
                .bind("after", clock.instant().minus(silence))
                .mapTo(Broadcast.OnAir.class)
                .findOne());
    }

    void close(long session) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update live_take set state = 'closed' where session_id = :session and state = 'open'")
                .bind("session", session)
                .execute());
    }

    void settle(long id, UUID node, String state) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update live_take set state = :state where id = :id and node = :node and state = 'closed'")
                .bind("id", id)
                .bind("node", node)
                .bind("state", state)
                .execute());
    }

    /** Takes over one that nothing more comes for and nobody makes pictures of: they are made anew, from all that was received. */
    Optional<Take> adopt(UUID node, Duration silence) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update live_take set node = :node, beat_at = :now, round = round + 1 where id = (
                          select id from live_take where state = 'closed' and beat_at < :before order by beat_at limit 1 for update skip locked)
                        returning id, session_id, state, next_part, received, round, beat_at, opened_at, form
                        """)
                .bind("node", node)
                .bind("now", clock.instant())
                .bind("before", clock.instant().minus(silence))
                .mapTo(Take.class)
                .findOne());
    }
}
