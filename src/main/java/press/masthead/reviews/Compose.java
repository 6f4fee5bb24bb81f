package press.masthead.reviews;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Composes one member's review from a catalogue and their ranking. A pure function; one object serves one thread, and keeps its
 * arrays from member to member.
 *
 * <ul>
 *   <li>The first industry leads, if it has anything for this member.
 *   <li>Space is shared by rank: the industry at rank r weighs 1/r, and each next place goes to the industry with the highest
 *       weight / (2 places + 1) that still has a piece (Sainte-Laguë's method of highest averages). So a higher rank never has
 *       fewer places than a lower one while it has pieces, and a reader of nine industries hears of eight.
 *   <li>Within an industry fresh comes before old, and what an editor pinned before the rest.
 *   <li>No piece twice, no two of one event, none that is withheld.
 *   <li>As many pieces as are fresh for this member, at least 7 where there are as many, at most 12. Industries that they did not
 *       rank come in only where theirs can't fill 7.
 * </ul>
 */
final class Compose {
    static final int LEAST = 7;
    static final int MOST = 12;

    private final Catalogue catalogue;
    private final int[] taken = new int[MOST];
    private final int[] takenFor = new int[MOST];
    private int count;

    private int[][] lists = new int[0][];
    private int[] next = new int[0];
    private int[] places = new int[0];

    Compose(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * @param ranking industries by id, the most wanted first; those that are no more are passed over
     * @param withheld what this member does not get
     */
    Review review(List<Long> ranking, Withheld withheld) {
        List<Long> known = known(ranking);
        List<Long> all = withOthers(known);
        begin(all);
        int ranked = known.size();
        fill(0, ranked, Math.clamp(fresh(ranked, withheld), LEAST, MOST), withheld);
        if (count < LEAST) fill(ranked, all.size(), LEAST, withheld);
        return blocks(all, ranked);
    }

    private List<Long> known(List<Long> ranking) {
        List<Long> known = new ArrayList<>(ranking.size());
        for (long industry : ranking) if (catalogue.has(industry) && !known.contains(industry)) known.add(industry);
        return known;
    }

    /** The ranking, then every other industry in the newsroom's order. */
    private List<Long> withOthers(List<Long> ranking) {
        List<Long> all = new ArrayList<>(ranking);
        for (long industry : catalogue.industries()) if (!ranking.contains(industry)) all.add(industry);
        return all;
    }

    private void begin(List<Long> all) {
        count = 0;
        if (next.length < all.size()) {
            lists = new int[all.size()][];
            next = new int[all.size()];
            places = new int[all.size()];
        }
        for (int i = 0; i < all.size(); i++) lists[i] = catalogue.best(all.get(i));
        Arrays.fill(next, 0);
        Arrays.fill(places, 0);
    }

    /** How many fresh pieces the ranked industries have for this member, as far as that can matter: events are counted once. */
    private int fresh(int ranked, Withheld withheld) {
        int found = 0;
        int[] events = new int[MOST];
        for (int i = 0; i < ranked && found < MOST; i++)
            for (int piece : lists[i]) {
                if (!catalogue.piece(piece).fresh() || found == MOST) break;
                int event = catalogue.piece(piece).event();
                if (!withheld.has(piece) && !among(events, found, event)) events[found++] = event;
            }
        return found;
    }

    private static boolean among(int[] numbers, int count, int number) {
        for (int i = 0; i < count; i++) if (numbers[i] == number) return true;
        return false;
    }

    /** Gives out places to the industries from one rank up to, not including, another until the review has so many pieces. */
    private void fill(int from, int until, int length, Withheld withheld) {
        while (count < length) {
            int industry = heaviest(from, until, withheld);
            if (industry < 0) return;
            takenFor[count] = industry;
            taken[count++] = lists[industry][next[industry]++];
            places[industry]++;
        }
    }

    /** Whose turn it is: of two that weigh the same, the higher rank's. None when nobody has a piece. */
    private int heaviest(int from, int until, Withheld withheld) {
        int heaviest = -1;
        int least = Integer.MAX_VALUE;
        for (int i = from; i < until; i++) {
            int weighsOneIn = (i + 1) * (2 * places[i] + 1);
            if (weighsOneIn < least && hasNext(i, withheld)) {
                least = weighsOneIn;
                heaviest = i;
            }
        }
        return heaviest;
    }

    private boolean hasNext(int industry, Withheld withheld) {
        int[] list = lists[industry];
        while (next[industry] < list.length && !mayHave(list[next[industry]], withheld)) next[industry]++;
        return next[industry] < list.length;
    }

    private boolean mayHave(int piece, Withheld withheld) {
        if (withheld.has(piece)) return false;
        int event = catalogue.piece(piece).event();
        for (int i = 0; i < count; i++)
            if (taken[i] == piece || catalogue.piece(taken[i]).event() == event) return false;
        return true;
    }

    private Review blocks(List<Long> all, int ranked) {
        List<Review.Block> blocks = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (places[i] == 0) continue;
            List<Long> stories = new ArrayList<>(places[i]);
            for (int t = 0; t < count; t++)
                if (takenFor[t] == i) stories.add(catalogue.piece(taken[t]).story());
            blocks.add(new Review.Block(all.get(i), i < ranked, stories));
        }
        boolean quiet = ranked > 0 && places[0] == 0;
        return new Review(List.copyOf(blocks), quiet ? Optional.of(all.getFirst()) : Optional.empty());
    }
}
