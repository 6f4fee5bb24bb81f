package press.masthead.search;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * What the archive knows of a text that is being written: in which published pieces its words stand, which pieces are about the same,
 * and what all of those are filed under. For the newsroom, which may read every published piece; nothing that is not published is in it.
 */
public final class FiledWords {
    /** What follows is read no further: suggestions come from how a text begins. */
    private static final int LONGEST = 60_000;

    private static final int MOST_WORDS = 90;
    private static final int MOST_PIECES = 3_000;
    private static final int NEAREST = 24;
    private static final float LEAST_LIKENESS = 0.4f;
    private static final int SHORTEST = 3;
    private static final int MOST_ALIKE = 12;

    private final SearchIndex index;
    private final Model model;

    public FiledWords(SearchIndex index, Model model) {
        this.index = index;
        this.model = model;
    }

    /** Under what a piece may be filed. */
    public enum Under {
        TOPIC(Fields.TOPIC),
        INDUSTRY(Fields.INDUSTRY);

        private final String field;

        Under(String field) {
            this.field = field;
        }
    }

    /**
     * A word of the text.
     *
     * @param term how the index has it, such as {@code en:tide}
     * @param shown as the text has it
     * @param times how often the text has it
     */
    public record Word(String term, String shown, int times) {}

    /**
     * A piece like the text.
     *
     * @param words how much of the weight of the text's words of note it has too, from 0 to 1
     * @param likeness of what the two are about (cosine); 0 where no model has read them
     */
    public record Alike(long piece, double words, float likeness) {}

    /** The text's words of note, the rarest in the archive first among those that are frequent in the text; none until an index serves. */
    public Optional<Found> in(String title, String text, String language, long except) {
        return index.serving().map(serving -> serving.ask(searcher -> found(searcher, title, text, language, except)));
    }

    /** What was found; its numbers are of one moment. */
    public static final class Found {
        private final BitSet pieces;
        private final Map<Under, Map<String, BitSet>> filed;
        private final Map<Word, int[]> words;
        private final Map<Integer, Float> near;
        private final List<Alike> alike;

        private Found(
                BitSet pieces,
                Map<Under, Map<String, BitSet>> filed,
                Map<Word, int[]> words,
                Map<Integer, Float> near,
                List<Alike> alike) {
            this.pieces = pieces;
            this.filed = filed;
            this.words = words;
            this.near = near;
            this.alike = alike;
        }

        /** Pieces that are most like the text, the likest first. */
        public List<Alike> alike() {
            return alike;
        }

        /** How many pieces there are in the language of the text. */
        public int pieces() {
            return pieces.cardinality();
        }

        public Set<String> filings(Under under) {
            return filed.getOrDefault(under, Map.of()).keySet();
        }

        /** How many pieces are filed so. */
        public int filed(Under under, String slug) {
            return filed.getOrDefault(under, Map.of())
                    .getOrDefault(slug, new BitSet())
                    .cardinality();
        }

        public Set<Word> words() {
            return words.keySet();
        }

        /** In how many pieces a word stands, three thousand of the newest at most. */
        public int with(Word word) {
            return words.getOrDefault(word, new int[0]).length;
        }

        /** How many of those are filed so. */
        public int with(Word word, Under under, String slug) {
            return (int) IntStream.of(words.getOrDefault(word, new int[0]))
                    .filter(filings(under, slug)::get)
                    .count();
        }

        /** How many pieces are filed so and have one of the words at least. */
        public int withAny(List<Word> some, Under under, String slug) {
            BitSet filings = filings(under, slug);
            return (int) some.stream()
                    .flatMapToInt(word -> IntStream.of(words.getOrDefault(word, new int[0])))
                    .filter(filings::get)
                    .distinct()
                    .count();
        }

        /** How much of what is about the same is filed so, from 0 to 1, the nearest weighing most; empty where no model has read it. */
        public Optional<Double> nearby(Under under, String slug) {
            if (near.size() < SHORTEST) return Optional.empty();
            BitSet filings = filings(under, slug);
            double all = 0;
            double here = 0;
            for (var one : near.entrySet()) {
                all += one.getValue();
                if (filings.get(one.getKey())) here += one.getValue();
            }
            return Optional.of(here / all);
        }

        /** How many of the pieces about the same are filed so. */
        public int nearbyFiled(Under under, String slug) {
            return (int)
                    near.keySet().stream().filter(filings(under, slug)::get).count();
        }

        private BitSet filings(Under under, String slug) {
            return filed.getOrDefault(under, Map.of()).getOrDefault(slug, new BitSet());
        }
    }

    private Found found(IndexSearcher searcher, String title, String text, String language, long except)
            throws IOException {
        String key = Analysis.key(language);
        BitSet pieces = docs(searcher, Fields.LANGUAGE, key);
        docs(searcher, Fields.PIECE, Long.toString(except)).stream().forEach(pieces::clear);
        var filed = new HashMap<Under, Map<String, BitSet>>();
        for (Under under : Under.values()) filed.put(under, filings(searcher, under.field, pieces));
        var words = words(searcher, title, text, key, pieces);
        var near = near(searcher, title, text, language, except, pieces);
        return new Found(pieces, filed, words, near, alike(searcher, pieces.cardinality(), words, near));
    }

