package press.masthead.search;

import java.util.ArrayList;
import java.util.List;
import press.masthead.access.Audience;
import press.masthead.access.Standing;

/**
 * Which pieces someone may read to the end, as a filter: what {@link press.masthead.access.Paywall} answers by right or by date,
 * with no gift and nothing taken from the month's count. What matches none of its clauses stays closed. Moments are microseconds.
 */
final class Readable {
    private Readable() {}

    /** Passages that are everyone's, or that they may read. */
    static Clause passages(Standing standing, long moment) {
        return Clause.any(Clause.is(Fields.PART, Fields.OPEN), at(standing, moment));
    }

    /** Pieces of which they may read more than their opening. */
    static Clause pastTheCut(Standing standing, long moment) {
        return Clause.all(Clause.is(Fields.HAS, Fields.REST), at(standing, moment));
    }

    /** All others. */
    static Clause upToTheCut(Standing standing, long moment) {
        return Clause.all(Clause.is(Fields.IS, Fields.PIECE), new Clause.Not(pastTheCut(standing, moment)));
    }

    static Clause at(Standing standing, long moment) {
        var readable = new ArrayList<Clause>();
        readable.add(freeAt(moment));
        readable.add(audience(Audience.PUBLIC));
        switch (standing) {
            case Standing.Staff() -> {
                return Clause.EVERYTHING;
            }
            case Standing.Visitor() -> {}
            case Standing.SignedIn() -> readable.add(audience(Audience.SIGN_IN));
            case Standing.Member member -> {
                readable.add(audience(Audience.SIGN_IN));
                readable.add(audience(Audience.MEMBER));
                readable.add(planOf(member));
            }
        }
        return new Clause.Any(List.copyOf(readable));
    }

    private static Clause audience(Audience audience) {
        return Clause.is(Fields.AUDIENCE, audience.name());
    }

    private static Clause planOf(Standing.Member member) {
        return Clause.all(
                audience(Audience.PLAN),
                new Clause.Any(member.plans().stream()
                        .sorted()
                        .<Clause>map(plan -> Clause.is(Fields.PLAN, plan))
                        .toList()));
    }

    /** A closed piece has no dates in the index, so none of them opens it. */
    private static Clause freeAt(long now) {
        return Clause.all(
                new Clause.Span(Fields.FREE_FROM, Long.MIN_VALUE, now),
                new Clause.Span(Fields.FREE_UNTIL, Math.addExact(now, 1), Long.MAX_VALUE));
    }
}
