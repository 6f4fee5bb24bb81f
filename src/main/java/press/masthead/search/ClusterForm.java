package press.masthead.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import press.masthead.access.Audience;
import press.masthead.access.Rule;

/**
 * How a piece lies in a cluster: in the fields of {@link Fields}, its words cut, stemmed and counted here, so that the cluster needs no
 * analysis but to part them at spaces. They are scored by a formula without rarity; how rare a word is comes with the question, judged by
 * what is open, as {@link OpenRarity} does it here.
 */
final class ClusterForm {
    /** Grows with each change of what lies in the index. */
    static final String FORM = "2";
    /** In the place of a model's name, where pieces are found by words alone. */
    static final String NO_MODEL = "";

    /** The passages of a piece lie in it, and those beyond its cut in places of their own. */
    static final String PASSAGES = "passages";

    static final String PASSAGES_BEYOND = "passages_beyond";

    private static final float K1 = 1.1f;
    private static final float B = 0.6f;
    /** Of the cluster's tokenizer; a longer word is cut, in a text as in a question. */
    private static final int LONGEST = 120;

    private ClusterForm() {}

    /**
     * @param writing the name under which it is written to
     * @param byMeaning whether it holds directions, for which a cluster needs its k-NN plug-in
     */
    static Map<String, Object> index(String writing, boolean byMeaning) {
        var fields = new HashMap<String, Object>();
        for (String word : List.of(
                Fields.PIECE,
                Fields.IS,
                Fields.LANGUAGE,
                Fields.HAS,
                Fields.KIND,
                Fields.AUTHOR,
                Fields.TOPIC,
                Fields.INDUSTRY,
                Fields.COUNTRY,
                Fields.AUDIENCE,
                Fields.PLAN)) fields.put(word, Map.of("type", "keyword"));
        for (String number : List.of(Fields.ID, Fields.PUBLISHED, Fields.FREE_FROM, Fields.FREE_UNTIL))
            fields.put(number, Map.of("type", "long"));
        for (String language : Analysis.keys()) {
            fields.put(Fields.in(Fields.OPEN, language), words("counted", "freqs"));
            fields.put(Fields.in(Fields.WHOLE, language), words("counted", "freqs"));
        }
        fields.put(Fields.TITLE + Fields.EXACT, words("exact", "docs"));
        fields.put(Fields.OPEN + Fields.EXACT, words("exact", "positions"));
        fields.put(Fields.REST + Fields.EXACT, words("exact", "positions"));
        fields.put(ClusterNote.FIELD, Map.of("type", "object", "enabled", false));
        var settings = new HashMap<String, Object>(Map.of(
                "number_of_shards",
                1,
                "auto_expand_replicas",
                "0-1",
                "refresh_interval",
                "30s",
                "similarity",
                Map.of("exact", withoutRarity(K1), "counted", withoutRarity(K1 * Counted.SCALE))));
        if (byMeaning) {
            settings.put("knn", true);
            for (String passages : List.of(PASSAGES, PASSAGES_BEYOND))
                fields.put(passages, Map.of("type", "nested", "properties", Map.of(Fields.MEANING, direction())));
        }
        return Map.of(
                "settings",
                settings,
                "mappings",
                Map.of(
                        "dynamic",
                        "strict",
                        "_source",
                        Map.of("includes", List.of(ClusterNote.FIELD)),
                        "properties",
                        fields),
                "aliases",
                Map.of(writing, Map.of()));
    }

    /** As {@link Graphs} has it; the inner product of two directions comes back whole from the score. */
    private static Map<String, Object> direction() {
        return Map.of(
                "type",
                "knn_vector",
                "dimension",
                Vectors.DIMENSIONS,
                "data_type",
                "byte",
                "method",
                Map.of(
                        "name",
                        "hnsw",
                        "engine",
                        "lucene",
                        "space_type",
                        "innerproduct",
                        "parameters",
                        Map.of("m", 16, "ef_construction", 100)));
    }

    private static Map<String, Object> words(String similarity, String options) {
        return Map.of("type", "text", "analyzer", "whitespace", "similarity", similarity, "index_options", options);
    }

