package press.masthead.reviews;

import java.util.List;

/**
 * A story, memo or report that a review may hold.
 *
 * @param industries whose it is, by id
 * @param event two pieces with the same number tell of the same event, and no review holds both
 * @param fresh published since the review before
 * @param weight how much the newsroom and its readers make of it; of two that are as fresh the heavier comes first
 * @param pinnedIn industries in which an editor put it first
 */
record Piece(long story, List<Long> industries, int event, boolean fresh, double weight, List<Long> pinnedIn) {
    Piece {
        industries = List.copyOf(industries);
        pinnedIn = List.copyOf(pinnedIn);
    }
}
