package press.masthead.platform.mail;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Who writes: what every letter to one person shows of its sender.
 *
 * @param name the sender's name, as the heading of each letter
 * @param url the site's address without a final slash
 * @param address the postal address, or empty
 * @param zone the zone that dates in letters are meant in
 */
public record Letterhead(String name, String url, String address, ZoneId zone) {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm (zzzz)", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    /** Such as "Monday 30 November 2026, 09:15 (Central European Standard Time)". */
    public String moment(Instant instant) {
        return MOMENT.format(instant.atZone(zone));
    }

    /** Such as "30 November 2026". */
    public String day(Instant instant) {
        return DAY.format(instant.atZone(zone));
    }

    /** The same sender, with dates as another zone has them. */
    public Letterhead in(ZoneId other) {
        return new Letterhead(name, url, address, other);
    }

    /** The full address of a path on the site. */
    public String at(String path) {
        return url + path;
    }
}
