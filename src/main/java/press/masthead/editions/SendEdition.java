package press.masthead.editions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.Mailing;
import press.masthead.deliveries.Reserved;
import press.masthead.deliveries.Unmade;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.Problem;

/** Lets an edition go: frozen, and one letter owed to each of its readers, in one transaction. Twice comes out as once. */
public final class SendEdition {
    /** A letter that has not left so long after its edition was let go waits for a person. */
    private static final Duration IN_TIME = Duration.ofHours(6);

    private final Jdbi jdbi;
    private final Deliveries deliveries;
    private final FreezeEdition freezeEdition;
    private final EditionReaders readers;
    private final Composition composition;
    private final Clock clock;

    /** @param composition for newsletters that are composed for each reader */
    public SendEdition(
            Jdbi jdbi,
            Deliveries deliveries,
            FreezeEdition freezeEdition,
            EditionReaders readers,
            Composition composition,
            Clock clock) {
        this.jdbi = jdbi;
        this.deliveries = deliveries;
        this.freezeEdition = freezeEdition;
        this.readers = readers;
        this.composition = composition;
        this.clock = clock;
    }

    /**
     * Sends the edition to every confirmed reader of its newsletter, by a person's word and whatever the time.
     *
     * @param revision what the person saw
     * @throws Problem 409 when it has left already, was skipped or was changed meanwhile, 422 when there is nothing in it
     */
    public void send(long id, int revision) {
        jdbi.useTransaction(handle -> {
            Newsletters.hold(handle, Editions.newsletterOf(handle, id));
            Edition edition = Editions.lock(handle, id).orElseThrow();
            if (edition.open() && edition.revision() != revision)
                throw Problem.stale("Someone changed this edition meanwhile. Look at it again before it leaves.");
            send(handle, id);
        });
    }

    /** Sends it in the caller's transaction, which holds the newsletter. */
    void send(Handle handle, long id) {
        Edition edition = Editions.lock(handle, id).orElseThrow(() -> Problem.notFound("There is no such edition."));
        switch (edition.state()) {
            case SENDING, SENT -> throw Problem.stale("This edition has been sent already.");
            case SKIPPED -> throw Problem.stale("This edition was skipped, so it can't be sent. Open it again first.");
            case DRAFTED, APPROVED, MISSED -> {}
        }
        Newsletter newsletter = Newsletters.byId(handle, edition.newsletterId()).orElseThrow();
        Instant now = clock.instant();
        long mailing = newsletter.isPersonal()
                ? composition.owe(handle, edition, newsletter, now)
                : oweOneLetter(handle, edition, newsletter, now);
        handle.createUpdate("update edition set state = 'sending', mailing_id = :mailing, note = '' where id = :id")
                .bind("mailing", mailing)
                .bind("id", id)
                .execute();
        // The newsletter's page and its list of editions show it from now on.
        handle.execute("select pg_notify('published', '')");
    }

    /**
     * Makes the letters again that could not be made.
     *
     * @return how many they are
     * @throws Problem 409 when none waits for it, 422 when the reason is still there
     */
    long mend(long id) {
        return jdbi.inTransaction(handle -> {
            Edition edition =
                    Editions.lock(handle, id).orElseThrow(() -> Problem.notFound("There is no such edition."));
            Newsletter newsletter =
                    Newsletters.byId(handle, edition.newsletterId()).orElseThrow();
            long mailing = edition.mailingId().orElse(0L);
            if (!newsletter.isPersonal() || Unmade.count(handle, mailing) == 0)
                throw Problem.stale("No letter of this edition waits to be made again.");
            return composition.mend(handle, edition, newsletter, mailing, clock.instant());
        });
    }

    /** The same letter for everyone, but for what is for members. */
    private long oweOneLetter(Handle handle, Edition edition, Newsletter newsletter, Instant now) {
        Editions.leaveOutWhatWasSent(handle, edition.id());
        var mailing = new Mailing(
                "edition",
                Long.toString(edition.id()),
                newsletter.name() + ": " + edition.subject(),
                "bounce-*@" + freezeEdition.mailDomain(),
                freezeEdition.mailDomain(),
                freezeEdition.freeze(handle, edition, newsletter, "", now),
                Map.of(
                        FreezeEdition.MEMBERS,
                        new Reserved(Set.of(), newsletter.isForMembers() ? "" : FreezeEdition.EVERYONE)),
                now,
                now.plus(IN_TIME));
        return deliveries.owe(handle, mailing, readers.of(handle, newsletter)).mailing();
    }
}
