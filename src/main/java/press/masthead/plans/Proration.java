package press.masthead.plans;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/** What is left of a period that is given up before its end. */
public final class Proration {
    private Proration() {}

    /**
     * The unused part of what a period was worth, by seconds; a part of a minor unit is the reader's.
     *
     * @param value minor units
     * @return 0 to {@code value}
     */
    public static long unused(long value, Instant from, Instant until, Instant now) {
        if (value <= 0 || !now.isBefore(until) || !from.isBefore(until)) return 0;
        if (!now.isAfter(from)) return value;
        long whole = Duration.between(from, until).toSeconds();
        // Rounded up: a second that has begun is not yet used.
        long left = Math.min(
                whole, Duration.between(now, until).plusNanos(999_999_999).toSeconds());
        if (whole == 0) return 0;
        BigInteger product = BigInteger.valueOf(value).multiply(BigInteger.valueOf(left));
        BigInteger[] parts = product.divideAndRemainder(BigInteger.valueOf(whole));
        return parts[0].longValueExact() + (parts[1].signum() > 0 ? 1 : 0);
    }
}
