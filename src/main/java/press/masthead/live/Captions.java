package press.masthead.live;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;
import press.masthead.broadcast.Playlists;
import press.masthead.platform.db.Notices;
import press.masthead.platform.web.Problem;

/** What is said in sessions: typed while they are live, and told to all who watch; uploaded afterwards. */
public final class Captions {
    private static final int MOST_LETTERS = 300;
    /** How long a typed line stays where no other follows. */
    private static final int STAYS_MS = 6_000;

    private final Jdbi jdbi;
    private final LiveSessions sessions;
    private final Playlists playlists;
    private final Clock clock;

    public Captions(Jdbi jdbi, LiveSessions sessions, Playlists playlists, Clock clock) {
        this.jdbi = jdbi;
        this.sessions = sessions;
        this.playlists = playlists;
        this.clock = clock;
    }

    /** A line as it was typed. */
    record Line(long id, Instant at, String words) {}

    /** Tells everyone who watches what was said just now. */
    void type(long session, String words) {
        if (words.isBlank()) throw Problem.invalid("Please write what is said first.");
        if (words.length() > MOST_LETTERS) throw Problem.invalid("Please keep a caption to 300 letters.");
        jdbi.useTransaction(handle -> {
            if (!sessions.hold(handle, session).orElseThrow().isLive())
                throw Problem.stale("Captions can be typed while the session is live.");
            long id = handle.createQuery("""
                            insert into live_caption (session_id, at, words) values (:session, :now, :words) returning id
                            """)
                    .bind("session", session)
                    .bind("now", clock.instant())
                    .bind("words", words)
                    .mapTo(Long.class)
                    .one();
            handle.createUpdate("insert into live_happening (session_id, caption_id, at) values (:session, :id, :now)")
                    .bind("session", session)
                    .bind("id", id)
                    .bind("now", clock.instant())
                    .execute();
            Notices.send(handle, Questions.CHANNEL, Long.toString(session));
        });
    }

    List<Line> these(long session, Collection<Long> ids) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, at, words from live_caption where session_id = :session and id = any(:ids) and at is not null order by id
                        """)
                .bind("session", session)
                .bindArray("ids", Long.class, ids)
                .mapTo(Line.class)
                .list());
    }

    /** The last line, as long as it is shown. */
    List<Line> now(long session) {
        Instant shown = clock.instant().minusMillis(STAYS_MS);
        return typed(session, 1).stream()
                .filter(line -> line.at().isAfter(shown))
                .toList();
    }

    /** What was typed, the last lines of it. */
    List<Line> typed(long session, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, at, words from live_caption where session_id = :session and at is not null order by id desc limit :most
                        """)
                        .bind("session", session)
                        .bind("most", most)
                        .mapTo(Line.class)
                        .list())
                .reversed();
    }

    /** Puts an uploaded transcript in the place of the one before. Times are of the recording as it is cut now. */
    void replace(LiveSession session, List<Cue> cues) {
        jdbi.useTransaction(handle -> {
            removeUploaded(handle, session.id());
            var batch = handle.prepareBatch("""
                    insert into live_caption (session_id, starts_ms, ends_ms, voice, words) values (:session, :starts, :ends, :voice, :words)
                    """);
            int cut = session.trimStart() * 1000;
            for (Cue cue : cues)
                batch.bind("session", session.id())
                        .bind("starts", cue.starts() + cut)
                        .bind("ends", (int) Math.min(Integer.MAX_VALUE, (long) cue.ends() + cut))
                        .bind("voice", cue.voice())
                        .bind("words", cue.words())
                        .add();
            batch.execute();
        });
    }

    void remove(long session) {
        jdbi.useTransaction(handle -> removeUploaded(handle, session));
    }

    private static void removeUploaded(Handle handle, long session) {
        handle.createUpdate("delete from live_caption where session_id = :session and starts_ms is not null")
                .bind("session", session)
                .execute();
    }

    private List<Cue> uploaded(long session) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select starts_ms as starts, ends_ms as ends, voice, words from live_caption
                        where session_id = :session and starts_ms is not null order by starts_ms, id
                        """)
                .bind("session", session)
                .mapTo(Cue.class)
                .list());
    }

    /** What kind of transcript a session has: none, typed or uploaded. */
    Optional<String> kind(long session) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select case when count(starts_ms) > 0 then 'uploaded' when count(*) > 0 then 'typed' end
                        from live_caption where session_id = :session
                        """)
                .bind("session", session)
                .mapTo(String.class)
                .findOne());
    }

    /** The transcript of a session that is over, in the recording as it is cut: the uploaded one, else what was typed. */
    List<Cue> of(LiveSession session, Answer.Open open) {
        List<Cue> uploaded = uploaded(session.id());
        List<Cue> whole = uploaded.isEmpty() ? placed(session.id()) : uploaded;
        return Cue.cut(whole, session.trimStart() * 1000L, length(session));
    }

    /** How long the recording is as it is cut, in milliseconds. */
    long length(LiveSession session) {
        return Math.max(
                0, Math.round((playlists.length(session.id()) - session.trimStart() - session.trimEnd()) * 1000));
    }

    /** Where in the recording a line stands is where it was typed; it stays until the next. */
    private List<Cue> placed(long session) {
        List<Line> lines = typed(session, 10_000);
        var cues = new ArrayList<Cue>();
        for (int n = 0; n < lines.size(); n++) {
            int starts = place(session, lines.get(n));
            int next = n + 1 < lines.size() ? place(session, lines.get(n + 1)) : Integer.MAX_VALUE;
            int ends = Math.clamp(next, starts + 500, starts + STAYS_MS);
            cues.add(new Cue(starts, ends, "", lines.get(n).words()));
        }
        return cues;
    }

    private int place(long session, Line line) {
        return (int) Math.round(playlists.place(session, line.at()) * 1000);
    }
}