    /** BM25's other half: the cluster's own count of pieces with a word would tell of hidden ones, and of what was replaced long ago. */
    private static Map<String, Object> withoutRarity(float k1) {
        return Map.of(
                "type",
                "scripted",
                "script",
                Map.of(
                        "source",
                        "double mean = field.sumTotalTermFreq / (double) field.docCount; return query.boost * doc.freq / (doc.freq + "
                                + k1 + " * (1 - " + B + " + " + B + " * doc.length / mean));"));
    }

    static Map<String, Object> piece(Piece piece, PieceIndex.Directions directions) {
        var document = new HashMap<String, Object>();
        document.put(Fields.IS, Fields.PIECE);
        String language = Analysis.key(piece.language());
        document.put(Fields.LANGUAGE, language);
        var title = Cut.of(piece.title(), language);
        var standfirst = Cut.of(piece.standfirst(), language);
        var opening = Cut.of(piece.opening(), language);
        var open = Counted.open(title, standfirst, opening);
        document.put(Fields.in(Fields.OPEN, language), open.repeated());
        document.put(Fields.TITLE + Fields.EXACT, joined(title.words()));
        var inOrder = new ArrayList<>(title.words());
        inOrder.addAll(standfirst.words());
        inOrder.addAll(opening.words());
        document.put(Fields.OPEN + Fields.EXACT, joined(inOrder));
        if (!piece.rest().isEmpty()) {
            var rest = Cut.of(piece.rest(), language);
            document.put(
                    Fields.in(Fields.WHOLE, language), Counted.whole(open, rest).repeated());
            document.put(Fields.REST + Fields.EXACT, joined(rest.words()));
            document.put(Fields.HAS, Fields.REST);
        }
        document.put(Fields.PIECE, Long.toString(piece.id()));
        document.put(Fields.ID, piece.id());
        document.put(Fields.PUBLISHED, Fields.micros(piece.publishedAt()));
        document.put(Fields.KIND, piece.kind());
        document.put(Fields.AUTHOR, piece.authors());
        document.put(Fields.TOPIC, piece.topics());
        document.put(Fields.INDUSTRY, piece.industries());
        document.put(Fields.COUNTRY, piece.countries());
        rule(document, piece.rule());
        passages(document, PASSAGES, directions.open());
        passages(document, PASSAGES_BEYOND, directions.rest());
        return document;
    }

    private static void passages(Map<String, Object> document, String field, List<byte[]> directions) {
        if (!directions.isEmpty())
            document.put(
                    field,
                    directions.stream()
                            .map(direction -> Map.of(Fields.MEANING, numbers(direction)))
                            .toList());
    }

    /** Jackson would write bytes as letters. */
    static int[] numbers(byte[] direction) {
        var numbers = new int[direction.length];
        for (int i = 0; i < direction.length; i++) numbers[i] = direction[i];
        return numbers;
    }

    private static void rule(Map<String, Object> document, Rule rule) {
        document.put(Fields.AUDIENCE, rule.audience().name());
        document.put(Fields.PLAN, List.copyOf(rule.plans()));
        if (rule.audience() == Audience.CLOSED || !rule.free().isSet()) return;
        document.put(Fields.FREE_FROM, rule.free().from().map(Fields::micros).orElse(Long.MIN_VALUE));
        document.put(Fields.FREE_UNTIL, rule.free().until().map(Fields::micros).orElse(Long.MAX_VALUE));
    }

    static String joined(Collection<String> words) {
        var joined = new StringBuilder();
        for (String word : words) joined.append(joined.isEmpty() ? "" : " ").append(word(word));
        return joined.toString();
    }

    /** A word as the cluster has it: without spaces, which folding can bring in, and not too long. */
    static String word(String word) {
        var plain = new StringBuilder();
        word.codePoints()
                .limit(LONGEST)
                .map(letter -> Character.isWhitespace(letter) || isHalf(letter) ? '·' : letter)
                .forEach(plain::appendCodePoint);
        return plain.isEmpty() ? "·" : plain.toString();
    }

    /** Without halves of letters, which no JSON can carry. */
    static String whole(String value) {
        var whole = new StringBuilder();
        value.codePoints().map(letter -> isHalf(letter) ? 0xFFFD : letter).forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static boolean isHalf(int letter) {
        return letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
    }
}
