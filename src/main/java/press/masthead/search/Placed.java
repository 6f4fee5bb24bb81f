package press.masthead.search;

import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Words as they stand, one after another. */
final class Placed extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final List<String> words;
    private Iterator<String> rest;

    Placed(List<String> words) {
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
        clearAttributes();
        term.append(rest.next());
        return true;
    }
}
