package press.masthead.site;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import press.masthead.plans.Interval;
import press.masthead.plans.Price;

/**
 * Which of the prices on offer someone looks at: what they chose, as far as it is there.
 *
 * @param all of every plan; never empty
 * @param price the one that is shown
 */
record PriceChoice(List<Price> all, Price price) {
    /**
     * @param plan a slug, {@code currency} a code, {@code interval} a word; what is unknown or not on offer is passed over
     * @param usual the price that the site names first
     */
    static PriceChoice of(List<Price> all, Price usual, String plan, String currency, String interval) {
        List<Price> left = narrow(all, plan, usual.plan().slug(), PriceChoice::slug);
        left = narrow(left, currency, usual.currency(), Price::currency);
        left = narrow(left, interval, usual.interval().word(), PriceChoice::word);
        return new PriceChoice(all, left.isEmpty() ? usual : left.getFirst());
    }

    private static String slug(Price price) {
        return price.plan().slug();
    }

    private static String word(Price price) {
        return price.interval().word();
    }

    private static List<Price> narrow(
            List<Price> all, String wanted, String usual, java.util.function.Function<Price, String> of) {
        List<Price> those =
                all.stream().filter(price -> of.apply(price).equals(wanted)).toList();
        if (those.isEmpty())
            those = all.stream().filter(price -> of.apply(price).equals(usual)).toList();
        return those.isEmpty() ? all : those;
    }

    /** The currency of the first region that a browser names and that there are prices for. */
    static String guess(String acceptLanguage, List<Price> all) {
        try {
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(acceptLanguage)) {
                Locale locale = Locale.forLanguageTag(range.getRange());
                if (locale.getCountry().length() != 2) continue;
                Currency theirs = Currency.getInstance(locale);
                if (theirs != null
                        && all.stream().anyMatch(price -> price.currency().equals(theirs.getCurrencyCode())))
                    return theirs.getCurrencyCode();
            }
        } catch (IllegalArgumentException e) {
            return "";
        }
        return "";
    }

    /** The currencies that the plan is sold in. */
    List<String> currencies() {
        return ofPlan().map(Price::currency).distinct().toList();
    }

    /** The plans there are. */
    List<Price> plans() {
        return all.stream()
                .filter(one -> all.stream()
                                .filter(other -> slug(other).equals(slug(one)))
                                .findFirst()
                                .orElseThrow()
                        == one)
                .toList();
    }

    private java.util.stream.Stream<Price> ofPlan() {
        return all.stream().filter(one -> slug(one).equals(slug(price)));
    }

    /** The same, paid in another interval. */
    Optional<Price> every(Interval interval) {
        return ofPlan().filter(one -> one.currency().equals(price.currency()) && one.interval() == interval)
                .findFirst();
    }

    /** What paying yearly saves in a year, minor units; 0 where it saves nothing. */
    long saves() {
        Optional<Price> year = every(Interval.YEAR);
        Optional<Price> month = every(Interval.MONTH);
        return year.isEmpty() || month.isEmpty()
                ? 0
                : Math.max(0, month.get().yearly() - year.get().yearly());
    }
}
