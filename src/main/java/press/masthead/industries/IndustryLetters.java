package press.masthead.industries;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What becomes of an industry's own newsletter when something becomes of the industry; all in the caller's transaction. */
public interface IndustryLetters {
    /** Begins it. Returns its number. */
    long begin(Handle handle, Industry industry);

    /** It follows in name, address and description, as far as nobody has given it others. */
    void follow(Handle handle, long newsletter, Industry before, Industry now);

    /** It comes out no more. With a farewell, its readers get that as the last letter. */
    void stop(Handle handle, long newsletter, Optional<String> farewell);

    /** It comes out again, for those who read it before. */
    void goOn(Handle handle, long newsletter);

    /** Whoever reads the one reads the other from now on, and the one comes out no more. */
    void merge(Handle handle, long from, long into);

    /** Takes away one that was never read and never sent; others stay and come out no more. */
    void remove(Handle handle, long newsletter);
}
