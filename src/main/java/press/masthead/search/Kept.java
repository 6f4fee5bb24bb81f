package press.masthead.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * Filters whose answers are worked out once for each part of an index and kept as a bit for each document: parts never change, and who
 * may read what is asked by every search. Several are one after another's bits taken together, a word of 64 documents at a time.
 */
final class Kept extends Query {
    private static final int FILTERS = 64;
    private static final Cache<IndexReader.CacheKey, Cache<Query, FixedBitSet>> BY_PART =
            Caffeine.newBuilder().weakKeys().build();

    private final List<Query> all;

    private Kept(List<Query> all) {
        this.all = all;
    }

    /** What matches every one of them; a filter that lets everything pass costs nothing. */
    static Query all(Query... filters) {
        var some = List.of(filters).stream()
                .filter(filter -> !(filter instanceof MatchAllDocsQuery))
                .toList();
        return some.isEmpty() ? MatchAllDocsQuery.INSTANCE : new Kept(some);
    }

    /** Of one part's documents, also of those deleted since; not to be changed. */
    static FixedBitSet bits(Query filter, IndexSearcher searcher, LeafReaderContext leaf) {
        return filter instanceof Kept kept ? kept.bits(searcher, leaf) : one(filter, searcher, leaf);
    }

    private FixedBitSet bits(IndexSearcher searcher, LeafReaderContext leaf) {
        FixedBitSet together = one(all.getFirst(), searcher, leaf);
        if (all.size() == 1) return together;
        together = together.clone();
        for (Query more : all.subList(1, all.size())) together.and(one(more, searcher, leaf));
        return together;
    }

    private static FixedBitSet one(Query filter, IndexSearcher searcher, LeafReaderContext leaf) {
        return BY_PART.get(
                        leaf.reader().getCoreCacheHelper().getKey(),
                        part -> Caffeine.newBuilder().maximumSize(FILTERS).build())
                .get(filter, missing -> made(missing, searcher, leaf));
    }

    private static FixedBitSet made(Query filter, IndexSearcher searcher, LeafReaderContext leaf) {
        try {
            var bits = new FixedBitSet(leaf.reader().maxDoc());
            Scorer scorer = searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1)
                    .scorer(leaf);
            if (scorer != null) bits.or(scorer.iterator());
            return bits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext leaf) {
                FixedBitSet bits = bits(searcher, leaf);
                long count = bits.approximateCardinality();
                return new ScorerSupplier() {
                    @Override
                    public Scorer get(long leadCost) {
                        return new ConstantScoreScorer(score(), mode, new BitSetIterator(bits, count));
                    }

                    @Override
                    public long cost() {
                        return count;
                    }
                };
            }

            @Override
            public boolean isCacheable(LeafReaderContext leaf) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "kept " + all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Kept kept && kept.all.equals(all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }
}
