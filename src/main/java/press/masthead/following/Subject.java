package press.masthead.following;

import java.util.Map;

/**
 * One thing that someone can follow.
 *
 * @param slug as in its page's address
 * @param name in the newsroom's words; a country's in English
 */
public record Subject(Kind kind, String slug, String name) {
    /** Its page. */
    public String path() {
        return "/" + kind.word() + "/" + slug + "/";
    }

    /** Where its button sends the choice. */
    String action() {
        return "/follow/" + kind.word() + "/" + slug;
    }

    /** As templates show its button. */
    Map<String, Object> button(boolean followed) {
        return Map.of(
                "name",
                name,
                "kind",
                kind.word(),
                "slug",
                slug,
                "url",
                path(),
                "action",
                action(),
                "followed",
                followed);
    }
}
