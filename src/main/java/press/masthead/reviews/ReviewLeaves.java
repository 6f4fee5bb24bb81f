package press.masthead.reviews;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.editions.ComposedLetter;
import press.masthead.editions.Edition;
import press.masthead.newsletters.Newsletter;
import press.masthead.platform.mail.MessageDraft;
import press.masthead.stories.StoryCard;

/** Renders the parts of one week's letters, each once and only those that some member's letter holds. */
final class ReviewLeaves {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewLeaves.class);

    private final Edition edition;
    private final Newsletter newsletter;
    private final ComposedLetter letter;
    private final Map<Long, StoryCard> cards;
    private final Map<Long, Head> heads;

    ReviewLeaves(Handle handle, Edition edition, Newsletter newsletter, List<StoryCard> cards, ComposedLetter letter) {
        this.edition = edition;
        this.newsletter = newsletter;
        this.letter = letter;
        this.cards = cards.stream().collect(Collectors.toMap(StoryCard::id, card -> card));
        this.heads = Head.of(handle, edition.id());
    }

    /** The stories that these parts show, as they stand now; one that was withdrawn is not among them. */
    static List<StoryCard> cards(Handle handle, Collection<String> names) {
        List<Long> ids = names.stream()
                .filter(name -> name.matches("[ls]\\d+"))
                .map(name -> Long.valueOf(name.substring(1)))
                .distinct()
                .toList();
        return handle.createQuery("select * from story_card where id = any(:ids)")
                .bindArray("ids", Long.class, ids)
                .mapTo(StoryCard.class)
                .list();
    }

    /**
     * Puts them all into the letter. One that can't be rendered is left out and told to the operator: the letters that hold it
     * wait for a person, and the others leave.
     */
    void putAll(Set<String> names, MessageDraft draft) {
        int put = 0;
        RuntimeException last = null;
        for (String name : names)
            try {
                put(name, draft);
                put++;
            } catch (RuntimeException broken) {
                LOG.error("{} can't be made part of a letter", titled(name), broken);
                last = broken;
            }
        if (put == 0 && last != null) throw last;
    }

    void put(String name, MessageDraft draft) {
        ComposedLetter.Leaf leaf = leaf(name);
        draft.leaf(name, leaf.text(), leaf.html());
    }

    /** For people: what a part shows. */
    String titled(String name) {
        long id = number(name);
        return switch (name.charAt(0)) {
            case 'l', 's' -> cards.containsKey(id) ? "“" + card(id).title() + "”" : "A piece that was withdrawn";
            case 'i', 'q' -> "The head of " + nameOf(id);
            default -> "A part";
        };
    }

    private static long number(String name) {
        return name.length() > 1 ? Long.parseLong(name.substring(1)) : 0;
    }

    private StoryCard card(long id) {
        StoryCard card = cards.get(id);
        if (card == null) throw new IllegalStateException("it was withdrawn");
        return card;
    }

    ComposedLetter.Leaf leaf(String name) {
        long id = number(name);
        return switch (name.charAt(0)) {
            case 'l' -> letter.story(edition, newsletter, card(id), true);
            case 's' -> letter.story(edition, newsletter, card(id), false);
            case 'i' -> head(id);
            case 'q' ->
                letter.words(
                        edition,
                        newsletter,
                        "",
                        letter.words().t("Nothing new on {industry} for you this week.", "industry", nameOf(id)),
                        "");
            case 'a' -> letter.words(edition, newsletter, letter.words().t("Also worth your time"), "", "");
            case 'n' ->
                letter.words(
                        edition,
                        newsletter,
                        letter.words().t("Make this review yours"),
                        letter.words()
                                .t(
                                        "Choose the industries that matter to you and put them in order. It takes a minute, and the next review follows it."),
                        "/pro/industries/");
            case 't' ->
                letter.words(
                        edition,
                        newsletter,
                        letter.words().t("In your team’s order"),
                        letter.words()
                                .t(
                                        "Your team chose these industries. Put them in an order of your own, and the next review follows that."),
                        "/pro/industries/");
            default -> throw new IllegalStateException("no leaf is called " + name);
        };
    }

    private ComposedLetter.Leaf head(long industry) {
        Head head = heads.get(industry);
        return letter.head(edition, newsletter, nameOf(industry), head == null ? "" : head.foreword());
    }

    private String nameOf(long industry) {
        Head head = heads.get(industry);
        return head == null ? "" : head.name();
    }
}
