package press.masthead.newsletters;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * When a newsletter comes out: on these days, at this time on the clock of this zone.
 *
 * <p>On the day on which the clock skips the time, it comes out as much later as the clock skips; on the day on which the
 * time comes twice, at its first coming ({@link ZonedDateTime#of} says so). Either way once.
 */
public record Cadence(Set<DayOfWeek> days, LocalTime at, ZoneId zone) {
    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    public Cadence {
        days = Set.copyOf(days);
    }

    /** @param days three-letter English names, as stored */
    public static Cadence of(List<String> days, LocalTime at, ZoneId zone) {
        return new Cadence(
                days.stream()
                        .map(name -> DayOfWeek.of(NAMES.indexOf(name.toLowerCase(Locale.ROOT)) + 1))
                        .collect(Collectors.toSet()),
                at,
                zone);
    }

    /** One coming-out: the day that it is for, and the instant. */
    public record Run(LocalDate day, Instant due) {}

    /** The runs due after the first instant, up to and with the second, in order; a holiday has none. */
    public List<Run> runs(Instant after, Instant until, Predicate<LocalDate> holiday) {
        LocalDate first = after.atZone(zone).toLocalDate().minusDays(1);
        LocalDate last = until.atZone(zone).toLocalDate().plusDays(1);
        return first.datesUntil(last.plusDays(1))
                .filter(day -> days.contains(day.getDayOfWeek()) && !holiday.test(day))
                .map(day -> new Run(day, ZonedDateTime.of(day, at, zone).toInstant()))
                .filter(run -> run.due().isAfter(after) && !run.due().isAfter(until))
                .toList();
    }

    /** In words: "every day at 07:00", "weekdays at 12:00", "Thursdays at 09:00". */
    public String inWords() {
        Set<DayOfWeek> weekdays =
                Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
        String when;
        if (days.size() == 7) when = "every day";
        else if (days.equals(weekdays)) when = "weekdays";
        else
            when = days.stream()
                    .sorted()
                    .map(day -> day.getDisplayName(java.time.format.TextStyle.FULL, Locale.ENGLISH) + "s")
                    .collect(Collectors.joining(" and "));
        return when + " at " + at;
    }
}
