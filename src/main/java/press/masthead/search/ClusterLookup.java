package press.masthead.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongFunction;
import press.masthead.search.ClusterIndexes.Seen;

/** A cluster's index, asked by words and, where it has directions of the model at hand, by meaning. */
final class ClusterLookup implements Lookup {
    /** How deep its list is read. */
    private static final int DEPTH = 200;

    private static final int NEAREST = 150;

    private final ClusterCalls calls;
    private final Seen seen;
    private final Cache<Clause.Word, Double> rarities;
    private final String model;
    private final LongFunction<Optional<byte[]>> openings;

    /**
     * @param rarities of words as {@link Search} is asked for them, kept for a while
     * @param model at hand
     * @param openings what it made of how a piece opens
     */
    ClusterLookup(
            ClusterCalls calls,
            Seen seen,
            Cache<Clause.Word, Double> rarities,
            String model,
            LongFunction<Optional<byte[]>> openings) {
        this.calls = calls;
        this.seen = seen;
        this.rarities = rarities;
        this.model = model;
        this.openings = openings;
    }

    @Override
    public boolean isByMeaning() {
        return !model.equals(ClusterForm.NO_MODEL) && seen.note().model().equals(model);
    }

    @Override
    public List<Hit> find(Wanted wanted, Optional<byte[]> direction, float leastLikeness) {
        Words words = Words.of(wanted.typed());
        var query = new LexicalQuery(words, seen.languages().keySet(), wanted, Fields.micros(wanted.moment()));
        boolean strict = words.isDemand();
        var lexical = translated(query.build(strict));
        var found = byWords(lexical, wanted);
        if (strict && !words.isPhrasesAlone() && found.isEmpty()) {
            strict = false;
            lexical = translated(query.build(false));
            found = byWords(lexical, wanted);
        }
        if (direction.isEmpty()) return Candidate.ordered(found, wanted, Fusion.WORDS_ALONE, leastLikeness);
        boolean more = wanted.order() == Wanted.Order.BEST && !strict;
        return Candidate.ordered(
                withMeaning(found, lexical, wanted, direction.get(), more), wanted, Fusion.BOTH, leastLikeness);
    }

    /**
     * A hit of either list with its score in the other, as {@link Ranking} has it.
     *
     * @param more whether what has none of the words is found too
     */
    private List<Candidate> withMeaning(
            List<Candidate> byWords, List<Map<String, Object>> lexical, Wanted wanted, byte[] direction, boolean more) {
        var nearest = new ClusterNearest(this, direction);
        var readable = Readable.at(wanted.standing(), Fields.micros(wanted.moment()));
        var found = new LinkedHashMap<Long, Candidate>();
        for (Candidate one : byWords) found.put(one.piece(), one);
        if (more) {
            var others = new ArrayList<>(nearest.pieces(wanted.narrowed().clause(), readable, NEAREST));
            others.removeIf(found::containsKey);
            for (Candidate one : scored(lexical, others)) found.put(one.piece(), one);
        }
        for (var near : nearest.each(found.keySet(), readable)) {
            Candidate one = found.get(near.piece());
            if (one != null) found.put(near.piece(), one.near(near));
        }
        return List.copyOf(found.values());
    }

    /** These pieces, each with the score that its words have. */
    private List<Candidate> scored(List<Map<String, Object>> lexical, List<Long> pieces) {
        if (pieces.isEmpty()) return List.of();
        var query = new HashMap<String, Object>(Map.of("filter", List.of(ClusterQuery.pieces(pieces))));
        if (!lexical.isEmpty()) query.put("should", lexical);
        return candidates("", new HashMap<>(Map.of("size", pieces.size(), "query", Map.of("bool", query))));
    }

    private List<Map<String, Object>> translated(List<Clause> lexical) {
        var rare = rare(lexical);
        var translated = new ClusterQuery(word -> rare.getOrDefault(word, 1.0));
        return lexical.stream().map(translated::scored).toList();
    }

    private List<Candidate> byWords(List<Map<String, Object>> lexical, Wanted wanted) {
        if (lexical.isEmpty()) return List.of();
        var body = new HashMap<String, Object>(Map.of("size", DEPTH, "query", ClusterQuery.either(lexical)));
        if (wanted.order() == Wanted.Order.NEWEST) {
            body.put("sort", List.of(Map.of(Fields.PUBLISHED, "desc"), Map.of(Fields.ID, "desc")));
            body.put("track_scores", true);
        }
        // the same search to the same copy, so that its next page goes on where the first ended
        return candidates("?preference=q" + wanted.typed().hashCode(), body);
    }

    private List<Candidate> candidates(String parameters, HashMap<String, Object> body) {
        body.putAll(Map.of(
                "track_total_hits", false, "_source", false, "docvalue_fields", List.of(Fields.ID, Fields.PUBLISHED)));
        var candidates = new ArrayList<Candidate>();
        for (JsonNode hit : hits(parameters, body))
            candidates.add(new Candidate(
                    number(hit, Fields.ID),
                    number(hit, Fields.PUBLISHED),
                    (float) hit.path("_score").asDouble(),
                    OptionalDouble.empty(),
                    0,
                    false));
        return candidates;
    }

