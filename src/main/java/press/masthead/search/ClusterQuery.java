package press.masthead.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@link Clause} in the cluster's language for queries. */
final class ClusterQuery {
    private static final Map<String, Object> NOTHING = Map.of("match_none", Map.of());
    private static final Map<String, Object> EVERYTHING = Map.of("match_all", Map.of());

    private final Function<Clause.Word, Double> rarity;

    /** @param rarity of an open word, which stands for a hidden one too */
    ClusterQuery(Function<Clause.Word, Double> rarity) {
        this.rarity = rarity;
    }

    /** Words that are scored, each as the open word by which its rarity is judged. */
    static Stream<Clause.Word> scoredWords(Clause clause) {
        return switch (clause) {
            case Clause.Word word -> Fields.isText(word.field()) ? Stream.of(open(word)) : Stream.empty();
            case Clause.Phrase phrase -> words(phrase).map(ClusterQuery::open);
            case Clause.Any any -> any.of().stream().flatMap(ClusterQuery::scoredWords);
            case Clause.All all -> all.of().stream().flatMap(ClusterQuery::scoredWords);
            case Clause.Weighed weighed -> scoredWords(weighed.clause());
            case Clause.Within within ->
                Stream.concat(
                        scoredWords(within.wanted()), within.liked().stream().flatMap(ClusterQuery::scoredWords));
            case Clause.Beginning _, Clause.Span _, Clause.Not _ -> Stream.empty();
        };
    }

    private static Stream<Clause.Word> words(Clause.Phrase phrase) {
        return phrase.words().stream().map(word -> Clause.is(phrase.field(), word));
    }

    private static Clause.Word open(Clause.Word word) {
        return Clause.is(Fields.openOf(word.field()), word.word());
    }

    private double rarity(Clause.Word word) {
        return Fields.isText(word.field()) ? rarity.apply(open(word)) : 1;
    }

    /** As a query that only says yes or no. */
    Map<String, Object> filter(Clause clause) {
        return clause instanceof Clause.All all ? every("filter", all.of(), this::filter) : scored(clause);
    }

    /** As a query that says how well. */
    Map<String, Object> scored(Clause clause) {
        return switch (clause) {
            case Clause.Word word -> field("term", word.field(), "value", value(word), word.weight() * rarity(word));
            case Clause.Phrase phrase -> phrase(phrase);
            case Clause.Beginning beginning ->
                field("prefix", beginning.field(), "value", ClusterForm.word(beginning.letters()), 1);
            case Clause.Span span ->
                Map.of("range", Map.of(span.field(), Map.of("gte", span.from(), "lte", span.to())));
            case Clause.Any any -> either(any.of().stream().map(this::scored).toList());
            case Clause.All all -> every("must", all.of(), this::scored);
            case Clause.Not not -> Map.of("bool", Map.of("must_not", List.of(filter(not.clause()))));
            case Clause.Weighed weighed ->
                Map.of("bool", Map.of("must", List.of(scored(weighed.clause())), "boost", weighed.weight()));
            case Clause.Within within -> within(within);
        };
    }

    /** These pieces, whatever stands in them. */
    static Map<String, Object> pieces(Collection<Long> ids) {
        return Map.of(
                "terms", Map.of(Fields.PIECE, ids.stream().map(String::valueOf).toList()));
    }

    /** What matches one of these at least. */
    static Map<String, Object> either(List<Map<String, Object>> queries) {
        return queries.isEmpty() ? NOTHING : Map.of("bool", Map.of("should", queries, "minimum_should_match", 1));
    }

    private Map<String, Object> phrase(Clause.Phrase phrase) {
        double mean = words(phrase).mapToDouble(this::rarity).average().orElse(1);
        return phrase.words().size() == 1
                ? field(
                        "term",
                        phrase.field(),
                        "value",
                        ClusterForm.word(phrase.words().getFirst()),
                        mean)
                : field("match_phrase", phrase.field(), "query", ClusterForm.joined(phrase.words()), mean);
    }

    private static String value(Clause.Word word) {
        return Fields.isText(word.field()) ? ClusterForm.word(word.word()) : ClusterForm.whole(word.word());
    }

    private static Map<String, Object> field(String kind, String field, String key, String value, double boost) {
        return Map.of(kind, Map.of(field, boost == 1 ? Map.of(key, value) : Map.of(key, value, "boost", boost)));
    }

    private static Map<String, Object> every(
            String occur, List<Clause> of, Function<Clause, Map<String, Object>> translated) {
        if (of.isEmpty()) return EVERYTHING;
        var query = new HashMap<String, List<Object>>();
        ClusterQuery plain = new ClusterQuery(_ -> 1.0);
        for (Clause one : of)
            if (one instanceof Clause.Not not)
                query.computeIfAbsent("must_not", _ -> new ArrayList<>()).add(plain.filter(not.clause()));
            else query.computeIfAbsent(occur, _ -> new ArrayList<>()).add(translated.apply(one));
        return Map.of("bool", query);
    }

    private Map<String, Object> within(Clause.Within within) {
        var query = new HashMap<String, Object>();
        query.put(
                "filter",
                Stream.concat(within.among().stream(), within.demanded().stream())
                        .map(this::filter)
                        .toList());
        if (within.wanted() instanceof Clause.Any any && within.liked().isEmpty()) {
            // alternatives and filters side by side, so that what can't come among the best is skipped
            if (any.of().isEmpty()) return NOTHING;
            query.put("should", any.of().stream().map(this::scored).toList());
            query.put("minimum_should_match", 1);
        } else {
            query.put("must", List.of(scored(within.wanted())));
            query.put("should", within.liked().stream().map(this::scored).toList());
        }
        return Map.of("bool", query);
    }
}
