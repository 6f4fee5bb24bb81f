package press.masthead.teams;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * How much a team reads, month by month on its own calendar: how many of its people read, and how many pieces of each kind. It is kept that
 * somebody read in a month, and how much all read together; never who read what. Opens gather in memory and are written every few
 * seconds, on each node its own.
 */
public final class Usage {
    /** Fewer readers than this in a month are not told apart: what few read would be what one reads. */
    static final int FEWEST = 5;

    private static final int MOST_WAITING = 100_000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Queue<Opened> gathered = new ConcurrentLinkedQueue<>();
    private final Map<Opened, Boolean> lately = new ConcurrentHashMap<>();

    public Usage(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Opened(long reader, String slug) {}

    /** Someone who is signed in opened a story; the same again within a few seconds is one. */
    public void opened(long reader, String slug) {
        var opened = new Opened(reader, slug);
        if (lately.size() < MOST_WAITING && lately.putIfAbsent(opened, true) == null) gathered.add(opened);
    }

    /** Writes down what has gathered; whoever sits on no seat, and what is no story, is dropped here. For the timetable. */
    public void write() {
        lately.clear();
        var taken = new ArrayList<Opened>();
        for (Opened next; (next = gathered.poll()) != null; ) taken.add(next);
        if (taken.isEmpty()) return;
        try {
            jdbi.useTransaction(handle -> write(handle, taken));
        } catch (RuntimeException databaseAway) {
            gathered.addAll(taken);
            throw databaseAway;
        }
    }

    private void write(Handle handle, List<Opened> taken) {
        handle.createUpdate("""
                        with read as (
                          select s.team_id, s.id as seat_id, st.kind,
                                 cast(date_trunc('month', cast(:now as timestamptz) at time zone t.zone) as date) as month
                          from unnest(:readers, :slugs) as o (reader_id, slug)
                          join seat s on s.reader_id = o.reader_id and s.ended_at is null and s.taken_at is not null
                          join team t on t.id = s.team_id
                          join story st on st.slug = o.slug and st.state = 'published' and st.kind <> 'page'),
                        months as (
                          insert into seat_month (team_id, month, seat_id) select distinct team_id, month, seat_id from read
                          order by 1, 2, 3 on conflict do nothing),
                        marks as (
                          update seat s set last_read = r.month from (select distinct seat_id, month from read) r
                          where s.id = r.seat_id and s.last_read is distinct from r.month)
                        insert into team_month (team_id, month, kind, pieces)
                        select team_id, month, kind, count(*) from read group by 1, 2, 3 order by 1, 2, 3
                        on conflict (team_id, month, kind) do update set pieces = team_month.pieces + excluded.pieces
                        """)
                .bind("now", clock.instant())
                .bindArray(
                        "readers",
                        Long.class,
                        taken.stream().map(Opened::reader).toList())
                .bindArray(
                        "slugs", String.class, taken.stream().map(Opened::slug).toList())
                .execute();
    }

    /**
     * One month of a team.
     *
     * @param used seats that someone sat on at the month's end, or sits on now
     * @param active of them, who read; -1 when they are too few to be told
     * @param pieces read, by kind; empty when too few read
     */
    record Month(YearMonth month, long used, long active, Map<String, Long> pieces) {
        boolean isHidden() {
            return active < 0;
        }

        long all() {
            return pieces.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * A live session, and how much of it the team's own people watched.
     *
     * @param people how many did; -1 where they are too few to be told
     * @param minutes of all together; 0 where they are too few
     */
    record Session(String title, Instant startsAt, long people, long minutes) {
        boolean isHidden() {
            return people < 0;
        }

        private Session told() {
            return people > 0 && people < FEWEST ? new Session(title, startsAt, -1, 0) : this;
        }
    }

    /** The sessions that people on this team's seats watched, while they sat there; the last first. */
    List<Session> sessions(Team team, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.title, s.starts_at, count(distinct m.reader_id) as people, count(distinct (m.reader_id, m.minute)) as minutes
                        from seat e join live_minute m on m.reader_id = e.reader_id and m.minute >= date_trunc('minute', e.taken_at)
                             and (e.ended_at is null or m.minute < e.ended_at)
                        join live_session s on s.id = m.session_id
                        where e.team_id = :team group by s.id order by s.starts_at desc, s.id desc limit :most
                        """)
                .bind("team", team.id())
                .bind("most", most)
                .mapTo(Session.class)
                .map(Session::told)
                .list());
    }

    private record Counted(LocalDate month, long used, long active) {}

    private record Pieces(LocalDate month, String kind, long pieces) {}

    /** The last months, the oldest first; at most as many as the team has been there for. */
    List<Month> months(Team team, int most) {
        return jdbi.withHandle(handle -> {
            Map<LocalDate, Map<String, Long>> pieces = handle
                    .createQuery("""
                            select month, kind, pieces from team_month
                            where team_id = :team and month > cast(:now as timestamptz) - make_interval(months => :most)
                            """)
                    .bind("team", team.id())
                    .bind("now", clock.instant())
                    .bind("most", most)
                    .mapTo(Pieces.class)
                    .stream()
                    .collect(Collectors.groupingBy(
                            Pieces::month, Collectors.toMap(Pieces::kind, Pieces::pieces, Long::sum, TreeMap::new)));
            return handle.createQuery("""
                            with months as (
                              select cast(m as date) as month, (m + interval '1 month') at time zone :zone as ends
                              from generate_series(
                                greatest(date_trunc('month', cast(:now as timestamptz) at time zone :zone) - make_interval(months => :most - 1),
                                         date_trunc('month', (select created_at from team where id = :team) at time zone :zone)),
                                date_trunc('month', cast(:now as timestamptz) at time zone :zone), interval '1 month') m)
                            select m.month,
                              (select count(*) from seat s where s.team_id = :team and s.taken_at < m.ends
                                 and (s.ended_at is null or s.ended_at >= least(m.ends, :now))) as used,
                              (select count(*) from seat_month r where r.team_id = :team and r.month = m.month) as active
                            from months m order by m.month
                            """)
                    .bind("team", team.id())
                    .bind("zone", team.zone())
                    .bind("now", clock.instant())
                    .bind("most", most)
                    .mapTo(Counted.class)
                    .map(counted -> month(counted, pieces.getOrDefault(counted.month(), Map.of())))
                    .list();
        });
    }

    private static Month month(Counted counted, Map<String, Long> pieces) {
        YearMonth month = YearMonth.from(counted.month());
        if (counted.active() > 0 && counted.active() < FEWEST) return new Month(month, counted.used(), -1, Map.of());
        return new Month(month, counted.used(), counted.active(), pieces);
    }
}
