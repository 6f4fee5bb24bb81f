package press.masthead.desk;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Who changed what about the newsroom itself: its people, its subjects. Only added to; stories have a log of their own. */
public final class Audit {
    private final Jdbi jdbi;
    private final Clock clock;

    public Audit(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Writes it down in the transaction that does it.
     *
     * @param what completes the sentence that begins with a name: {@code invited rae@example.org as reporter}
     */
    public void note(Handle handle, long by, String what) {
        handle.createUpdate("insert into audit_event (at, by, what) values (:now, :by, :what)")
                .bind("now", clock.instant())
                .bind("by", by)
                .bind("what", what)
                .execute();
    }

    record Entry(Instant at, Optional<String> by, String what) {
        String sentence() {
            return by.orElse("Someone") + " " + what;
        }
    }

    /** The last of them, newest first. */
    List<Entry> latest(int most) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select e.at, coalesce(nullif(r.name, ''), r.email) as by, e.what
                        from audit_event e left join reader r on r.id = e.by
                        order by e.id desc limit :most
                        """).bind("most", most).mapTo(Entry.class).list());
    }
}
