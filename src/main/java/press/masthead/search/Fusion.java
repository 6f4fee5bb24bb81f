package press.masthead.search;

import java.util.OptionalDouble;

/**
 * Two scores made one: a convex combination after each was brought to a common scale by its least possible value and the query's best
 * (Bruch, Gai, Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"); it keeps how far apart hits are, which ranks
 * alone forget.
 *
 * @param meaning the share of the likeness in the score, from 0 to 1
 */
record Fusion(double meaning) {
    static final Fusion WORDS_ALONE = new Fusion(0);
    static final Fusion BOTH = new Fusion(0.8);

    /**
     * A hit's score.
     *
     * @param lexical 0 or more
     * @param bestLexical of all hits
     * @param likeness from -1 to 1; none for a text that the model can't read, which is then judged by its words
     * @param bestLikeness of all hits
     */
    double score(float lexical, float bestLexical, OptionalDouble likeness, float bestLikeness) {
        double words = bestLexical > 0 ? lexical / bestLexical : 0;
        if (meaning == 0) return words;
        double near = likeness.isPresent()
                ? (likeness.getAsDouble() + 1) / (bestLikeness + 1)
                : UNREAD_LEAST + (1 - UNREAD_LEAST) * words;
        return meaning * near + (1 - meaning) * words;
    }

    private static final double UNREAD_LEAST = 0.8;
}
