package press.masthead.access;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import press.masthead.readers.Reader;

/** Works out where someone stands, from rows. */
public interface Standings {
    /** Someone who is signed in, at this moment. */
    Standing of(Reader reader);

    /** Many at once, in one question; who is neither staff nor a member is left out. */
    Map<Long, Standing> standings(Handle handle, Collection<Long> readers, Instant moment);
}
