package press.masthead.editions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.Mailing;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;

/** Sends an edition as it stands to the editor who asks, by the same way that its readers' letters go. Counted nowhere. */
public final class SendTest {
    public static final String PREFIX = "[Test] ";
    private static final Duration IN_TIME = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final Deliveries deliveries;
    private final FreezeEdition freezeEdition;
    private final EditionReaders readers;
    private final Composition composition;
    private final Clock clock;

    public SendTest(
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
     * @param asMember whether they get the message that members get; of a letter that is composed for each, whether it is
     *     composed for themselves, and not for a member who has chosen nothing
     * @throws press.masthead.platform.web.Problem 422 when there is nothing in it
     */
    void send(Edition edition, long editor, boolean asMember) {
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            Newsletter newsletter =
                    Newsletters.byId(handle, edition.newsletterId()).orElseThrow();
            if (newsletter.isPersonal()) {
                Composition.For whom = asMember ? new Composition.For.One(editor) : new Composition.For.Newcomer();
                composition.test(handle, edition, newsletter, editor, whom, now);
                return;
            }
            var mailing = new Mailing(
                    "test",
                    edition.id() + "-" + UUID.randomUUID(),
                    PREFIX + edition.subject(),
                    "bounce-*@" + freezeEdition.mailDomain(),
                    freezeEdition.mailDomain(),
                    freezeEdition.freeze(handle, edition, newsletter, PREFIX, now),
                    now,
                    now.plus(IN_TIME));
            deliveries.owe(handle, mailing, readers.only(newsletter, editor, asMember));
        });
    }
}
