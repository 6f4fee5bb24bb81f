package press.masthead.memos;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import press.masthead.deliveries.Mailing;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.MessageDraft;
import press.masthead.platform.mail.Slot;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.publication.Settings;
import press.masthead.stories.MemoNotes;
import press.masthead.stories.StoryCard;

/** What followers get: one memo in an alert, several in a daily letter, each with its key points. */
public final class AlertLetter {
    static final String BECAUSE = "because";
    static final String SUBJECT = "subject";
    static final String PARTS = "parts";
    private static final int WORDS_A_MINUTE = 240;

    private final Html html;
    private final Publication publication;
    private final Supplier<String> url;
    private final String mailDomain;

    /** @param url the site's address, without a final slash */
    public AlertLetter(Html html, Publication publication, Supplier<String> url, String mailDomain) {
        this.html = html;
        this.publication = publication;
        this.url = url;
        this.mailDomain = mailDomain;
    }

    /** A memo in a letter. */
    record Memo(StoryCard card, MemoNotes notes, String url) {
        String link() {
            return url + card.path();
        }

        String kicker() {
            return card.topicNames().isEmpty()
                    ? "PRO memo"
                    : "PRO memo · " + card.topicNames().getFirst();
        }

        String facts() {
            String by = String.join(", ", card.authorNames());
            long minutes = Math.max(1, Math.ceilDiv(card.words(), WORDS_A_MINUTE));
            return (by.isEmpty() ? "" : by + " · ") + minutes + " min";
        }

        String side() {
            return card.direction().equals("rtl") ? "right" : "left";
        }
    }

    /**
     * The frame around them.
     *
     * @param memo the one; none where the slot for parts says which
     */
    record Sheet(
            Settings settings,
            String url,
            String day,
            String heading,
            List<Memo> memo,
            String parts,
            String why,
            String unsubscribe) {}

    Memo memo(StoryCard card, MemoNotes notes) {
        return new Memo(card, notes, url.get());
    }

    String mailDomain() {
        return mailDomain;
    }

    String returnPath() {
        return "bounce-*@" + mailDomain;
    }

    /** The letter about one memo; personal are why it comes and the link that ends it. */
    MessageDraft alert(Memo memo, Instant now) {
        var sheet = sheet(
                "New memo",
                List.of(memo),
                "",
                "You get this letter because you follow " + Slot.mark(BECAUSE) + ".",
                now);
        return draft(sheet, memo.card().title(), "alert", now).text(words(memo) + foot(sheet));
    }

    /** The frame of a daily letter, to which the memos are added as leaves. */
    MessageDraft daily(Instant now) {
        var sheet = sheet(
                "Your memos",
                List.of(),
                Slot.leaves(PARTS),
                "You get this letter once a day when there is a memo on what you follow.",
                now);
        return draft(sheet, Slot.mark(SUBJECT), "daily", now).text(Slot.leaves(PARTS) + foot(sheet));
    }

    void add(MessageDraft draft, String name, Memo memo) {
        draft.leaf(name, words(memo), html.text("memos/memoletter", memo));
    }

    private Sheet sheet(String heading, List<Memo> memo, String parts, String why, Instant now) {
        Settings settings = publication.settings();
        String day =
                DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH).format(now.atZone(settings.zone()));
        return new Sheet(
                settings,
                url.get(),
                day,
                heading,
                memo,
                parts,
                why,
                url.get() + "/unsubscribe/alerts/" + Slot.inLink(Mailing.TOKEN));
    }

    private MessageDraft draft(Sheet sheet, String subject, String kind, Instant now) {
        Settings settings = sheet.settings();
        var draft = Mailing.draft(new MailAddress(settings.name() + " PRO", "memos@" + mailDomain))
                .subject(subject)
                .date(now, settings.zone())
                .header("List-Id", "<memos." + mailDomain + ">")
                .header("List-Unsubscribe", "<" + sheet.unsubscribe() + ">")
                .header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .header("Feedback-ID", kind + ":memos:masthead");
        if (!settings.email().isEmpty()) draft.replyTo(new MailAddress(settings.name(), settings.email()));
        return draft.html(html.text("memos/alertletter", sheet));
    }

    private static String words(Memo memo) {
        var text = new StringBuilder(memo.kicker())
                .append("\n\n")
                .append(memo.card().title());
        text.append("\n\n");
        if (!memo.card().standfirst().isEmpty())
            text.append(memo.card().standfirst()).append("\n\n");
        memo.notes()
                .keyPoints()
                .forEach(point -> text.append("- ").append(point).append('\n'));
        return text.append('\n')
                .append(memo.facts())
                .append("\nRead it: ")
                .append(memo.link())
                .append("\n\n")
                .toString();
    }

    private static String foot(Sheet sheet) {
        return sheet.why() + "\nChange what you follow: " + sheet.url() + "/account/following/\nStop these letters: "
                + sheet.unsubscribe() + "\n\n-- \n" + sheet.settings().name() + "\n"
                + sheet.settings().address() + "\n";
    }
}
