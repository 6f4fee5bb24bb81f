package press.masthead.reviews;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import press.masthead.search.Openings;

/**
 * What a week's pieces weigh more or less by what they mean: for being new beside all that went before, and for how well they fit the
 * industry that they are filed under. Worked out once a week for all members; little beside what editors and readers make of a piece.
 */
final class Meaning {
    /** Of a piece that is like nothing before it. */
    private static final double NEW = 0.5;

    /** For each standard deviation by which it fits its industry better than most do, two at the most. */
    private static final double FITS = 0.25;

    /** What came before counts this many pieces back; further back an event is another one. */
    private static final int BACK = 600;

    record Filed(long story, List<Long> industries, boolean fresh, Instant at) {}

    private final Map<Long, Double> novelty;
    private final Map<Long, Map<Long, Double>> fits;

    private Meaning(Map<Long, Double> novelty, Map<Long, Map<Long, Double>> fits) {
        this.novelty = novelty;
        this.fits = fits;
    }

    static Meaning of(Handle handle, List<Filed> pieces) {
        var openings = Openings.of(handle, pieces.stream().map(Filed::story).toList());
        return new Meaning(novelty(openings, pieces), fits(openings, pieces));
    }

    /** Only of what is fresh: what is older was new in its week. */
    private static Map<Long, Double> novelty(Openings openings, List<Filed> pieces) {
        List<Filed> inOrder = pieces.stream()
                .sorted(Comparator.comparing(Filed::at).thenComparing(Filed::story))
                .toList();
        List<Long> stories = inOrder.stream().map(Filed::story).toList();
        var novelty = new HashMap<Long, Double>();
        for (int i = 0; i < inOrder.size(); i++)
            if (inOrder.get(i).fresh())
                novelty.put(
                        stories.get(i),
                        NEW * openings.novelty(stories.get(i), stories.subList(Math.max(0, i - BACK), i)));
        return novelty;
    }

    private static Map<Long, Map<Long, Double>> fits(Openings openings, List<Filed> pieces) {
        var filed = new HashMap<Long, List<Long>>();
        for (Filed piece : pieces)
            for (long industry : piece.industries())
                filed.computeIfAbsent(industry, any -> new ArrayList<>()).add(piece.story());
        var fits = new HashMap<Long, Map<Long, Double>>();
        filed.forEach((industry, stories) -> openings.fits(stories)
                .forEach((story, fit) ->
                        fits.computeIfAbsent(story, any -> new HashMap<>()).put(industry, FITS * fit)));
        return fits;
    }

    double novelty(long story) {
        return novelty.getOrDefault(story, 0.0);
    }

    /** By industry. */
    Map<Long, Double> fits(long story) {
        return fits.getOrDefault(story, Map.of());
    }
}
