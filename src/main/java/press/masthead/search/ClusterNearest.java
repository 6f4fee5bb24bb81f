package press.masthead.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pieces nearest to a direction, in a cluster with the k-NN plug-in. What may be found is a filter of the search for neighbours
 * itself, so nothing hidden takes a place among them.
 */
final class ClusterNearest {
    /** Where no more are left by a filter, each of them is looked at. */
    private static final int EACH = 10_000;

    private static final ClusterQuery PLAIN = new ClusterQuery(_ -> 1.0);

    private final ClusterLookup cluster;
    private final byte[] direction;

    ClusterNearest(ClusterLookup cluster, byte[] direction) {
        this.cluster = cluster;
        this.direction = direction;
    }

    /**
     * A piece with the passage of it that is nearest.
     *
     * @param passage counted from its opening, or from its cut
     */
    record Near(long piece, float likeness, int passage, boolean beyondCut) {}

    /** A piece by its opening, with the values of what was asked for beside; published in microseconds. */
    record Opening(long piece, long published, float likeness, JsonNode fields) {}

    /** By what everyone may read. */
    List<Opening> openings(Clause among, int most, Collection<String> fields) {
        var body = body(List.of(passages(ClusterForm.PASSAGES, most, PLAIN.filter(among))), most);
        body.put(
                "docvalue_fields",
                Stream.concat(Stream.of(Fields.ID, Fields.PUBLISHED), fields.stream())
                        .toList());
        var found = new ArrayList<Opening>();
        for (JsonNode hit : cluster.hits(cluster.search("", body)))
            found.add(new Opening(
                    cluster.number(hit, Fields.ID),
                    cluster.number(hit, Fields.PUBLISHED),
                    likeness(hit),
                    hit.path("fields")));
        return found;
    }

    /** By what everyone may read, and beyond the cut where this lets it. */
    List<Long> pieces(Clause among, Clause readable, int most) {
        var either = List.of(
                passages(ClusterForm.PASSAGES, most, PLAIN.filter(among)),
                passages(ClusterForm.PASSAGES_BEYOND, most, PLAIN.filter(among), PLAIN.filter(readable)));
        var ids = new ArrayList<Long>();
        for (JsonNode hit : cluster.hits(cluster.search("", body(either, 2 * most))))
            ids.add(cluster.number(hit, Fields.ID));
        return ids;
    }

    /** How near each of these is; one that no model has read is not among them. */
    List<Near> each(Collection<Long> pieces, Clause readable) {
        if (pieces.isEmpty()) return List.of();
        var these = ClusterQuery.pieces(pieces);
        var either = List.of(
                told(passages(ClusterForm.PASSAGES, EACH, these)),
                told(passages(ClusterForm.PASSAGES_BEYOND, EACH, these, PLAIN.filter(readable))));
        var near = new ArrayList<Near>();
        for (JsonNode hit : cluster.hits(cluster.search("", body(either, pieces.size())))) near.add(nearest(hit));
        return near;
    }

    private Near nearest(JsonNode hit) {
        JsonNode open = passage(hit, ClusterForm.PASSAGES);
        JsonNode beyond = passage(hit, ClusterForm.PASSAGES_BEYOND);
        boolean beyondCut = open.isMissingNode() || (!beyond.isMissingNode() && likeness(beyond) > likeness(open));
        JsonNode passage = beyondCut ? beyond : open;
        return new Near(
                cluster.number(hit, Fields.ID),
                likeness(passage),
                passage.path("_nested").path("offset").asInt(),
                beyondCut);
    }

    private static JsonNode passage(JsonNode hit, String passages) {
        return hit.path("inner_hits").path(passages).path("hits").path("hits").path(0);
    }

    /** From Lucene's score of an inner product, which is one more than it, or its inverse where it is less than nothing. */
    private static float likeness(JsonNode hit) {
        double score = hit.path("_score").asDouble();
        return Vectors.likeness((int) Math.round(score >= 1 ? score - 1 : 1 - 1 / score));
    }

    private static HashMap<String, Object> body(List<Map<String, Object>> either, int size) {
        return new HashMap<>(Map.of(
                "size",
                size,
                "query",
                ClusterQuery.either(either.stream()
                        .map(passages -> Map.<String, Object>of("nested", passages))
                        .toList()),
                "track_total_hits",
                false,
                "_source",
                false,
                "docvalue_fields",
                List.of(Fields.ID, Fields.PUBLISHED)));
    }

    /** Pieces with the score of their nearest passage; that the filter wants pieces tells the plug-in that it is not about passages. */
    @SafeVarargs
    private Map<String, Object> passages(String path, int most, Map<String, Object>... among) {
        var filters = new ArrayList<>(List.of(among));
        filters.add(PLAIN.filter(Clause.is(Fields.IS, Fields.PIECE)));
        var nearest = Map.of(
                "vector",
                ClusterForm.numbers(direction),
                "k",
                most,
                "filter",
                Map.of("bool", Map.of("filter", filters)));
        return new HashMap<>(Map.of(
                "path",
                path,
                "score_mode",
                "max",
                "query",
                Map.of("knn", Map.of(path + "." + Fields.MEANING, nearest))));
    }

    /** And which passage it is. */
    private static Map<String, Object> told(Map<String, Object> passages) {
        passages.put("inner_hits", Map.of("size", 1, "_source", false, "name", passages.getOrDefault("path", "")));
        return passages;
    }
}
