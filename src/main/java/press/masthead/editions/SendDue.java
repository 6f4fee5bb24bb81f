package press.masthead.editions;

import java.time.Clock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.editions.Editions.Due;
import press.masthead.newsletters.Newsletters;

/** Lets go what is due: by itself where the newsletter says so or an editor has approved it, and never when it is too late. */
public final class SendDue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SendDue.class);

    private final Jdbi jdbi;
    private final Editions editions;
    private final SendEdition sendEdition;
    private final Clock clock;

    public SendDue(Jdbi jdbi, Editions editions, SendEdition sendEdition, Clock clock) {
        this.jdbi = jdbi;
        this.editions = editions;
        this.sendEdition = sendEdition;
        this.clock = clock;
    }

    @Override
    public void run() {
        for (Due due : editions.due()) {
            try {
                jdbi.useTransaction(handle -> letGo(handle, due));
            } catch (RuntimeException trouble) {
                // One edition that can't leave must not keep the others; it is tried again in a moment.
                LOG.error("edition {} could not be sent", due.id(), trouble);
            }
        }
        editions.settle();
    }

    /** Looks again under lock: another node may have sent it, or a person skipped it, since it was listed. */
    private void letGo(Handle handle, Due listed) {
        Newsletters.hold(handle, listed.newsletterId());
        Editions.due(handle, listed.id(), clock.instant()).ifPresent(due -> {
            if (due.late()) Editions.miss(handle, due.id());
            else if (due.empty()) Editions.skipEmpty(handle, due.id());
            else sendEdition.send(handle, due.id());
        });
    }
}
