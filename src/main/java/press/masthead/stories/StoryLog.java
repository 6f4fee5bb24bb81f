package press.masthead.stories;

import java.time.Clock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who did what to a story, and when; only added to. {@link StoryHistory} reads it. */
final class StoryLog {
    private final Clock clock;

    StoryLog(Clock clock) {
        this.clock = clock;
    }

    void note(Handle handle, long id, String what, @Nullable Long by, String words) {
        handle.createUpdate(
                        "insert into story_event (story_id, what, note, at, by) values (:id, :what, :words, :now, :by)")
                .bind("id", id)
                .bind("what", what)
                .bind("words", words)
                .bind("now", clock.instant())
                .bindByType("by", by, Long.class)
                .execute();
    }
}
