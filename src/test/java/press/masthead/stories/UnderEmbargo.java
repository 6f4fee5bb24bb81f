package press.masthead.stories;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/** Takes the two steps that the desk's buttons take: an embargo to an hour, and appearing at that hour. */
public final class UnderEmbargo {
    private UnderEmbargo() {}

    public static void until(Handle handle, Drafts drafts, long story, Instant hour) {
        drafts.publishing().embargo(handle, story, java.util.Optional.of(hour), ZoneOffset.UTC, null);
        drafts.publishing().schedule(handle, story, hour, ZoneOffset.UTC, null);
    }
}
