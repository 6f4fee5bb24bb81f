package press.masthead.editions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import press.masthead.newsletters.Newsletter;
import press.masthead.platform.mail.LetterWords;
import press.masthead.platform.mail.MessageDraft;
import press.masthead.platform.mail.Slot;
import press.masthead.platform.web.Html;
import press.masthead.stories.StoryCard;

/**
 * A letter that is composed for each reader: one frame, in which the slot {@code parts} names leaves and {@code subject} and
 * {@code greeting} are the reader's own, and the leaves themselves, which look as in every other edition.
 */
public final class ComposedLetter {
    public static final String PARTS = "parts";
    public static final String SUBJECT = "subject";

    private final EditionLetter letter;
    private final FreezeEdition freezing;
    private final Html html;

    public ComposedLetter(EditionLetter letter, FreezeEdition freezing, Html html) {
        this.letter = letter;
        this.freezing = freezing;
        this.html = html;
    }

    /** A part in the two forms that a letter has. */
    public record Leaf(String text, String html) {}

    record LeafSheet(Sheet sheet, Item item, boolean lead) {}

    public String mailDomain() {
        return freezing.mailDomain();
    }

    public String returnPath() {
        return "bounce-*@" + freezing.mailDomain();
    }

    /** Such as "Good morning". */
    public String hello(Newsletter newsletter) {
        return letter.hello(newsletter);
    }

    /** The language that the letter speaks. */
    public LetterWords words() {
        return letter.words();
    }

    /** The frame, to which the leaves are still to be added. */
    public MessageDraft draft(Edition edition, Newsletter newsletter, Instant now) {
        return freezing.draft(
                letter.slotted(edition, newsletter, List.of(new Item.Leaves(PARTS)), true), Slot.mark(SUBJECT), now);
    }

    /** A piece; the lead is larger and has its picture above it. */
    public Leaf story(Edition edition, Newsletter newsletter, StoryCard card, boolean lead) {
        return leaf(edition, newsletter, new Item.Story(card, Optional.empty()), lead);
    }

    /** What stands above an industry's pieces; the foreword is plain text and may be empty. */
    public Leaf head(Edition edition, Newsletter newsletter, String title, String foreword) {
        return leaf(edition, newsletter, new Item.Head(title, foreword), false);
    }

    /** Some words, with a path on this site to go to or an empty one. */
    public Leaf words(Edition edition, Newsletter newsletter, String title, String body, String path) {
        String link = path.isEmpty() ? "" : letter.url() + path;
        return leaf(edition, newsletter, new Item.Words("w", title, body, link, false), false);
    }

    /** The whole as one person would see it, made of these leaves. */
    public Composition.Look look(
            Edition edition, Newsletter newsletter, String subject, List<Leaf> leaves, String name) {
        Sheet sheet = letter.sheet(edition, newsletter, List.of(new Item.Leaves(PARTS)), name, true);
        String mark = Slot.leaves(PARTS);
        return new Composition.Look(
                subject,
                letter.html(sheet).replace(mark, leaves.stream().map(Leaf::html).collect(Collectors.joining("\n"))),
                letter.text(sheet).replace(mark, leaves.stream().map(Leaf::text).collect(Collectors.joining("\n"))));
    }

    private Leaf leaf(Edition edition, Newsletter newsletter, Item item, boolean lead) {
        Sheet sheet = letter.slotted(edition, newsletter, List.of(item), true);
        return new Leaf(
                PlainLetter.of(sheet, item),
                EditionLetter.closed(html.text("editions/leaf", new LeafSheet(sheet, item, lead))));
    }
}
