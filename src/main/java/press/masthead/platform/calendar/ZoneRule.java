package press.masthead.platform.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import net.fortuna.ical4j.model.component.Daylight;
import net.fortuna.ical4j.model.component.Observance;
import net.fortuna.ical4j.model.component.Standard;
import net.fortuna.ical4j.model.component.VTimeZone;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.TzId;
import net.fortuna.ical4j.model.property.TzName;
import net.fortuna.ical4j.model.property.TzOffsetFrom;
import net.fortuna.ical4j.model.property.TzOffsetTo;

/**
 * A zone as a calendar entry describes it, from the same rules by which we reckon: each change of the clocks from the year before the
 * entry to the year after it. A library's own table of zones would be another one, and older.
 */
final class ZoneRule {
    private static final Duration AROUND = Duration.ofDays(400);

    private ZoneRule() {}

    static boolean isUtc(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC);
    }

    /** None for UTC, which needs no description. */
    static Optional<VTimeZone> of(ZoneId zone, Instant start, Instant end) {
        if (isUtc(zone)) return Optional.empty();
        ZoneRules rules = zone.getRules();
        Instant from = start.minus(AROUND);
        var description = new VTimeZone();
        description.add(new TzId(zone.getId()));
        ZoneOffset before = rules.getOffset(from);
        description.add(observance(rules.isDaylightSavings(from), LocalDateTime.of(1970, 1, 1, 0, 0), before, before));
        for (ZoneOffsetTransition change = rules.nextTransition(from);
                change != null && change.getInstant().isBefore(end.plus(AROUND));
                change = rules.nextTransition(change.getInstant()))
            description.add(observance(
                    rules.isDaylightSavings(change.getInstant()),
                    change.getDateTimeBefore(),
                    change.getOffsetBefore(),
                    change.getOffsetAfter()));
        return Optional.of(description);
    }

    private static Observance observance(boolean summer, LocalDateTime at, ZoneOffset before, ZoneOffset after) {
        Observance one = summer ? new Daylight() : new Standard();
        one.add(new DtStart<>(at));
        one.add(new TzOffsetFrom(before));
        one.add(new TzOffsetTo(after));
        one.add(new TzName(after.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + after.getId()));
        return one;
    }
}
