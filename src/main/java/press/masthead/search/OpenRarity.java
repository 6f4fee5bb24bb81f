package press.masthead.search;

import java.io.IOException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.PerFieldSimilarityWrapper;
import org.apache.lucene.search.similarities.Similarity;

/** Judges how rare a word is by what everyone may read alone, also where a whole text is searched: no order tells of a hidden word. */
final class OpenRarity extends IndexSearcher {
    /** Longer texts are held back a little less than usual: in news a long story is not a worse one. */
    static final Similarity BM25 = new PerFieldSimilarityWrapper() {
        private final Similarity exact = new BM25Similarity(1.1f, 0.6f);
        private final Similarity counted = new BM25Similarity(1.1f * Counted.SCALE, 0.6f);

        @Override
        public Similarity get(String field) {
            return field.endsWith(Fields.EXACT) ? exact : counted;
        }
    };

    OpenRarity(IndexReader reader) {
        super(reader);
        setSimilarity(BM25);
    }

    @Override
    public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq) throws IOException {
        if (!Fields.isHidden(term.field())) return super.termStatistics(term, docFreq, totalTermFreq);
        int open = Math.max(1, getIndexReader().docFreq(new Term(Fields.openOf(term.field()), term.bytes())));
        return new TermStatistics(term.bytes(), open, Math.max(open, totalTermFreq));
    }

    @Override
    public CollectionStatistics collectionStatistics(String field) throws IOException {
        CollectionStatistics own = super.collectionStatistics(field);
        if (own == null || !Fields.isHidden(field)) return own;
        CollectionStatistics open = super.collectionStatistics(Fields.openOf(field));
        if (open == null) return own;
        long mean = Math.max(1, own.sumTotalTermFreq() / own.docCount());
        return new CollectionStatistics(field, open.maxDoc(), open.docCount(), mean * open.docCount(), open.docCount());
    }
}
