package press.masthead.editions;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import press.masthead.stories.StoryCard;

/** One thing in an edition. Letters, previews and the public page are made of these, and none of them has a story's body. */
sealed interface Item {
    /** Names it in a form: {@code s} and a story's number, or {@code b} and a block's. */
    String key();

    /** @param carried the day of the newsletter's edition that has carried this story already */
    record Story(StoryCard card, Optional<LocalDate> carried) implements Item {
        @Override
        public String key() {
            return "s" + card.id();
        }

        boolean isMemo() {
            return card.kind().equals("memo");
        }

        int minutes() {
            return Math.max(1, Math.ceilDiv(card.words(), 240));
        }
    }

    /**
     * An editor's own words.
     *
     * @param body plain text, a blank line between paragraphs
     * @param link a full address, or empty
     */
    record Words(String key, String title, String body, String link, boolean forMembers) implements Item {
        List<String> paragraphs() {
            return Item.paragraphs(body);
        }

        boolean isEmpty() {
            return title.isBlank() && body.isBlank();
        }
    }

    /** A picture of its own; the caption may be empty. */
    record Picture(
            String key,
            long id,
            String name,
            String alt,
            String credit,
            int width,
            int height,
            String caption,
            String link,
            boolean forMembers)
            implements Item {}

    /** What stands above an industry's pieces. */
    record Head(String title, String body) implements Item {
        @Override
        public String key() {
            return "h";
        }

        List<String> paragraphs() {
            return Item.paragraphs(body);
        }
    }

    /** Where each reader's own parts stand in a letter that is composed for everyone apart; see {@link ComposedLetter}. */
    record Leaves(String slot) implements Item {
        @Override
        public String key() {
            return "leaves";
        }
    }

    static List<String> paragraphs(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
