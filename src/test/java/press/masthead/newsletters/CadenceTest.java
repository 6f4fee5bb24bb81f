package press.masthead.newsletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import press.masthead.newsletters.Cadence.Run;
import press.masthead.platform.calendar.Zones;

class CadenceTest {
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

    @ParameterizedTest(name = "{1} in {0} on {2} is {3}")
    @CsvSource({
        // The clock skips the time: as much later as it skips.
        "Europe/Brussels,     02:30, 2026-03-29, 2026-03-29T01:30:00Z",
        "America/New_York,    02:15, 2026-03-08, 2026-03-08T07:15:00Z",
        "Australia/Lord_Howe, 02:15, 2026-10-04, 2026-10-03T15:45:00Z",
        "Africa/Cairo,        00:00, 2026-04-24, 2026-04-23T22:00:00Z",
        // The time comes twice: at its first coming.
        "Europe/Brussels,     02:30, 2026-10-25, 2026-10-25T00:30:00Z",
        "America/New_York,    01:30, 2026-11-01, 2026-11-01T05:30:00Z",
        "Australia/Lord_Howe, 01:45, 2026-04-05, 2026-04-04T14:45:00Z",
        // Seven stays seven on either side of the change.
        "Europe/Brussels,     07:00, 2026-03-28, 2026-03-28T06:00:00Z",
        "Europe/Brussels,     07:00, 2026-03-29, 2026-03-29T05:00:00Z",
        "Europe/Brussels,     07:00, 2026-10-25, 2026-10-25T06:00:00Z",
        "Asia/Dubai,          08:00, 2026-03-29, 2026-03-29T04:00:00Z",
        "America/New_York,    12:00, 2026-11-01, 2026-11-01T17:00:00Z",
    })
    void each_day_has_one_run_on_the_newsletters_own_clock(ZoneId zone, LocalTime at, LocalDate day, Instant due) {
        var cadence = new Cadence(EVERY_DAY, at, zone);
        Instant from = day.atStartOfDay(zone).minusHours(12).toInstant();
        Instant until = day.plusDays(1).atStartOfDay(zone).plusHours(12).toInstant();
        assertThat(cadence.runs(from, until, none -> false).stream()
                        .filter(run -> run.day().equals(day)))
                .containsExactly(new Run(day, due));
    }

    @Test
    void a_year_of_every_day_has_365_runs_in_every_zone() {
        Instant from = Instant.parse("2025-12-31T12:00:00Z");
        for (String zone : Zones.ids()) {
            var cadence = new Cadence(EVERY_DAY, LocalTime.of(2, 30), ZoneId.of(zone));
            var days =
                    cadence.runs(from.minusSeconds(3 * 86_400), from.plusSeconds(370 * 86_400), none -> false).stream()
                            .map(Run::day)
                            .filter(day -> day.getYear() == 2026)
                            .toList();
            assertThat(days).as(zone).hasSize(365).doesNotHaveDuplicates();
        }
    }

