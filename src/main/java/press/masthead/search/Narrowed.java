package press.masthead.search;

import java.time.Instant;
import java.util.Optional;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Where a search looks; each that is given narrows it.
 *
 * @param author a slug, as {@code topic} and {@code industry}
 * @param country a code of ISO 3166-1
 * @param from the first instant of publication
 * @param until the first that is too late
 */
public record Narrowed(
        Optional<String> kind,
        Optional<String> author,
        Optional<String> topic,
        Optional<String> industry,
        Optional<String> country,
        Optional<Instant> from,
        Optional<Instant> until) {
    public static final Narrowed NOT = new Narrowed(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    Query filter() {
        var filter = new BooleanQuery.Builder();
        only(filter, Fields.KIND, kind);
        only(filter, Fields.AUTHOR, author);
        only(filter, Fields.TOPIC, topic);
        only(filter, Fields.INDUSTRY, industry);
        only(filter, Fields.COUNTRY, country);
        if (from.isPresent() || until.isPresent())
            filter.add(
                    LongPoint.newRangeQuery(
                            Fields.PUBLISHED,
                            from.map(Fields::micros).orElse(Long.MIN_VALUE),
                            until.map(end -> Fields.micros(end) - 1).orElse(Long.MAX_VALUE)),
                    Occur.FILTER);
        BooleanQuery query = filter.build();
        return query.clauses().isEmpty() ? MatchAllDocsQuery.INSTANCE : query;
    }

    private static void only(BooleanQuery.Builder filter, String field, Optional<String> value) {
        value.ifPresent(word -> filter.add(new TermQuery(new Term(field, word)), Occur.FILTER));
    }
}
