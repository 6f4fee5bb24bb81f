package press.masthead.editions;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.newsletters.Newsletter;

/** How an edition leaves whose letters are composed for each reader apart. */
public interface Composition {
    /**
     * Owes its letters in the caller's transaction, which holds the newsletter and the edition.
     *
     * @return the mailing's number
     * @throws press.masthead.platform.web.Problem 422 when there is nothing for anybody
     */
    long owe(Handle handle, Edition edition, Newsletter newsletter, Instant now);

    /** For whom a letter is composed that somebody wants to look at. */
    sealed interface For {
        /** A member who has chosen nothing and read nothing. */
        record Newcomer() implements For {}

        record One(long reader) implements For {}
    }

    /**
     * A letter as it would be now.
     *
     * @param greeting whom it greets
     */
    Optional<Look> look(Handle handle, Edition edition, Newsletter newsletter, For whom, String greeting, Instant now);

    record Look(String subject, String html, String text) {}

    /**
     * Owes one letter to a member of staff, composed for them or for a newcomer; counted nowhere.
     *
     * @throws press.masthead.platform.web.Problem 422 when there is nothing in it
     */
    void test(Handle handle, Edition edition, Newsletter newsletter, long staff, For whom, Instant now);

    /**
     * Renders what could not be rendered when the edition was let go, and owes the letters again that lacked it.
     *
     * @return how many they are
     * @throws press.masthead.platform.web.Problem 422 when it still can't be rendered, with the reason
     */
    long mend(Handle handle, Edition edition, Newsletter newsletter, long mailing, Instant now);
}
