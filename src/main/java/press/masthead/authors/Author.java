package press.masthead.authors;

import java.util.Optional;

/**
 * Someone whose name stands over stories.
 *
 * @param portrait a picture's name
 */
public record Author(
        long id, String slug, String name, String role, String bio, String location, Optional<String> portrait) {

    /** The portrait in a small square; empty without one. */
    Optional<String> face() {
        return portrait.map(name -> "/content/images/size/w300h300/" + name);
    }
}
