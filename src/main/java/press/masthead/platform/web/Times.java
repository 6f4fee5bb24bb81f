package press.masthead.platform.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Says times to people, by one clock.
 *
 * @param zone whose clock
 * @param now what "today" is measured from
 */
public record Times(ZoneId zone, Instant now) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ENGLISH);

    /** {@code 12:04} */
    public String clock(Instant at) {
        return CLOCK.format(at.atZone(zone));
    }

    /** {@code 4 min ago}, {@code today 12:04}, {@code 3 Nov 12:04} or {@code 3 Nov 2024}, as near as is useful. */
    public String near(Instant at) {
        Duration ago = Duration.between(at, now);
        if (!ago.isNegative() && ago.toSeconds() < 60) return "just now";
        if (!ago.isNegative() && ago.toMinutes() < 60) return ago.toMinutes() + " min ago";
        ZonedDateTime then = at.atZone(zone);
        LocalDate today = now.atZone(zone).toLocalDate();
        if (then.toLocalDate().equals(today)) return "today " + CLOCK.format(then);
        if (then.toLocalDate().equals(today.minusDays(1))) return "yesterday " + CLOCK.format(then);
        if (then.toLocalDate().equals(today.plusDays(1))) return "tomorrow " + CLOCK.format(then);
        return then.getYear() == today.getYear()
                ? DAY.format(then) + " " + CLOCK.format(then)
                : DAY_OF_YEAR.format(then);
    }

    /** {@code 3 Nov 2024, 12:04} */
    public String full(Instant at) {
        return DAY_OF_YEAR.format(at.atZone(zone)) + ", " + clock(at);
    }

    /** {@code 3 Nov 2024} */
    public String day(Instant at) {
        return DAY_OF_YEAR.format(at.atZone(zone));
    }

    /** As the value of a {@code datetime-local} field. */
    public String field(Instant at) {
        return FIELD.format(at.atZone(zone));
    }
}
