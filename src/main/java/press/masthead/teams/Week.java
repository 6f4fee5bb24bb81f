package press.masthead.teams;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/** When things end for a team: on a Sunday night of its own zone, so that nobody is locked out in mid-week. */
final class Week {
    /** How long a team reads on after its contract, at least. */
    static final Period GRACE = Period.ofDays(14);

    private Week() {}

    /** The end of the Sunday that this moment's week ends with: the Monday's first instant in the zone. */
    static Instant end(Instant now, ZoneId zone) {
        LocalDate monday = now.atZone(zone).toLocalDate().with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        return monday.atStartOfDay(zone).toInstant();
    }

    /** The first Sunday night that is at least {@link #GRACE} after the contract's end. */
    static Instant graceEnd(Instant until, ZoneId zone) {
        LocalDate first = until.atZone(zone).toLocalDate().plus(GRACE);
        LocalDate monday = first.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        Instant end = monday.atStartOfDay(zone).toInstant();
        return end.isBefore(until.atZone(zone).plus(GRACE).toInstant())
                ? monday.plusWeeks(1).atStartOfDay(zone).toInstant()
                : end;
    }
}
