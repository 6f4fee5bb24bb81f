package press.masthead.search;

import java.io.IOException;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;

/** How rare a word is, by what everyone may read: nothing beyond a cut makes a word commoner. */
final class Rarity {
    private Rarity() {}

    /** The logarithm of how many pieces there are for each that has the word; 0 for one that stands everywhere. */
    static double of(IndexSearcher searcher, String languageTag, String word) throws IOException {
        var reader = searcher.getIndexReader();
        String key = Analysis.key(languageTag);
        int with = reader.docFreq(new Term(Fields.in(Fields.OPEN, key), word));
        int all = reader.docFreq(new Term(Fields.IS, Fields.PIECE));
        return Math.max(0, Math.log((all + 1.0) / (with + 0.5)));
    }
}
