package press.masthead.plans;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/**
 * An amount in one currency. Different currencies never meet.
 *
 * @param amount minor units: cents, whole yen, thousandths of a Kuwaiti dinar
 * @param currency ISO 4217
 */
public record Money(long amount, String currency) {
    public Money plus(Money other) {
        return new Money(Math.addExact(amount, same(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(amount, same(other).amount), currency);
    }

    private Money same(Money other) {
        if (!other.currency.equals(currency))
            throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up");
        return other;
    }

    /** How many digits stand behind the point: 2 for most, none for yen, three for dinars. */
    public static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }

    /** What someone typed, such as "12.50", "12,50" or "12"; none where it is no amount of that currency, above nothing. */
    public static Optional<Long> read(String typed, String currency) {
        String plain = typed.strip().replace(',', '.');
        if (!plain.matches("\\d{1,12}(\\.\\d{1,3})?")) return Optional.empty();
        try {
            long minor = new BigDecimal(plain).movePointRight(digits(currency)).longValueExact();
            return minor > 0 ? Optional.of(minor) : Optional.empty();
        } catch (ArithmeticException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Such as "USD 300.00". */
    public String words() {
        return currency + " " + figure();
    }

    /** Such as "1,300.00". */
    public String figure() {
        int digits = digits(currency);
        return String.format(Locale.ROOT, "%,." + digits + "f", BigDecimal.valueOf(amount, digits));
    }

    /** As {@link #words()} of an amount. */
    public static String words(long amount, String currency) {
        return new Money(amount, currency).words();
    }
}
