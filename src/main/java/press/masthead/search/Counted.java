package press.masthead.search;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;
import org.apache.lucene.util.BytesRef;

/**
 * The words of a piece with how often they stand in it, a headline's counted more: BM25F (Robertson, Zaragoza, Taylor 2004) is BM25 over
 * such counts, so one field says what three would, and the index can tell beforehand which pieces no search can want.
 */
final class Counted extends TokenStream {
    /** Counts are doubled so that one and a half is a whole number; {@link #SCALE} says so to the ranking. */
    static final int SCALE = 2;

    private static final int TITLE = 4;
    private static final int STANDFIRST = 3;

    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final TermFrequencyAttribute often = addAttribute(TermFrequencyAttribute.class);
    private final Map<String, Integer> counts = new HashMap<>();
    private Iterator<Map.Entry<String, Integer>> rest = counts.entrySet().iterator();

    private Counted() {}

    /** What everyone may read. */
    static Counted open(Cut title, Cut standfirst, Cut opening) {
        var counted = new Counted();
        counted.add(title.stems, TITLE);
        counted.add(standfirst.stems, STANDFIRST);
        counted.add(opening.stems, SCALE);
        counted.reset();
        return counted;
    }

    /** With what lies beyond the cut. */
    static Counted whole(Counted open, Cut beyond) {
        var counted = new Counted();
        counted.counts.putAll(open.counts);
        counted.add(beyond.stems, SCALE);
        counted.reset();
        return counted;
    }

    private void add(List<String> words, int weight) {
        for (String word : words) counts.merge(word, weight, Integer::sum);
    }

    /** Each word as often as it counts, with spaces between. */
    String repeated() {
        var repeated = new StringBuilder();
        counts.forEach((word, often) -> {
            String plain = ClusterForm.word(word);
            for (int i = 0; i < often; i++) repeated.append(plain).append(' ');
        });
        return repeated.toString();
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    @Override
    public void reset() {
        rest = counts.entrySet().iterator();
    }

    @Override
    public boolean incrementToken() {
        if (!rest.hasNext()) return false;
        var next = rest.next();
        term.setBytesRef(new BytesRef(next.getKey()));
        often.setTermFrequency(next.getValue());
        return true;
    }
}
