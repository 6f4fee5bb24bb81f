package press.masthead.localstripe;

import java.util.Random;

/**
 * What goes wrong on purpose, as shares from 0 to 1, always the same for the same seed.
 *
 * @param lost webhooks that never come
 * @param doubled those that come twice
 * @param delayed those that wait for a later moment, so that newer ones overtake them
 * @param declined charges of a good card, made while its owner is away, that fail all the same
 * @param unanswered requests that are carried out and whose answer is lost (the client sees an error 500)
 */
public record Chaos(long seed, double lost, double doubled, double delayed, double declined, double unanswered) {
    public static final Chaos NONE = new Chaos(1, 0, 0, 0, 0, 0);

    /** Everything at once. */
    public static Chaos all(long seed) {
        return new Chaos(seed, 0.05, 0.10, 0.15, 0.12, 0.01);
    }

    Random dice(int which) {
        return new Random(seed * 31 + which);
    }
}
