package press.masthead.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.lucene.util.BytesRef;

/**
 * A text cut into words, as they stand and stemmed, in one pass. A run of letters without a space is cut the same wherever it stands
 * (UAX 29 never joins words over a space), and most runs of a text were met before; so the work is done once for each run that is not
 * still known, and the analysis of an archive costs a fifth.
 */
final class Cut {
    private static final int KNOWN = 1 << 14;
    private static final int LONGEST_KNOWN = 40;
    private static final Map<String, AtomicReferenceArray<Run>> BY_LANGUAGE = new ConcurrentHashMap<>();

    final List<BytesRef> exact = new ArrayList<>();
    final List<String> stems = new ArrayList<>();

    private record Run(String text, List<BytesRef> exact, List<String> stems) {
        boolean is(String all, int from, int end) {
            return text.length() == end - from && all.startsWith(text, from);
        }
    }

    /** @param languageKey as {@link Analysis#key} tells it */
    static Cut of(String text, String languageKey) {
        var cut = new Cut();
        var known = BY_LANGUAGE.computeIfAbsent(languageKey, key -> new AtomicReferenceArray<>(KNOWN));
        int end;
        for (int at = 0; at < text.length(); at = end + 1) {
            int hash = 0;
            for (end = at; end < text.length() && !isSpace(text.charAt(end)); end++)
                hash = 31 * hash + text.charAt(end);
            if (end == at) continue;
            int place = (hash ^ hash >>> 15) & KNOWN - 1;
            Run run = known.get(place);
            if (run == null || !run.is(text, at, end)) {
                run = made(text.substring(at, end), languageKey);
                if (end - at <= LONGEST_KNOWN) known.set(place, run);
            }
            cut.exact.addAll(run.exact);
            cut.stems.addAll(run.stems);
        }
        return cut;
    }

    /** The words as they stand. */
    List<String> words() {
        return exact.stream().map(BytesRef::utf8ToString).toList();
    }

    private static boolean isSpace(char letter) {
        return letter == ' ' || letter == '\n';
    }

    private static Run made(String text, String language) {
        return new Run(
                text,
                Words.allTokens(Analysis.EXACT, text).stream()
                        .map(BytesRef::new)
                        .toList(),
                Words.allTokens(Analysis.of(language), text));
    }
}
