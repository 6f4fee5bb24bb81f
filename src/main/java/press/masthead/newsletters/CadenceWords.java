package press.masthead.newsletters;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** When a newsletter comes, as a reader says it: "Weekdays at 08:00, Dubai". */
final class CadenceWords {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final List<String> NAMES =
            List.of("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private CadenceWords() {}

    static String of(List<String> days, LocalTime at, ZoneId zone) {
        return days(days) + " at " + CLOCK.format(at) + ", " + city(zone);
    }

    private static String days(List<String> days) {
        List<String> inOrder = DAYS.stream().filter(days::contains).toList();
        if (inOrder.size() == 7) return "Every day";
        if (inOrder.equals(DAYS.subList(0, 5))) return "Weekdays";
        return Joining.and(
                inOrder.stream().map(day -> NAMES.get(DAYS.indexOf(day))).toList());
    }

    private static String city(ZoneId zone) {
        return zone.getId().substring(zone.getId().lastIndexOf('/') + 1).replace('_', ' ');
    }
}
