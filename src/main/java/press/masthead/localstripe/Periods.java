package press.masthead.localstripe;

import java.time.Instant;
import java.time.ZoneOffset;

/** When periods end: on the anchor's day of the month, or on the month's last where it has none such. */
final class Periods {
    private Periods() {}

    /** So many intervals after the anchor, in seconds since 1970. */
    static long end(long anchor, String interval, long count) {
        var at = Instant.ofEpochSecond(anchor).atZone(ZoneOffset.UTC);
        return (switch (interval) {
                    case "day" -> at.plusDays(count);
                    case "week" -> at.plusWeeks(count);
                    case "year" -> at.plusYears(count);
                    default -> at.plusMonths(count);
                })
                .toEpochSecond();
    }

    /** The first end after the moment, counted from the anchor. */
    static long after(long anchor, String interval, long count, long moment) {
        long n = 1;
        while (end(anchor, interval, n * count) <= moment) n++;
        return end(anchor, interval, n * count);
    }

    /** The share of an amount for what is left of a period, by seconds, rounded half away from nothing. */
    static long share(long amount, long from, long end, long start) {
        return Math.round((double) amount * (end - from) / (end - start));
    }
}
