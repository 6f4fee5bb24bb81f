package press.masthead.editions;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Standing;
import press.masthead.deliveries.Mailing;
import press.masthead.newsletters.Newsletter;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.MessageDraft;
import press.masthead.platform.web.Problem;
import press.masthead.publication.Publication;

/**
 * Makes an edition's messages, once for all its readers: one for members, with the blocks that are theirs, and one for
 * everyone else, in which nothing of those has ever been.
 */
public final class FreezeEdition {
    static final String MEMBERS = "members";
    static final String EVERYONE = "everyone";

    private final EditionLetter letter;
    private final Publication publication;
    private final String mailDomain;

    public FreezeEdition(EditionLetter letter, Publication publication, String mailDomain) {
        this.letter = letter;
        this.publication = publication;
        this.mailDomain = mailDomain;
    }

    String mailDomain() {
        return mailDomain;
    }

    /** @throws Problem 422 when there is nothing in it that everyone may see */
    Map<String, FrozenMessage> freeze(
            Handle handle, Edition edition, Newsletter newsletter, String subjectPrefix, Instant now) {
        Sheet open = letter.slotted(edition, newsletter, Items.open(handle, edition.id()), false);
        Sheet whole = switch (Paywall.ask(new Standing.Member(Set.of("any"), now), Audience.MEMBER)) {
            case Answer.Open pass -> letter.slotted(edition, newsletter, Items.whole(handle, edition.id(), pass), true);
            case Answer.SignIn() -> open;
            case Answer.Upgrade() -> open;
            case Answer.Closed() -> open;
        };
        List<Item> shown = newsletter.isForMembers() ? whole.items() : open.items();
        if (shown.isEmpty()) throw Problem.invalid("There is nothing in this edition, so it can't be sent.");
        return Map.of(EVERYONE, message(open, subjectPrefix, now), MEMBERS, message(whole, subjectPrefix, now));
    }

    private FrozenMessage message(Sheet sheet, String subjectPrefix, Instant now) {
        return draft(sheet, subjectPrefix + sheet.subject(), now).freeze();
    }

    /** The letter as it stands on the sheet, with its headers. */
    MessageDraft draft(Sheet sheet, String subject, Instant now) {
        Newsletter newsletter = sheet.newsletter();
        var draft = Mailing.draft(new MailAddress(newsletter.senderName(), newsletter.slug() + "@" + mailDomain))
                .subject(subject)
                .date(now, newsletter.zone())
                .header("List-Id", "<" + newsletter.slug() + "." + mailDomain + ">")
                .header("List-Unsubscribe", "<" + sheet.unsubscribe() + ">")
                .header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .header("Feedback-ID", sheet.edition().id() + ":" + newsletter.slug() + ":edition:masthead");
        String answers = newsletter.replyTo().isEmpty() ? publication.settings().email() : newsletter.replyTo();
        if (!answers.isEmpty()) draft.replyTo(new MailAddress(newsletter.senderName(), answers));
        return draft.text(letter.text(sheet)).html(letter.html(sheet));
    }
}
