package press.masthead.stories;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.platform.web.Problem;

/** Where a story stands, held against other changes until the transaction ends. */
record Stand(
        String slug,
        String title,
        String state,
        int revision,
        Optional<Instant> publishedAt,
        Optional<Instant> embargoUntil) {

    /** @throws Problem 404 when there is no such story */
    static Stand lock(Handle handle, long id) {
        return handle.createQuery("""
                        select slug, title, state, revision, published_at, embargo_until from story where id = :id for update
                        """)
                .bind("id", id)
                .mapTo(Stand.class)
                .findOne()
                .orElseThrow(() -> Problem.notFound("There is no such story."));
    }

    boolean isPublished() {
        return state.equals("published");
    }

    /** Whether readers have had it at its address. */
    boolean wasPublished() {
        return isPublished() || state.equals("withdrawn");
    }
}
