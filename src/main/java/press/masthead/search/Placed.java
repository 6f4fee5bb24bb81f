package press.masthead.search;

import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;

/** Words as they stand, one after another. */
final class Placed extends TokenStream {
    private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
    private final List<BytesRef> words;
    private Iterator<BytesRef> rest;

    Placed(List<BytesRef> words) {
        this.words = words;
        this.rest = words.iterator();
    }

    @Override
    public void reset() {
        rest = words.iterator();
    }

    @Override
    public boolean incrementToken() {
        if (!rest.hasNext()) return false;
        term.setBytesRef(rest.next()); // nothing else is ever set, so nothing is cleared: half the cost of a word
        return true;
    }
}
