package press.masthead.reviews;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Everything that this week's reviews may hold, sorted once for each industry: what an editor pinned first, then the fresh, then
 * the old, the heavier before the lighter. Members' reviews are merged from these lists.
 */
final class Catalogue {
    private final List<Piece> pieces;
    private final List<Long> industries;
    private final Map<Long, Integer> places;
    private final Map<Long, Integer> stories;
    private final int[][] best;

    /** @param industries all of them, in the newsroom's order */
    Catalogue(List<Long> industries, List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
        this.industries = List.copyOf(industries);
        this.places = numbered(industries);
        this.stories = numbered(pieces.stream().map(Piece::story).toList());
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < industries.size(); i++) lists.add(new ArrayList<>());
        for (int p = 0; p < pieces.size(); p++)
            for (long industry : pieces.get(p).industries()) {
                Integer place = places.get(industry);
                if (place != null) lists.get(place).add(p);
            }
        this.best = new int[industries.size()][];
        for (int i = 0; i < best.length; i++)
            best[i] = lists.get(i).stream()
                    .distinct()
                    .sorted(bestFirst(industries.get(i)))
                    .mapToInt(Integer::intValue)
                    .toArray();
    }

    private static Map<Long, Integer> numbered(List<Long> ids) {
        Map<Long, Integer> numbers = HashMap.newHashMap(ids.size());
        for (int i = 0; i < ids.size(); i++) numbers.put(ids.get(i), i);
        return Map.copyOf(numbers);
    }

    /** Freshness before an editor's pin: what is pinned leads among the fresh, or among the old. */
    private Comparator<Integer> bestFirst(long industry) {
        return Comparator.comparing((Integer p) -> !pieces.get(p).fresh())
                .thenComparing(p -> !pieces.get(p).pinnedIn().contains(industry))
                .thenComparing(p -> -pieces.get(p).weightIn(industry))
                .thenComparing(p -> -pieces.get(p).story());
    }

    int size() {
        return pieces.size();
    }

    Piece piece(int number) {
        return pieces.get(number);
    }

    /** A story's number among the pieces; none when it is not in the catalogue. */
    OptionalInt number(long story) {
        Integer number = stories.get(story);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    List<Long> industries() {
        return industries;
    }

    boolean has(long industry) {
        return places.containsKey(industry);
    }

    /** The pieces of an industry by number, the best first; none for an industry that is no more. */
    int[] best(long industry) {
        Integer place = places.get(industry);
        return place == null ? new int[0] : best[place];
    }
}
