package press.masthead.search;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Pieces that are about the same as a piece, judged by how each of them opens: never by what is not everyone's to read. */
public final class Related {
    static final int NEAREST = 70;
    private static final float LEAST = 0.35f;
    /** Nearer than this it is the same text once more. */
    private static final float SAME = 0.97f;

    private static final double FRESH = 0.05;
    private static final double HALF_LIFE_MICROS = 45 * 86_400e6;

    private static final String PAGE = "page";

    private static final Query OPENINGS = Kept.all(new BooleanQuery.Builder()
            .add(new TermQuery(new Term(Fields.PART, Fields.OPEN)), Occur.FILTER)
            .add(new TermQuery(new Term(Fields.KIND, PAGE)), Occur.MUST_NOT)
            .build());

    private final Catalogue catalogue;
    private final Clock clock;

    public Related(Catalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * A piece nearby, and why.
     *
     * @param likeness of their openings (cosine)
     */
    public record Near(long piece, float likeness, double score) {}

    /** The nearest first, newer ones a little before; none where no model has read this piece. */
    public List<Near> to(long piece, int most) {
        try {
            return catalogue
                    .serving()
                    .map(serving -> serving.near(piece, most, clock.instant()))
                    .orElse(List.of());
        } catch (SearchAway e) {
            return List.of();
        }
    }

    /** In a cluster's index: by what all but these open with. */
    static Clause others(long piece) {
        return Clause.all(
                new Clause.Not(Clause.is(Fields.KIND, PAGE)),
                new Clause.Not(Clause.is(Fields.PIECE, Long.toString(piece))));
    }

    /** Another piece, with how near a passage of its opening is; published in microseconds. */
    record Other(long piece, long published, float likeness) {}

    /** In this node's own index. */
    static List<Near> near(IndexSearcher searcher, long piece, int most, Instant moment) throws IOException {
        Optional<byte[]> opening = opening(searcher, piece);
        if (opening.isEmpty()) return List.of();
        var passages = new Nearest(searcher, opening.get(), OPENINGS, NEAREST).passages();
        var others = new ArrayList<Other>();
        for (var hit : passages) {
            long other = Ranking.idOf(searcher, hit.doc);
            if (other == piece) continue;
            float near = Ranking.directionOf(searcher, hit.doc)
                    .map(direction -> Vectors.likeness(opening.get(), direction))
                    .orElse(-1f);
            others.add(new Other(other, Ranking.publishedOf(searcher, hit.doc), near));
        }
        return near(others, most, moment);
    }

    /** The nearest first, newer ones a little before. */
    static List<Near> near(List<Other> others, int most, Instant moment) {
        var likeness = new HashMap<Long, Float>();
        var published = new HashMap<Long, Long>();
        for (Other other : others) {
            likeness.merge(other.piece(), other.likeness(), Math::max);
            published.put(other.piece(), other.published());
        }
        double now = Fields.micros(moment);
        return likeness.entrySet().stream()
                .filter(one -> one.getValue() >= LEAST && one.getValue() < SAME)
                .map(one -> scored(one, Math.max(0, now - published.getOrDefault(one.getKey(), 0L))))
                .sorted(Comparator.comparingDouble(Near::score)
                        .reversed()
                        .thenComparing(Comparator.comparingLong(Near::piece).reversed()))
                .limit(most)
                .toList();
    }

    private static Near scored(Map.Entry<Long, Float> one, double age) {
        return new Near(one.getKey(), one.getValue(), one.getValue() + FRESH * Math.pow(2, -age / HALF_LIFE_MICROS));
    }

    /** The direction of the first passage that everyone may read. */
    private static Optional<byte[]> opening(IndexSearcher searcher, long piece) throws IOException {
        Query first = new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Fields.PIECE, Long.toString(piece))), Occur.FILTER)
                .add(new TermQuery(new Term(Fields.PART, Fields.OPEN)), Occur.FILTER)
                .build();
        var found = searcher.search(first, 1).scoreDocs;
        return found.length == 0 ? Optional.empty() : Ranking.directionOf(searcher, found[0].doc);
    }
}
