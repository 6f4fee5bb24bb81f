package press.masthead.archive;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import press.masthead.search.Texts;

/** A question, and what its words weigh. Serves one thread. */
final class Asking {
    /** Words with which one asks, and that say nothing of what. */
    private static final Set<String> ASKING =
            Stream.of("""
                    what which who whom whose when where why how did does do was were is are am be been has have had can could will would should
                    shall may might must many much tell me about say said says please know i you we my your our us there any some this that these
                    those also and or but if so than then its it his her their he she they him them by for from into over per did's what's who's
                    ما ماذا من متى أين كم كيف لماذا هل أي هو هي هم التي الذي كان كانت
                    מה מי מתי איפה היכן כמה איך למה האם של את הוא היא
                    qui que quoi quand où combien comment pourquoi est quel quelle quels quelles
                    quién qué cuándo dónde cuánto cuántos cuánta cuántas cómo cuál cuáles
                    wer was wann wo wie viel viele warum welche welcher welches wurde wird ist
                    kim ne nerede nasıl kaç neden hangi
                    кто что когда где сколько как почему какой какая какие
                    """.split("\\s+")).map(Texts::folded).collect(Collectors.toUnmodifiableSet());

    interface Rarity {
        double of(String languageTag, String word);
    }

    private final String text;
    private final Kind kind;
    private final String words;
    private final Set<String> figures;
    private final Rarity rarity;
    private final Map<String, Map<String, Double>> weights = new HashMap<>();

    /** @param text as it is meant: of a follow-up question, with what it takes from the one before */
    Asking(String text, Rarity rarity) {
        this.text = text;
        this.rarity = rarity;
        kind = Kind.of(text);
        figures = Figures.of(text);
        String said = Stream.of(text.split("\\s+"))
                .filter(word -> !ASKING.contains(Texts.folded(word)))
                .collect(Collectors.joining(" "));
        words = said.isBlank() ? text : said;
    }

    String text() {
        return text;
    }

    Kind kind() {
        return kind;
    }

    /** What is left without the words with which one asks. */
    String words() {
        return words;
    }

    /** What each word of the question weighs in a text of this language: the rarer, the more. */
    Map<String, Double> weights(String languageTag) {
        return weights.computeIfAbsent(languageTag.toLowerCase(Locale.ROOT), tag -> {
            var weighed = new HashMap<String, Double>();
            for (String word : new LinkedHashSet<>(Texts.words(words, tag)))
                weighed.put(word, 0.1 + rarity.of(tag, word));
            return weighed;
        });
    }

    /** Whether every figure that it names stands in a text: what is asked of one year or size is not answered by another's. */
    boolean figuresStandIn(String text) {
        return figures.isEmpty() || Figures.of(text).containsAll(figures);
    }

    /** The share of its weight that stands among these words, from 0 to 1. */
    double covered(String languageTag, Set<String> among) {
        double all = 0;
        double found = 0;
        for (var word : weights(languageTag).entrySet()) {
            all += word.getValue();
            if (among.contains(word.getKey())) found += word.getValue();
        }
        return all == 0 ? 0 : found / all;
    }

    /** How many of its heaviest words, at most {@code most}, stand among these; as a share. */
    double heaviest(String languageTag, Set<String> among, int most) {
        List<String> heavy = weights(languageTag).entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
        if (heavy.isEmpty()) return 0;
        return (double) heavy.stream().filter(among::contains).count() / heavy.size();
    }
}
