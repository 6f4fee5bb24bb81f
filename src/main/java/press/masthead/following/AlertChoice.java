package press.masthead.following;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * How someone hears of new memos.
 *
 * @param at when the daily letter comes, on the clock of {@code zone}
 */
public record AlertChoice(How how, LocalTime at, ZoneId zone) {
    /** Each memo as it comes out, one letter a day, or neither. */
    public enum How {
        AT_ONCE,
        DAILY,
        NONE
    }

    static final LocalTime USUAL_TIME = LocalTime.of(7, 0);

    /** When the daily letter is next due after that moment. In the hour that a clock skips it comes when the clock goes on. */
    public Instant next(Instant after) {
        ZonedDateTime today = after.atZone(zone).toLocalDate().atTime(at).atZone(zone);
        return (today.toInstant().isAfter(after)
                        ? today
                        : after.atZone(zone)
                                .toLocalDate()
                                .plusDays(1)
                                .atTime(at)
                                .atZone(zone))
                .toInstant();
    }

    /** In words: "at once", "daily at 07:00" or "none". */
    String words() {
        return switch (how) {
            case AT_ONCE -> "at once";
            case DAILY -> "daily at " + at;
            case NONE -> "none";
        };
    }
}
