package press.masthead.tagging;

import java.util.List;

/**
 * A person, an organisation, a place or a work that stories name, as editors keep it.
 *
 * @param kind {@code person}, {@code organisation}, {@code place} or {@code work}
 * @param aliases what else it is called, without its name
 * @param retired not suggested any more
 */
public record Entity(
        long id, String kind, String slug, String name, String description, List<String> aliases, boolean retired) {

    static final List<String> KINDS = List.of("person", "organisation", "place", "work");

    public String path() {
        return "/who/" + slug + "/";
    }

    /** As schema.org calls it. */
    public String type() {
        return switch (kind) {
            case "person" -> "Person";
            case "organisation" -> "Organization";
            case "place" -> "Place";
            default -> "CreativeWork";
        };
    }
}
