package press.masthead.editions;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import press.masthead.stories.StoryCard;
import press.masthead.wording.Stretch;

/**
 * What a large model wrote in the place of an item's standfirst, each sentence with what it rests on.
 *
 * @param used whether an editor has taken it, so that letters say it
 */
record Shorter(boolean used, List<Sentence> sentences) {
    record Sentence(String text, List<Source> sources) {
        List<Stretch> stretches() {
            return Stretch.of(
                    text,
                    sources.stream().map(Source::text).toList(),
                    sources.getFirst().card().language());
        }

        boolean hasOwn() {
            return stretches().stream().anyMatch(Stretch::own);
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
