package press.masthead.archive;

import java.time.Instant;
import press.masthead.search.Hit;

/**
 * A text that was found, as far as the asker may read it; plain, a line for each block.
 *
 * @param open what everyone may read
 * @param beyond what lies beyond the cut; empty to whom it is closed
 */
record Source(Hit hit, String language, String title, Instant publishedAt, String open, String beyond) {
    long piece() {
        return hit.piece();
    }
}
