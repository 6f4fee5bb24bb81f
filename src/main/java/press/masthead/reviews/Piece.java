package press.masthead.reviews;

import java.util.List;
import java.util.Map;

/**
 * A story, memo or report that a review may hold.
 *
 * @param industries whose it is, by id
 * @param event two pieces with the same number tell of the same event, and no review holds both
 * @param fresh published since the review before
 * @param weight how much the newsroom and its readers make of it; of two that are as fresh the heavier comes first
 * @param pinnedIn industries in which an editor put it first
 * @param fits what it weighs more, or less, in an industry for how well it fits there; nothing where none can tell
 */
record Piece(
        long story,
        List<Long> industries,
        int event,
        boolean fresh,
        double weight,
        List<Long> pinnedIn,
        Map<Long, Double> fits) {
    Piece {
        industries = List.copyOf(industries);
        pinnedIn = List.copyOf(pinnedIn);
        fits = Map.copyOf(fits);
    }

    double weightIn(long industry) {
        return weight + fits.getOrDefault(industry, 0.0);
    }
}
