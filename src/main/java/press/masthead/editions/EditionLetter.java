package press.masthead.editions;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import press.masthead.deliveries.Mailing;
import press.masthead.newsletters.Newsletter;
import press.masthead.platform.mail.LetterWords;
import press.masthead.platform.mail.Slot;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;

/** An edition as a letter: HTML and plain text, with a slot for the greeting and one in the unsubscribe link. */
public final class EditionLetter {
    static final String GREETING = "greeting";

    private final Html html;
    private final Publication publication;
    private final Supplier<String> url;

    public EditionLetter(Html html, Publication publication, Supplier<String> url) {
        this.html = html;
        this.publication = publication;
        this.url = url;
    }

    /** For one person to look at. */
    Sheet sheet(Edition edition, Newsletter newsletter, List<Item> items, String name, boolean member) {
        String first = name.strip().split("\\s")[0];
        String greeting = hello(newsletter) + (first.isEmpty() ? "." : ", " + first + ".");
        return new Sheet(
                publication.settings(),
                url.get(),
                newsletter,
                edition,
                greeting,
                shown(items),
                url.get() + "/account/",
                member);
    }

    /** With the slots that deliveries fill. */
    Sheet slotted(Edition edition, Newsletter newsletter, List<Item> items, boolean member) {
        return new Sheet(
                publication.settings(),
                url.get(),
                newsletter,
                edition,
                Slot.mark(GREETING),
                shown(items),
                url.get() + "/unsubscribe/" + Slot.inLink(Mailing.TOKEN),
                member);
    }

    /** Without what has nothing to say and what this newsletter has carried before. */
    private static List<Item> shown(List<Item> items) {
        return items.stream()
                .<Item>flatMap(item -> switch (item) {
                    case Item.Story story -> story.uncarried().stream();
                    case Item.Words words -> words.isEmpty() ? Stream.empty() : Stream.of(words);
                    case Item.Picture picture -> Stream.of(picture);
                    case Item.Head head -> Stream.of(head);
                    case Item.Leaves leaves -> Stream.of(leaves);
                })
                .toList();
    }

    String url() {
        return url.get();
    }

    LetterWords words() {
        return LetterWords.in(publication.settings().language());
    }

    String hello(Newsletter newsletter) {
        return hello(newsletter, words());
    }

    static String hello(Newsletter newsletter, LetterWords words) {
        return switch (newsletter.slot()) {
            case "am" -> words.t("Good morning");
            case "pm" -> words.t("Good evening");
            default -> words.t("Hello");
        };
    }

    String html(Sheet sheet) {
        return closed(html.text("editions/letter", sheet));
    }

    /** Without the blanks that templates leave around their lines: a tenth of a letter, sent to everybody. */
    static String closed(String html) {
        return html.replaceAll("\\s*\\n\\s*", "\n");
    }

    String text(Sheet sheet) {
        return PlainLetter.of(sheet);
    }
}
