package press.masthead.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a search looks; each that is given narrows it.
 *
 * @param author a slug, as {@code topic} and {@code industry}
 * @param country a code of ISO 3166-1
 * @param from the first instant of publication
 * @param until the first that is too late
 */
public record Narrowed(
        Optional<String> kind,
        Optional<String> author,
        Optional<String> topic,
        Optional<String> industry,
        Optional<String> country,
        Optional<Instant> from,
        Optional<Instant> until) {
    public static final Narrowed NOT = new Narrowed(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    Clause clause() {
        var narrow = new ArrayList<Clause>();
        only(narrow, Fields.KIND, kind);
        only(narrow, Fields.AUTHOR, author);
        only(narrow, Fields.TOPIC, topic);
        only(narrow, Fields.INDUSTRY, industry);
        only(narrow, Fields.COUNTRY, country);
        if (from.isPresent() || until.isPresent())
            narrow.add(new Clause.Span(
                    Fields.PUBLISHED,
                    from.map(Fields::micros).orElse(Long.MIN_VALUE),
                    until.map(end -> Fields.micros(end) - 1).orElse(Long.MAX_VALUE)));
        return new Clause.All(List.copyOf(narrow));
    }

    private static void only(List<Clause> narrow, String field, Optional<String> value) {
        value.ifPresent(word -> narrow.add(Clause.is(field, word)));
    }
}
