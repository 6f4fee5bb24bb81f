package press.masthead.reviews;

import java.util.Map;
import org.jdbi.v3.core.Handle;
import press.masthead.editions.ComposedLetter;
import press.masthead.editions.Edition;
import press.masthead.newsletters.Newsletter;
import press.masthead.platform.mail.MessageDraft;

/** Freezes the parts of one week's letters, each once and only those that some member's letter holds. */
final class ReviewLeaves {
    private final Edition edition;
    private final Newsletter newsletter;
    private final Candidates.Week week;
    private final ComposedLetter letter;
    private final Map<Long, Head> heads;

    ReviewLeaves(Handle handle, Edition edition, Newsletter newsletter, Candidates.Week week, ComposedLetter letter) {
        this.edition = edition;
        this.newsletter = newsletter;
        this.week = week;
        this.letter = letter;
        this.heads = Head.of(handle, edition.id());
    }

    void put(String name, MessageDraft draft) {
        long id = name.length() > 1 ? Long.parseLong(name.substring(1)) : 0;
        ComposedLetter.Leaf leaf = switch (name.charAt(0)) {
            case 'l' -> letter.story(edition, newsletter, week.card(id), true);
            case 's' -> letter.story(edition, newsletter, week.card(id), false);
            case 'i' -> head(id);
            case 'q' ->
                letter.words(edition, newsletter, "", "Nothing new on " + nameOf(id) + " for you this week.", "");
            case 'a' -> letter.words(edition, newsletter, "Also worth your time", "", "");
            case 'n' ->
                letter.words(
                        edition,
                        newsletter,
                        "Make this review yours",
                        "Choose the industries that matter to you and put them in order. It takes a minute, and the next review follows it.",
                        "/pro/industries/");
            case 't' ->
                letter.words(
                        edition,
                        newsletter,
                        "In your team’s order",
                        "Your team chose these industries. Put them in an order of your own, and the next review follows that.",
                        "/pro/industries/");
            default -> throw new IllegalStateException("no leaf is called " + name);
        };
        draft.leaf(name, leaf.text(), leaf.html());
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
