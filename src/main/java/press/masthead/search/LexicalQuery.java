package press.masthead.search;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * The words of a search as two queries that never find the same piece: over whole texts where the asker may read past the cut, and over
 * openings everywhere else. Whole texts have fields of their own, so no match and no count tells of hidden words to others; of their
 * rarity {@link OpenRarity} takes care.
 */
final class LexicalQuery {
    private final Words words;
    private final Collection<String> languages;
    private final List<List<String>> also;
    private final Query pastTheCut;
    private final Query upToTheCut;

    /**
     * @param languages keys of the languages that the index holds
     * @param also other ways to say what was typed: each found where all its words stand
     * @param pastTheCut pieces of which the asker may read more than everyone
     * @param upToTheCut all others
     */
    LexicalQuery(
            Words words, Collection<String> languages, List<List<String>> also, Query pastTheCut, Query upToTheCut) {
        this.words = words;
        this.languages = languages;
        this.also = also;
        this.pastTheCut = pastTheCut;
        this.upToTheCut = upToTheCut;
    }

    /**
     * None when no word is left of what was typed.
     *
     * @param strict whether a text without the phrases is left out
     */
    List<Query> build(boolean strict) {
        return Stream.of(over(Fields.OPEN, upToTheCut, strict), over(Fields.WHOLE, pastTheCut, strict))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Query> over(String field, Query pieces, boolean strict) {
        boolean whole = field.equals(Fields.WHOLE);
        BooleanQuery.Builder loose = loose(field, whole);
        if (loose.build().clauses().isEmpty()) return Optional.empty();
        // so that what no search can want is skipped: alternatives and filters side by side
        loose.setMinimumNumberShouldMatch(1);
        if (words.phrases().isEmpty())
            return Optional.of(loose.add(pieces, Occur.FILTER).build());
        var query = new BooleanQuery.Builder().add(loose.build(), Occur.MUST).add(pieces, Occur.FILTER);
        for (String phrase : words.phrases())
            phrase(phrase, whole).ifPresent(wanted -> query.add(wanted, strict ? Occur.FILTER : Occur.SHOULD));
        return Optional.of(query.build());
    }

    private BooleanQuery.Builder loose(String field, boolean whole) {
        var query = new BooleanQuery.Builder();
        for (String language : languages) {
            if (!add(query, field, language, words.loose(), Occur.SHOULD))
                onlyStopWords(language, whole).ifPresent(exact -> query.add(exact, Occur.SHOULD));
            for (List<String> other : also) {
                var all = new BooleanQuery.Builder();
                if (add(all, field, language, String.join(" ", other), Occur.MUST))
                    query.add(new BoostQuery(all.build(), 0.8f), Occur.SHOULD);
            }
        }
        return query;
    }

    private static boolean add(BooleanQuery.Builder query, String field, String language, String text, Occur occur) {
        var times = new LinkedHashMap<String, Integer>();
        for (String token : Words.tokens(Analysis.of(language), text)) times.merge(token, 1, Integer::sum);
        times.forEach((token, often) -> {
            Query one = new TermQuery(new Term(Fields.in(field, language), token));
            query.add(often == 1 ? one : new BoostQuery(one, often), occur);
        });
        return !times.isEmpty();
    }

    /** "The Who" is made of words that every text of its language has. */
    private Optional<Query> onlyStopWords(String language, boolean whole) {
        var query = new BooleanQuery.Builder();
        for (String token : Words.tokens(Analysis.EXACT, words.loose())) {
            query.add(new TermQuery(new Term(Fields.OPEN + Fields.EXACT, token)), Occur.SHOULD);
            if (whole) query.add(new TermQuery(new Term(Fields.REST + Fields.EXACT, token)), Occur.SHOULD);
        }
        BooleanQuery built = query.build();
        if (built.clauses().isEmpty()) return Optional.empty();
        return Optional.of(new BooleanQuery.Builder()
                .add(built, Occur.MUST)
                .add(new TermQuery(new Term(Fields.LANGUAGE, language)), Occur.FILTER)
                .build());
    }

    private static Optional<Query> phrase(String phrase, boolean whole) {
        List<String> tokens = Words.tokens(Analysis.EXACT, phrase);
        if (tokens.isEmpty()) return Optional.empty();
        String[] terms = tokens.toArray(String[]::new);
        var query = new BooleanQuery.Builder().add(new PhraseQuery(Fields.OPEN + Fields.EXACT, terms), Occur.SHOULD);
        if (whole) query.add(new PhraseQuery(Fields.REST + Fields.EXACT, terms), Occur.SHOULD);
        return Optional.of(query.build());
    }
}
