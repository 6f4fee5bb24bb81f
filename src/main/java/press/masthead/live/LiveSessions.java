package press.masthead.live;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;
import press.masthead.broadcast.Playlists;
import press.masthead.platform.db.Notices;

/** All live sessions. */
public final class LiveSessions {
    private static final String ALL = """
            select id, slug, title, announcement, starts_at, zone, access, plans, anonymous, hold_first, state,
                   trim_start, trim_end, began_at, ended_at, outside
            from live_session
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public LiveSessions(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Drafts are found for the newsroom alone. */
    Optional<LiveSession> find(String slug, boolean drafts) {
        return jdbi.withHandle(
                handle -> handle.createQuery(ALL + "where slug = :slug and (state <> 'draft' or :drafts)")
                        .bind("slug", slug)
                        .bind("drafts", drafts)
                        .mapTo(LiveSession.class)
                        .findOne());
    }

    /** Those of these numbers that everyone may know of. */
    public List<LiveSession> these(Collection<Long> ids) {
        if (ids.isEmpty()) return List.of();
        return jdbi.withHandle(handle -> handle.createQuery(ALL + "where id = any(:ids) and state <> 'draft'")
                .bindArray("ids", Long.class, ids)
                .mapTo(LiveSession.class)
                .list());
    }

    /** The paths of those that are announced, the newest first: for search engines. */
    public List<String> paths() {
        return jdbi.withHandle(
                handle -> handle.createQuery(ALL + "where state <> 'draft' order by starts_at desc limit 500")
                        .mapTo(LiveSession.class)
                        .map(LiveSession::path)
                        .list());
    }

    private record Said(long id, String words) {}

    /** What was asked, answered and said, of sessions that someone may watch. */
    public Map<Long, String> said(Map<Long, Answer.Open> passes) {
        if (passes.isEmpty()) return Map.of();
        return jdbi
                .withHandle(handle -> handle.createQuery(
                                "select id, live_said(id) as words from live_session where id = any(:ids)")
                        .bindArray("ids", Long.class, passes.keySet())
                        .mapTo(Said.class)
                        .list())
                .stream()
                .collect(Collectors.toMap(Said::id, Said::words));
    }

    Optional<LiveSession> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(ALL + "where id = :id")
                .bind("id", id)
                .mapTo(LiveSession.class)
                .findOne());
    }

    /** The same, its row locked: whatever is told to those who watch is written behind this, and so in order. */
    Optional<LiveSession> hold(Handle handle, long id) {
        return handle.createQuery(ALL + "where id = :id for no key update")
                .bind("id", id)
                .mapTo(LiveSession.class)
                .findOne();
    }

    /** How much of a session is shown at this moment. */
    public Optional<Playlists.Cut> cut(long id) {
        return find(id).map(LiveSession::cut);
    }

    /** What is live or still to come, the next one first. */
    List<LiveSession> coming(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        ALL
                                + "where state in ('announced', 'live') order by state = 'live' desc, starts_at, id limit :most")
                .bind("most", most)
                .mapTo(LiveSession.class)
                .list());
    }

    /** What is over, the last one first. */
    List<LiveSession> past(int most) {
        return jdbi.withHandle(
                handle -> handle.createQuery(ALL + "where state = 'ended' order by starts_at desc, id desc limit :most")
                        .bind("most", most)
                        .mapTo(LiveSession.class)
                        .list());
    }

    List<LiveSession> all(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        ALL + "order by state = 'live' desc, state = 'ended', starts_at desc, id desc limit :most")
                .bind("most", most)
                .mapTo(LiveSession.class)
                .list());
    }

    /** Writes a new one down, as a draft; none where the address is another's. */
    Optional<Long> add(SessionForm.Read form, String slug) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into live_session (slug, title, announcement, starts_at, zone, access, plans, anonymous, hold_first, outside, created_at)
                        values (:address, :title, :announcement, :startsAt, :zone, :access, :plans, :anonymous, :holdFirst, :outside, :now)
                        on conflict (slug) do nothing returning id
                        """)
                .bindMethods(form)
                .bindArray("plans", String.class, form.plans())
                .bind("address", slug)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .findOne());
    }

    void change(long id, SessionForm.Read form) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update live_session set title = :title, announcement = :announcement, starts_at = :startsAt, zone = :zone,
                          access = :access, plans = :plans, anonymous = :anonymous, hold_first = :holdFirst, outside = :outside where id = :id
                        """)
                .bindMethods(form)
                .bindArray("plans", String.class, form.plans())
                .bind("id", id)
                .execute());
    }

    void announce(long id) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update live_session set state = 'announced' where id = :id and state = 'draft'")
                .bind("id", id)
                .execute());
    }

    void begin(Handle handle, long id) {
        handle.createUpdate(
                        "update live_session set state = 'live', began_at = coalesce(began_at, :now) where id = :id")
                .bind("now", clock.instant())
                .bind("id", id)
                .execute();
    }

    void end(Handle handle, long id) {
        handle.createUpdate("update live_session set state = 'ended', ended_at = :now where id = :id")
                .bind("now", clock.instant())
                .bind("id", id)
                .execute();
    }

    void trim(long id, int start, int end) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("update live_session set trim_start = :start, trim_end = :end where id = :id")
                    .bind("start", start)
                    .bind("end", end)
                    .bind("id", id)
                    .execute();
            Notices.send(handle, Questions.CHANNEL, Long.toString(id));
        });
    }

    boolean remove(long id) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("delete from live_session where id = :id and state = 'draft'")
                                .bind("id", id)
                                .execute()
                        == 1);
    }
}
