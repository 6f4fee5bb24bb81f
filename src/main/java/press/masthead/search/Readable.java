package press.masthead.search;

import java.time.Instant;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import press.masthead.access.Audience;
import press.masthead.access.Standing;

/**
 * Which pieces someone may read to the end, as a filter: what {@link press.masthead.access.Paywall} answers by right or by date,
 * with no gift and nothing taken from the month's count. What matches none of its clauses stays closed.
 */
final class Readable {
    private Readable() {}

    /** The same, kept for as long as no rule turns. */
    static Query kept(IndexSearcher searcher, Standing standing, Instant moment) {
        return Kept.all(at(standing, Turns.upTo(searcher, Fields.micros(moment))));
    }

    /** Passages that are everyone's, or that they may read. */
    static Query passages(IndexSearcher searcher, Standing standing, Instant moment) {
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Fields.PART, Fields.OPEN)), Occur.SHOULD)
                .add(at(standing, Turns.upTo(searcher, Fields.micros(moment))), Occur.SHOULD)
                .build();
    }

    /** Pieces of which they may read more than their opening. */
    static Query pastTheCut(IndexSearcher searcher, Standing standing, Instant moment) {
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Fields.HAS, Fields.REST)), Occur.FILTER)
                .add(at(standing, Turns.upTo(searcher, Fields.micros(moment))), Occur.FILTER)
                .build();
    }

    /** All others. */
    static Query upToTheCut(IndexSearcher searcher, Standing standing, Instant moment) {
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Fields.IS, Fields.PIECE)), Occur.FILTER)
                .add(pastTheCut(searcher, standing, moment), Occur.MUST_NOT)
                .build();
    }

    static Query by(Standing standing, Instant moment) {
        return at(standing, Fields.micros(moment));
    }

    private static Query at(Standing standing, long moment) {
        if (standing instanceof Standing.Staff) return MatchAllDocsQuery.INSTANCE;
        var readable = new BooleanQuery.Builder().add(freeAt(moment), Occur.SHOULD);
        audience(readable, Audience.PUBLIC);
        switch (standing) {
            case Standing.Visitor() -> {}
            case Standing.Staff() -> {}
            case Standing.SignedIn() -> audience(readable, Audience.SIGN_IN);
            case Standing.Member member -> {
                audience(readable, Audience.SIGN_IN);
                audience(readable, Audience.MEMBER);
                readable.add(planOf(member), Occur.SHOULD);
            }
        }
        return readable.build();
    }

    private static void audience(BooleanQuery.Builder readable, Audience audience) {
        readable.add(new TermQuery(new Term(Fields.AUDIENCE, audience.name())), Occur.SHOULD);
    }

    private static Query planOf(Standing.Member member) {
        var plans = new BooleanQuery.Builder();
        for (String plan : member.plans()) plans.add(new TermQuery(new Term(Fields.PLAN, plan)), Occur.SHOULD);
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Fields.AUDIENCE, Audience.PLAN.name())), Occur.FILTER)
                .add(plans.build(), Occur.FILTER)
                .build();
    }

    /** A closed piece has no dates in the index, so none of them opens it. */
    private static Query freeAt(long now) {
        return new BooleanQuery.Builder()
                .add(LongPoint.newRangeQuery(Fields.FREE_FROM, Long.MIN_VALUE, now), Occur.FILTER)
                .add(LongPoint.newRangeQuery(Fields.FREE_UNTIL, Math.addExact(now, 1), Long.MAX_VALUE), Occur.FILTER)
                .build();
    }
}
