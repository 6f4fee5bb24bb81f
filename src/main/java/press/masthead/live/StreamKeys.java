package press.masthead.live;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Secret;

/** The keys by which programs come in by RTMP: one for a session, kept as a hash, so that it is shown once. */
public final class StreamKeys {
    private final Jdbi jdbi;
    private final Clock clock;

    public StreamKeys(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Whose key it is; one whose maker has left is nobody's. */
    record Holder(long sessionId, long madeBy) {}

    /** A fresh one in the place of the old one, which is good no more from this moment on. */
    Secret renew(Handle handle, long session, long staff) {
        Secret fresh = Secret.fresh();
        handle.createUpdate("""
                        insert into live_stream_key (session_id, key_hash, made_by, made_at) values (:session, :hash, :staff, :now)
                        on conflict (session_id) do update set key_hash = excluded.key_hash, made_by = excluded.made_by,
                          made_at = excluded.made_at, trouble = '', trouble_at = null
                        """)
                .bind("session", session)
                .bind("hash", fresh.hash())
                .bind("staff", staff)
                .bind("now", clock.instant())
                .execute();
        return fresh;
    }

    Optional<Holder> holder(String key) {
        return Secret.read(key)
                .flatMap(secret -> jdbi.withHandle(handle -> handle.createQuery(
                                "select session_id, made_by from live_stream_key where key_hash = :hash and made_by is not null")
                        .bind("hash", secret.hash())
                        .mapTo(Holder.class)
                        .findOne()));
    }

    /** Why a program was turned away, or the empty text. */
    void trouble(long session, String sentence) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update live_stream_key set trouble = :sentence, trouble_at = :now where session_id = :session")
                .bind("sentence", sentence)
                .bind("now", clock.instant())
                .bind("session", session)
                .execute());
    }

    /** The newest trouble of a session's key; none where it has no key. */
    Optional<String> trouble(long session) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select trouble from live_stream_key where session_id = :session")
                        .bind("session", session)
                        .mapTo(String.class)
                        .findOne());
    }
}
