package press.masthead.archive;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question that was asked.
 *
 * @param threadId the first question of its conversation
 * @param meant of a follow-up question, with what it takes from the one before
 * @param near where nothing was found: stories that come nearest
 * @param teamName of the team that it is shared with; else empty
 */
record Asked(
        long id,
        long readerId,
        long threadId,
        String asked,
        String meant,
        String language,
        Instant at,
        boolean answered,
        List<Long> near,
        boolean byModel,
        Optional<Boolean> helpful,
        String note,
        Optional<Instant> savedAt,
        Optional<Long> sharedTeam,
        String teamName,
        String asker) {
    String path() {
        return "/pro/ask/" + id + "/";
    }
}
