package press.masthead.wording;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import press.masthead.search.Texts;

/**
 * A part of a sentence.
 *
 * @param own whether whoever worded it said it in words of their own, that stand in no source
 */
public record Stretch(String text, boolean own) {
    /**
     * A sentence in stretches; words that every text has are in all of them.
     *
     * @param sources what it was made of
     * @param language of these, as a BCP 47 tag
     */
    public static List<Stretch> of(String sentence, List<String> sources, String language) {
        Set<String> there = sources.stream()
                .flatMap(source -> Texts.words(source, language).stream())
                .collect(Collectors.toSet());
        // a word, a blank, a word
        Predicate<String> isOwn = word -> !there.containsAll(Texts.words(word, language));
        var stretches = new ArrayList<Stretch>();
        String[] parts = sentence.strip().splitWithDelimiters("\\s+", 0);
        for (int at = 0; at < parts.length; at++) {
            boolean own = at % 2 == 1 ? isOwn.test(parts[at - 1]) && isOwn.test(parts[at + 1]) : isOwn.test(parts[at]);
            if (stretches.isEmpty() || stretches.getLast().own() != own) stretches.add(new Stretch(parts[at], own));
            else stretches.add(new Stretch(stretches.removeLast().text() + parts[at], own));
        }
        return List.copyOf(stretches);
    }
}
