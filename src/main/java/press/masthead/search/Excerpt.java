package press.masthead.search;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** A sentence or two of a text in which what was asked for stands, with its words marked. */
public final class Excerpt {
    private static final int LONGEST = 260;

    private Excerpt() {}

    /** A run of an excerpt. */
    public record Run(String text, boolean marked) {}

    /**
     * The sentence of its body that holds most of the words; where none holds any, the beginning of the passage that is nearest in meaning.
     *
     * @param opening HTML that everyone may read
     * @param rest HTML beyond the cut, when this reader may read it; else empty
     * @param typed the search
     */
    public static List<Run> of(
            Optional<Hit> hit, String standfirst, String opening, String rest, String typed, String languageTag) {
        String body = PlainText.of(opening);
        String open = standfirst + "\n" + body;
        String beyond = PlainText.of(rest);
        var found = Sentences.of(body + "\n" + beyond, typed, languageTag);
        if (found.held > 0) return found.runs();
        return hit.filter(Hit::isByMeaningAlone)
                .map(near -> Passages.of(near.beyondCut() ? beyond : open, languageTag).stream()
                        .skip(near.passage())
                        .findFirst()
                        .orElse(""))
                .map(passage -> Sentences.of(passage, "", languageTag).runs())
                .orElse(List.of());
    }

    private record Sentences(String best, int held, Set<String> wanted, Analyzer analyzer) {
        static Sentences of(String text, String typed, String languageTag) {
            var analyzer = Analysis.of(Analysis.key(languageTag));
            Set<String> wanted = new HashSet<>(Words.tokens(analyzer, typed));
            String best = "";
            int most = -1;
            for (String sentence : Passages.sentences(text, languageTag)) {
                int held = Excerpt.held(sentence, wanted, analyzer);
                if (held > most) {
                    best = sentence;
                    most = held;
                }
            }
            return new Sentences(best, most, wanted, analyzer);
        }

        List<Run> runs() {
            return Excerpt.runs(cut(best, wanted, analyzer), wanted, analyzer);
        }
    }

    private static int held(String sentence, Set<String> wanted, Analyzer analyzer) {
        var held = new HashSet<>(Words.tokens(analyzer, sentence));
        held.retainAll(wanted);
        return held.size();
    }

    private record Span(int from, int to) {}

    private static List<Span> spans(String text, Set<String> wanted, Analyzer analyzer) {
        var spans = new ArrayList<Span>();
        try (var stream = analyzer.tokenStream("", new StringReader(text))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var place = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken())
                if (wanted.contains(term.toString())) spans.add(new Span(place.startOffset(), place.endOffset()));
            return spans;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sentence too long is cut around the first of its words, at spaces. */
    private static String cut(String sentence, Set<String> wanted, Analyzer analyzer) {
        if (sentence.length() <= LONGEST) return sentence;
        var spans = spans(sentence, wanted, analyzer);
        int middle = spans.isEmpty() ? 0 : spans.getFirst().from();
        int from = Math.max(0, Math.min(middle - LONGEST / 3, sentence.length() - LONGEST));
        if (from > 0) from = Math.max(0, sentence.indexOf(' ', from) + 1);
        int to = Math.min(sentence.length(), from + LONGEST);
        if (to < sentence.length()) to = Math.max(from + 1, sentence.lastIndexOf(' ', to));
        return (from > 0 ? "… " : "") + sentence.substring(from, to).strip() + (to < sentence.length() ? " …" : "");
    }

    private static List<Run> runs(String text, Set<String> wanted, Analyzer analyzer) {
        var runs = new ArrayList<Run>();
        int at = 0;
        for (Span span : spans(text, wanted, analyzer)) {
            if (span.from() < at) continue;
            if (span.from() > at) runs.add(new Run(text.substring(at, span.from()), false));
            runs.add(new Run(text.substring(span.from(), span.to()), true));
            at = span.to();
        }
        if (at < text.length()) runs.add(new Run(text.substring(at), false));
        return List.copyOf(runs);
    }
}
