package press.masthead.site;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import press.masthead.search.Narrowed;
import press.masthead.search.Wanted;

/**
 * What the search form holds, as it was sent: a value that means nothing narrows nothing.
 *
 * @param query at most two hundred letters
 * @param fields what narrows the search, by the form's names; only those that are set
 */
record SearchForm(String query, Map<String, String> fields, int page) {
    static final List<String> KINDS = List.of("article", "memo", "report", "session", "event");
    private static final List<String> NAMES =
            List.of("kind", "topic", "industry", "country", "author", "from", "to", "order");
    private static final int LONGEST = 200;

    static SearchForm of(Context ctx) {
        String query = given(ctx, "q");
        if (query.length() > LONGEST) query = query.substring(0, LONGEST);
        var fields = new LinkedHashMap<String, String>();
        for (String name : NAMES) {
            String value = given(ctx, name);
            if (isMeant(name, value)) fields.put(name, value);
        }
        String page = given(ctx, "page");
        return new SearchForm(query, fields, page.matches("[1-9]|1\\d|20") ? Integer.parseInt(page) : 1);
    }

    private static String given(Context ctx, String name) {
        return ctx.queryParamAsClass(name, String.class).getOrDefault("").strip();
    }

    private static boolean isMeant(String name, String value) {
        return switch (name) {
            case "kind" -> KINDS.contains(value);
            case "country" -> value.matches("[A-Z]{2}");
            case "from", "to" -> day(value).isPresent();
            case "order" -> value.equals("newest");
            default -> value.matches("[a-z0-9-]{1,100}");
        };
    }

    private static Optional<LocalDate> day(String value) {
        try {
            return value.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(value));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean isNarrow() {
        return fields.keySet().stream().anyMatch(name -> !name.equals("order"));
    }

    Wanted.Order order() {
        return fields.containsKey("order") ? Wanted.Order.NEWEST : Wanted.Order.BEST;
    }

    /** @param zone by whose days the two dates are meant */
    Narrowed narrowed(ZoneId zone) {
        return new Narrowed(
                field("kind"),
                field("author"),
                field("topic"),
                field("industry"),
                field("country"),
                field("from")
                        .flatMap(SearchForm::day)
                        .map(day -> day.atStartOfDay(zone).toInstant()),
                field("to")
                        .flatMap(SearchForm::day)
                        .map(day -> day.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    private Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The address of this search, for another spelling or page of it. */
    String address(String words) {
        var all = new LinkedHashMap<String, String>();
        all.put("q", words);
        all.putAll(fields);
        return "/search/?"
                + all.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
