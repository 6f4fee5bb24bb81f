package press.masthead.search;

/**
 * One piece that was found, and why it stands where it stands.
 *
 * @param score by which the hits are ordered, from 0 to about 1
 * @param lexical the words' score (BM25); 0 when none of them stands in it
 * @param likeness of its nearest passage to what was asked (cosine); -1 when no passage of it was looked at
 * @param passage the nearest passage's number among those of its part
 * @param beyondCut whether that passage lies beyond the membership line
 */
public record Hit(long piece, double score, float lexical, float likeness, int passage, boolean beyondCut) {
    /** Whether it was found by its meaning alone. */
    public boolean isByMeaningAlone() {
        return lexical == 0;
    }
}
