package press.masthead.search;

import java.time.Instant;
import java.util.List;
import press.masthead.access.Standing;

/**
 * A search.
 *
 * @param typed as it was typed
 * @param also other ways to say it, from the editors' list
 * @param standing of whoever asks; what they may not read is not searched
 * @param most how many hits at most, up to 200
 */
public record Wanted(
        String typed,
        List<List<String>> also,
        Narrowed narrowed,
        Standing standing,
        Instant moment,
        Order order,
        int most) {
    /** In which order hits are wanted. */
    public enum Order {
        BEST,
        NEWEST
    }

    public static Wanted of(String typed, Standing standing, Instant moment) {
        return new Wanted(typed, List.of(), Narrowed.NOT, standing, moment, Order.BEST, 200);
    }
}
