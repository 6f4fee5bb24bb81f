package press.masthead.search;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;

/**
 * When the graph of nearest passages (HNSW: Malkov, Yashunin 2016) is made: while an archive is read in, never, since each part of the
 * index that is merged into another would have its graph made anew; then once for each of the few large parts; and never for small
 * ones, in which looking at every passage takes as long.
 */
final class Graphs extends Lucene104Codec {
    private static final int NEIGHBOURS = 16;
    private static final int LOOKED_AT = 100;
    /** So many looked at one after another are as quick as a graph; Lucene reckons from it how large a part goes without one. */
    private static final int FEW = 1000;

    private static final KnnVectorsFormat MADE = format(FEW);
    private static final KnnVectorsFormat LEFT = format(Integer.MAX_VALUE / 2);

    private volatile boolean isFilling;

    private static KnnVectorsFormat format(int fewest) {
        return new Lucene99HnswVectorsFormat(NEIGHBOURS, LOOKED_AT, 1, null, fewest);
    }

    void fill(boolean begins) {
        isFilling = begins;
    }

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return isFilling ? LEFT : MADE;
    }
}
