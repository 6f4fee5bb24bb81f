package press.masthead.stories;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.calendar.Zones;
import press.masthead.platform.web.Problem;

/** A time as someone said it: by a clock, in a zone. */
record Moment(Instant at, ZoneId zone) {
    /** Zones that people live in, by name; not the ones that only programs use. */
    static final List<String> ZONES = Zones.ids().stream()
            .filter(id -> id.matches("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+"))
            .sorted()
            .toList();

    /**
     * Reads the fields of a form.
     *
     * @param local {@code 2026-11-03T09:00}; of two that a clock shows in one night, the first
     * @param zone an IANA name
     * @throws Problem 422 when it is no time, no zone, or a time that the clock of that zone leaps over
     */
    static Moment said(@Nullable String local, @Nullable String zone) {
        if (zone == null || !(ZONES.contains(zone.strip()) || zone.strip().equals("UTC")))
            throw Problem.invalid("There is no time zone called “" + (zone == null ? "" : zone.strip())
                    + "”. Write it like Europe/Brussels.");
        ZoneId place = ZoneId.of(zone.strip());
        try {
            LocalDateTime time = LocalDateTime.parse(String.valueOf(local));
            if (place.getRules().getValidOffsets(time).isEmpty())
                throw Problem.invalid(
                        "In " + place.getId() + " the clocks go forward then and skip that time. Choose another.");
            return new Moment(time.atZone(place).toInstant(), place);
        } catch (DateTimeParseException e) {
            throw Problem.invalid("Choose a day and a time first.");
        }
    }
}
