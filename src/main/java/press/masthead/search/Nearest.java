package press.masthead.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The passages nearest to a direction. Each part of the index is asked for little more than its share, and once more for all where
 * its last is as near as the best of the others; the filter's kept bits are walked as they are. Lucene's own query
 * ({@code KnnByteVectorQuery}) copies the filter for each search and takes three times the share.
 */
final class Nearest {
    /** So many standard deviations above the share, as if passages lay in the parts by chance. */
    private static final double MARGIN = 3;
    /** With fewer a graph's search is narrow and may stay where it began. */
    private static final int WIDTH = 64;
    /**
     * So many are looked at in a part for each that is wanted of it, and each of them where a filter lets no more pass. In a graph under
     * a narrow filter a third of the part would be looked at.
     */
    private static final int PATIENCE = 50;

    private final IndexSearcher searcher;
    private final byte[] direction;
    private final Query visible;
    private final int most;

    /**
     * @param visible what may be found
     * @param most of them are found
     */
    Nearest(IndexSearcher searcher, byte[] direction, Query visible, int most) {
        this.searcher = searcher;
        this.direction = direction;
        this.visible = visible;
        this.most = most;
    }

    /** The nearest first. */
    List<ScoreDoc> passages() throws IOException {
        var parts = searcher.getIndexReader().leaves();
        double all = Math.max(1, searcher.getIndexReader().maxDoc());
        var found = new ArrayList<List<ScoreDoc>>();
        int[] asked = new int[parts.size()];
        for (LeafReaderContext part : parts) {
            asked[part.ord] = share(part.reader().maxDoc() / all);
            found.add(within(part, asked[part.ord]));
        }
        float last = last(found);
        for (LeafReaderContext part : parts) {
            var here = found.get(part.ord);
            boolean more = asked[part.ord] < most && here.size() == asked[part.ord] && here.getLast().score >= last;
            if (more) found.set(part.ord, within(part, most));
        }
        return best(found);
    }

    private int share(double part) {
        return (int) Math.max(WIDTH, Math.ceil(most * part + MARGIN * Math.sqrt(most * part * (1 - part))));
    }

    private float last(List<List<ScoreDoc>> found) {
        var best = best(found);
        return best.size() < most ? Float.NEGATIVE_INFINITY : best.getLast().score;
    }

    private List<ScoreDoc> best(List<List<ScoreDoc>> found) {
        return found.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingDouble((ScoreDoc one) -> -one.score).thenComparingInt(one -> one.doc))
                .limit(most)
                .toList();
    }

    private List<ScoreDoc> within(LeafReaderContext part, int share) throws IOException {
        var nearest = new TopKnnCollector(share, PATIENCE * share);
        part.reader().searchNearestVectors(Fields.MEANING, direction, nearest, accepted(part, PATIENCE * share));
        var hits = nearest.topDocs().scoreDocs;
        for (ScoreDoc hit : hits) hit.doc += part.docBase;
        return List.of(hits);
    }

    private AcceptDocs accepted(LeafReaderContext part, int patience) {
        Bits live = part.reader().getLiveDocs();
        int size = part.reader().maxDoc();
        return visible instanceof MatchAllDocsQuery
                ? AcceptDocs.fromLiveDocs(live, size)
                : new Visible(Kept.bits(visible, searcher, part), live, patience);
    }

    /** Those of a filter's bits that are not deleted. */
    private static final class Visible extends AcceptDocs {
        private final FixedBitSet kept;
        private final @Nullable Bits live;
        private final int count;
        private final int patience;

        Visible(FixedBitSet kept, @Nullable Bits live, int patience) {
            this.kept = kept;
            this.live = live;
            this.count = kept.cardinality();
            this.patience = patience;
        }

        @Override
        public Bits bits() {
            if (live == null) return kept;
            Bits there = live;
            return new Bits() {
                @Override
                public boolean get(int doc) {
                    return kept.get(doc) && there.get(doc);
                }

                @Override
                public int length() {
                    return kept.length();
                }
            };
        }

        @Override
        public DocIdSetIterator iterator() {
            Bits both = bits();
            return both == kept ? new BitSetIterator(kept, count) : new BitSetIterator(FixedBitSet.copyOf(both), count);
        }

        /** Where it costs nothing the graph is left alone. */
        @Override
        public int cost() {
            return count <= patience ? 0 : count;
        }
    }
}
