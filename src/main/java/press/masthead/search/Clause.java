package press.masthead.search;

import java.util.List;
import java.util.function.Function;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * What is wanted of an index, as data: who may read what and what was typed are told once, and translated for this node's own index
 * here and for a cluster's by {@link ClusterQuery}.
 */
sealed interface Clause {
    Clause EVERYTHING = new All(List.of());

    /** A word in a field, as the index has it. */
    record Word(String field, String word, float weight) implements Clause {}

    /** Words one after another. */
    record Phrase(String field, List<String> words) implements Clause {}

    /** A word that begins so. */
    record Beginning(String field, String letters) implements Clause {}

    /** A number, both ends among it. */
    record Span(String field, long from, long to) implements Clause {}

    /** One of these at least; of none, nothing. Scores are added up. */
    record Any(List<Clause> of) implements Clause {}

    /** Each of these; of none, everything. Scores are added up. */
    record All(List<Clause> of) implements Clause {}

    record Not(Clause clause) implements Clause {}

    record Weighed(Clause clause, float weight) implements Clause {}

    /**
     * What is looked for, where.
     *
     * @param among filters that many searches have in common
     * @param demanded filters of this search alone
     * @param liked what adds to the score
     */
    record Within(Clause wanted, List<Clause> among, List<Clause> demanded, List<Clause> liked) implements Clause {}

    static Word is(String field, String word) {
        return new Word(field, word, 1);
    }

    static Clause any(Clause... of) {
        return new Any(List.of(of));
    }

    static Clause all(Clause... of) {
        return new All(List.of(of));
    }

    /** As a query that only says yes or no. */
    default Query filter() {
        return switch (this) {
            case All all when all.of().isEmpty() -> MatchAllDocsQuery.INSTANCE;
            case All all -> each(all.of(), Occur.FILTER, Clause::filter);
            case Any any -> each(any.of(), Occur.SHOULD, Clause::filter);
            case Word word -> new TermQuery(new Term(word.field(), word.word()));
            case Phrase _, Beginning _, Span _, Not _, Weighed _, Within _ -> scored();
        };
    }

    /** As a query that says how well. */
    default Query scored() {
        return switch (this) {
            case Word word -> weighed(new TermQuery(new Term(word.field(), word.word())), word.weight());
            case Phrase phrase -> new PhraseQuery(phrase.field(), phrase.words().toArray(String[]::new));
            case Beginning beginning -> new PrefixQuery(new Term(beginning.field(), beginning.letters()));
            case Span span -> LongPoint.newRangeQuery(span.field(), span.from(), span.to());
            case Any any -> each(any.of(), Occur.SHOULD, Clause::scored);
            case All all -> each(all.of(), Occur.MUST, Clause::scored);
            case Not not ->
                new BooleanQuery.Builder()
                        .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
                        .add(not.clause().filter(), Occur.MUST_NOT)
                        .build();
            case Weighed weighed -> weighed(weighed.clause().scored(), weighed.weight());
            case Within within -> within(within);
        };
    }

    private static Query weighed(Query query, float weight) {
        return weight == 1 ? query : new BoostQuery(query, weight);
    }

    private static Query each(List<Clause> of, Occur occur, Function<Clause, Query> translated) {
        var query = new BooleanQuery.Builder();
        for (Clause one : of)
            if (occur != Occur.SHOULD && one instanceof Not not)
                query.add(not.clause().filter(), Occur.MUST_NOT);
            else query.add(translated.apply(one), occur);
        return query.build();
    }

    private static Query within(Within within) {
        var query = new BooleanQuery.Builder();
        if (!within.among().isEmpty())
            query.add(Kept.all(within.among().stream().map(Clause::filter).toArray(Query[]::new)), Occur.FILTER);
        if (within.wanted() instanceof Any any
                && within.demanded().isEmpty()
                && within.liked().isEmpty()) {
            // so that what no search can want is skipped: alternatives and filters side by side
            any.of().forEach(one -> query.add(one.scored(), Occur.SHOULD));
            return query.setMinimumNumberShouldMatch(1).build();
        }
        query.add(within.wanted().scored(), Occur.MUST);
        within.demanded().forEach(one -> query.add(one.filter(), Occur.FILTER));
        within.liked().forEach(one -> query.add(one.scored(), Occur.SHOULD));
        return query.build();
    }
}
