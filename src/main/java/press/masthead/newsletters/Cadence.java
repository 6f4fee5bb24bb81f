package press.masthead.newsletters;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * When a newsletter comes out: on these days, at this time on the clock of this zone.
 *
 * <p>On the day on which the clock skips the time, it comes out as much later as the clock skips; on the day on which the
 * time comes twice, at its first coming ({@link ZonedDateTime#of} says so). Either way once.
 *
 * @param weekdaysOnly Saturdays and Sundays don't count, though they be chosen
 * @param makesUpHolidays what falls on a holiday comes on the next weekday that is none; otherwise it does not come
 */
public record Cadence(Set<DayOfWeek> days, LocalTime at, ZoneId zone, boolean weekdaysOnly, boolean makesUpHolidays) {
    /** Days as they are stored. */
    static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    /** How far ahead a next run is looked for: longer than any year. */
    private static final Duration FORESIGHT = Duration.ofDays(400);

    public Cadence {
        days = Set.copyOf(days);
    }

    public Cadence(Set<DayOfWeek> days, LocalTime at, ZoneId zone) {
        this(days, at, zone, false, false);
    }

    /** @param days three-letter English names, as stored; {@code slot} as {@link Newsletter} has it */
    public static Cadence of(List<String> days, LocalTime at, ZoneId zone, String slot) {
        return of(days, at, zone, slot, false);
    }

    static Cadence of(List<String> days, LocalTime at, ZoneId zone, String slot, boolean makesUpHolidays) {
        Set<DayOfWeek> chosen = days.stream()
                .filter(NAMES::contains)
                .map(name -> DayOfWeek.of(NAMES.indexOf(name) + 1))
                .collect(Collectors.toSet());
        return new Cadence(chosen, at, zone, slot.equals("weekdays"), makesUpHolidays);
    }

    /** One coming-out: the day that it is for, and the instant. */
    public record Run(LocalDate day, Instant due) {}

    /** The runs due after the first instant, up to and with the second, in order; none where the second is not later. */
    public List<Run> runs(Instant after, Instant until, Predicate<LocalDate> holiday) {
        // A clock that was put back stands before the moment from which a newsletter counts.
        if (!until.isAfter(after)) return List.of();
        LocalDate first = after.atZone(zone).toLocalDate().minusDays(1);
        LocalDate last = until.atZone(zone).toLocalDate().plusDays(1);
        return first.datesUntil(last.plusDays(1))
                .filter(day -> comesOn(day, holiday))
                .map(day -> new Run(day, ZonedDateTime.of(day, at, zone).toInstant()))
                .filter(run -> run.due().isAfter(after) && !run.due().isAfter(until))
                .toList();
    }

    private boolean comesOn(LocalDate day, Predicate<LocalDate> holiday) {
        if (holiday.test(day)) return false;
        return chosen(day) || makesUpHolidays && makesUp(day, holiday);
    }

    private boolean chosen(LocalDate day) {
        return days.contains(day.getDayOfWeek()) && (!weekdaysOnly || WEEKDAYS.contains(day.getDayOfWeek()));
    }

    /** Whether a holiday before this weekday, with nothing but weekends and holidays between, swallowed a run. */
    private boolean makesUp(LocalDate day, Predicate<LocalDate> holiday) {
        if (!WEEKDAYS.contains(day.getDayOfWeek())) return false;
        for (LocalDate before = day.minusDays(1); before.isAfter(day.minusYears(1)); before = before.minusDays(1)) {
            boolean off = holiday.test(before);
            if (off && chosen(before)) return true;
            if (!off && WEEKDAYS.contains(before.getDayOfWeek())) return false;
        }
        return false;
    }

    /** The next run after the instant; empty when there is none for more than a year. */
    public Optional<Run> next(Instant after, Predicate<LocalDate> holiday) {
        return runs(after, after.plus(FORESIGHT), holiday).stream().findFirst();
    }

    /** Why nothing will ever come out, in one sentence; empty when something will. */
    public Optional<String> never(Instant now, Predicate<LocalDate> holiday) {
        String why;
        if (days.isEmpty()) why = "no day is chosen.";
        else if (weekdaysOnly && days.stream().noneMatch(WEEKDAYS::contains))
            why = "it comes on weekdays, and only " + each(days, "") + (days.size() == 1 ? " is" : " are") + " chosen.";
        else if (next(now, holiday).isEmpty()) why = "each of its days in the coming year is a holiday.";
        else return Optional.empty();
        return Optional.of("This newsletter will never go out: " + why);
    }

    /** In words: "every day at 07:00", "weekdays at 12:00", "Thursdays at 09:00". */
    public String inWords() {
        Set<DayOfWeek> on = days.stream()
                .filter(day -> !weekdaysOnly || WEEKDAYS.contains(day))
                .collect(Collectors.toSet());
        if (on.isEmpty()) return "never";
        String when = on.size() == 7 ? "every day" : on.equals(WEEKDAYS) ? "weekdays" : each(on, "s");
        return when + " at " + at;
    }

    /** With the place whose clock it is: "Every day at 07:00, Brussels". */
    public String inFull() {
        String words = inWords();
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ", " + city();
    }

    /** The place whose clock it is, as people say it: "New York". */
    public String city() {
        return zone.getId().substring(zone.getId().lastIndexOf('/') + 1).replace('_', ' ');
    }

    /** As one would say it to a reader: "Weekday mornings at 7, Geneva time", "Thursday evenings at 6:30, Cairo time". */
    public String forReaders() {
        Set<DayOfWeek> on = days.stream()
                .filter(day -> !weekdaysOnly || WEEKDAYS.contains(day))
                .collect(Collectors.toSet());
        if (on.isEmpty()) return "Never";
        boolean daily = on.size() == 7;
        String when = daily ? "Every" : on.equals(WEEKDAYS) ? "Weekday" : each(on, "");
        return when + " " + partOfDay() + (daily ? "" : "s") + " at " + clock() + ", " + place();
    }

    private String partOfDay() {
        if (at.getHour() < 5) return "night";
        if (at.getHour() < 12) return "morning";
        if (at.equals(LocalTime.NOON)) return "day";
        return at.getHour() < 18 ? "afternoon" : "evening";
    }

    private String clock() {
        if (at.equals(LocalTime.NOON)) return "noon";
        if (at.equals(LocalTime.MIDNIGHT)) return "midnight";
        int hour = at.getHour() % 12 == 0 ? 12 : at.getHour() % 12;
        return at.getMinute() == 0 ? "" + hour : "%d:%02d".formatted(hour, at.getMinute());
    }

    private String place() {
        return zone.getId().contains("/") && !zone.getId().startsWith("Etc/") ? city() + " time" : city();
    }

    private static String each(Set<DayOfWeek> days, String ending) {
        List<String> names = days.stream()
                .sorted()
                .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + ending)
                .toList();
        if (names.size() < 2) return String.join("", names);
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }
}
