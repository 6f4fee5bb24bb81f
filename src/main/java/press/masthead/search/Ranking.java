package press.masthead.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;

/**
 * Finds candidates by words and by meaning, gives each of them both scores, and orders them by one. A hit of either list is scored
 * exactly in the other, so nothing depends on which list was cut where.
 */
final class Ranking {
    /** How deep each list is read. */
    private static final int DEPTH = 200;

    private static final int NEAREST = 150;
    private final IndexSearcher searcher;
    private final Wanted wanted;
    private final Query readable;
    private final Query narrowed;
    private final long moment;

    Ranking(IndexSearcher searcher, Wanted wanted) {
        this.searcher = searcher;
        this.wanted = wanted;
        this.moment = Turns.upTo(searcher, Fields.micros(wanted.moment()));
        this.readable = Kept.all(Readable.at(wanted.standing(), moment).filter());
        this.narrowed = wanted.narrowed().clause().filter();
    }

    /**
     * The hits, best first.
     *
     * @param direction of what is asked; none when no model understands it
     * @param leastLikeness below which what was found by meaning alone is not shown
     */
    List<Hit> hits(Optional<byte[]> direction, float leastLikeness) throws IOException {
        Words words = Words.of(wanted.typed());
        boolean strict = words.isDemand();
        List<Query> lexical = lexical(words, strict);
        var byWords = byWords(lexical);
        if (strict && !words.isPhrasesAlone() && byWords.isEmpty()) {
            strict = false;
            lexical = lexical(words, false);
            byWords = byWords(lexical);
        }
        var found = new HashMap<Integer, Found>();
        for (ScoreDoc doc : byWords) found.put(doc.doc, new Found(doc.doc));
        if (direction.isPresent() && wanted.order() == Wanted.Order.BEST && !strict)
            for (ScoreDoc passage : near(direction.get())) {
                int piece = pieceOf(passage.doc);
                found.putIfAbsent(piece, new Found(piece));
            }
        var candidates = found.values().stream()
                .sorted(Comparator.comparingInt((Found one) -> one.doc))
                .toList();
        for (Query part : lexical) scoreWords(candidates, part);
        if (direction.isPresent()) scoreMeaning(candidates, direction.get());
        return ordered(candidates, direction.isPresent() ? Fusion.BOTH : Fusion.WORDS_ALONE, leastLikeness);
    }

    /** By meaning alone; for measurements. */
    List<Hit> nearest(byte[] direction) throws IOException {
        var found = new HashMap<Integer, Found>();
        for (ScoreDoc passage : near(direction)) {
            int piece = pieceOf(passage.doc);
            found.putIfAbsent(piece, new Found(piece));
        }
        var candidates = found.values().stream()
                .sorted(Comparator.comparingInt((Found one) -> one.doc))
                .toList();
        scoreMeaning(candidates, direction);
        return candidates.stream()
                .map(one -> one.hit(one.likeness.orElse(-1)))
                .sorted(Comparator.comparingDouble(Hit::score).reversed())
                .toList();
    }

    private List<Query> lexical(Words words, boolean strict) throws IOException {
        return new LexicalQuery(words, PieceIndex.languages(searcher), wanted, moment)
                .build(strict).stream().map(Clause::scored).toList();
    }

    private List<ScoreDoc> byWords(List<Query> parts) throws IOException {
        return switch (wanted.order()) {
            case BEST -> {
                var docs = new ArrayList<ScoreDoc>();
                for (Query part : parts) docs.addAll(List.of(searcher.search(part, DEPTH).scoreDocs));
                docs.sort(Comparator.comparingDouble((ScoreDoc doc) -> doc.score)
                        .reversed()
                        .thenComparingInt(doc -> doc.doc));
                yield docs.subList(0, Math.min(DEPTH, docs.size()));
            }
            case NEWEST -> {
                var either = new BooleanQuery.Builder();
                for (Query part : parts) either.add(part, Occur.SHOULD);
                var newestFirst = new Sort(new SortField(Fields.PUBLISHED, SortField.Type.LONG, true));
                yield List.of(searcher.search(either.build(), DEPTH, newestFirst).scoreDocs);
            }
        };
    }

    private List<ScoreDoc> near(byte[] direction) throws IOException {
        Query visible = Kept.all(Readable.passages(wanted.standing(), moment).filter(), narrowed);
        return new Nearest(searcher, direction, visible, NEAREST).passages();
    }

    private int pieceOf(int passage) throws IOException {
        LeafReaderContext leaf = leafOf(passage);
        var ahead = DocValues.getNumeric(leaf.reader(), Fields.AHEAD);
        if (!ahead.advanceExact(passage - leaf.docBase)) throw new IOException("passage without a piece");
        return passage + Math.toIntExact(ahead.longValue());
    }

    private LeafReaderContext leafOf(int doc) {
        var leaves = searcher.getIndexReader().leaves();
        return leaves.get(ReaderUtil.subIndex(doc, leaves));
    }

