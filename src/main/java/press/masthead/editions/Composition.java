package press.masthead.editions;

import java.time.Instant;
import org.jdbi.v3.core.Handle;
import press.masthead.newsletters.Newsletter;

/** How an edition leaves whose letters are composed for each reader apart. */
@FunctionalInterface
public interface Composition {
    /**
     * Owes its letters in the caller's transaction, which holds the newsletter and the edition.
     *
     * @return the mailing's number
     * @throws press.masthead.platform.web.Problem 422 when there is nothing for anybody
     */
    long owe(Handle handle, Edition edition, Newsletter newsletter, Instant now);
}
