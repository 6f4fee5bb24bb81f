package press.masthead.memos;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import press.masthead.deliveries.Mailing;
import press.masthead.platform.mail.LetterWords;
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
    record Memo(StoryCard card, MemoNotes notes, String url, LetterWords words) {
        String link() {
            return url + card.path();
        }

        String kicker() {
            String memo = words.t("PRO memo");
            return card.topicNames().isEmpty()
                    ? memo
                    : memo + " · " + card.topicNames().getFirst();
        }

        String facts() {
            String by = String.join(", ", card.authorNames());
            long minutes = Math.max(1, Math.ceilDiv(card.words(), WORDS_A_MINUTE));
            return (by.isEmpty() ? "" : by + " · ") + words.t("{minutes} min", "minutes", Long.toString(minutes));
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
            String unsubscribe,
            LetterWords words) {}

    Memo memo(StoryCard card, MemoNotes notes, LetterWords words) {
        return new Memo(card, notes, url.get(), words);
    }

    String mailDomain() {
        return mailDomain;
    }

    String returnPath() {
        return "bounce-*@" + mailDomain;
    }

    /** The letter about one memo; personal are why it comes and the link that ends it. */
    MessageDraft alert(Memo memo, Instant now) {
        LetterWords words = memo.words();
        var sheet = sheet(
                words,
                "New memo",
                List.of(memo),
                "",
                words.t("You get this letter because you follow {subjects}.", "subjects", Slot.mark(BECAUSE)),
                now);
        return draft(sheet, memo.card().title(), "alert", now).text(words(memo) + foot(sheet));
    }

    /** The frame of a daily letter, to which the memos are added as leaves. */
    MessageDraft daily(LetterWords words, Instant now) {
        var sheet = sheet(
                words,
                "Your memos",
                List.of(),
                Slot.leaves(PARTS),
                words.t("You get this letter once a day when there is a memo on what you follow."),
                now);
        return draft(sheet, Slot.mark(SUBJECT), "daily", now).text(Slot.leaves(PARTS) + foot(sheet));
    }

    void add(MessageDraft draft, String name, Memo memo) {
        draft.leaf(name, words(memo), html.text("memos/memoletter", memo));
    }

    private Sheet sheet(LetterWords words, String heading, List<Memo> memo, String parts, String why, Instant now) {
        Settings settings = publication.settings();
        String day = words.day(now.atZone(settings.zone()).toLocalDate());
        return new Sheet(
                settings,
                url.get(),
                day,
                words.t(heading),
                memo,
                parts,
                why,
                url.get() + "/unsubscribe/alerts/" + Slot.inLink(Mailing.TOKEN),
                words);
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
                .append('\n')
                .append(memo.words().t("Read it:"))
                .append(' ')
                .append(memo.link())
                .append("\n\n")
                .toString();
    }

    private static String foot(Sheet sheet) {
        LetterWords words = sheet.words();
        return sheet.why() + "\n" + words.t("Change what you follow") + ": " + sheet.url() + "/account/following/\n"
                + words.t("Stop these letters") + ": " + sheet.unsubscribe() + "\n\n-- \n"
                + sheet.settings().name() + "\n"
                + sheet.settings().address() + "\n";
    }
}
