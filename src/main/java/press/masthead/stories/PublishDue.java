package press.masthead.stories;

import org.jdbi.v3.core.Jdbi;

/** Publishes scheduled stories whose time has come, and turns rules whose time has; asked every few seconds, and harmless when nothing is due. */
public final class PublishDue implements Runnable {
    private final Jdbi jdbi;
    private final Drafts drafts;

    public PublishDue(Jdbi jdbi, Drafts drafts) {
        this.jdbi = jdbi;
        this.drafts = drafts;
    }

    @Override
    public void run() {
        jdbi.useTransaction(drafts.publishing()::publishDue);
        jdbi.useTransaction(drafts.publishing()::turnRules);
    }
}
