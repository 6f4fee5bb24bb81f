package press.masthead.themes;

import static press.masthead.themes.Values.at;
import static press.masthead.themes.Values.flag;
import static press.masthead.themes.Values.given;
import static press.masthead.themes.Values.hash;
import static press.masthead.themes.Values.text;

import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The helpers that say something: dates, excerpts, counts, prices, translations. */
final class Words {
    private static final int WORDS_A_MINUTE = 275;
    private static final Set<String> RIGHT_TO_LEFT =
            Set.of("ar", "he", "fa", "ur", "yi", "ps", "dv", "ckb", "sd", "ug");
    private static final Pattern BLANK = Pattern.compile("\\s+");

    private Words() {}

    static void register(Handlebars handlebars, Map<String, Map<String, String>> locales) {
        handlebars.registerHelper("date", (Helper<Object>) Words::date);
        handlebars.registerHelper("content", (Helper<Object>) Words::content);
        handlebars.registerHelper("excerpt", (Helper<Object>) Words::excerpt);
        handlebars.registerHelper("reading_time", (Helper<Object>) Words::readingTime);
        handlebars.registerHelper("plural", (Helper<Object>) Words::plural);
        handlebars.registerHelper("concat", (Helper<Object>) Words::concat);
        handlebars.registerHelper(
                "encode",
                (Object it, Options options) ->
                        URLEncoder.encode(text(it), StandardCharsets.UTF_8).replace("+", "%20"));
        handlebars.registerHelper("price", (Helper<Object>) Words::price);
        handlebars.registerHelper("lang", (Object it, Options options) -> language(options));
        handlebars.registerHelper(
                "dir", (Object it, Options options) -> RIGHT_TO_LEFT.contains(base(language(options))) ? "rtl" : "ltr");
        handlebars.registerHelper("t", (Object it, Options options) -> translated(text(it), options, locales));
    }

    private static CharSequence date(@Nullable Object it, Options options) {
        Object value = it;
        if (given(options) == 0) {
            value = at(it, "published_at");
            if (value == null) value = now(options);
        }
        Optional<Instant> instant = Moment.instant(value);
        if (instant.isEmpty()) return "";
        if (flag(options, "timeago")) return Moment.ago(instant.get(), now(options));
        return Moment.format(instant.get(), zone(options), hash(options, "format", "ll"), Values.locale(options));
    }

    private static ZoneId zone(Options options) {
        String zone = hash(options, "timezone", text(Values.site(options, "timezone")));
        return Moment.zone(zone.isEmpty() ? "Etc/UTC" : zone);
    }

    static Instant now(Options options) {
        return Moment.instant(Values.data(options, "now")).orElseGet(Instant::now);
    }

    /** The body, cut when asked to; where the reader may not have all of it, followed by the theme's content-cta. */
    private static @Nullable CharSequence content(@Nullable Object it, Options options) throws IOException {
        Object story = options.context.model();
        String html = text(story, "html");
        int words = hash(options, "words", 0);
        int characters = hash(options, "characters", 0);
        if (words > 0) html = Cut.words(html, words);
        else if (characters > 0) html = Cut.characters(html, characters);
        if (!Boolean.FALSE.equals(at(story, "access"))) return Through.markup(options, html);
        var out = new Out(4096);
        out.write(html);
        options.handlebars.compile("content-cta").apply(options.context, out);
        return Through.markup(options, out.rendered());
    }

    private static CharSequence excerpt(@Nullable Object it, Options options) {
        Object story = options.context.model();
        String written = text(story, "custom_excerpt");
        boolean asked = options.hash.containsKey("words") || options.hash.containsKey("characters");
        if (!written.isEmpty() && !asked) return written;
        String plain = written.isEmpty() ? text(story, "excerpt") : written;
        if (plain.isEmpty()) plain = Cut.plain(text(story, "html"));
        int characters = hash(options, "characters", 0);
        if (characters > 0)
            return plain.length() <= characters
                    ? plain
                    : plain.substring(0, characters).strip();
        return Cut.firstWords(plain, hash(options, "words", 50));
    }

    private static CharSequence readingTime(@Nullable Object it, Options options) {
        Object story = options.context.model();
        int minutes = at(story, "reading_time") instanceof Number known
                ? known.intValue()
                : Math.round(BLANK.split(Cut.plain(text(story, "html"))).length / (float) WORDS_A_MINUTE);
        if (minutes < 2) return hash(options, "minute", hash(options, "seconds", "1 min read"));
        return hash(options, "minutes", "% min read").replace("%", String.valueOf(minutes));
    }

    private static CharSequence plural(@Nullable Object it, Options options) {
        double count = it instanceof Number number ? number.doubleValue() : 0;
        String words = hash(options, count == 0 ? "empty" : count == 1 ? "singular" : "plural", "");
        return words.replace("%", it instanceof Number number ? grouped(number, options) : "0");
    }

    static String grouped(Number number, Options options) {
        return NumberFormat.getIntegerInstance(Values.locale(options)).format(number);
    }

    private static CharSequence concat(@Nullable Object first, Options options) {
        var all = new StringBuilder(text(first));
        for (Object more : options.params)
            all.append(hash(options, "separator", "")).append(text(more));
        return all.toString();
    }

    /** {{price plan}} of a map with amount and currency, or {{price 2500 currency="USD"}}: minor units in, "$25" out. */
    private static CharSequence price(@Nullable Object it, Options options) {
        Object amount = it instanceof Map<?, ?> ? at(it, "amount") : it;
        String code = hash(options, "currency", text(it, "currency")).toUpperCase(Locale.ROOT);
        if (!(amount instanceof Number minor)) return "";
        if (code.isEmpty()) return grouped(minor, options);
        Currency currency = Currency.getInstance(code);
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        double whole = minor.doubleValue() / Math.pow(10, digits);
        NumberFormat format = hash(options, "currencyFormat", "symbol").equals("symbol")
                ? NumberFormat.getCurrencyInstance(Values.locale(options))
                : NumberFormat.getInstance(Values.locale(options));
        format.setCurrency(currency);
        boolean round = whole == Math.rint(whole)
                && !hash(options, "numberFormat", "short").equals("long");
        format.setMinimumFractionDigits(round ? 0 : digits);
        format.setMaximumFractionDigits(round ? 0 : digits);
        String figure = format.format(whole);
        return switch (hash(options, "currencyFormat", "symbol")) {
            case "code" -> code + " " + figure;
            case "name" -> figure + " " + currency.getDisplayName(Values.locale(options));
            default -> figure.replace(" ", "\u00a0");
        };
    }

    static String language(Options options) {
        String site = text(Values.site(options, "locale"));
        return site.isEmpty() ? "en" : site;
    }

    /** de of de-AT. */
    private static String base(String language) {
        int hyphen = language.indexOf('-');
        return hyphen < 0 ? language : language.substring(0, hyphen);
    }

    static String translated(String key, String language, Map<String, Map<String, String>> locales) {
        String words = "";
        for (String tag : new String[] {language, base(language), "en"})
            if (words.isEmpty()) words = locales.getOrDefault(tag, Map.of()).getOrDefault(key, "");
        return words.isEmpty() ? key : words;
    }

    /** The theme's own words in the site's language: locales/de.json, then de of de-AT, then the key itself. */
    private static CharSequence translated(String key, Options options, Map<String, Map<String, String>> locales) {
        String said = translated(key, hash(options, "locale", language(options)), locales);
        if (said.indexOf('{') < 0) return said;
        for (var value : options.hash.entrySet())
            said = said.replace("{" + value.getKey() + "}", text(value.getValue()));
        return said;
    }
}