    private void scoreWords(Collection<Found> candidates, Query lexical) throws IOException {
        each(candidates, lexical, ScoreMode.COMPLETE, (one, score) -> one.lexical = score.score());
    }

    private void scoreMeaning(Collection<Found> candidates, byte[] direction) throws IOException {
        each(candidates, readable, ScoreMode.COMPLETE_NO_SCORES, (one, score) -> one.readable = true);
        for (var group : byLeaf(candidates).entrySet()) {
            var reader = group.getKey().reader();
            var vectors = reader.getByteVectorValues(Fields.MEANING);
            if (vectors == null) continue;
            var passages = DocValues.getNumeric(reader, Fields.PASSAGES);
            var part = DocValues.getNumeric(reader, Fields.PART);
            var at = vectors.iterator();
            for (Found one : group.getValue()) {
                int piece = one.doc - group.getKey().docBase;
                int count = passages.advanceExact(piece) ? Math.toIntExact(passages.longValue()) : 0;
                int open = 0;
                for (int doc = piece - count; doc < piece; doc++) {
                    boolean rest = part.advanceExact(doc) && part.longValue() == 1;
                    if (!rest) open++;
                    if (rest && !one.readable) break;
                    if (at.docID() < doc && at.advance(doc) == DocIdSetIterator.NO_MORE_DOCS) break;
                    if (at.docID() != doc) continue;
                    float likeness = Vectors.likeness(direction, vectors.vectorValue(at.index()));
                    if (one.likeness.isEmpty() || likeness > one.likeness.getAsDouble()) {
                        one.likeness = OptionalDouble.of(likeness);
                        one.beyondCut = rest;
                        one.passage = doc - (piece - count) - (rest ? open : 0);
                    }
                }
            }
        }
    }

    private List<Hit> ordered(Collection<Found> candidates, Fusion fusion, float leastLikeness) throws IOException {
        var scored = new ArrayList<Candidate>();
        for (Found one : candidates)
            scored.add(new Candidate(
                    one.piece,
                    value(one.doc, Fields.PUBLISHED),
                    one.lexical,
                    one.likeness,
                    one.passage,
                    one.beyondCut));
        return Candidate.ordered(scored, wanted, fusion, leastLikeness);
    }

    /** The number of the piece of this document. */
    static long idOf(IndexSearcher searcher, int doc) throws IOException {
        return value(searcher, doc, Fields.ID);
    }

    /** When the piece of this document was published, in microseconds. */
    static long publishedOf(IndexSearcher searcher, int doc) throws IOException {
        return value(searcher, doc, Fields.PUBLISHED);
    }

    /** The direction of a passage. */
    static Optional<byte[]> directionOf(IndexSearcher searcher, int passage) throws IOException {
        var leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(passage, leaves));
        var vectors = leaf.reader().getByteVectorValues(Fields.MEANING);
        if (vectors == null) return Optional.empty();
        var at = vectors.iterator();
        int doc = passage - leaf.docBase;
        return at.advance(doc) == doc
                ? Optional.of(vectors.vectorValue(at.index()).clone())
                : Optional.empty();
    }

    private long value(int doc, String field) throws IOException {
        return value(searcher, doc, field);
    }

    private static long value(IndexSearcher searcher, int doc, String field) throws IOException {
        var leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        var values = DocValues.getNumeric(leaf.reader(), field);
        return values.advanceExact(doc - leaf.docBase) ? values.longValue() : 0;
    }

    private interface Scored {
        void take(Found one, org.apache.lucene.search.Scorable score) throws IOException;
    }

    /** Goes through the candidates that match. */
    private void each(Collection<Found> candidates, Query query, ScoreMode mode, Scored scored) throws IOException {
        var weight = searcher.createWeight(searcher.rewrite(query), mode, 1);
        for (var group : byLeaf(candidates).entrySet()) {
            var scorer = weight.scorer(group.getKey());
            if (scorer == null) continue;
            var at = scorer.iterator();
            for (Found one : group.getValue()) {
                int doc = one.doc - group.getKey().docBase;
                if (at.docID() < doc) at.advance(doc);
                if (at.docID() == doc) scored.take(one, scorer);
            }
        }
    }

    private Map<LeafReaderContext, List<Found>> byLeaf(Collection<Found> candidates) throws IOException {
        var groups = new HashMap<LeafReaderContext, List<Found>>();
        for (Found one : candidates) {
            one.piece = one.piece == 0 ? value(one.doc, Fields.ID) : one.piece;
            groups.computeIfAbsent(leafOf(one.doc), leaf -> new ArrayList<>()).add(one);
        }
        return groups;
    }

    private static final class Found {
        private final int doc;
        private long piece;
        private float lexical;
        private OptionalDouble likeness = OptionalDouble.empty();
        private boolean readable;
        private boolean beyondCut;
        private int passage;

        Found(int doc) {
            this.doc = doc;
        }

        Hit hit(double score) {
            return new Hit(piece, score, lexical, (float) likeness.orElse(-1), passage, beyondCut);
        }
    }
}
