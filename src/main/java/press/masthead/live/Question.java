package press.masthead.live;

import java.time.Instant;
import java.util.Optional;

/**
 * What someone asked.
 *
 * @param name who asked, as others see it; empty for nobody's name
 * @param mergedInto the question that it became part of
 * @param ahead how many are queued before it, where it is queued itself
 */
public record Question(
        long id,
        long readerId,
        String name,
        boolean anonymous,
        String body,
        String state,
        int votes,
        Optional<Long> mergedInto,
        String answer,
        Instant askedAt,
        Optional<Instant> answeringAt,
        int ahead) {
    /** Whether all who watch see it. */
    boolean isShown() {
        return switch (state) {
            case "open", "queued", "answering", "answered" -> true;
            default -> false;
        };
    }

    boolean isAnswered() {
        return state.equals("answered");
    }
}
