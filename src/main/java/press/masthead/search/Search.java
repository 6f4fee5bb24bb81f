package press.masthead.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds pieces by words and by meaning. Whoever asks finds what they may read, and what everyone may; of the rest no word takes part:
 * not in a match, a count, an order, a suggestion or a corrected spelling.
 */
public final class Search {
    /** Below this a passage is about something else, whatever it is nearest to. */
    static final float LEAST_LIKENESS = 0.3f;

    private static final int QUESTIONS_KEPT = 2000;

    private final Catalogue catalogue;
    private final Model model;
    private final KnownBetter knownBetter;
    private final Cache<String, byte[]> directions =
            Caffeine.newBuilder().maximumSize(QUESTIONS_KEPT).build();

    public Search(Catalogue catalogue, Model model, KnownBetter knownBetter) {
        this.catalogue = catalogue;
        this.model = model;
        this.knownBetter = knownBetter;
    }

    /**
     * The best first, what editors pinned before all others.
     *
     * @return empty while there is no index yet
     * @throws SearchAway where there is one and it can't be asked
     */
    public Optional<List<Hit>> find(Wanted wanted) {
        return find(wanted, wanted.typed());
    }

    /** As {@link #find(Wanted)}, where what is meant is a sentence and only some of its words are wanted. */
    public Optional<List<Hit>> find(Wanted wanted, String meant) {
        return catalogue.servingSoon().map(serving -> {
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
            var direction = serving.isByMeaning() ? direction(meant) : Optional.<byte[]>empty();
            List<Hit> hits = serving.find(whole, direction, LEAST_LIKENESS);
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
        return catalogue
                .serving()
                .map(serving -> serving.rarity(languageTag, word))
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
        var words = Words.tokens(Analysis.EXACT, typed);
        var better = asked(serving -> serving.better(words), Map.<String, String>of());
        return better.isEmpty()
                ? Optional.empty()
                : Optional.of(words.stream()
                        .map(word -> better.getOrDefault(word, word))
                        .collect(Collectors.joining(" ")));
    }

    /** The newest pieces whose headlines hold the words typed, the last of them perhaps unfinished. */
    public List<Long> beginningWith(String typed, int most) {
        var words = Words.tokens(Analysis.EXACT, typed);
        return words.isEmpty() ? List.of() : asked(serving -> serving.beginningWith(words, most), List.<Long>of());
    }

    /** What helps and need not be: done without where nothing serves. */
    private <T> T asked(Function<Lookup, T> asking, T otherwise) {
        try {
            return catalogue.serving().<T>map(asking).orElse(otherwise);
        } catch (SearchAway e) {
            return otherwise;
        }
    }

    /** However it is written: in small letters, without accents and marks. */
    static String folded(String typed) {
        return String.join(" ", Words.tokens(Analysis.EXACT, typed));
    }
}
