package press.masthead.search;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * What the archive knows of a text that is being written: in which published pieces its words stand, which pieces are about the same,
 * and what all of those are filed under. For the newsroom, which may read every published piece; nothing that is not published is in it.
 */
public final class FiledWords {
    /** What follows is read no further: suggestions come from how a text begins. */
    private static final int LONGEST = 60_000;

    private static final int MOST_WORDS = 90;
    /** Of those with a word so many of the newest are looked at. */
    static final int MOST_PIECES = 3_000;

    private static final int SHORTEST = 3;
    private static final int MOST_ALIKE = 12;

    private final Catalogue catalogue;
    private final Model model;

    public FiledWords(Catalogue catalogue, Model model) {
        this.catalogue = catalogue;
        this.model = model;
    }

    /** Under what a piece may be filed. */
    public enum Under {
        TOPIC(Fields.TOPIC),
        INDUSTRY(Fields.INDUSTRY);

        final String field;

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
    public record Word(String term, String shown, int times) {
        /** Without its language. */
        String bare() {
            return term.substring(term.indexOf(':') + 1);
        }
    }

    /**
     * A text as an index is asked about it.
     *
     * @param key of its language
     * @param except a piece that is not looked at
     * @param words of all its words those that may be of note, with how often they stand there
     * @param direction of how it begins, where a model reads it
     */
    record Text(String key, long except, List<Word> words, Optional<byte[]> direction) {}

    /**
     * A piece like the text.
     *
     * @param words how much of the weight of the text's words of note it has too, from 0 to 1
     * @param likeness of what the two are about (cosine); 0 where no model has read them
     */
    public record Alike(long piece, double words, float likeness) {}

    /** The text's words of note, the rarest in the archive first among those that are frequent in the text; none until an index serves. */
    public Optional<Found> in(String title, String text, String language, long except) {
        try {
            return catalogue
                    .serving()
                    .map(serving -> serving.filed(new Text(
                            Analysis.key(language),
                            except,
                            counted(title, text, Analysis.key(language)),
                            serving.isByMeaning() ? direction(title, text, language) : Optional.empty())));
        } catch (SearchAway e) {
            return Optional.empty();
        }
    }

    /** What was found; its numbers are of one moment. */
    public static final class Found {
        private final int pieces;
        private final Map<Under, Map<String, Integer>> filed;
        private final Map<Under, Map<String, BitSet>> filings;
        private final Map<Word, int[]> words;
        private final Map<Integer, Float> near;
        private final List<Alike> alike;

        /**
         * Pieces have numbers here that say nothing outside.
         *
         * @param filed how many of all pieces are filed under what
         * @param filings which pieces that are spoken of are
         */
        Found(
                int pieces,
                Map<Under, Map<String, Integer>> filed,
                Map<Under, Map<String, BitSet>> filings,
                Map<Word, int[]> words,
                Map<Integer, Float> near,
                List<Alike> alike) {
            this.pieces = pieces;
            this.filed = filed;
            this.filings = filings;
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
            return pieces;
        }

        public Set<String> filings(Under under) {
            return filed.getOrDefault(under, Map.of()).keySet();
        }

        /** How many pieces are filed so. */
        public int filed(Under under, String slug) {
            return filed.getOrDefault(under, Map.of()).getOrDefault(slug, 0);
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
            return filings.getOrDefault(under, Map.of()).getOrDefault(slug, new BitSet());
        }
    }

    /** The pieces most like a text by its words and by what they are about, the likest first. */
    static List<Alike> alike(int pieces, Map<Word, int[]> words, Map<Integer, Float> near, IntToLongFunction id) {
        var shared = new HashMap<Integer, Double>();
        double all = 0;
        for (var one : words.entrySet()) {
            double weight = Math.log(1 + (double) pieces / one.getValue().length);
            all += weight;
            for (int doc : one.getValue()) shared.merge(doc, weight, Double::sum);
        }
        double whole = all;
        var docs = new HashSet<>(near.keySet());
        shared.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
                .limit(MOST_ALIKE)
                .forEach(one -> docs.add(one.getKey()));
        return docs.stream()
                .map(doc -> new Alike(
                        id.applyAsLong(doc),
                        whole == 0 ? 0 : shared.getOrDefault(doc, 0.0) / whole,
                        near.getOrDefault(doc, 0f)))
                .sorted(Comparator.comparingDouble((Alike one) -> one.words() + one.likeness())
                        .reversed())
                .limit(MOST_ALIKE)
                .toList();
    }

    /** Words of note: frequent in the text, rare in the archive. */
    static List<Word> ofNote(List<Word> words, int pieces, ToIntFunction<Word> in) {
        record Weighed(Word word, double weight) {}
        return words.stream()
                .<Weighed>mapMulti((word, taken) -> {
                    int with = in.applyAsInt(word);
                    if (with > 0 && with <= Math.max(20, pieces / 3))
                        taken.accept(
                                new Weighed(word, (1 + Math.log(word.times())) * Math.log(1 + (double) pieces / with)));
                })
                .sorted(Comparator.comparingDouble(Weighed::weight).reversed())
                .limit(MOST_WORDS)
                .map(Weighed::word)
                .toList();
    }

    /** The words of a text, each as often as it stands there; those of the headline count three times. */
    private static List<Word> counted(String title, String text, String key) {
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
            String text, String key, int weight, Map<String, Integer> times, Map<String, String> shown) {
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<byte[]> direction(String title, String text, String language) {
        var meaning = model.now().filter(one -> one.understands(language));
        var passages = Passages.of(text.substring(0, Math.min(4_000, text.length())), language);
        if (meaning.isEmpty() || passages.isEmpty()) return Optional.empty();
        return Optional.of(Vectors.bytes(meaning.get().of(title + ". " + passages.getFirst())));
    }
}
