package press.masthead.themes;

import java.text.DateFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times in the tokens theme authors know from Moment.js: {@code D MMMM YYYY}, {@code HH:mm}, {@code [at]}. */
final class Moment {
    private static final Pattern TOKEN = Pattern.compile(
            "\\[[^\\]]*]|YYYY|YY|Y|MMMM|MMM|MM|Mo|M|DDDD|DDD|DD|Do|D|dddd|ddd|dd|d|E|e|GGGG|WW|W|ww|w|Qo|Q|HH|H|hh|h|kk|k"
                    + "|mm|m|ss|s|SSS|SS|S|A|a|ZZ|Z|zz|z|X|x|LTS|LT|LLLL|LLL|LL|L|llll|lll|ll|l|[^\\[]");
    private static final Map<String, String[]> PARSED = new ConcurrentHashMap<>();
    private static final Map<Locale, DateFormatSymbols> NAMES = new ConcurrentHashMap<>();
    private static final Map<String, ZoneId> ZONES = new ConcurrentHashMap<>();

    private Moment() {}

    /** What contexts hold as times: an instant, a time with its offset, a date, or any of these as ISO text. */
    static Optional<Instant> instant(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case Instant instant -> Optional.of(instant);
            case ZonedDateTime zoned -> Optional.of(zoned.toInstant());
            case OffsetDateTime offset -> Optional.of(offset.toInstant());
            case LocalDate date -> Optional.of(date.atStartOfDay(ZoneOffset.UTC).toInstant());
            case CharSequence text -> parsed(text.toString());
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> parsed(String text) {
        try {
            if (text.length() == 10)
                return Optional.of(
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    static ZoneId zone(String name) {
        return ZONES.computeIfAbsent(name, ZoneId::of);
    }

    static String format(Instant instant, ZoneId zone, String format, Locale locale) {
        ZonedDateTime time = instant.atZone(zone);
        var text = new StringBuilder(format.length() + 16);
        for (String token : PARSED.computeIfAbsent(format, Moment::tokens)) append(text, token, time, locale);
        return text.toString();
    }

    private static String[] tokens(String format) {
        return TOKEN.matcher(format).results().map(found -> found.group()).toArray(String[]::new);
    }

    private static void append(StringBuilder text, String token, ZonedDateTime time, Locale locale) {
        switch (token) {
            case "YYYY", "Y" -> text.append(time.getYear());
            case "GGGG" -> text.append(time.get(IsoFields.WEEK_BASED_YEAR));
            case "YY" -> two(text, time.getYear() % 100);
            case "MMMM" -> text.append(names(locale).getMonths()[time.getMonthValue() - 1]);
            case "MMM" -> text.append(names(locale).getShortMonths()[time.getMonthValue() - 1]);
            case "MM" -> two(text, time.getMonthValue());
            case "Mo" -> text.append(ordinal(time.getMonthValue(), locale));
            case "M" -> text.append(time.getMonthValue());
            case "DDDD" -> text.append("%03d".formatted(time.getDayOfYear()));
            case "DDD" -> text.append(time.getDayOfYear());
            case "DD" -> two(text, time.getDayOfMonth());
            case "Do" -> text.append(ordinal(time.getDayOfMonth(), locale));
            case "D" -> text.append(time.getDayOfMonth());
            case "dddd" ->
                text.append(names(locale).getWeekdays()[time.getDayOfWeek().getValue() % 7 + 1]);
            case "ddd" ->
                text.append(names(locale).getShortWeekdays()[time.getDayOfWeek().getValue() % 7 + 1]);
            case "dd" ->
                text.append(names(locale).getShortWeekdays()[time.getDayOfWeek().getValue() % 7 + 1], 0, 2);
            case "d", "e" -> text.append(time.getDayOfWeek().getValue() % 7);
            case "E" -> text.append(time.getDayOfWeek().getValue());
            case "WW" -> two(text, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "W" -> text.append(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "ww" -> two(text, time.get(WeekFields.of(locale).weekOfWeekBasedYear()));
            case "w" -> text.append(time.get(WeekFields.of(locale).weekOfWeekBasedYear()));
            case "Q" -> text.append(time.get(IsoFields.QUARTER_OF_YEAR));
            case "Qo" -> text.append(ordinal(time.get(IsoFields.QUARTER_OF_YEAR), locale));
            case "HH" -> two(text, time.getHour());
            case "H" -> text.append(time.getHour());
            case "hh" -> two(text, twelve(time.getHour()));
            case "h" -> text.append(twelve(time.getHour()));
            case "kk" -> two(text, time.getHour() == 0 ? 24 : time.getHour());
            case "k" -> text.append(time.getHour() == 0 ? 24 : time.getHour());
            case "mm" -> two(text, time.getMinute());
            case "m" -> text.append(time.getMinute());
            case "ss" -> two(text, time.getSecond());
            case "s" -> text.append(time.getSecond());
            case "SSS" -> text.append("%03d".formatted(time.getNano() / 1_000_000));
            case "SS" -> two(text, time.getNano() / 10_000_000);
            case "S" -> text.append(time.getNano() / 100_000_000);
            case "A" -> text.append(names(locale).getAmPmStrings()[time.getHour() / 12]);
            case "a" ->
                text.append(names(locale).getAmPmStrings()[time.getHour() / 12].toLowerCase(locale));
            case "Z" -> offset(text, time.getOffset(), ":");
            case "ZZ" -> offset(text, time.getOffset(), "");
            case "z", "zz" ->
                text.append(DateTimeFormatter.ofPattern("z", locale).format(time));
            case "X" -> text.append(time.toEpochSecond());
            case "x" -> text.append(time.toInstant().toEpochMilli());
            case "LT" ->
                text.append(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(time));
            case "LTS" ->
                text.append(DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM)
                        .withLocale(locale)
                        .format(time));
            case "L", "l" -> local(text, FormatStyle.SHORT, time, locale);
            case "LL" -> local(text, FormatStyle.LONG, time, locale);
            case "ll" -> local(text, FormatStyle.MEDIUM, time, locale);
            case "LLL", "LLLL", "lll", "llll" -> {
                local(text, token.length() == 4 ? FormatStyle.FULL : FormatStyle.LONG, time, locale);
                append(text.append(' '), "LT", time, locale);
            }
            default -> text.append(token.startsWith("[") ? token.substring(1, token.length() - 1) : token);
        }
    }

    private static void local(StringBuilder text, FormatStyle style, ZonedDateTime time, Locale locale) {
        text.append(DateTimeFormatter.ofLocalizedDate(style).withLocale(locale).format(time));
    }

    private static void two(StringBuilder text, int number) {
        if (number < 10) text.append('0');
        text.append(number);
    }

    private static void offset(StringBuilder text, ZoneOffset offset, String colon) {
        int minutes = Math.abs(offset.getTotalSeconds() / 60);
        text.append(offset.getTotalSeconds() < 0 ? '-' : '+');
        two(text, minutes / 60);
        two(text.append(colon), minutes % 60);
    }

    private static int twelve(int hour) {
        return hour % 12 == 0 ? 12 : hour % 12;
    }

    private static String ordinal(int number, Locale locale) {
        if (!"en".equals(locale.getLanguage())) return number + ".";
        int last = number % 100 / 10 == 1 ? 0 : number % 10;
        return number + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
    }

    private static DateFormatSymbols names(Locale locale) {
        return NAMES.computeIfAbsent(locale, DateFormatSymbols::getInstance);
    }

    /** "3 hours ago", as Moment.js says it in English. */
    static String ago(Instant then, Instant now) {
        Duration since = Duration.between(then, now);
        String words = span(since.abs().toSeconds());
        return since.isNegative() ? "in " + words : words + " ago";
    }

    private static String span(long seconds) {
        if (seconds < 45) return "a few seconds";
        if (seconds < 90) return "a minute";
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 45) return minutes + " minutes";
        if (minutes < 90) return "an hour";
        long hours = Math.round(minutes / 60.0);
        if (hours < 22) return hours + " hours";
        if (hours < 36) return "a day";
        long days = Math.round(hours / 24.0);
        if (days < 26) return days + " days";
        if (days < 45) return "a month";
        if (days < 320) return Math.round(days / 30.4) + " months";
        if (days < 548) return "a year";
        return Math.round(days / 365.0) + " years";
    }
}
