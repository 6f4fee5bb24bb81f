package press.masthead.editions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import press.masthead.search.Texts;
import press.masthead.stories.StoryCard;

/**
 * What a large model wrote in the place of an item's standfirst, each sentence with what it rests on.
 *
 * @param used whether an editor has taken it, so that letters say it
 */
record Shorter(boolean used, List<Sentence> sentences) {
    record Sentence(String text, List<Source> sources) {
        /** In stretches, those that stand in no source apart; words that every text has are in all of them. */
        List<Stretch> stretches() {
            String language = sources.getFirst().card().language();
            Set<String> there = sources.stream()
                    .flatMap(source -> Texts.words(source.text(), language).stream())
                    .collect(Collectors.toSet());
            var stretches = new ArrayList<Stretch>();
            for (String word : text.splitWithDelimiters("\\s+", 0)) {
                boolean own = !there.containsAll(Texts.words(word, language));
                if (stretches.isEmpty() || stretches.getLast().own() != own) stretches.add(new Stretch(word, own));
                else stretches.add(stretches.removeLast().with(word));
            }
            return stretches;
        }

        boolean hasOwn() {
            return stretches().stream().anyMatch(Stretch::own);
        }
    }

    /** @param own whether the model said it in a word of its own */
    record Stretch(String text, boolean own) {
        private Stretch with(String more) {
            return new Stretch(text + more, own);
        }
    }

    /** @param text as it stands in the story */
    record Source(StoryCard card, String text) {}

    String text() {
        return sentences.stream().map(Sentence::text).collect(Collectors.joining(" "));
    }

    Set<Long> stories() {
        return sentences.stream()
                .flatMap(sentence -> sentence.sources().stream())
                .map(source -> source.card().id())
                .collect(Collectors.toSet());
    }
}
