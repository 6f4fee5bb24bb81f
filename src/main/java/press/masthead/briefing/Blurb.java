package press.masthead.briefing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The best sentences of a text, whole and in their order. What carries most of the text's own words, says them early and stands on
 * its own is best; a sentence that leans on the one before comes only with it.
 */
public final class Blurb {
    /** How long a blurb in a letter is at the most, in characters. */
    public static final int USUAL = 260;

    /** Sentences beyond these are not looked at: news says what it is about early. */
    private static final int FIRST = 40;

    private static final int SHORTEST = 4;

    private Blurb() {}

    private record Scored(int at, double score) {}

    /**
     * @param text plain, a line for each block
     * @param longest in characters; a sentence that does not fit is left out, never cut
     * @return empty where no sentence fits
     */
    public static Optional<String> of(String title, String text, String languageTag, int longest) {
        List<String> sentences = Sentences.of(text.substring(0, Math.min(20_000, text.length())), languageTag);
        sentences = sentences.subList(0, Math.min(FIRST, sentences.size()));
        var taken = new TreeSet<Integer>();
        int length = 0;
        for (Scored one : scored(title, sentences, languageTag)) {
            if (Sentences.isDangling(sentences.get(one.at()), languageTag) && !taken.contains(one.at() - 1)) continue;
            int more = sentences.get(one.at()).length() + (taken.isEmpty() ? 0 : 1);
            if (length + more > longest) continue;
            taken.add(one.at());
            length += more;
            if (length > longest * 2 / 3) break;
        }
        if (taken.isEmpty()) return Optional.empty();
        return Optional.of(taken.stream().map(sentences::get).collect(Collectors.joining(" ")));
    }

    private static List<Scored> scored(String title, List<String> sentences, String languageTag) {
        Map<String, Integer> counts = new HashMap<>();
        for (String sentence : sentences) for (String word : words(sentence)) counts.merge(word, 1, Integer::sum);
        Set<String> named = words(title);
        var scored = new ArrayList<Scored>();
        for (int at = 0; at < sentences.size(); at++) {
            Set<String> words = words(sentences.get(at));
            if (words.size() < SHORTEST || isNoStatement(sentences.get(at))) continue;
            double weight = words.stream()
                            .mapToDouble(word -> Math.log(counts.getOrDefault(word, 1)))
                            .sum()
                    / Math.sqrt(words.size());
            long ofTitle = words.stream().filter(named::contains).count();
            scored.add(new Scored(at, weight + 0.6 * ofTitle + 2.5 / (1 + at)));
        }
        scored.sort(Comparator.comparingDouble(Scored::score).reversed());
        return scored;
    }

    /** Questions, exclamations, lone quotations and lines that end without a sign are not what a blurb is made of. */
    private static boolean isNoStatement(String sentence) {
        return !sentence.matches("(?s).*[.。۔][”»\"')\\]]*$") || "“\"«".indexOf(sentence.charAt(0)) >= 0;
    }

    static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}]+"))
                .filter(word -> word.length() > 3)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
