package press.masthead.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;

/**
 * Finds pieces by words and by meaning. Whoever asks finds what they may read, and what everyone may; of the rest no word takes part:
 * not in a match, a count, an order, a suggestion or a corrected spelling.
 */
public final class Search {
    /** Below this a passage is about something else, whatever it is nearest to. */
    static final float LEAST_LIKENESS = 0.3f;

    private static final int QUESTIONS_KEPT = 2000;

    private final SearchIndex index;
    private final Model model;
    private final KnownBetter knownBetter;
    private final Cache<String, byte[]> directions =
            Caffeine.newBuilder().maximumSize(QUESTIONS_KEPT).build();

    public Search(SearchIndex index, Model model, KnownBetter knownBetter) {
        this.index = index;
        this.model = model;
        this.knownBetter = knownBetter;
    }

    /**
     * The best first, what editors pinned before all others.
     *
     * @return empty while this node has no index yet
     */
    public Optional<List<Hit>> find(Wanted wanted) {
        return find(wanted, wanted.typed());
    }

    /** As {@link #find(Wanted)}, where what is meant is a sentence and only some of its words are wanted. */
    public Optional<List<Hit>> find(Wanted wanted, String meant) {
        return index.serving().map(serving -> {
            String folded = folded(wanted.typed());
            var also = knownBetter.otherWords(folded);
            var whole = new Wanted(
                    wanted.typed(),
                    also,
                    wanted.narrowed(),
                    wanted.standing(),
                    wanted.moment(),
                    wanted.order(),
                    wanted.most());
            var direction = direction(meant);
            List<Hit> hits = serving.ask(searcher -> new Ranking(searcher, whole).hits(direction, LEAST_LIKENESS));
            return wanted.narrowed().equals(Narrowed.NOT) && wanted.order() == Wanted.Order.BEST
                    ? pinnedFirst(hits, knownBetter.pinned(folded))
                    : hits;
        });
    }

    /** The model that this node reads with, where it is there already. */
    public Optional<Meaning> meaning() {
        return model.now();
    }

    /** How rare a word is ({@link Texts#words}), by what everyone may read; 0 where it stands everywhere. */
    public double rarity(String languageTag, String word) {
        return index.serving()
                .map(serving -> serving.ask(searcher -> Rarity.of(searcher, languageTag, word)))
                .orElse(1.0);
    }

    private static List<Hit> pinnedFirst(List<Hit> hits, List<Long> pinned) {
        if (pinned.isEmpty()) return hits;
        return Stream.concat(
                        pinned.stream()
                                .map(story -> hits.stream()
                                        .filter(hit -> hit.piece() == story)
                                        .findFirst()
                                        .orElse(new Hit(story, 1, 1, -1, 0, false))),
                        hits.stream().filter(hit -> !pinned.contains(hit.piece())))
                .toList();
    }

    /** What it is about, where a model is here that understands it. */
    private Optional<byte[]> direction(String typed) {
        if (typed.isBlank()) return Optional.empty();
        return model.now()
                .filter(meaning -> meaning.understands(Languages.of(typed)))
                .map(meaning -> directions.get(typed, text -> Vectors.bytes(meaning.of(text))));
    }

    /** What was typed with each word that no open text has put right, where that changes it. */
    public Optional<String> spelledBetter(String typed) {
        return index.serving()
                .flatMap(serving -> serving.ask(searcher -> {
                    var checker = new DirectSpellChecker();
                    checker.setMaxEdits(2);
                    boolean changed = false;
                    var words = new ArrayList<String>();
                    for (String word : Words.tokens(Analysis.EXACT, typed)) {
                        Optional<String> better = better(checker, searcher.getIndexReader(), word);
                        changed |= better.isPresent();
                        words.add(better.orElse(word));
                    }
                    return changed ? Optional.of(String.join(" ", words)) : Optional.empty();
                }));
    }

    private static Optional<String> better(DirectSpellChecker checker, IndexReader reader, String word)
            throws IOException {
        var term = new Term(Fields.OPEN + Fields.EXACT, word);
        if (reader.docFreq(term) > 0) return Optional.empty();
        return Arrays.stream(checker.suggestSimilar(term, 1, reader, SuggestMode.SUGGEST_WHEN_NOT_IN_INDEX))
                .map(suggestion -> suggestion.string)
                .findFirst();
    }

    /** The newest pieces whose headlines hold the words typed, the last of them perhaps unfinished. */
    public List<Long> beginningWith(String typed, int most) {
        var words = Words.tokens(Analysis.EXACT, typed);
        if (words.isEmpty()) return List.of();
        var query = new BooleanQuery.Builder();
        for (String word : words.subList(0, words.size() - 1))
            query.add(new TermQuery(new Term(Fields.TITLE + Fields.EXACT, word)), Occur.FILTER);
        query.add(new PrefixQuery(new Term(Fields.TITLE + Fields.EXACT, words.getLast())), Occur.FILTER);
        return index.serving()
                .map(serving -> serving.ask(searcher -> newest(searcher, query.build(), most)))
                .orElse(List.of());
    }

    private static List<Long> newest(IndexSearcher searcher, Query query, int most) throws IOException {
        var newestFirst = new Sort(new SortField(Fields.PUBLISHED, SortField.Type.LONG, true));
        var ids = new ArrayList<Long>();
        for (var hit : searcher.search(query, most, newestFirst).scoreDocs) ids.add(Ranking.idOf(searcher, hit.doc));
        return ids;
    }

    /** However it is written: in small letters, without accents and marks. */
    static String folded(String typed) {
        return String.join(" ", Words.tokens(Analysis.EXACT, typed));
    }
}
