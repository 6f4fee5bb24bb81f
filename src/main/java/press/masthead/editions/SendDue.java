package press.masthead.editions;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.editions.Editions.Due;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.Problem;

/** Lets go what is due: by itself where the newsletter says so or an editor has approved it, and never when it is too late. */
public final class SendDue implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SendDue.class);

    private final Editions editions;
    private final Newsletters newsletters;
    private final SendEdition sendEdition;
    private final Clock clock;

    public SendDue(Editions editions, Newsletters newsletters, SendEdition sendEdition, Clock clock) {
        this.editions = editions;
        this.newsletters = newsletters;
        this.sendEdition = sendEdition;
        this.clock = clock;
    }

    @Override
    public void run() {
        for (Due due : editions.due()) {
            if (due.late(clock.instant()))
                editions.miss(due.id(), "It was not sent within its time. It can still be sent by hand.");
            else if (due.stories() == 0) editions.skip(due.id(), "There was nothing new.");
            else send(due.id());
        }
        editions.settle();
    }

    private void send(long id) {
        try {
            Edition edition = editions.byId(id).orElseThrow();
            sendEdition.send(newsletters.byId(edition.newsletterId()).orElseThrow(), id);
        } catch (Problem elsewhere) {
            LOG.info("edition {}: {}", id, elsewhere.sentence());
        }
    }
}
