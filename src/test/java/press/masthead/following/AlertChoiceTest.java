package press.masthead.following;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class AlertChoiceTest {
    private static Instant next(String at, String zone, String now) {
        return new AlertChoice(AlertChoice.How.DAILY, LocalTime.parse(at), ZoneId.of(zone)).next(Instant.parse(now));
    }

    @Test
    void a_daily_letter_comes_by_the_clock_of_its_member() {
        assertThat(next("07:00", "Asia/Tokyo", "2026-11-25T20:00:00Z")).isEqualTo("2026-11-25T22:00:00Z");
        assertThat(next("07:00", "Asia/Tokyo", "2026-11-25T22:00:00Z")).isEqualTo("2026-11-26T22:00:00Z");
        assertThat(next("07:00", "America/New_York", "2026-11-25T20:00:00Z")).isEqualTo("2026-11-26T12:00:00Z");
    }

    @Test
    void when_a_clock_is_put_forward_over_it_the_letter_comes_all_the_same_and_once_when_it_is_put_back() {
        assertThat(next("02:30", "Europe/Brussels", "2027-03-27T12:00:00Z")).isEqualTo("2027-03-28T01:30:00Z");
        assertThat(next("02:30", "Europe/Brussels", "2027-03-28T01:30:00Z")).isEqualTo("2027-03-29T00:30:00Z");
        assertThat(next("02:30", "Europe/Brussels", "2026-10-25T00:30:00Z")).isEqualTo("2026-10-26T01:30:00Z");
    }
}
