package press.masthead.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProrationTest {
    @ParameterizedTest(name = "{0} from {1} to {2}, given up {3}: {4}")
    @CsvSource({
        "30000, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2026-01-01T00:00:00Z, 30000",
        "30000, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 0",
        "30000, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2028-01-01T00:00:00Z, 0",
        "36500, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2026-12-31T00:00:00Z, 100",
        // a part of a cent, of a yen, of a thousandth of a dinar is the reader's
        "1000, 2026-01-01T00:00:00Z, 2026-01-04T00:00:00Z, 2026-01-02T00:00:00Z, 667",
        "1000, 2026-01-01T00:00:00Z, 2026-01-04T00:00:00Z, 2026-01-03T00:00:00Z, 334",
        "1, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2026-12-31T23:59:59Z, 1",
        // a second that has begun is not used
        "3, 2026-01-01T00:00:00Z, 2026-01-01T00:00:03Z, 2026-01-01T00:00:01.500Z, 2",
        "0, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2026-06-01T00:00:00Z, 0",
        "9000000000000000, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2026-07-02T12:00:00Z, 4500000000000000",
    })
    void what_is_not_used_is_credited_by_the_second(long value, Instant from, Instant until, Instant now, long unused) {
        assertThat(Proration.unused(value, from, until, now)).isEqualTo(unused);
    }

    @ParameterizedTest(name = "anchored {0}, {1}: from {2} to {3}")
    @CsvSource({
        "2026-01-31T09:00:00Z, MONTH, 2026-01-31T09:00:00Z, 2026-02-28T09:00:00Z",
        "2026-01-31T09:00:00Z, MONTH, 2026-02-28T09:00:00Z, 2026-03-31T08:00:00Z",
        "2026-01-31T09:00:00Z, MONTH, 2026-03-31T08:00:00Z, 2026-04-30T08:00:00Z",
        "2028-01-31T09:00:00Z, MONTH, 2028-01-31T09:00:00Z, 2028-02-29T09:00:00Z",
        "2028-02-29T09:00:00Z, YEAR,  2028-02-29T09:00:00Z, 2029-02-28T09:00:00Z",
        "2028-02-29T09:00:00Z, YEAR,  2031-02-28T09:00:00Z, 2032-02-29T09:00:00Z",
        // the anchor's time on the clock comes back after the night that has no 02:30
        "2026-02-28T01:30:00Z, MONTH, 2026-03-28T01:30:00Z, 2026-04-28T00:30:00Z",
        // long after the last one
        "2026-01-31T09:00:00Z, MONTH, 2030-06-15T00:00:00Z, 2030-06-30T08:00:00Z",
        "2026-11-30T08:00:00Z, YEAR,  2026-11-30T08:00:00Z, 2027-11-30T08:00:00Z",
    })
    void periods_keep_the_day_they_were_anchored_to(Instant anchor, Interval interval, Instant from, Instant end) {
        assertThat(interval.end(anchor, from, ZoneId.of("Europe/Brussels"))).isEqualTo(end);
    }

    @Test
    void currencies_never_mix() {
        var euros = new Money(100, "EUR");
        assertThat(euros.plus(new Money(20, "EUR"))).isEqualTo(new Money(120, "EUR"));
        assertThatThrownBy(() -> euros.plus(new Money(1, "USD"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE, "EUR").plus(euros)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest(name = "{0} {1} less {2}% or {3}: {4}")
    @CsvSource({
        "30000, USD, 20, 0, 24000",
        "333, EUR, 50, 0, 166",
        "4600, JPY, 33, 0, 3082",
        "4500, KWD, 10, 0, 4050",
        "30000, USD, 0, 5000, 25000",
        "3000, USD, 0, 5000, 0",
        "3000, USD, 100, 0, 0",
    })
    void an_offer_takes_off_what_it_says_and_parts_are_the_readers(
            long amount, String currency, int percent, long off, long left) {
        var offer =
                new Offer(1, "X", percent, off, off > 0 ? Optional.of(currency) : Optional.empty(), Optional.of(1), 0);
        var plan = new Plan(1, "pro", "PRO", "", "", 0);
        assertThat(offer.of(new Price(1, plan, amount, currency, Interval.YEAR, 0)))
                .isEqualTo(left);
    }
}
