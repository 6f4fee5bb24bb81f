package press.masthead.editions;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import press.masthead.newsletters.Newsletter;
import press.masthead.platform.mail.Slot;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.publication.Settings;
import press.masthead.stories.StoryCard;

/** An edition as a letter: HTML and plain text, with a slot for the greeting and one in the unsubscribe link. */
public final class EditionLetter {
    static final String GREETING = "greeting";
    private static final int WIDTH = 72;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);

    private final Html html;
    private final Publication publication;
    private final Supplier<String> url;

    public EditionLetter(Html html, Publication publication, Supplier<String> url) {
        this.html = html;
        this.publication = publication;
        this.url = url;
    }

    /** What the template shows. {@code unsubscribe} is an address, or a slot in one. */
    record Sheet(
            Settings settings,
            String url,
            Newsletter newsletter,
            String day,
            String subject,
            String greeting,
            List<String> top,
            List<StoryCard> stories,
            String unsubscribe) {

        String preheader() {
            return stories.stream()
                    .skip(1)
                    .limit(2)
                    .map(StoryCard::title)
                    .reduce((a, b) -> a + " · " + b)
                    .orElse("");
        }

        static int minutes(StoryCard story) {
            return Math.max(1, Math.ceilDiv(story.words(), 240));
        }
    }

    Sheet sheet(Edition edition, Newsletter newsletter, List<StoryCard> stories, String greeting, String unsubscribe) {
        return new Sheet(
                publication.settings(),
                url.get(),
                newsletter,
                DAY.format(edition.day()),
                edition.subject(),
                greeting,
                edition.top()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList(),
                stories,
                unsubscribe);
    }

    /** With the slots that deliveries fill. */
    Sheet slotted(Edition edition, Newsletter newsletter, List<StoryCard> stories) {
        return sheet(
                edition,
                newsletter,
                stories,
                Slot.mark(GREETING),
                url.get() + "/unsubscribe/" + Slot.inLink(press.masthead.deliveries.Mailing.TOKEN));
    }

    String html(Sheet sheet) {
        return html.text("editions/letter", sheet);
    }

    String text(Sheet sheet) {
        var text = new StringBuilder();
        text.append(sheet.newsletter().name()).append('\n').append(sheet.day()).append("\n\n");
        text.append(sheet.greeting()).append("\n\n");
        for (String paragraph : sheet.top()) wrap(paragraph, text).append('\n');
        for (StoryCard story : sheet.stories()) {
            text.append("-".repeat(WIDTH)).append("\n\n");
            if (!story.topicNames().isEmpty())
                text.append(story.topicNames().getFirst().toUpperCase(Locale.ROOT))
                        .append('\n');
            wrap(story.title(), text);
            if (!story.standfirst().isEmpty()) wrap(story.standfirst(), text.append('\n'));
            text.append('\n').append(sheet.url()).append(story.path()).append("\n\n");
        }
        text.append("-".repeat(WIDTH)).append("\n\n");
        wrap(
                "You get this letter because you signed up for "
                        + sheet.newsletter().name() + ".",
                text);
        text.append("\nLeave this newsletter: ").append(sheet.unsubscribe());
        text.append("\nChoose your newsletters: ").append(sheet.url()).append("/account/\n\n");
        wrap(sheet.settings().name() + ". " + sheet.settings().address(), text);
        if (!sheet.settings().notice().isEmpty()) wrap(sheet.settings().notice(), text.append('\n'));
        return text.toString();
    }

    private static StringBuilder wrap(String paragraph, StringBuilder into) {
        var line = new ArrayList<String>();
        int length = 0;
        for (String word : paragraph.split("\\s+")) {
            if (length + word.length() + line.size() > WIDTH && !line.isEmpty()) {
                into.append(String.join(" ", line)).append('\n');
                line.clear();
                length = 0;
            }
            line.add(word);
            length += word.length();
        }
        return into.append(String.join(" ", line)).append('\n');
    }
}