    /** As BM25 has it, by what is open. */
    private Map<Clause.Word, Double> rare(Collection<Clause> lexical) {
        var words =
                lexical.stream().flatMap(ClusterQuery::scoredWords).distinct().toList();
        var rare = new HashMap<Clause.Word, Double>();
        with(words).forEach((word, with) -> {
            double all = Math.max(with, of(word.field()));
            rare.put(word, Math.log(1 + (all - with + 0.5) / (with + 0.5)));
        });
        return rare;
    }

    /** How many pieces there are that could have a word in this field. */
    private long of(String field) {
        return field.endsWith(Fields.EXACT)
                ? seen.pieces()
                : seen.languages().getOrDefault(field.substring(field.indexOf('_') + 1), 0L);
    }

    /** How many pieces have each of these, one at least. */
    private Map<Clause.Word, Long> with(List<Clause.Word> words) {
        var with = new HashMap<Clause.Word, Long>();
        if (words.isEmpty()) return with;
        var filters = new LinkedHashMap<String, Object>();
        var plain = new ClusterQuery(_ -> 1.0);
        for (int i = 0; i < words.size(); i++) filters.put(Integer.toString(i), plain.filter(words.get(i)));
        JsonNode counted = search(
                        "", Map.of("size", 0, "aggs", Map.of("with", Map.of("filters", Map.of("filters", filters)))))
                .path("aggregations")
                .path("with")
                .path("buckets");
        if (!counted.isObject()) throw calls.nonsense();
        for (int i = 0; i < words.size(); i++)
            with.put(
                    words.get(i),
                    Math.max(
                            1,
                            counted.path(Integer.toString(i)).path("doc_count").asLong()));
        return with;
    }

    @Override
    public double rarity(String languageTag, String word) {
        var asked = Clause.is(Fields.in(Fields.OPEN, Analysis.key(languageTag)), word);
        return rarities.get(asked, missing -> {
            long with = search(
                            "",
                            Map.of(
                                    "size",
                                    0,
                                    "track_total_hits",
                                    true,
                                    "query",
                                    new ClusterQuery(_ -> 1.0).filter(missing)))
                    .path("hits")
                    .path("total")
                    .path("value")
                    .asLong();
            return Math.max(0, Math.log((seen.pieces() + 1.0) / (with + 0.5)));
        });
    }

    @Override
    public Map<String, String> better(List<String> words) {
        var asked = Spelling.misspelt(words);
        if (asked.isEmpty()) return Map.of();
        var suggest = new HashMap<String, Object>();
        for (int i = 0; i < asked.size(); i++)
            suggest.put(
                    Integer.toString(i),
                    Map.of(
                            "text",
                            ClusterForm.word(asked.get(i)),
                            "term",
                            Map.of("field", Fields.OPEN + Fields.EXACT, "size", 1, "suggest_mode", "missing")));
        JsonNode suggested = search("", Map.of("size", 0, "suggest", suggest)).path("suggest");
        var better = new HashMap<String, String>();
        for (int i = 0; i < asked.size(); i++) {
            JsonNode first = suggested
                    .path(Integer.toString(i))
                    .path(0)
                    .path("options")
                    .path(0)
                    .path("text");
            if (first.isTextual()) better.put(asked.get(i), first.asText());
        }
        return better;
    }

    @Override
    public List<Long> beginningWith(List<String> words, int most) {
        var ids = new ArrayList<Long>();
        for (JsonNode hit : hits(
                "",
                Map.of(
                        "size",
                        most,
                        "query",
                        new ClusterQuery(_ -> 1.0).filter(Spelling.beginningWith(words)),
                        "sort",
                        List.of(Map.of(Fields.PUBLISHED, "desc")),
                        "track_total_hits",
                        false,
                        "_source",
                        false,
                        "docvalue_fields",
                        List.of(Fields.ID)))) ids.add(number(hit, Fields.ID));
        return ids;
    }

    @Override
    public List<Related.Near> near(long piece, int most, Instant now) {
        if (!isByMeaning()) return List.of();
        return openings.apply(piece)
                .map(opening -> Related.near(
                        new ClusterNearest(this, opening)
                                .openings(Related.others(piece), Related.NEAREST, List.of()).stream()
                                        .map(one -> new Related.Other(one.piece(), one.published(), one.likeness()))
                                        .toList(),
                        most,
                        now))
                .orElse(List.of());
    }

    @Override
    public FiledWords.Found filed(FiledWords.Text text) {
        return new ClusterFiled(this, text).found();
    }

    JsonNode search(String parameters, Map<String, ?> body) {
        String path = "/" + calls.at().name() + "/_search" + parameters;
        // an index that was replaced at this very moment is gone, and its name leads to the next
        return calls.ask(path, body).or(() -> calls.ask(path, body)).orElseThrow(calls::lost);
    }

    private JsonNode hits(String parameters, Map<String, ?> body) {
        return hits(search(parameters, body));
    }

    JsonNode hits(JsonNode answer) {
        JsonNode hits = answer.path("hits").path("hits");
        if (!hits.isArray()) throw calls.nonsense();
        return hits;
    }

    long number(JsonNode hit, String field) {
        JsonNode value = hit.path("fields").path(field).path(0);
        if (!value.isIntegralNumber()) throw calls.nonsense();
        return value.asLong();
    }
}
