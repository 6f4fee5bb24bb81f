package press.masthead.charts;

import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/** In what the values of a chart are measured, and how they are written. */
public sealed interface Unit {
    /** Whole things; only whole numbers stand on the axis. */
    record Count() implements Unit {}

    /** Shares: 0.25 is written as 25%. */
    record Share() implements Unit {}

    /** @param currency ISO 4217; values are in its major unit */
    record Money(String currency) implements Unit {}

    /** @param name written behind the figure, such as "ms"; may be empty */
    record Measure(String name) implements Unit {}

    /** Written in full, as in a table; a dash where there is none. */
    default String full(double value, Locale locale) {
        if (Double.isNaN(value)) return "–";
        return switch (this) {
            case Count() -> format(NumberFormat.getIntegerInstance(locale), value);
            case Share() -> {
                NumberFormat percent = NumberFormat.getPercentInstance(locale);
                percent.setMaximumFractionDigits(1);
                yield format(percent, value);
            }
            case Money(String currency) -> money(currency, locale, value, true);
            case Measure(String name) -> {
                NumberFormat plain = NumberFormat.getNumberInstance(locale);
                plain.setMaximumFractionDigits(3);
                yield format(plain, value) + behind(name);
            }
        };
    }

    /** Written as short as it goes, for the axis and for a figure in large letters. */
    default String brief(double value, Locale locale) {
        if (Double.isNaN(value)) return "–";
        boolean large = Math.abs(value) >= 10_000;
        return switch (this) {
            case Count() -> large ? compact(value, locale) : full(value, locale);
            case Share() -> full(value, locale);
            case Money(String currency) ->
                large
                        ? currency + " " + compact(value, locale)
                        : money(currency, locale, value, value != Math.rint(value));
            case Measure(String name) ->
                (large ? compact(value, locale) : new Measure("").full(value, locale))
                        // A long one stands beside the title, and would push the drawing aside.
                        + (name.length() <= 4 ? behind(name) : "");
        };
    }

    private static String behind(String name) {
        return name.isEmpty() || name.equals("%") ? name : "\u00A0" + name;
    }

    /** With the code and not a sign: there are two dozen dollars. */
    private static String money(String code, Locale locale, double value, boolean minor) {
        Currency currency = Currency.getInstance(code);
        NumberFormat plain = NumberFormat.getNumberInstance(locale);
        int digits = minor ? Math.max(0, currency.getDefaultFractionDigits()) : 0;
        plain.setMinimumFractionDigits(digits);
        plain.setMaximumFractionDigits(digits);
        return code + " " + format(plain, value);
    }

    private static String compact(double value, Locale locale) {
        NumberFormat compact = NumberFormat.getCompactNumberInstance(locale, NumberFormat.Style.SHORT);
        compact.setMaximumFractionDigits(1);
        return format(compact, value);
    }

    private static String format(NumberFormat format, double value) {
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(value == 0 ? 0.0 : value);
    }
}
