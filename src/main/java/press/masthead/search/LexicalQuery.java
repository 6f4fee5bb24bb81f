package press.masthead.search;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * The words of a search as a query: each word over headline, standfirst and text as if they were one field (BM25F: Robertson,
 * Zaragoza, Taylor 2004). What lies beyond the membership line has fields of its own, which are asked only where the asker may read
 * it; so neither a match nor a count nor a word's rarity tells anything of it to others.
 */
final class LexicalQuery {
    private static final float TITLE = 2;
    private static final float STANDFIRST = 1.5f;

    private final Words words;
    private final Collection<String> languages;
    private final List<List<String>> also;
    private final Query readable;

    /**
     * @param languages keys of the languages that the index holds
     * @param also other ways to say what was typed: each found where all its words stand
     */
    LexicalQuery(Words words, Collection<String> languages, List<List<String>> also, Query readable) {
        this.words = words;
        this.languages = languages;
        this.also = also;
        this.readable = readable;
    }

    /**
     * Nothing when no word is left of what was typed.
     *
     * @param strict whether a text without the phrases is left out
     */
    Optional<Query> build(boolean strict) {
        var open = loose(false);
        var whole = loose(true);
        if (open.isEmpty() || whole.isEmpty()) return Optional.empty();
        var query = new BooleanQuery.Builder().add(either(open.get(), whole.get()), Occur.MUST);
        for (String phrase : words.phrases())
            phrase(phrase).ifPresent(wanted -> query.add(wanted, strict ? Occur.FILTER : Occur.SHOULD));
        return Optional.of(query.build());
    }

    /** The whole text where there is more of it and the asker may read it; else what everyone may. */
    private Query either(Query open, Query whole) {
        Query more = new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Fields.HAS, Fields.REST)), Occur.FILTER)
                .add(readable, Occur.FILTER)
                .build();
        return new BooleanQuery.Builder()
                .add(
                        new BooleanQuery.Builder()
                                .add(whole, Occur.MUST)
                                .add(more, Occur.FILTER)
                                .build(),
                        Occur.SHOULD)
                .add(
                        new BooleanQuery.Builder()
                                .add(open, Occur.MUST)
                                .add(new TermQuery(new Term(Fields.IS, Fields.PIECE)), Occur.FILTER)
                                .add(more, Occur.MUST_NOT)
                                .build(),
                        Occur.SHOULD)
                .build();
    }

    private Optional<Query> loose(boolean whole) {
        var query = new BooleanQuery.Builder();
        for (String language : languages) {
            if (!add(query, language, words.loose(), Occur.SHOULD, whole))
                onlyStopWords(language, whole).ifPresent(exact -> query.add(exact, Occur.SHOULD));
            for (List<String> other : also) {
                var all = new BooleanQuery.Builder();
                if (add(all, language, String.join(" ", other), Occur.MUST, whole))
                    query.add(new BoostQuery(all.build(), 0.8f), Occur.SHOULD);
            }
        }
        BooleanQuery built = query.build();
        return built.clauses().isEmpty() ? Optional.empty() : Optional.of(built);
    }

    private static boolean add(BooleanQuery.Builder query, String language, String text, Occur occur, boolean whole) {
        var times = new LinkedHashMap<String, Integer>();
        for (String token : Words.tokens(Analysis.of(language), text)) times.merge(token, 1, Integer::sum);
        times.forEach((token, often) -> {
            Query one = everywhere(token, language, whole);
            query.add(often == 1 ? one : new BoostQuery(one, often), occur);
        });
        return !times.isEmpty();
    }

    private static Query everywhere(String token, String language, boolean whole) {
        var query = new CombinedFieldQuery.Builder(token)
                .addField(Fields.in(Fields.TITLE, language), TITLE)
                .addField(Fields.in(Fields.STANDFIRST, language), STANDFIRST)
                .addField(Fields.in(Fields.OPEN, language));
        if (whole) query.addField(Fields.in(Fields.REST, language));
        return query.build();
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

    private Optional<Query> phrase(String phrase) {
        List<String> tokens = Words.tokens(Analysis.EXACT, phrase);
        if (tokens.isEmpty()) return Optional.empty();
        String[] terms = tokens.toArray(String[]::new);
        return Optional.of(new BooleanQuery.Builder()
                .add(new PhraseQuery(Fields.OPEN + Fields.EXACT, terms), Occur.SHOULD)
                .add(
                        new BooleanQuery.Builder()
                                .add(new PhraseQuery(Fields.REST + Fields.EXACT, terms), Occur.MUST)
                                .add(readable, Occur.FILTER)
                                .build(),
                        Occur.SHOULD)
                .build());
    }
}
