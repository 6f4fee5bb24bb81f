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
        for (String zone : ZoneId.getAvailableZoneIds()) {
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
                List.of("mon", "tue", "wed", "thu", "fri"), LocalTime.of(6, 30), ZoneId.of("Europe/Brussels"));
        var christmas = LocalDate.of(2026, 12, 25);
        var runs = cadence.runs(
                Instant.parse("2026-12-23T12:00:00Z"), Instant.parse("2026-12-29T12:00:00Z"), christmas::equals);
        assertThat(runs)
                .extracting(Run::day)
                .containsExactly(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 28), LocalDate.of(2026, 12, 29));
    }

    @Test
    void a_weekly_comes_on_its_day_by_its_own_calendar_though_it_is_another_day_elsewhere() {
        var cadence = Cadence.of(List.of("thu"), LocalTime.of(0, 15), ZoneId.of("Pacific/Auckland"));
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
    void says_when_it_comes_in_words() {
        ZoneId zone = ZoneId.of("Europe/Brussels");
        assertThat(new Cadence(EVERY_DAY, LocalTime.of(7, 0), zone).inWords()).isEqualTo("every day at 07:00");
        assertThat(Cadence.of(List.of("thu"), LocalTime.of(9, 0), zone).inWords())
                .isEqualTo("Thursdays at 09:00");
        assertThat(Cadence.of(List.of("fri", "mon"), LocalTime.of(9, 0), zone).inWords())
                .isEqualTo("Mondays and Fridays at 09:00");
    }
}
