package press.masthead.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;

/**
 * How stories lie to one another by the way they open, as the model read them: never by what is not everyone's to read. Stories that no
 * model has read, or that two models have, are not compared.
 */
public final class Openings {
    /** Below this two stories have nothing to do with each other, and the same text is nearer than the second. */
    private static final double FAR = 0.35;

    private static final double SAME = 0.97;

    /** Of fewer stories than these no middle is worth comparing with. */
    private static final int FEWEST = 8;

    private record Read(String model, byte[] direction) {}

    private record Row(long storyId, String model, byte[] direction) {}

    private final Map<Long, Read> read;

    private Openings(Map<Long, Read> read) {
        this.read = read;
    }

    public static Openings of(Handle handle, Collection<Long> stories) {
        var read = new HashMap<Long, Read>();
        handle.createQuery("""
                        select story_id, model, substring(opening from 1 for :room) as direction
                        from story_meaning where story_id = any(:stories) and length(opening) >= :room
                        """)
                .bind("room", Vectors.DIMENSIONS)
                .bindArray("stories", Long.class, stories)
                .mapTo(Row.class)
                .forEach(row -> read.put(row.storyId(), new Read(row.model(), row.direction())));
        return new Openings(read);
    }

    /** The cosine of two stories' openings, from -1 to 1; none where they can't be compared. */
    public OptionalDouble likeness(long one, long other) {
        Read first = read.get(one);
        Read second = read.get(other);
        return first == null || second == null || !first.model().equals(second.model())
                ? OptionalDouble.empty()
                : OptionalDouble.of(Vectors.likeness(first.direction(), second.direction()));
    }

    /** How new a story is beside those before it: 0 where one of them is the same text, 1 where none is near or none can be compared. */
    public double novelty(long story, Collection<Long> before) {
        double nearest = before.stream()
                .map(other -> likeness(story, other))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max()
                .orElse(FAR);
        return Math.clamp((SAME - nearest) / (SAME - FAR), 0, 1);
    }

    /**
     * How well each story of a group fits the middle of the others: in standard deviations of the group, cut at -2 and 2; 0 is as well as
     * most. Stories that can't be compared, and all in a group of fewer than eight, are not told of.
     */
    public Map<Long, Double> fits(Collection<Long> group) {
        List<Known> known = known(group);
        if (known.size() < FEWEST) return Map.of();
        double[] sum = new double[Vectors.DIMENSIONS];
        for (Known one : known) add(sum, one.direction());
        double[] near = known.stream()
                .mapToDouble(one -> toOthers(sum, one.direction()))
                .toArray();
        double mean = Arrays.stream(near).average().orElseThrow();
        double spread = Math.sqrt(Arrays.stream(near)
                .map(one -> (one - mean) * (one - mean))
                .average()
                .orElseThrow());
        var fits = HashMap.<Long, Double>newHashMap(known.size());
        for (int i = 0; i < near.length; i++)
            fits.put(known.get(i).story(), spread == 0 ? 0 : Math.clamp((near[i] - mean) / spread, -2, 2));
        return fits;
    }

    private record Known(long story, String model, byte[] direction) {}

    /** Those of a group that the same model has read as the first of them. */
    private List<Known> known(Collection<Long> group) {
        var known = new ArrayList<Known>();
        for (long story : group) {
            Read one = read.get(story);
            if (one != null && (known.isEmpty() || known.getFirst().model().equals(one.model())))
                known.add(new Known(story, one.model(), one.direction()));
        }
        return known;
    }

    private static void add(double[] sum, byte[] direction) {
        for (int i = 0; i < sum.length; i++) sum[i] += direction[i];
    }

    /** The cosine between a direction and the sum of all but itself. */
    private static double toOthers(double[] sum, byte[] direction) {
        double dot = 0;
        double others = 0;
        double own = 0;
        for (int i = 0; i < sum.length; i++) {
            double other = sum[i] - direction[i];
            dot += other * direction[i];
            others += other * other;
            own += direction[i] * direction[i];
        }
        return others == 0 || own == 0 ? 0 : dot / Math.sqrt(others * own);
    }
}
