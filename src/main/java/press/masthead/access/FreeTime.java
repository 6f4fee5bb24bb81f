package press.masthead.access;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a text is free for everyone, whatever its rule says otherwise: from a moment on, up to a moment, or between the two.
 *
 * @param from the first instant at which it is
 * @param until the first at which it no longer is
 * @param zone by whose clock the two were said
 */
public record FreeTime(Optional<Instant> from, Optional<Instant> until, Optional<ZoneId> zone) {
    public static final FreeTime NEVER = new FreeTime(Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether it is free then. With neither bound it never is, nor between two of which the second comes first. */
    public boolean holds(Instant moment) {
        if (from.isEmpty() && until.isEmpty()) return false;
        return from.filter(moment::isBefore).isEmpty()
                && until.filter(end -> !moment.isBefore(end)).isEmpty();
    }

    /** When the answer next changes by itself. */
    public Optional<Instant> turnsAfter(Instant moment) {
        return Stream.concat(from.stream(), until.stream())
                .filter(moment::isBefore)
                .min(Comparator.naturalOrder());
    }

    public boolean isSet() {
        return from.isPresent() || until.isPresent();
    }
}
