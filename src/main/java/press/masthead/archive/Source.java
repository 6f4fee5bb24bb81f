package press.masthead.archive;

import java.time.Instant;
import java.time.ZoneOffset;
import press.masthead.search.Hit;

/**
 * A text that was found, as far as the asker may read it; plain, a line for each block.
 *
 * @param open what everyone may read
 * @param beyond what lies beyond the cut; empty to whom it is closed
 */
record Source(Hit hit, String language, String title, Instant publishedAt, String open, String beyond) {
    /** What its passages are about without saying it: its title, and the year in which it came out. */
    String about() {
        return title + " " + publishedAt.atZone(ZoneOffset.UTC).getYear();
    }

    long piece() {
        return hit.piece();
    }
}
