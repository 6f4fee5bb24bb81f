package press.masthead.publication;

/**
 * How the publication speaks of its plan on its own pages.
 *
 * @param headline nothing is shown while it is empty
 * @param picture a name in the picture library, whose credit stands beside it; may be empty
 */
public record Promotion(String headline, String text, String button, String picture) {
    public static final Promotion NONE = new Promotion("", "", "", "");
}
