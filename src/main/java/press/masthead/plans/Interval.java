package press.masthead.plans;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** How often a price is paid. Stored by its lower-case name. */
public enum Interval {
    MONTH(1),
    YEAR(12);

    private final int months;

    Interval(int months) {
        this.months = months;
    }

    public int months() {
        return months;
    }

    /** Such as "month". */
    public String word() {
        return this == MONTH ? "month" : "year";
    }

    /**
     * Where the period ends that begins at an instant: the first end after it that is whole intervals from the anchor on
     * the zone's calendar and clock. The anchor's day and time are kept, so that a month that is too short, or a night in
     * which the clock moves, changes one end and not those after it.
     *
     * @param anchor where the first period began
     */
    public Instant end(Instant anchor, Instant from, ZoneId zone) {
        ZonedDateTime first = anchor.atZone(zone);
        long n = Math.max(0, ChronoUnit.MONTHS.between(first, from.atZone(zone)) / months - 1);
        Instant end;
        do end = first.plusMonths(n++ * months).toInstant();
        while (!end.isAfter(from));
        return end;
    }
}
