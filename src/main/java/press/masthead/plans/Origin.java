package press.masthead.plans;

import java.util.Optional;

/**
 * What led someone to join.
 *
 * @param source a campaign's name or the site that led here; may be empty
 * @param soldBy the story whose offer was taken
 */
public record Origin(String source, Optional<Long> soldBy) {
    public static final Origin UNKNOWN = new Origin("", Optional.empty());
}
