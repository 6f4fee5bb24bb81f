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

    /** Who watched, and for how many minutes. */
    record Watcher(String email, String name, int minutes) {}

    List<Watcher> of(long session, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select r.email, r.name, count(*)::int as minutes from live_minute m join reader r on r.id = m.reader_id
                        where m.session_id = :session and not exists (select from staff s where s.reader_id = r.id)
                        group by r.id order by count(*) desc, r.id limit :most
                        """)
                .bind("session", session)
                .bind("most", most)
                .mapTo(Watcher.class)
                .list());
    }
}
