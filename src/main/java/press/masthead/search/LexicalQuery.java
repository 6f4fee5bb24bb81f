package press.masthead.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words of a search as two clauses that never find the same piece: over whole texts where the asker may read past the cut, and over
 * openings everywhere else. Whole texts have fields of their own, so no match and no count tells of hidden words to others; of their
 * rarity {@link OpenRarity} takes care. Of a long text the first words are looked for: sixty, and fewer where many languages are asked, so
 * that no search has more than the 1,024 clauses that Lucene and OpenSearch allow.
 */
final class LexicalQuery {
    /** Typed words in all languages together, of one field. */
    private static final int TYPED = 360;

    /** Words of other ways to say it, likewise. */
    private static final int OTHERS = 60;

    private static final int PHRASES = 8;

    private final Words words;
    private final Collection<String> languages;
    private final List<List<String>> also;
    private final List<Clause> pastTheCut;
    private final List<Clause> upToTheCut;

    /**
     * @param languages keys of the languages that the index holds
     * @param wanted its other ways to say what was typed are each found where all its words stand
     * @param moment by which it is judged what may be read, in microseconds
     */
    LexicalQuery(Words words, Collection<String> languages, Wanted wanted, long moment) {
        this.words = words;
        this.languages = languages;
        this.also = wanted.also();
        var narrowed = wanted.narrowed().clause();
        this.pastTheCut = List.of(Readable.pastTheCut(wanted.standing(), moment), narrowed);
        this.upToTheCut = List.of(Readable.upToTheCut(wanted.standing(), moment), narrowed);
    }

    /**
     * None when no word is left of what was typed.
     *
     * @param strict whether a text without the phrases is left out
     */
    List<Clause> build(boolean strict) {
        return Stream.of(over(Fields.OPEN, upToTheCut, strict), over(Fields.WHOLE, pastTheCut, strict))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Clause> over(String field, List<Clause> pieces, boolean strict) {
        boolean whole = field.equals(Fields.WHOLE);
        var loose = loose(field, whole);
        if (loose.isEmpty()) return Optional.empty();
        var phrases = words.phrases().stream()
                .limit(PHRASES)
                .flatMap(phrase -> phrase(phrase, whole).stream())
                .toList();
        return Optional.of(new Clause.Within(
                new Clause.Any(loose), pieces, strict ? phrases : List.of(), strict ? List.of() : phrases));
    }

    private List<Clause> loose(String field, boolean whole) {
        var clauses = new ArrayList<Clause>();
        for (String language : languages) {
            var own = first(words(field, language, words.loose()), TYPED);
            clauses.addAll(own);
            if (own.isEmpty()) onlyStopWords(language, whole).ifPresent(clauses::add);
            clauses.addAll(others(field, language));
        }
        return clauses;
    }

    /** As many as each language may have of a number. */
    private List<Clause> first(List<Clause> all, int most) {
        return all.subList(0, Math.min(all.size(), most / languages.size()));
    }

    private List<Clause> others(String field, String language) {
        var others = new ArrayList<Clause>();
        int room = OTHERS / languages.size();
        for (List<String> other : also) {
            var all = words(field, language, String.join(" ", other));
            if (all.isEmpty() || all.size() > room) continue;
            others.add(new Clause.Weighed(new Clause.All(all), 0.8f));
            room -= all.size();
        }
        return others;
    }

    private static List<Clause> words(String field, String language, String text) {
        var times = new LinkedHashMap<String, Integer>();
        for (String token : Words.tokens(Analysis.of(language), text)) times.merge(token, 1, Integer::sum);
        return times.entrySet().stream()
                .<Clause>map(one -> new Clause.Word(Fields.in(field, language), one.getKey(), one.getValue()))
                .toList();
    }

    /** "The Who" is made of words that every text of its language has. */
    private Optional<Clause> onlyStopWords(String language, boolean whole) {
        var each = new ArrayList<Clause>();
        for (String token : new LinkedHashSet<>(Words.tokens(Analysis.EXACT, words.loose()))) {
            each.add(Clause.is(Fields.OPEN + Fields.EXACT, token));
            if (whole) each.add(Clause.is(Fields.REST + Fields.EXACT, token));
        }
        return each.isEmpty()
                ? Optional.empty()
                : Optional.of(new Clause.Within(
                        new Clause.Any(first(each, TYPED)),
                        List.of(),
                        List.of(Clause.is(Fields.LANGUAGE, language)),
                        List.of()));
    }

    private static Optional<Clause> phrase(String phrase, boolean whole) {
        List<String> tokens = Words.tokens(Analysis.EXACT, phrase);
        if (tokens.isEmpty()) return Optional.empty();
        var open = new Clause.Phrase(Fields.OPEN + Fields.EXACT, tokens);
        return Optional.of(
                whole ? Clause.any(open, new Clause.Phrase(Fields.REST + Fields.EXACT, tokens)) : Clause.any(open));
    }
}
