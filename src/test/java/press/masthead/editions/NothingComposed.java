package press.masthead.editions;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.newsletters.Newsletter;

/** For newsrooms whose newsletters are the same for everyone. */
final class NothingComposed implements Composition {
    private static IllegalStateException none() {
        return new IllegalStateException("no newsletter here is composed for each reader");
    }

    @Override
    public long owe(Handle handle, Edition edition, Newsletter newsletter, Instant now) {
        throw none();
    }

    @Override
    public Optional<Look> look(
            Handle handle, Edition edition, Newsletter newsletter, For whom, String greeting, Instant now) {
        throw none();
    }

    @Override
    public void test(Handle handle, Edition edition, Newsletter newsletter, long staff, For whom, Instant now) {
        throw none();
    }

    @Override
    public long mend(Handle handle, Edition edition, Newsletter newsletter, long mailing, Instant now) {
        throw none();
    }
}
