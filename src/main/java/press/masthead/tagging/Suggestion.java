package press.masthead.tagging;

import java.util.List;

/**
 * Something that an editor may take for a story, and why. It is never taken by itself.
 *
 * @param value a slug, or a country's code
 * @param name as the newsroom calls it
 * @param reason a sentence for the editor
 * @param words of the archive's index that speak for it; what an editor answers is counted for each of them
 */
record Suggestion(Kind kind, String value, String name, String reason, List<String> words) {

    /** What can be suggested for the filing of a story. */
    enum Kind {
        TOPIC("topic", "Topics"),
        INDUSTRY("industry", "Industries"),
        COUNTRY("country", "Countries"),
        ENTITY("entity", "People and organisations");

        private final String stored;
        private final String heading;

        Kind(String stored, String heading) {
            this.stored = stored;
            this.heading = heading;
        }

        String stored() {
            return stored;
        }

        String heading() {
            return heading;
        }
    }
}
