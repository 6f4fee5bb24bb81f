package press.masthead.editions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.deliveries.Audience;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.Mailing;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.web.Problem;
import press.masthead.publication.Publication;
import press.masthead.stories.StoryCard;
import press.masthead.subscriptions.UnsubscribeLinks;

/** Lets an edition go: frozen, and one letter owed to each of its readers, in one transaction. Twice comes out as once. */
public final class SendEdition {
    /** A letter that has not left so long after its edition was let go waits for a person. */
    private static final Duration IN_TIME = Duration.ofHours(6);

    private final Jdbi jdbi;
    private final Deliveries deliveries;
    private final EditionLetter letter;
    private final UnsubscribeLinks links;
    private final Publication publication;
    private final String mailDomain;
    private final Clock clock;

    public SendEdition(
            Jdbi jdbi,
            Deliveries deliveries,
            EditionLetter letter,
            UnsubscribeLinks links,
            Publication publication,
            String mailDomain,
            Clock clock) {
        this.jdbi = jdbi;
        this.deliveries = deliveries;
        this.letter = letter;
        this.links = links;
        this.publication = publication;
        this.mailDomain = mailDomain;
        this.clock = clock;
    }

    /**
     * Sends the edition to every confirmed reader of its newsletter, by a person's word and whatever the time.
     *
     * @throws Problem 409 when it has left already or was skipped, 422 when there is nothing in it
     */
    public void send(long id) {
        jdbi.useTransaction(handle -> {
            Newsletters.hold(handle, Editions.newsletterOf(handle, id));
            send(handle, id);
        });
    }

    /** The same in the caller's transaction, which holds the newsletter. */
    void send(Handle handle, long id) {
        Edition edition = Editions.lock(handle, id).orElseThrow(() -> Problem.notFound("There is no such edition."));
        switch (edition.state()) {
            case SENDING, SENT -> throw Problem.stale("This edition has been sent already.");
            case SKIPPED -> throw Problem.stale("This edition was skipped, so it can't be sent. Open it again first.");
            case DRAFTED, APPROVED, MISSED -> {}
        }
        Newsletter newsletter = Newsletters.byId(handle, edition.newsletterId()).orElseThrow();
        Editions.leaveOutWhatWasSent(handle, id);
        List<StoryCard> stories = Editions.stories(handle, id);
        if (stories.isEmpty()) throw Problem.invalid("There is no story in this edition, so it can't be sent.");
        Instant now = clock.instant();
        var mailing = new Mailing(
                "edition",
                Long.toString(id),
                newsletter.name() + ": " + edition.subject(),
                "bounce-*@" + mailDomain,
                mailDomain,
                Map.of("all", freeze(edition, newsletter, stories, now)),
                now,
                now.plus(IN_TIME));
        long mailingId =
                deliveries.owe(handle, mailing, audience(handle, newsletter)).mailing();
        handle.createUpdate("update edition set state = 'sending', mailing_id = :mailing, note = '' where id = :id")
                .bind("mailing", mailingId)
                .bind("id", id)
                .execute();
    }

    private FrozenMessage freeze(Edition edition, Newsletter newsletter, List<StoryCard> stories, Instant now) {
        var sheet = letter.slotted(edition, newsletter, stories);
        var settings = publication.settings();
        var draft = Mailing.draft(new MailAddress(newsletter.senderName(), newsletter.slug() + "@" + mailDomain))
                .subject(edition.subject())
                .date(now, newsletter.zone())
                .header("List-Id", "<" + newsletter.slug() + "." + mailDomain + ">")
                .header("List-Unsubscribe", "<" + sheet.unsubscribe() + ">")
                .header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .header("Feedback-ID", edition.id() + ":" + newsletter.slug() + ":edition:masthead");
        if (!settings.email().isEmpty()) draft.replyTo(new MailAddress(settings.name(), settings.email()));
        return draft.text(letter.text(sheet)).html(letter.html(sheet)).freeze();
    }

    /** The confirmed readers of the newsletter; the seal of each one's unsubscribe link is made here, a microsecond each. */
    private Audience audience(Handle handle, Newsletter newsletter) {
        Long[] readers = handle.createQuery("""
                        select s.reader_id from subscription s join reader r on r.id = s.reader_id
                        where s.newsletter_id = :newsletter and r.confirmed_at is not null
                        """)
                .bind("newsletter", newsletter.id())
                .mapTo(Long.class)
                .list()
                .toArray(Long[]::new);
        String[] tokens = new String[readers.length];
        for (int i = 0; i < readers.length; i++) tokens[i] = links.token(newsletter.id(), readers[i]);
        String hello = switch (newsletter.slot()) {
            case "am" -> "Good morning";
            case "pm" -> "Good evening";
            default -> "Hello";
        };
        return new Audience("""
                select r.id as reader_id, r.email as address, r.name, 'all' as variant, whom.token,
                       jsonb_build_object('greeting', :hello || case when r.name = '' then '.' else ', ' || split_part(r.name, ' ', 1) || '.' end) as personal
                from unnest(:readers, :tokens) as whom (reader_id, token) join reader r on r.id = whom.reader_id
                """, Map.of("readers", readers, "tokens", tokens, "hello", hello));
    }
}
