package press.masthead.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A piece that a search may show, with both its scores.
 *
 * @param published in microseconds
 * @param likeness of its nearest passage; none where no model has read it or none was asked
 */
record Candidate(long piece, long published, float lexical, OptionalDouble likeness, int passage, boolean beyondCut) {
    /** What is new is wanted more, a little: this much on its day, half after the days below. */
    private static final double FRESH = 0.06;

    private static final double HALF_LIFE_MICROS = 45 * 86_400e6;

    /** Judged by a passage too. */
    Candidate near(ClusterNearest.Near near) {
        return new Candidate(
                piece, published, lexical, OptionalDouble.of(near.likeness()), near.passage(), near.beyondCut());
    }

    /**
     * The best first, or the newest, and as many as are wanted.
     *
     * @param leastLikeness below which what was found by meaning alone is left out
     */
    static List<Hit> ordered(Collection<Candidate> candidates, Wanted wanted, Fusion fusion, float leastLikeness) {
        float bestLexical = 0;
        float bestLikeness = -0.99f;
        for (Candidate one : candidates) {
            bestLexical = Math.max(bestLexical, one.lexical);
            if (one.likeness.isPresent()) bestLikeness = Math.max(bestLikeness, (float) one.likeness.getAsDouble());
        }
        var hits = new ArrayList<Hit>();
        for (Candidate one : candidates) {
            if (one.lexical == 0 && one.likeness.orElse(-1) < leastLikeness) continue;
            double age = Math.max(0, Fields.micros(wanted.moment()) - (double) one.published);
            double score = wanted.order() == Wanted.Order.NEWEST
                    ? one.published
                    : fusion.score(one.lexical, bestLexical, one.likeness, bestLikeness)
                            * (1 + FRESH * Math.pow(2, -age / HALF_LIFE_MICROS));
            hits.add(new Hit(
                    one.piece, score, one.lexical, (float) one.likeness.orElse(-1), one.passage, one.beyondCut));
        }
        hits.sort(Comparator.comparingDouble(Hit::score)
                .reversed()
                .thenComparing(Comparator.comparingLong(Hit::piece).reversed()));
        return List.copyOf(hits.subList(0, Math.min(hits.size(), wanted.most())));
    }
}
