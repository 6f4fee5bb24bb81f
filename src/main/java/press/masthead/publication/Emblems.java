package press.masthead.publication;

/**
 * The publication's own pictures, each the path of an image that this site serves; empty where there is none.
 *
 * @param logo its sign, for search engines and the foot of pages
 * @param icon a square one, for tabs and home screens
 * @param card what a shared link shows where a page has no picture of its own; 1200 by 630 is what networks ask for
 */
public record Emblems(String logo, String icon, String card) {
    public static final Emblems NONE = new Emblems("", "", "");
}
