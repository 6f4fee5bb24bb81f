package press.masthead.pictures;

import java.time.Instant;
import java.util.Optional;

/**
 * A picture in the library.
 *
 * @param name in addresses: {@code /content/images/NAME}; it ends in the hash of the bytes, so it never means another
 * @param alt what a reader who can't see it is told; empty means that nobody has written it yet
 * @param focalX what to keep in sight when the picture is cut, 0 at the left to 1 at the right
 * @param focalY the same, 0 at the top
 */
public record Picture(
        long id,
        String name,
        String contentType,
        int width,
        int height,
        String alt,
        String caption,
        String credit,
        float focalX,
        float focalY,
        Instant createdAt,
        Optional<Long> createdBy) {

    /** Only what an address tells. */
    static Picture named(String name) {
        return new Picture(
                0,
                name,
                name.endsWith(".png") ? "image/png" : "image/jpeg",
                0,
                0,
                "",
                "",
                "",
                0.5f,
                0.5f,
                Instant.EPOCH,
                Optional.empty());
    }

    public String path() {
        return "/content/images/" + name;
    }

    /** The address at one of the widths that are made. */
    public String path(int atWidth) {
        return "/content/images/size/w" + atWidth + "/" + name;
    }

    /** The address of a cut of this shape around the focal point; another when that has moved. */
    public String cut(int width, int height) {
        return "/content/images/size/w" + width + "h" + height + "/" + name + "?f=" + Math.round(focalX * 100) + "-"
                + Math.round(focalY * 100);
    }
}
