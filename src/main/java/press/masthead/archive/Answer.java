package press.masthead.archive;

import java.util.List;

/** What the archive says to a question. */
sealed interface Answer {
    /**
     * Sentences as they stand in stories, the best first.
     *
     * @param sure how likely they answer the question, from 0 to 1
     */
    record Found(List<Quote> quotes, double sure) implements Answer {}

    /**
     * It is not in there, as far as the asker may read.
     *
     * @param near stories that come nearest
     */
    record Absent(List<Long> near, double sure) implements Answer {}

    /** @param text whole sentences of the piece, one after another as they stand there */
    record Quote(long piece, String text, Evidence evidence) {}
}
