package press.masthead.tickets;

import java.time.Duration;
import java.time.Instant;

/** Until when a seat that came free is kept for the next in line. */
final class Deadline {
    private static final Duration LEAST = Duration.ofMinutes(15);
    private static final Duration BEFORE = Duration.ofHours(1);

    private Deadline() {}

    /**
     * So many hours, but not into the last one before it begins; close to it a quarter of an hour, and never beyond the beginning.
     *
     * @return at or before {@code now} once it has begun: then nothing can be offered
     */
    static Instant of(Instant now, int hours, Instant starts) {
        Instant usual = earlier(now.plus(Duration.ofHours(hours)), starts.minus(BEFORE));
        Instant least = earlier(now.plus(LEAST), starts);
        return usual.isAfter(least) ? usual : least;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
