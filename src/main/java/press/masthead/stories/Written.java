package press.masthead.stories;

import java.time.Instant;
import java.util.Optional;

/**
 * A story as it stands in the newsroom.
 *
 * @param id 0 before it was first saved
 * @param revision which saving this is, from 1; 0 before the first
 * @param state {@code draft}, {@code review}, {@code scheduled}, {@code published} or {@code withdrawn}
 * @param publishedAt when it was, or is due to be
 * @param savedBy whoever saved last, by name; may be empty
 */
record Written(
        long id,
        int revision,
        String state,
        int words,
        Optional<Instant> publishedAt,
        Instant updatedAt,
        String savedBy,
        Draft draft) {

    boolean isNew() {
        return id == 0;
    }

    boolean isPublished() {
        return state.equals("published");
    }

    boolean isScheduled() {
        return state.equals("scheduled");
    }

    /** Where its form is sent. */
    String address() {
        return isNew() ? "/desk/stories/new" : "/desk/stories/" + id;
    }
}
