package press.masthead.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.search.IndexSearcher;

/** The moments at which a rule of some piece turns by itself: between two of them the same pieces are free, so what is kept stays right. */
final class Turns {
    private static final Cache<IndexReader.CacheKey, long[]> BY_PART =
            Caffeine.newBuilder().weakKeys().build();

    private Turns() {}

    /** The last of them up to this moment, in microseconds: whatever is free then is free now. */
    static long upTo(IndexSearcher searcher, long moment) {
        long last = Long.MIN_VALUE;
        for (var leaf : searcher.getIndexReader().leaves()) {
            long[] turns = BY_PART.get(leaf.reader().getCoreCacheHelper().getKey(), part -> turns(leaf.reader()));
            int at = Arrays.binarySearch(turns, moment);
            int before = at >= 0 ? at : -at - 2;
            if (before >= 0) last = Math.max(last, turns[before]);
        }
        return last;
    }

    private static long[] turns(LeafReader part) {
        return LongStream.concat(values(part, Fields.FREE_FROM), values(part, Fields.FREE_UNTIL))
                .distinct()
                .sorted()
                .toArray();
    }

    private static LongStream values(LeafReader part, String field) {
        try {
            PointValues points = part.getPointValues(field);
            if (points == null) return LongStream.empty();
            var values = LongStream.builder();
            points.intersect(new PointValues.IntersectVisitor() {
                @Override
                public void visit(int doc) {
                    throw new IllegalStateException("asked for a document without its value");
                }

                @Override
                public void visit(int doc, byte[] packed) {
                    values.add(LongPoint.decodeDimension(packed, 0));
                }

                @Override
                public PointValues.Relation compare(byte[] least, byte[] most) {
                    return PointValues.Relation.CELL_CROSSES_QUERY;
                }
            });
            return values.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
