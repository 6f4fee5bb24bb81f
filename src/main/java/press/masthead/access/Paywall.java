package press.masthead.access;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import press.masthead.access.Answer.Why;

/**
 * Decides who may read what, and nothing else does: a pure function of where someone stands, the text's rule, the moment, the
 * month's count and a gift.
 */
public final class Paywall {
    private Paywall() {}

    /** For what has no more of a rule than its audience. */
    public static Answer ask(Standing standing, Audience audience) {
        return ask(standing, Rule.of(audience), Instant.EPOCH, Meter.OFF, Gift.NONE);
    }

    /** The same person gets the same answer by every channel. What opens for more than one reason names the first of them. */
    public static Answer ask(Standing standing, Rule rule, Instant moment, Meter meter, Gift gift) {
        if (rule.audience() == Audience.CLOSED)
            return standing instanceof Standing.Staff ? new Answer.Open(Why.STAFF) : new Answer.Closed();
        return byRight(standing, rule)
                .or(() -> rule.free().holds(moment) ? Optional.of(Why.FREE_NOW) : Optional.empty())
                .or(() -> gift instanceof Gift.Opened ? Optional.of(Why.GIFT) : Optional.empty())
                .or(() ->
                        rule.metered() && meter instanceof Meter.Counted ? Optional.of(Why.METERED) : Optional.empty())
                .<Answer>map(Answer.Open::new)
                .orElseGet(() -> refusal(standing, rule));
    }

    private static Optional<Why> byRight(Standing standing, Rule rule) {
        if (rule.audience() == Audience.PUBLIC) return Optional.of(Why.PUBLIC);
        return switch (standing) {
            case Standing.Staff() -> Optional.of(Why.STAFF);
            case Standing.Member member ->
                switch (rule.audience()) {
                    case PUBLIC, SIGN_IN -> Optional.of(Why.SIGNED_IN);
                    case MEMBER -> Optional.of(Why.MEMBER);
                    case PLAN ->
                        Collections.disjoint(member.plans(), rule.plans()) ? Optional.empty() : Optional.of(Why.PLAN);
                    case CLOSED -> Optional.empty();
                };
            case Standing.SignedIn() ->
                rule.audience() == Audience.SIGN_IN ? Optional.of(Why.SIGNED_IN) : Optional.empty();
            case Standing.Visitor() -> Optional.empty();
        };
    }

    private static Answer refusal(Standing standing, Rule rule) {
        return rule.audience() == Audience.SIGN_IN && standing instanceof Standing.Visitor
                ? new Answer.SignIn()
                : new Answer.Upgrade();
    }
}
