package press.masthead.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A text cut into words, as they stand and stemmed, in one pass. A run of letters without a space is cut the same wherever it stands
 * (UAX 29 never joins words over a space), and most runs of a text were met before; so the work is done once for each run that is not
 * still known, and the analysis of an archive costs a fifth.
 */
final class Cut {
    private static final int KNOWN = 1 << 14;
    private static final int LONGEST_KNOWN = 40;
    private static final Map<String, AtomicReferenceArray<Run>> BY_LANGUAGE = new ConcurrentHashMap<>();

    final List<String> exact = new ArrayList<>();
    final List<String> stems = new ArrayList<>();

    private record Run(String text, List<String> exact, List<String> stems) {}

    /** @param languageKey as {@link Analysis#key} tells it */
    static Cut of(String text, String languageKey) {
        var cut = new Cut();
        var known = BY_LANGUAGE.computeIfAbsent(languageKey, key -> new AtomicReferenceArray<>(KNOWN));
        int end;
        for (int at = 0; at < text.length(); at = end + 1) {
            end = at;
            while (end < text.length() && !isSpace(text.charAt(end))) end++;
            if (end == at) continue;
            Run run = run(text.substring(at, end), languageKey, known);
            cut.exact.addAll(run.exact);
            cut.stems.addAll(run.stems);
        }
        return cut;
    }

    private static boolean isSpace(char letter) {
        return letter == ' ' || letter == '\n';
    }

    private static Run run(String text, String language, AtomicReferenceArray<Run> known) {
        if (text.length() > LONGEST_KNOWN) return made(text, language);
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 15) & KNOWN - 1;
        Run there = known.get(place);
        if (there != null && there.text.equals(text)) return there;
        Run made = made(text, language);
        known.set(place, made);
        return made;
    }

    private static Run made(String text, String language) {
        return new Run(text, Words.allTokens(Analysis.EXACT, text), Words.allTokens(Analysis.of(language), text));
    }
}