    private static List<Alike> alike(
            IndexSearcher searcher, int pieces, Map<Word, int[]> words, Map<Integer, Float> near) throws IOException {
        var shared = new HashMap<Integer, Double>();
        double all = 0;
        for (var one : words.entrySet()) {
            double weight = Math.log(1 + (double) pieces / one.getValue().length);
            all += weight;
            for (int doc : one.getValue()) shared.merge(doc, weight, Double::sum);
        }
        var docs = new java.util.HashSet<>(near.keySet());
        shared.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                .limit(MOST_ALIKE)
                .forEach(one -> docs.add(one.getKey()));
        var alike = new ArrayList<Alike>();
        for (int doc : docs)
            alike.add(new Alike(
                    Ranking.idOf(searcher, doc),
                    all == 0 ? 0 : shared.getOrDefault(doc, 0.0) / all,
                    near.getOrDefault(doc, 0f)));
        alike.sort(Comparator.comparingDouble((Alike one) -> one.words() + one.likeness())
                .reversed());
        return List.copyOf(alike.subList(0, Math.min(MOST_ALIKE, alike.size())));
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

    private record Weighed(Word word, double weight) {}

    private static Map<Word, int[]> words(IndexSearcher searcher, String title, String text, String key, BitSet pieces)
            throws IOException {
        var reader = searcher.getIndexReader();
        int all = pieces.cardinality();
        var weighed = new ArrayList<Weighed>();
        for (Word word : counted(title, text, key)) {
            int in = Math.max(
                    reader.docFreq(new Term(Fields.in(Fields.OPEN, key), index(word))),
                    reader.docFreq(new Term(Fields.in(Fields.WHOLE, key), index(word))));
            if (in == 0 || in > Math.max(20, all / 3)) continue;
            weighed.add(new Weighed(word, (1 + Math.log(word.times())) * Math.log(1 + (double) all / in)));
        }
        weighed.sort(Comparator.comparingDouble(Weighed::weight).reversed());
        var words = new LinkedHashMap<Word, int[]>();
        for (Weighed one : weighed.subList(0, Math.min(MOST_WORDS, weighed.size()))) {
            int[] docs = with(searcher, index(one.word()), key, pieces);
            if (docs.length > 0) words.put(one.word(), docs);
        }
        return words;
    }

    private static String index(Word word) {
        return word.term().substring(word.term().indexOf(':') + 1);
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
        return found.length <= MOST_PIECES
                ? found
                : java.util.Arrays.copyOfRange(found, found.length - MOST_PIECES, found.length);
    }

    /** The words of a text, each as often as it stands there; those of the headline count three times. */
    private static List<Word> counted(String title, String text, String key) throws IOException {
        var times = new HashMap<String, Integer>();
        var shown = new HashMap<String, String>();
        count(title, key, 3, times, shown);
        count(text.substring(0, Math.min(LONGEST, text.length())), key, 1, times, shown);
        return times.entrySet().stream()
                .map(one -> new Word(
                        key + ":" + one.getKey(), shown.getOrDefault(one.getKey(), one.getKey()), one.getValue()))
                .toList();
    }

    private static void count(
            String text, String key, int weight, Map<String, Integer> times, Map<String, String> shown)
            throws IOException {
        try (var stream = Analysis.of(key).tokenStream("", new StringReader(text))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var at = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                String word = term.toString();
                if (word.length() < SHORTEST || !Character.isLetter(word.codePointAt(0)) || word.length() > 40)
                    continue;
                times.merge(word, weight, Integer::sum);
                shown.putIfAbsent(word, text.substring(at.startOffset(), at.endOffset()));
            }
            stream.end();
        }
    }

    /** The pieces that are about the same as how this text begins, with how near they are. */
    private Map<Integer, Float> near(
            IndexSearcher searcher, String title, String text, String language, long except, BitSet pieces)
            throws IOException {
        var meaning = model.now().filter(one -> one.understands(language));
        var passages = Passages.of(text.substring(0, Math.min(4_000, text.length())), language);
        if (meaning.isEmpty() || passages.isEmpty()) return Map.of();
        byte[] direction = Vectors.bytes(meaning.get().of(title + ". " + passages.getFirst()));
        var open = new TermQuery(new Term(Fields.PART, Fields.OPEN));
        var near = new LinkedHashMap<Integer, Float>();
        for (var hit : new Nearest(searcher, direction, open, NEAREST).passages()) {
            long piece = Ranking.idOf(searcher, hit.doc);
            int doc = pieces.nextSetBit(hit.doc);
            float likeness = Ranking.directionOf(searcher, hit.doc)
                    .map(other -> Vectors.likeness(direction, other))
                    .orElse(0f);
            if (piece == except || likeness < LEAST_LIKENESS || doc < 0 || Ranking.idOf(searcher, doc) != piece)
                continue;
            near.merge(doc, likeness, Math::max);
        }
        return near;
    }
}
