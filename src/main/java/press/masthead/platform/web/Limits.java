package press.masthead.platform.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** "At most n in a window", counted in rows so that every node counts together. */
public final class Limits {
    private final Jdbi jdbi;
    private final Clock clock;

    public Limits(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Counts one more for the subject and refuses when that is too many.
     *
     * @param subject what is limited and for whom, such as {@code signin:203.0.113.7}
     * @param most how many a window allows
     * @param window its length; windows begin at multiples of it
     * @throws Problem with status 429 past the limit
     */
    public void spend(String subject, int most, Duration window) {
        if (!allows(subject, most, window))
            throw tooMany(Duration.ofMillis(window.toMillis() - clock.millis() % window.toMillis()));
    }

    private static Problem tooMany(Duration wait) {
        long minutes = wait.plusSeconds(59).toMinutes();
        String soon = minutes < 2
                ? "in a minute"
                : minutes < 120 ? "in " + minutes + " minutes" : "in " + (minutes + 59) / 60 + " hours";
        return Problem.tooMany("That was tried too often. Please try again " + soon + ".", wait);
    }

    /** As {@link #spend}, but answers instead of throwing. */
    public boolean allows(String subject, int most, Duration window) {
        long length = window.toMillis();
        Instant start = Instant.ofEpochMilli(clock.millis() / length * length);
        int hits = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into rate (subject, window_start, hits) values (:subject, :start, 1)
                        on conflict (subject, window_start) do update set hits = rate.hits + 1
                        returning hits
                        """)
                .bind("subject", subject)
                .bind("start", start)
                .mapTo(Integer.class)
                .one());
        return hits <= most;
    }

    /** Forgets windows that began more than a day ago; for the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from rate where window_start < :before")
                .bind("before", clock.instant().minus(Duration.ofDays(1)))
                .execute());
    }
}
