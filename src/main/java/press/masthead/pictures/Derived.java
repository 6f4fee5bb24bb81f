package press.masthead.pictures;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import press.masthead.platform.web.Problem;

/**
 * A form in which a picture is served, as an address asks for it and as one of the few that are made: {@code w640} becomes the
 * next width, {@code w600h400} that width in the nearest of the usual shapes.
 *
 * @param width one of {@link Pictures#WIDTHS}
 * @param shape width to height; empty for the picture's own
 * @param webp whether it is written as WebP
 */
record Derived(int width, Optional<Shape> shape, boolean webp) {
    record Shape(int across, int down) {}

    private static final Pattern SIZE = Pattern.compile("w([1-9]\\d{0,3})(?:h([1-9]\\d{0,3}))?");
    private static final List<Shape> SHAPES = List.of(
            new Shape(2, 1),
            new Shape(16, 9),
            new Shape(8, 5),
            new Shape(3, 2),
            new Shape(4, 3),
            new Shape(1, 1),
            new Shape(4, 5),
            new Shape(3, 4),
            new Shape(2, 3),
            new Shape(9, 16));

    /**
     * @param size {@code w600} or {@code w600h400}
     * @throws Problem 404 for anything else
     */
    static Derived asked(String size, boolean webp) {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) throw Problem.notFound("There is no such picture.");
        int across = Integer.parseInt(matcher.group(1));
        int width =
                Pictures.WIDTHS.stream().filter(w -> w >= across).findFirst().orElse(Pictures.WIDTHS.getLast());
        Optional<Shape> shape =
                Optional.ofNullable(matcher.group(2)).map(down -> nearest((double) across / Integer.parseInt(down)));
        return new Derived(width, shape, webp);
    }

    private static Shape nearest(double asked) {
        return SHAPES.stream()
                .min(Comparator.comparingDouble(shape -> Math.abs(Math.log(asked * shape.down() / shape.across()))))
                .orElseThrow();
    }

    /** Where it is kept. A cut one is another when the focal point has moved. */
    String key(Picture picture) {
        String cut = shape.map(s -> "-%dx%d-%d-%d"
                        .formatted(
                                s.across(),
                                s.down(),
                                Math.round(picture.focalX() * 100),
                                Math.round(picture.focalY() * 100)))
                .orElse("");
        return "pictures/w" + width + cut + (webp ? ".webp/" : "/") + picture.name();
    }

    String contentType(String original) {
        return webp ? "image/webp" : original;
    }
}
