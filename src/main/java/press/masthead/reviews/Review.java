package press.masthead.reviews;

import java.util.List;
import java.util.Optional;

/**
 * One member's review: blocks in the order of their ranking, in each what is theirs.
 *
 * @param quietFirst the member's first industry when it has nothing for them this week
 */
record Review(List<Block> blocks, Optional<Long> quietFirst) {
    /**
     * @param ranked whether the member chose this industry; else it fills up a review that would be too short
     * @param stories the best first
     */
    record Block(long industry, boolean ranked, List<Long> stories) {}

    int length() {
        return blocks.stream().mapToInt(block -> block.stories().size()).sum();
    }

    List<Long> stories() {
        return blocks.stream().flatMap(block -> block.stories().stream()).toList();
    }
}
