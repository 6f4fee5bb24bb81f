package press.masthead.deliveries;

import java.time.Duration;

/** How long to wait before the next attempt: 1, 2, 4 ... 60 minutes, a quarter more or less, so that a server is not met by all at once. */
final class Backoff {
    private static final long FIRST = Duration.ofMinutes(1).toMillis();
    private static final long LONGEST = Duration.ofHours(1).toMillis();

    private Backoff() {}

    /** @param chance from 0 to 1, by which the pause differs from its neighbours' */
    static Duration pause(int attempts, double chance) {
        long whole = Math.min(LONGEST, FIRST << Math.min(Math.max(0, attempts - 1), 20));
        return Duration.ofMillis((long) (whole * (0.75 + chance / 2)));
    }
}
