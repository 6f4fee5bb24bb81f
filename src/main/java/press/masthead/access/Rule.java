package press.masthead.access;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read a text.
 *
 * @param plans slugs; only {@link Audience#PLAN} asks for them. With none of them known, nobody has one
 * @param free when it is everyone's
 * @param metered whether it may be one of the few that someone reads free in a month
 */
public record Rule(Audience audience, Set<String> plans, FreeTime free, boolean metered) {
    public Rule {
        plans = Set.copyOf(plans);
    }

    /** Nothing but an audience. */
    public static Rule of(Audience audience) {
        return new Rule(audience, Set.of(), FreeTime.NEVER, false);
    }

    /** As a story's row has it. */
    public static Rule stored(
            String access,
            Collection<String> plans,
            Optional<Instant> freeFrom,
            Optional<Instant> freeUntil,
            boolean metered) {
        return new Rule(
                Audience.of(access), Set.copyOf(plans), new FreeTime(freeFrom, freeUntil, Optional.empty()), metered);
    }

    /** Whether everyone may read it at that moment: what search engines are told. */
    public boolean isFree(Instant moment) {
        return switch (audience) {
            case PUBLIC -> true;
            case SIGN_IN, MEMBER, PLAN -> free.holds(moment);
            case CLOSED -> false;
        };
    }
}
