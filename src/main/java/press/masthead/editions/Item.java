package press.masthead.editions;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import press.masthead.stories.StoryCard;

/** One thing in an edition. Letters, previews and the public page are made of these, and none of them has a story's body. */
sealed interface Item {
    /** Names it in a form: {@code s} and a story's number, or {@code b} and a block's. */
    String key();

    /**
     * @param carried the day of the newsletter's edition that has carried this story already
     * @param apart whether an editor wants it to stand alone, whatever else is about the same event
     * @param more what else is about the same event and follows as links, none of it with more of its own
     * @param ownWords whether it has no standfirst and is told in its own sentences
     * @param shorter what a large model wrote in the place of its standfirst; where that is used, the card says it
     */
    record Story(
            StoryCard card,
            Optional<LocalDate> carried,
            boolean apart,
            List<Story> more,
            boolean ownWords,
            Optional<Shorter> shorter)
            implements Item {
        Story(StoryCard card, Optional<LocalDate> carried) {
            this(card, carried, false, List.of(), false, Optional.empty());
        }

        Story with(List<Story> others) {
            return new Story(card, carried, apart, others, ownWords, shorter);
        }

        /** Told as a large model wrote it, where an editor has taken that; never from a story that is not in this item. */
        Story told(Optional<Shorter> written) {
            Optional<Shorter> own = written.filter(one -> stories().containsAll(one.stories()));
            StoryCard told = own.filter(Shorter::used)
                    .map(one -> card.withStandfirst(one.text()))
                    .orElse(card);
            return new Story(told, carried, apart, more, ownWords, own);
        }

        boolean isToldShorter() {
            return shorter.filter(Shorter::used).isPresent();
        }

        /** The numbers of what it holds, the first first. */
        List<Long> stories() {
            return Stream.concat(Stream.of(this), more.stream())
                    .map(story -> story.card().id())
                    .toList();
        }

        /** Without what the newsletter has carried already: where that is the first of an event, the next leads. */
        Optional<Story> uncarried() {
            var left = Stream.concat(Stream.of(this), more.stream())
                    .filter(story -> story.carried().isEmpty())
                    .toList();
            return left.stream().findFirst().map(first -> first.with(left.subList(1, left.size())));
        }

        /** As a link says it: the headline, and whether it is for members. */
        String headline() {
            return isMemo() || card.isForSome() ? card.title() + " (PRO)" : card.title();
        }

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
