package press.masthead.plans;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ColumnName;

/**
 * What a plan costs. Never edited: another price is another row, and who joined at this one keeps it.
 *
 * @param amount minor units for one interval
 * @param currency ISO 4217
 * @param trialDays free days before the first payment, 0 to 90
 */
public record Price(
        @ColumnName("price_id") long id,
        @Nested Plan plan,
        long amount,
        String currency,
        Interval interval,
        int trialDays) {
    public Money money() {
        return new Money(amount, currency);
    }

    /** Where a period that begins at this instant ends, when it is the first. */
    public Instant end(Instant from, ZoneId zone) {
        return interval.end(from, from, zone);
    }

    /**
     * When free days that begin at this instant end: as many days later by the calendar, at the same time on the zone's
     * clock. A time that the clock skips is an hour later; of a time that it shows twice, the one in the same offset.
     */
    public Instant trialEnd(Instant from, ZoneId zone) {
        return from.atZone(zone).plusDays(trialDays).toInstant();
    }

    /** The same with other free days: none for someone who has had theirs, more where an offer gives more. */
    public Price withTrial(int days) {
        return new Price(id, plan, amount, currency, interval, days);
    }

    /** What a year costs. */
    public long yearly() {
        return amount * (12 / interval.months());
    }

    /** Such as "USD 300.00 a year". */
    public String words() {
        return money().words() + " a " + interval.word();
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

    /** Under the names that themes know. */
    public Map<String, Object> forThemes() {
        var map = new HashMap<String, Object>();
        map.put("name", plan.name());
        map.put("slug", plan.slug());
        map.put("amount", amount / interval.months());
        map.put("currency", currency);
        map.put("yearly", yearly());
        map.put("billed", amount);
        map.put("interval", interval.word());
        map.put("trial_days", trialDays);
        map.put("trial", trial());
        map.put("price_id", id);
        return map;
    }
}
