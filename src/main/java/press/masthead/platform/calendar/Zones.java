package press.masthead.platform.calendar;

import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;

/** The time zones of the IANA database, as the JDK knows them. */
public final class Zones {
    /** The library that writes calendars registers hundreds of zones of its own with the JDK, each named by a number. */
    private static final Set<String> IDS = ZoneId.getAvailableZoneIds().stream()
            .filter(id -> !id.contains("~"))
            .collect(Collectors.toUnmodifiableSet());

    private Zones() {}

    /** Their names, such as {@code Europe/Zurich}. */
    public static Set<String> ids() {
        return IDS;
    }
}