    @Test
    void weekdays_leave_out_the_weekend_and_holidays() {
        var cadence = Cadence.of(
                List.of("mon", "tue", "wed", "thu", "fri"), LocalTime.of(6, 30), ZoneId.of("Europe/Brussels"), "daily");
        var christmas = LocalDate.of(2026, 12, 25);
        var runs = cadence.runs(
                Instant.parse("2026-12-23T12:00:00Z"), Instant.parse("2026-12-29T12:00:00Z"), christmas::equals);
        assertThat(runs)
                .extracting(Run::day)
                .containsExactly(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 28), LocalDate.of(2026, 12, 29));
    }

    @Test
    void a_weekly_comes_on_its_day_by_its_own_calendar_though_it_is_another_day_elsewhere() {
        var cadence = Cadence.of(List.of("thu"), LocalTime.of(0, 15), ZoneId.of("Pacific/Auckland"), "weekly");
        var runs =
                cadence.runs(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-12-04T00:00:00Z"), d -> false);
        assertThat(runs)
                .containsExactly(
                        new Run(LocalDate.of(2026, 11, 26), Instant.parse("2026-11-25T11:15:00Z")),
                        new Run(LocalDate.of(2026, 12, 3), Instant.parse("2026-12-02T11:15:00Z")));
    }

    @Test
    void the_first_instant_is_left_out_and_the_last_is_in_so_that_neighbouring_spans_share_no_run() {
        var cadence = new Cadence(EVERY_DAY, LocalTime.of(7, 0), ZoneId.of("UTC"));
        Instant seven = Instant.parse("2026-11-23T07:00:00Z");
        assertThat(cadence.runs(seven.minusSeconds(60), seven, d -> false)).hasSize(1);
        assertThat(cadence.runs(seven, seven.plusSeconds(60), d -> false)).isEmpty();
    }

    @Test
    void a_clock_that_was_put_back_finds_no_run_and_breaks_nothing() {
        var cadence = new Cadence(EVERY_DAY, LocalTime.of(7, 0), ZoneId.of("UTC"));
        Instant began = Instant.parse("2026-11-25T12:00:00Z");
        assertThat(cadence.runs(began, began.minusSeconds(5 * 86_400), d -> false))
                .isEmpty();
    }

    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    private static final Instant MONDAY = Instant.parse("2026-12-21T12:00:00Z");

    private static Cadence made(String days, String slot, boolean makesUpHolidays) {
        return Cadence.of(
                days.isEmpty() ? List.of() : List.of(days.split(" ")),
                LocalTime.of(9, 0),
                BRUSSELS,
                slot,
                makesUpHolidays);
    }

    private static Holiday holiday(String from, String until, boolean yearly) {
        return new Holiday(LocalDate.parse(from), LocalDate.parse(until), "Rest", yearly);
    }

    private static List<String> days(Cadence cadence, int ahead, Holiday... holidays) {
        return cadence.runs(MONDAY, MONDAY.plusSeconds(ahead * 86_400L), new Holidays(List.of(holidays))).stream()
                .map(run -> run.day().toString())
                .toList();
    }

    @Test
    void says_when_it_comes_in_words() {
        assertThat(new Cadence(EVERY_DAY, LocalTime.of(7, 0), BRUSSELS).inWords())
                .isEqualTo("every day at 07:00");
        assertThat(made("thu", "weekly", false).inWords()).isEqualTo("Thursdays at 09:00");
        assertThat(made("fri mon wed", "daily", false).inWords()).isEqualTo("Mondays, Wednesdays and Fridays at 09:00");
        assertThat(made("mon tue wed thu fri sat sun", "weekdays", false).inFull())
                .isEqualTo("Weekdays at 09:00, Brussels");
    }

    @Test
    void tells_readers_when_it_comes_as_one_would_say_it() {
        assertThat(made("mon tue wed thu fri sat sun", "weekdays", false).forReaders())
                .isEqualTo("Weekday mornings at 9, Brussels time");
        assertThat(at(7, 0, "Europe/Zurich")).isEqualTo("Every morning at 7, Zurich time");
        assertThat(at(18, 30, "America/New_York")).isEqualTo("Every evening at 6:30, New York time");
        assertThat(at(12, 0, "Asia/Dubai")).isEqualTo("Every day at noon, Dubai time");
        assertThat(at(12, 30, "Asia/Dubai")).isEqualTo("Every afternoon at 12:30, Dubai time");
        assertThat(at(0, 0, "Etc/UTC")).isEqualTo("Every night at midnight, UTC");
        assertThat(made("mon thu", "daily", false).forReaders())
                .isEqualTo("Monday and Thursday mornings at 9, Brussels time");
    }

    private static String at(int hour, int minute, String zone) {
        return new Cadence(EVERY_DAY, LocalTime.of(hour, minute), ZoneId.of(zone)).forReaders();
    }

    @Test
    void a_newsletter_for_weekdays_leaves_the_weekend_out_though_it_be_chosen() {
        assertThat(days(made("thu fri sat sun mon", "weekdays", false), 8))
                .containsExactly("2026-12-24", "2026-12-25", "2026-12-28");
    }

    @Test
    void what_falls_on_a_holiday_is_skipped_or_comes_once_on_the_next_working_day() {
        Holiday christmas = holiday("2026-12-24", "2026-12-25", false);
        assertThat(days(made("thu", "weekly", false), 14, christmas)).containsExactly("2026-12-31");
        assertThat(days(made("thu", "weekly", true), 14, christmas)).containsExactly("2026-12-28", "2026-12-31");
        // A daily that comes on Monday anyway comes there once, and three holidays in a row are made up once.
        assertThat(days(made("mon tue wed thu fri", "daily", true), 7, christmas))
                .containsExactly("2026-12-22", "2026-12-23", "2026-12-28");
        assertThat(days(made("sat", "weekly", true), 9, holiday("2026-12-26", "2026-12-28", false)))
                .containsExactly("2026-12-29");
    }

    @Test
    void a_holiday_that_comes_each_year_may_reach_over_new_year() {
        Holiday turn = holiday("2019-12-31", "2020-01-02", true);
        assertThat(days(made("wed thu fri sat sun", "daily", false), 14, turn))
                .containsExactly(
                        "2026-12-23",
                        "2026-12-24",
                        "2026-12-25",
                        "2026-12-26",
                        "2026-12-27",
                        "2026-12-30",
                        "2027-01-03");
        assertThat(holiday("2024-02-29", "2024-02-29", true).covers(LocalDate.of(2026, 2, 28)))
                .isFalse();
        assertThat(holiday("2024-02-29", "2024-02-29", true).covers(LocalDate.of(2028, 2, 29)))
                .isTrue();
    }

    @Test
    void says_in_one_sentence_why_it_will_never_go_out() {
        Holidays none = new Holidays(List.of());
        Holidays always = new Holidays(List.of(holiday("2026-01-01", "2026-12-31", true)));
        assertThat(made("", "daily", false).never(MONDAY, none))
                .contains("This newsletter will never go out: no day is chosen.");
        assertThat(made("sat sun", "weekdays", false).never(MONDAY, none))
                .contains(
                        "This newsletter will never go out: it comes on weekdays, and only Saturday and Sunday are chosen.");
        for (boolean makesUp : new boolean[] {false, true})
            assertThat(made("thu", "weekly", makesUp).never(MONDAY, always))
                    .contains("This newsletter will never go out: each of its days in the coming year is a holiday.");
        Holidays thursdays = new Holidays(LocalDate.of(2026, 12, 24)
                .datesUntil(LocalDate.of(2028, 6, 1), java.time.Period.ofWeeks(1))
                .map(day -> new Holiday(day, day, "Thursday off", false))
                .toList());
        assertThat(made("thu", "weekly", false).never(MONDAY, thursdays)).isPresent();
        assertThat(made("thu", "weekly", true).never(MONDAY, thursdays)).isEmpty();
        assertThat(made("thu", "weekly", false).never(MONDAY, none)).isEmpty();
    }
}
