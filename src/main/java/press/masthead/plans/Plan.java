package press.masthead.plans;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/**
 * A plan at one price.
 *
 * @param amount minor units for one interval
 * @param currency ISO 4217
 * @param interval {@code month} or {@code year}
 */
public record Plan(long priceId, String name, long amount, String currency, String interval, int trialDays) {
    private boolean yearly() {
        return interval.equals("year");
    }

    /** When a period that begins at this instant ends, on the clock of the zone. */
    public Instant end(Instant from, ZoneId zone) {
        var there = from.atZone(zone);
        return (yearly() ? there.plusYears(1) : there.plusMonths(1)).toInstant();
    }

    /** Such as "USD 300.00 a year". */
    public String price() {
        return money(amount, currency) + " a " + interval;
    }

    /** Such as "USD 300.00". */
    public static String money(long amount, String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return currency + " "
                + String.format(Locale.ROOT, "%,." + digits + "f", java.math.BigDecimal.valueOf(amount, digits));
    }

    /** Under the names that themes know. */
    public Map<String, Object> forThemes() {
        return Map.of(
                "name", name,
                "amount", yearly() ? amount / 12 : amount,
                "currency", currency,
                "yearly", yearly() ? amount : amount * 12,
                "trial_days", trialDays);
    }
}
