package press.masthead.live;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/** In which minutes someone's player fetched pictures or sound: gathered in memory, written every few seconds, on each node its own. */
public final class Attendance {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Set<Minute> gathered = ConcurrentHashMap.newKeySet();

    private record Minute(long session, long reader, Instant at) {}

    public Attendance(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @param reader 0 for a visitor, who is not counted */
    public void watched(long session, long reader) {
        if (reader != 0)
            gathered.add(new Minute(session, reader, clock.instant().truncatedTo(ChronoUnit.MINUTES)));
    }

    /** Writes down what has gathered; for the timetable. */
    public void write() {
        var taken = new ArrayList<Minute>();
        for (Minute minute : gathered) if (gathered.remove(minute)) taken.add(minute);
        if (taken.isEmpty()) return;
        try {
            jdbi.useHandle(handle -> {
                var batch = handle.prepareBatch("""
                        insert into live_minute (session_id, reader_id, minute)
                        select s.id, r.id, :at from live_session s, reader r where s.id = :session and r.id = :reader
                        on conflict do nothing
                        """);
                for (Minute one : taken)
                    batch.bind("session", one.session())
                            .bind("reader", one.reader())
                            .bind("at", one.at())
                            .add();
                batch.execute();
            });
        } catch (RuntimeException databaseAway) {
            gathered.addAll(taken);
            throw databaseAway;
        }
    }

    /**
     * Who watched, and for how many minutes: each minute once, however many windows were open and however much was fetched in it.
     *
     * @param live of them, while the session ran
     * @param team by whose seat; may be empty
     */
    record Watcher(String email, String name, String team, int live, int minutes) {
        int later() {
            return minutes - live;
        }
    }

    List<Watcher> of(long session, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.email, r.name,
                               coalesce((select t.name from seat e join team t on t.id = e.team_id
                                 where e.reader_id = r.id and e.ended_at is null and e.taken_at is not null limit 1), '') as team,
                               count(*) filter (where m.minute >= date_trunc('minute', s.began_at)
                                 and (s.ended_at is null or m.minute <= s.ended_at))::int as live,
                               count(*)::int as minutes
                        from live_minute m join reader r on r.id = m.reader_id join live_session s on s.id = m.session_id
                        where m.session_id = :session and not exists (select from staff f where f.reader_id = r.id)
                        group by r.id order by count(*) desc, r.id limit :most
                        """)
                .bind("session", session)
                .bind("most", most)
                .mapTo(Watcher.class)
                .list());
    }
}
