package press.masthead.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import press.masthead.search.ClusterNearest.Opening;
import press.masthead.search.FiledWords.Found;
import press.masthead.search.FiledWords.Text;
import press.masthead.search.FiledWords.Under;
import press.masthead.search.FiledWords.Word;

/** {@link FiledWords} in a cluster: first which words are of note, then the newest pieces that have one of them. */
final class ClusterFiled {
    /** Of a text's words so many of the most frequent are asked about. */
    private static final int MOST_ASKED = 400;

    private static final int MOST_SLUGS = 1000;
    private static final ClusterQuery QUERY = new ClusterQuery(_ -> 1.0);

    private final ClusterLookup cluster;
    private final Text text;
    private final List<Word> asked;
    private final Clause among;
    private final Map<String, Object> pieces;

    ClusterFiled(ClusterLookup cluster, Text text) {
        this.cluster = cluster;
        this.text = text;
        this.asked = text.words().stream()
                .sorted(Comparator.comparingInt(Word::times).reversed())
                .limit(MOST_ASKED)
                .toList();
        this.among = Clause.all(
                Clause.is(Fields.LANGUAGE, text.key()),
                new Clause.Not(Clause.is(Fields.PIECE, Long.toString(text.except()))));
        this.pieces = QUERY.filter(among);
    }

    Found found() {
        var aggregations = new HashMap<String, Object>();
        for (Under under : Under.values())
            aggregations.put(under.field, Map.of("terms", Map.of("field", under.field, "size", MOST_SLUGS)));
        var filters = new LinkedHashMap<String, Object>();
        for (int i = 0; i < asked.size(); i++) filters.put(Integer.toString(i), has(asked.get(i)));
        if (!filters.isEmpty()) aggregations.put("words", Map.of("filters", Map.of("filters", filters)));
        JsonNode answer =
                cluster.search("", Map.of("size", 0, "track_total_hits", true, "query", pieces, "aggs", aggregations));
        int all = answer.path("hits").path("total").path("value").asInt();
        var filed = new HashMap<Under, Map<String, Integer>>();
        for (Under under : Under.values()) {
            var counted = new HashMap<String, Integer>();
            for (JsonNode slug : answer.path("aggregations").path(under.field).path("buckets"))
                counted.put(slug.path("key").asText(), slug.path("doc_count").asInt());
            filed.put(under, counted);
        }
        JsonNode counts = answer.path("aggregations").path("words").path("buckets");
        var in = new HashMap<Word, Integer>();
        for (int i = 0; i < asked.size(); i++)
            in.put(
                    asked.get(i),
                    counts.path(Integer.toString(i)).path("doc_count").asInt());
        return found(all, filed, FiledWords.ofNote(asked, all, word -> in.getOrDefault(word, 0)));
    }

    private Map<String, Object> has(Word word) {
        return QUERY.scored(Clause.any(
                Clause.is(Fields.in(Fields.OPEN, text.key()), word.bare()),
                Clause.is(Fields.in(Fields.WHOLE, text.key()), word.bare())));
    }

    private Found found(int all, Map<Under, Map<String, Integer>> filed, List<Word> ofNote) {
        var filings = new HashMap<Under, Map<String, BitSet>>();
        for (Under under : Under.values()) filings.put(under, new HashMap<>());
        var with = new LinkedHashMap<Word, BitSet>();
        for (Word word : ofNote) with.put(word, new BitSet());
        var ids = new ArrayList<Long>();
        for (JsonNode hit : ofNote.isEmpty() ? List.<JsonNode>of() : newest(ofNote)) {
            int piece = ids.size();
            ids.add(cluster.number(hit, Fields.ID));
            file(piece, hit.path("fields"), filings);
            for (JsonNode matched : hit.path("matched_queries"))
                with.getOrDefault(ofNote.get(matched.asInt()), new BitSet()).set(piece);
        }
        var words = new LinkedHashMap<Word, int[]>();
        with.forEach((word, in) -> {
            if (!in.isEmpty()) words.put(word, in.stream().toArray());
        });
        var near = new LinkedHashMap<Integer, Float>();
        for (Opening one : nearest()) {
            int piece = ids.indexOf(one.piece());
            if (piece < 0) {
                piece = ids.size();
                ids.add(one.piece());
                file(piece, one.fields(), filings);
            }
            near.put(piece, one.likeness());
        }
        return new Found(all, filed, filings, words, near, FiledWords.alike(all, words, near, ids::get));
    }

    private static void file(int piece, JsonNode fields, Map<Under, Map<String, BitSet>> filings) {
        for (Under under : Under.values())
            for (JsonNode slug : fields.path(under.field))
                filings.getOrDefault(under, new HashMap<>())
                        .computeIfAbsent(slug.asText(), _ -> new BitSet())
                        .set(piece);
    }

    /** The pieces that are about the same as how this text begins. */
    private List<Opening> nearest() {
        var under = Stream.of(Under.values()).map(one -> one.field).toList();
        return text.direction()
                .map(direction -> new ClusterNearest(cluster, direction)
                        .openings(among, FiledHere.NEAREST, under).stream()
                                .filter(one -> one.likeness() >= FiledHere.LEAST_LIKENESS)
                                .toList())
                .orElse(List.of());
    }

    private Iterable<JsonNode> newest(List<Word> ofNote) {
        var named = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < ofNote.size(); i++)
            named.add(Map.of("bool", Map.of("filter", List.of(has(ofNote.get(i))), "_name", Integer.toString(i))));
        var fields = Stream.concat(
                        Stream.of(Fields.ID), Stream.of(Under.values()).map(under -> under.field))
                .toList();
        return cluster.hits(cluster.search(
                "",
                Map.of(
                        "size",
                        FiledWords.MOST_PIECES,
                        "query",
                        Map.of("bool", Map.of("filter", List.of(pieces, ClusterQuery.either(named)))),
                        "sort",
                        List.of(Map.of(Fields.PUBLISHED, "desc")),
                        "track_total_hits",
                        false,
                        "_source",
                        false,
                        "docvalue_fields",
                        fields)));
    }
}
