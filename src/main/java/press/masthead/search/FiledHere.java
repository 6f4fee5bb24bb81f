package press.masthead.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import press.masthead.search.FiledWords.Found;
import press.masthead.search.FiledWords.Text;
import press.masthead.search.FiledWords.Under;
import press.masthead.search.FiledWords.Word;

/** {@link FiledWords} in this node's own index. */
final class FiledHere {
    static final int NEAREST = 24;
    static final float LEAST_LIKENESS = 0.4f;

    private FiledHere() {}

    static Found found(IndexSearcher searcher, Text text) throws IOException {
        BitSet pieces = docs(searcher, Fields.LANGUAGE, text.key());
        docs(searcher, Fields.PIECE, Long.toString(text.except())).stream().forEach(pieces::clear);
        var filings = new HashMap<Under, Map<String, BitSet>>();
        var filed = new HashMap<Under, Map<String, Integer>>();
        for (Under under : Under.values()) {
            var here = filings(searcher, under.field, pieces);
            filings.put(under, here);
            var counted = new HashMap<String, Integer>();
            here.forEach((slug, docs) -> counted.put(slug, docs.cardinality()));
            filed.put(under, counted);
        }
        var words = words(searcher, text, pieces);
        var near = near(searcher, text, pieces);
        return new Found(
                pieces.cardinality(),
                filed,
                filings,
                words,
                near,
                FiledWords.alike(pieces.cardinality(), words, near, doc -> id(searcher, doc)));
    }

    private static long id(IndexSearcher searcher, int doc) {
        try {
            return Ranking.idOf(searcher, doc);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every slug of this field, with the pieces under it. */
    private static Map<String, BitSet> filings(IndexSearcher searcher, String field, BitSet pieces) throws IOException {
        var filings = new HashMap<String, BitSet>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            var terms = leaf.reader().terms(field);
            if (terms == null) continue;
            var each = terms.iterator();
            for (BytesRef slug = each.next(); slug != null; slug = each.next()) {
                BitSet under = filings.computeIfAbsent(slug.utf8ToString(), ignored -> new BitSet());
                add(each.postings(null, PostingsEnum.NONE), leaf, pieces, under);
            }
        }
        return filings;
    }

    private static BitSet docs(IndexSearcher searcher, String field, String value) throws IOException {
        var docs = new BitSet();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            PostingsEnum postings = leaf.reader().postings(new Term(field, value), PostingsEnum.NONE);
            if (postings != null) add(postings, leaf, null, docs);
        }
        return docs;
    }

    private static void add(PostingsEnum postings, LeafReaderContext leaf, @Nullable BitSet among, BitSet to)
            throws IOException {
        LeafReader reader = leaf.reader();
        var live = reader.getLiveDocs();
        for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
            if (live != null && !live.get(doc)) continue;
            if (among == null || among.get(leaf.docBase + doc)) to.set(leaf.docBase + doc);
        }
    }

    private static Map<Word, int[]> words(IndexSearcher searcher, Text text, BitSet pieces) throws IOException {
        var reader = searcher.getIndexReader();
        var in = new HashMap<Word, Integer>();
        for (Word word : text.words())
            in.put(
                    word,
                    Math.max(
                            reader.docFreq(new Term(Fields.in(Fields.OPEN, text.key()), word.bare())),
                            reader.docFreq(new Term(Fields.in(Fields.WHOLE, text.key()), word.bare()))));
        var words = new LinkedHashMap<Word, int[]>();
        for (Word word : FiledWords.ofNote(text.words(), pieces.cardinality(), word -> in.getOrDefault(word, 0))) {
            int[] docs = with(searcher, word.bare(), text.key(), pieces);
            if (docs.length > 0) words.put(word, docs);
        }
        return words;
    }

    /** The newest pieces with this word, wherever it stands in them. */
    private static int[] with(IndexSearcher searcher, String term, String key, BitSet pieces) throws IOException {
        var docs = new BitSet();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves().reversed())
            for (String field : List.of(Fields.OPEN, Fields.WHOLE)) {
                PostingsEnum postings =
                        leaf.reader().postings(new Term(Fields.in(field, key), term), PostingsEnum.NONE);
                if (postings != null) add(postings, leaf, pieces, docs);
            }
        int[] found = docs.stream().toArray();
        return found.length <= FiledWords.MOST_PIECES
                ? found
                : Arrays.copyOfRange(found, found.length - FiledWords.MOST_PIECES, found.length);
    }

    /** The pieces that are about the same as how this text begins, with how near they are. */
    private static Map<Integer, Float> near(IndexSearcher searcher, Text text, BitSet pieces) throws IOException {
        if (text.direction().isEmpty()) return Map.of();
        byte[] direction = text.direction().get();
        var open = new TermQuery(new Term(Fields.PART, Fields.OPEN));
        var near = new LinkedHashMap<Integer, Float>();
        for (var hit : new Nearest(searcher, direction, open, NEAREST).passages()) {
            long piece = Ranking.idOf(searcher, hit.doc);
            int doc = pieces.nextSetBit(hit.doc);
            float likeness = Ranking.directionOf(searcher, hit.doc)
                    .map(other -> Vectors.likeness(direction, other))
                    .orElse(0f);
            if (piece == text.except() || likeness < LEAST_LIKENESS || doc < 0 || Ranking.idOf(searcher, doc) != piece)
                continue;
            near.merge(doc, likeness, Math::max);
        }
        return near;
    }
}
