package press.masthead.newsletters;

import org.jdbi.v3.core.Handle;

/** Sends a newsletter's last letter to whoever reads it, in the caller's transaction. */
@FunctionalInterface
public interface Farewell {
    /** @param words plain text, a blank line between paragraphs */
    void send(Handle handle, Newsletter newsletter, String words);
}
