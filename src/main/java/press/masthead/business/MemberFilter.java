package press.masthead.business;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import press.masthead.plans.Payment;

/**
 * Which members to list; an empty part stands for any.
 *
 * @param plan a slug
 * @param interval {@code month} or {@code year}
 * @param pays how they pay, as {@link Payment} is stored
 * @param offer its code
 * @param team its name; with one, the people on its seats are listed
 * @param from joined on this day or later, as a date field has it
 * @param until joined on this day or earlier
 */
record MemberFilter(
        String words,
        String state,
        String plan,
        String interval,
        String pays,
        String source,
        String offer,
        String team,
        String from,
        String until) {
    static MemberFilter of(Context ctx) {
        return new MemberFilter(
                text(ctx.queryParam("q")),
                Optional.of(text(ctx.queryParam("state")))
                        .filter(state -> MemberState.of(state).isPresent())
                        .orElse(""),
                text(ctx.queryParam("plan")),
                Optional.of(text(ctx.queryParam("interval")))
                        .filter(word -> word.matches("month|year"))
                        .orElse(""),
                Optional.of(text(ctx.queryParam("pays")))
                        .filter(pays -> Arrays.stream(Payment.values())
                                .anyMatch(one ->
                                        one.name().toLowerCase(Locale.ROOT).equals(pays)))
                        .orElse(""),
                text(ctx.queryParam("source")),
                text(ctx.queryParam("offer")).toUpperCase(Locale.ROOT),
                text(ctx.queryParam("team")),
                day(text(ctx.queryParam("from"))),
                day(text(ctx.queryParam("until"))));
    }

    private static String text(@Nullable String given) {
        String text = given == null ? "" : given.strip();
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    private static String day(String text) {
        try {
            return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                    ? LocalDate.parse(text).toString()
                    : "";
        } catch (DateTimeException e) {
            return "";
        }
    }

    boolean isEmpty() {
        return (words + state).isEmpty() && !hasMore();
    }

    /** Whether one of those is set that lie behind "More filters". */
    boolean hasMore() {
        return !(plan + interval + pays + source + offer + team + from + until).isEmpty();
    }

    /** The words as a query for words that begin so; anything but letters and digits divides. */
    String beginnings() {
        return Arrays.stream(words.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .limit(10)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
    }

    /** As an address carries it, from the question mark on. */
    String query() {
        return "?q=" + encoded(words) + "&state=" + state + "&plan=" + encoded(plan) + "&interval=" + interval
                + "&pays="
                + pays + "&source=" + encoded(source) + "&offer=" + encoded(offer) + "&team=" + encoded(team) + "&from="
                + from + "&until=" + until;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
