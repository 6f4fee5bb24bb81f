package press.masthead.deliveries;

import java.time.Duration;

/**
 * How this node sends.
 *
 * @param hands connections at a time
 * @param batch letters that a hand takes at once, and so the most that it can leave in doubt
 * @param poll how long a hand without work waits before it looks again
 * @param silence how long a node may be unseen before its hands count as dead
 * @param giveUpAfter a letter that is still deferred so long after its mailing began is refused
 * @param doubt what becomes of doubtful letters
 * @param doubtAfter how long a doubt is left alone first
 */
public record HandSettings(
        int hands, int batch, Duration poll, Duration silence, Duration giveUpAfter, Doubt doubt, Duration doubtAfter) {
    public static final HandSettings USUAL = new HandSettings(
            8,
            25,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            Doubt.WAIT_FOR_A_PERSON,
            Duration.ofMinutes(10));

    HandSettings withSilence(Duration other) {
        return new HandSettings(hands, batch, poll, other, giveUpAfter, doubt, doubtAfter);
    }

    public HandSettings withHands(int others) {
        return new HandSettings(others, batch, poll, silence, giveUpAfter, doubt, doubtAfter);
    }
}
