package press.masthead.plans;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/**
 * A plan at one price.
 *
 * @param amount minor units for one interval
 * @param currency ISO 4217
 * @param interval {@code month} or {@code year}
 * @param trialDays free days before the first invoice, 0 to 90
 */
public record Plan(long priceId, String name, long amount, String currency, String interval, int trialDays) {
    private boolean yearly() {
        return interval.equals("year");
    }

    /** When a period that begins at this instant ends, on the clock of the zone. */
    public Instant end(Instant from, ZoneId zone) {
        ZonedDateTime there = from.atZone(zone);
        return (yearly() ? there.plusYears(1) : there.plusMonths(1)).toInstant();
    }

    /**
     * When free days that begin at this instant end: as many days later by the calendar, at the same time on the zone's
     * clock. A time that the clock skips is an hour later; of a time that it shows twice, the one in the same offset.
     */
    public Instant trialEnd(Instant from, ZoneId zone) {
        return from.atZone(zone).plusDays(trialDays).toInstant();
    }

    /** The same for someone who has had their free days. */
    public Plan withoutTrial() {
        return new Plan(priceId, name, amount, currency, interval, 0);
    }

    /** Such as "USD 300.00 a year". */
    public String price() {
        return money(amount, currency) + " a " + interval;
    }

    /** Such as "free week" or "14 free days"; empty when there are none. */
    public String trial() {
        return switch (trialDays) {
            case 0 -> "";
            case 1 -> "free day";
            case 7 -> "free week";
            default -> trialDays + " free days";
        };
    }

    /** Such as "USD 300.00". */
    public static String money(long amount, String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return currency + " " + String.format(Locale.ROOT, "%,." + digits + "f", BigDecimal.valueOf(amount, digits));
    }

    /** Under the names that themes know. */
    public Map<String, Object> forThemes() {
        return Map.of(
                "name", name,
                "amount", yearly() ? amount / 12 : amount,
                "currency", currency,
                "yearly", yearly() ? amount : amount * 12,
                "billed", amount,
                "interval", interval,
                "trial_days", trialDays,
                "trial", trial());
    }
}
