package press.masthead.teams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;

/** Seats and what happened to each. Whoever changes one holds the team first, so that there are never more than were bought. */
public final class Seats {
    /** How long an invitation holds its seat. */
    static final Duration INVITATION = Duration.ofDays(30);

    private static final String SELECT = """
            select s.id, s.team_id, s.email, s.email_key, coalesce(r.name, '') as name, s.reader_id, s.came_by, s.created_at, s.sent_at,
                   s.expires_at, s.taken_at, s.courtesy_until, s.ended_at, s.last_read
            from seat s left join reader r on r.id = s.reader_id
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Seats(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    Room room(long team) {
        return jdbi.withHandle(handle -> room(handle, team));
    }

    Room room(Handle handle, long team) {
        return handle.createQuery("""
                        select coalesce((select seats from contract where team_id = :team and since <= :now and until > :now
                                         order by since desc limit 1), 0) as bought,
                               count(*) filter (where taken_at is not null and courtesy_until is null) as used,
                               count(*) filter (where taken_at is null and expires_at > :now) as pending,
                               count(*) filter (where courtesy_until > :now) as courtesy
                        from seat where team_id = :team and ended_at is null
                        """)
                .bind("team", team)
                .bind("now", clock.instant())
                .mapTo(Room.class)
                .one();
    }

    /**
     * Those who sit or are invited, in the order of their addresses, after the one given.
     *
     * @param words that the name or the address must contain; empty for all
     */
    List<Seat> open(long team, String words, String after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        where s.team_id = :team and s.ended_at is null and s.email_key > :after
                          and (:words = '' or position(lower(:words) in lower(s.email || ' ' || coalesce(r.name, ''))) > 0)
                        order by s.email_key limit :most
                        """)
                .bind("team", team)
                .bind("after", after)
                .bind("words", words)
                .bind("most", most)
                .mapTo(Seat.class)
                .list());
    }

    /** Who sits on a seat of the contract, those who have read least lately first. */
    List<Seat> leastRead(long team, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        where s.team_id = :team and s.ended_at is null and s.taken_at is not null and s.courtesy_until is null
                        order by s.last_read nulls first, s.taken_at limit :most
                        """)
                .bind("team", team)
                .bind("most", most)
                .mapTo(Seat.class)
                .list());
    }

    /** One of this team's; a number that is another's is nobody's. */
    Optional<Seat> find(Handle handle, long team, long seat) {
        return handle.createQuery(SELECT + "where s.team_id = :team and s.id = :seat")
                .bind("team", team)
                .bind("seat", seat)
                .mapTo(Seat.class)
                .findOne();
    }

    Optional<Seat> find(long team, long seat) {
        return jdbi.withHandle(handle -> find(handle, team, seat));
    }

    /** The open seat of this address on this team. */
    Optional<Seat> of(Handle handle, long team, EmailAddress email) {
        return handle.createQuery(SELECT + "where s.team_id = :team and s.email_key = :key and s.ended_at is null")
                .bind("team", team)
                .bind("key", email.key())
                .mapTo(Seat.class)
                .findOne();
    }

    /** The seats that this reader sits on, with the team's name. */
    record Sat(long seatId, long teamId, String team, String zone, Optional<Instant> courtesyUntil) {}

    List<Sat> satOn(long reader) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select s.id as seat_id, t.id as team_id, t.name as team, t.zone, s.courtesy_until from seat s join team t on t.id = s.team_id
                        where s.reader_id = :reader and s.ended_at is null and s.taken_at is not null order by s.id
                        """).bind("reader", reader).mapTo(Sat.class).list());
    }

    Optional<Seat> invitation(Handle handle, Secret secret) {
        return handle.createQuery(SELECT + "where s.token_hash = :hash")
                .bind("hash", secret.hash())
                .mapTo(Seat.class)
                .findOne();
    }

    Optional<Seat> invitation(Secret secret) {
        return jdbi.withHandle(handle -> invitation(handle, secret));
    }

    /** Holds a seat for the address. Empty when the address has one here already. */
    Optional<Long> invite(Handle handle, long team, EmailAddress email, Secret secret, String cameBy) {
        return handle.createQuery("""
                        insert into seat (team_id, email, email_key, came_by, created_at, sent_at, token_hash, expires_at)
                        values (:team, :email, :key, :by, :now, :now, :hash, :until)
                        on conflict (team_id, email_key) where ended_at is null do nothing returning id
                        """)
                .bind("team", team)
                .bind("email", email.typed())
                .bind("key", email.key())
                .bind("by", cameBy)
                .bind("now", clock.instant())
                .bind("hash", secret.hash())
                .bind("until", clock.instant().plus(INVITATION))
                .mapTo(Long.class)
                .findOne();
    }

    /** The invitation under a fresh secret, for another 30 days; the link before it is worth nothing any more. */
    void renew(Handle handle, long seat, Secret secret) {
        handle.createUpdate("""
                        update seat set token_hash = :hash, sent_at = :now, expires_at = :until where id = :seat
                        """)
                .bind("seat", seat)
                .bind("hash", secret.hash())
                .bind("now", clock.instant())
                .bind("until", clock.instant().plus(INVITATION))
                .execute();
    }

    /** The invited one sits down; the link is used up. */
    void take(Handle handle, long seat, long reader) {
        handle.createUpdate("""
                        update seat set reader_id = :reader, taken_at = :now, token_hash = null, expires_at = null where id = :seat
                        """)
                .bind("seat", seat)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .execute();
    }

    /** Someone sits down without an invitation; with an end, on a courtesy seat. */
    long give(
            Handle handle, long team, EmailAddress email, long reader, String cameBy, Optional<Instant> courtesyUntil) {
        return handle.createQuery("""
                        insert into seat (team_id, email, email_key, reader_id, came_by, created_at, taken_at, courtesy_until)
                        values (:team, :email, :key, :reader, :by, :now, :now, :until) returning id
                        """)
                .bind("team", team)
                .bind("email", email.typed())
                .bind("key", email.key())
                .bind("reader", reader)
                .bind("by", cameBy)
                .bind("now", clock.instant())
                .bind("until", courtesyUntil)
                .mapTo(Long.class)
                .one();
    }

    /** A courtesy seat becomes one of the contract's. */
    void keep(Handle handle, long seat) {
        handle.createUpdate("update seat set courtesy_until = null where id = :seat and ended_at is null")
                .bind("seat", seat)
                .execute();
    }

    /** Ends it at once; its link, if one is out, opens nothing any more. */
    void end(Handle handle, long seat) {
        handle.createUpdate("update seat set ended_at = :now, token_hash = null where id = :seat and ended_at is null")
                .bind("seat", seat)
                .bind("now", clock.instant())
                .execute();
    }

    /** Whether this reader sat on a courtesy seat of the team since the moment. */
    boolean hadCourtesy(Handle handle, long team, long reader, Instant since) {
        return handle.createQuery("""
                        select exists (select from seat s join seat_event e on e.seat_id = s.id
                                       where s.reader_id = :reader and s.team_id = :team and e.what = 'courtesy' and e.at > :since)
                        """)
                .bind("team", team)
                .bind("reader", reader)
                .bind("since", since)
                .mapTo(Boolean.class)
                .one();
    }

    /** Writes down what happened; {@code by} is whoever did it, empty for the timetable. */
    void note(Handle handle, long seat, String what, Optional<Long> by, String note) {
        handle.createUpdate("""
                        insert into seat_event (seat_id, at, by, what, note) values (:seat, :now, :by, :what, :note)
                        """)
                .bind("seat", seat)
                .bind("now", clock.instant())
                .bind("by", by)
                .bind("what", what)
                .bind("note", note)
                .execute();
    }

    /** @param by empty for the timetable and for people who have gone */
    record Event(Instant at, String by, String what, String note) {}

    /** What happened to a seat, the newest first. */
    List<Event> history(long seat) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select e.at, coalesce(nullif(r.name, ''), r.email, '') as by, e.what, e.note
                        from seat_event e left join reader r on r.id = e.by where e.seat_id = :seat order by e.id desc
                        """).bind("seat", seat).mapTo(Event.class).list());
    }

    /** Who sat here before, the latest first: who, and why it ended. */
    List<Seat> former(long team, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        where s.team_id = :team and s.ended_at is not null and s.email <> '' order by s.ended_at desc limit :most
                        """)
                .bind("team", team)
                .bind("most", most)
                .mapTo(Seat.class)
                .list());
    }
}
