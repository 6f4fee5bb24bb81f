package press.masthead.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialEndTest {
    @ParameterizedTest(name = "{0} in {1}, {2} days")
    @CsvSource({
        "2026-11-23T08:15:00Z, Europe/Brussels,  7, 2026-11-30T08:15:00Z",
        // over the night in which the clock goes forward: the same 09:15, an hour less
        "2026-03-25T08:15:00Z, Europe/Brussels,  7, 2026-04-01T07:15:00Z",
        // over the night in which it goes back: the same 09:15, an hour more
        "2026-10-21T07:15:00Z, Europe/Brussels,  7, 2026-10-28T08:15:00Z",
        // to 02:30 of the night in which there is no 02:30: 03:30
        "2026-03-22T01:30:00Z, Europe/Brussels,  7, 2026-03-29T01:30:00Z",
        // to 02:30 of the night in which there are two: the first
        "2026-10-18T00:30:00Z, Europe/Brussels,  7, 2026-10-25T00:30:00Z",
        // from the second 02:30
        "2026-10-25T01:30:00Z, Europe/Brussels,  7, 2026-11-01T01:30:00Z",
        "2026-03-06T14:00:00Z, America/New_York, 7, 2026-03-13T13:00:00Z",
        "2026-10-30T13:00:00Z, America/New_York, 7, 2026-11-06T14:00:00Z",
        // the southern half, where spring is in October, and an island whose clock moves by half an hour
        "2026-10-01T02:00:00Z, Australia/Sydney, 7, 2026-10-08T01:00:00Z",
        "2026-10-01T02:00:00Z, Australia/Lord_Howe, 7, 2026-10-08T01:30:00Z",
        "2026-11-23T08:15:00Z, Asia/Dubai,       7, 2026-11-30T08:15:00Z",
        // the end of a month, of a year, and the day that only some years have
        "2026-12-28T22:00:00Z, UTC,              7, 2027-01-04T22:00:00Z",
        "2028-02-25T22:00:00Z, UTC,              7, 2028-03-03T22:00:00Z",
        "2026-11-23T08:15:00Z, Europe/Brussels, 30, 2026-12-23T08:15:00Z",
        "2026-11-23T08:15:00Z, Europe/Brussels,  0, 2026-11-23T08:15:00Z",
    })
    void free_days_end_by_the_calendar_at_the_same_time_on_the_clock(Instant from, ZoneId zone, int days, Instant end) {
        var plan = new Price(1, new Plan(1, "pro", "PRO", "", "", 0), 30_000, "USD", Interval.YEAR, days);
        assertThat(plan.trialEnd(from, zone)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "30000; USD; USD 300.00",
                "123456789; EUR; EUR 1,234,567.89",
                "4500; JPY; JPY 4,500",
                "4500; KWD; KWD 4.500",
                "0; USD; USD 0.00"
            })
    void money_has_as_many_digits_as_its_currency(long amount, String currency, String said) {
        assertThat(Money.words(amount, currency)).isEqualTo(said);
    }
}
