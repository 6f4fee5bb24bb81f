package press.masthead.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The indexes of one newsroom in a cluster: the one that its name leads to, and for a while the one being made. Each is written to
 * under a name of its own that goes with it, so that nobody who still fills one that was removed brings an empty one to life.
 */
final class ClusterIndexes {
    private static final int BATCH_BYTES = 4 << 20;
    private static final String NOTE = "note";
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final ClusterCalls calls;
    private final String name;

    ClusterIndexes(ClusterCalls calls) {
        this.calls = calls;
        this.name = calls.at().name();
    }

    /** Somebody else feeds by now. */
    static final class Superseded extends RuntimeException {
        Superseded() {
            super("another node feeds the search cluster", null, false, false);
        }
    }

    /**
     * The index that serves.
     *
     * @param languages the keys of those in it, with how many pieces each has
     */
    record Seen(String index, ClusterNote note, Map<String, Long> languages, long pieces) {}

    /** None where the name leads nowhere. */
    Optional<Seen> look() {
        return calls.ask(
                        "/" + name + "/_search",
                        Map.of(
                                "size",
                                1,
                                "query",
                                Map.of("term", Map.of(Fields.IS, NOTE)),
                                "aggs",
                                Map.of(
                                        "all",
                                        Map.of(
                                                "global",
                                                Map.of(),
                                                "aggs",
                                                Map.of(
                                                        "languages",
                                                        Map.of("terms", Map.of("field", Fields.LANGUAGE, "size", 50)),
                                                        "pieces",
                                                        Map.of(
                                                                "filter",
                                                                Map.of("term", Map.of(Fields.IS, Fields.PIECE))))))))
                .map(this::seen);
    }

    private Seen seen(JsonNode answer) {
        JsonNode hits = answer.path("hits").path("hits");
        JsonNode all = answer.path("aggregations").path("all");
        if (!hits.isArray() || !all.isObject()) throw calls.nonsense();
        var languages = new HashMap<String, Long>();
        for (JsonNode bucket : all.path("languages").path("buckets"))
            languages.put(bucket.path("key").asText(), bucket.path("doc_count").asLong());
        return new Seen(
                hits.path(0).path("_index").asText(""),
                ClusterNote.read(hits.path(0).path("_source").path(ClusterNote.FIELD)),
                Map.copyOf(languages),
                all.path("pieces").path("doc_count").asLong());
    }

    /** Another, empty and unknown to whoever searches. */
    String create(String ending, boolean byMeaning) {
        String index = name + "." + ending;
        calls.put("/" + index, ClusterForm.index(writing(index), byMeaning));
        return index;
    }

    /** Whether the cluster takes directions, seen by making an index for them; it is gone after. */
    boolean takesDirections(String ending) {
        String index = name + "." + ending;
        boolean takes = calls.takes("/" + index, ClusterForm.index(writing(index), true));
        if (takes) remove(index);
        return takes;
    }

    private static String writing(String index) {
        return index + ".in";
    }

    /**
     * Puts these in the place of what was there of them.
     *
     * @param term of whoever feeds; what a later one wrote stays
     * @param gone pieces to remove
     * @throws Superseded where a later one wrote any of these
     */
    void write(String index, long term, Collection<Pieces.Known> known, Collection<Long> gone) {
        var lines = new ArrayList<Object>();
        long bytes = 0;
        for (Pieces.Known one : known) {
            byte[] document = ClusterCalls.bytes(ClusterForm.piece(one.piece(), one.directions()));
            if (bytes + document.length > BATCH_BYTES && !lines.isEmpty()) {
                send(index, lines, false);
                lines.clear();
                bytes = 0;
            }
            lines.add(action("index", Long.toString(one.piece().id()), term));
            lines.add(new ClusterCalls.Line(document));
            bytes += document.length;
        }
        for (long piece : gone) lines.add(action("delete", Long.toString(piece), term));
        if (!lines.isEmpty()) send(index, lines, false);
    }

    /** Writes down how far it is and lets searches see what was written. */
    void note(String index, long term, ClusterNote note) {
        send(index, List.of(action("index", NOTE, term), note.document()), true);
    }

    private static Map<String, Object> action(String what, String id, long term) {
        return Map.of(what, Map.of("_id", id, "version", term, "version_type", "external_gte"));
    }

    private void send(String index, List<?> lines, boolean show) {
        JsonNode answer = calls.lines("/" + writing(index) + "/_bulk?require_alias=true&refresh=" + show, lines);
        if (!answer.path("items").isArray()) throw calls.nonsense();
        for (JsonNode item : answer.path("items")) {
            JsonNode done = item.path("index").isObject() ? item.path("index") : item.path("delete");
            int status = done.path("status").asInt();
            if (status == CONFLICT) throw new Superseded();
            boolean wasGone = status == NOT_FOUND && item.has("delete") && !done.has("error");
            if ((status < 200 || status >= 300) && !wasGone) throw calls.refused(done);
        }
    }

    /** Lets searches see what was written. */
    void show(String index) {
        calls.post("/" + index + "/_refresh", Map.of(), ClusterCalls.PATIENT);
    }

    /** From here on searches go to this one; all others are removed. */
    void serve(String index) {
        var actions = new ArrayList<Object>();
        for (String other : others(index))
            actions.add(Map.of("remove", Map.of("index", other, "alias", name, "must_exist", false)));
        actions.add(Map.of("add", Map.of("index", index, "alias", name)));
        calls.post("/_aliases", Map.of("actions", actions), ClusterCalls.PATIENT);
        removeAllBut(index);
    }

    void removeAllBut(String index) {
        others(index).forEach(this::remove);
    }

    void remove(String index) {
        calls.delete("/" + index);
    }

    /** A name of a newsroom has no dot, so none of another's begins like this. */
    private List<String> others(String index) {
        var others = new ArrayList<String>();
        calls.find("/" + name + ".*/_alias")
                .ifPresent(found -> found.fieldNames().forEachRemaining(others::add));
        others.remove(index);
        return others;
    }
}
