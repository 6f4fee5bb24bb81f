package press.masthead.broadcast;

import java.time.Instant;

/**
 * One uninterrupted recording of a browser.
 *
 * @param nextPart the number of the part that is awaited
 * @param received bytes
 * @param form what its file is made of: matroska or flv
 * @param round how often its pictures were begun to be made
 */
public record Take(
        long id,
        long sessionId,
        String state,
        int nextPart,
        long received,
        int round,
        Instant beatAt,
        Instant openedAt,
        String form) {
    String folder() {
        return id + "-" + round;
    }

    boolean isOpen() {
        return state.equals("open");
    }

    boolean isMade() {
        return state.equals("made");
    }
}
