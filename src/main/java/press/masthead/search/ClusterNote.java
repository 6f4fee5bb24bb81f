package press.masthead.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What lies in a cluster's index beside its pieces: how far it is, so that whoever feeds it next goes on from there.
 *
 * @param mark as {@link Changes} tells it
 * @param form of what lies in it
 * @param epoch for which it was made
 * @param at when this was written, in seconds
 * @param database from which it was made
 */
record ClusterNote(String mark, String form, String model, long epoch, long at, String database) {
    static final String FIELD = "note";

    Map<String, Object> document() {
        return Map.of(
                Fields.IS,
                FIELD,
                FIELD,
                Map.of("mark", mark, "form", form, "model", model, "epoch", epoch, "at", at, "database", database));
    }

    static ClusterNote read(JsonNode note) {
        return new ClusterNote(
                note.path("mark").asText("0"),
                note.path("form").asText(""),
                note.path("model").asText(ClusterForm.NO_MODEL),
                note.path("epoch").asLong(),
                note.path("at").asLong(),
                note.path("database").asText(""));
    }

    ClusterNote at(String later, long seconds) {
        return new ClusterNote(later, form, model, epoch, seconds, database);
    }
}
