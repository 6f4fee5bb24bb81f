package press.masthead.deliveries;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Standing;

/**
 * For whom a message is. It was asked when its letters were owed, and is asked of each again as it leaves: hours may lie between,
 * and memberships end.
 *
 * @param plans slugs, one of which its reader has; none means that any member may have it
 * @param instead the variant for whoever may not have it by then, empty where that is no letter at all
 */
public record Reserved(Set<String> plans, String instead) {
    /** A letter's slot for what it asks for beyond its message: plans of which one is needed with {@code |} between them; blanks part several such. */
    public static final String SLOT = "reserved";

    static final String ENDED = "Their membership had ended when it was to leave.";
    static final String LESS = "Their plan no longer had all that is in it when it was to leave.";

    public Reserved {
        plans = Set.copyOf(plans);
    }

    /** For members alone, and for others there is nothing. */
    public static Reserved forMembers() {
        return new Reserved(Set.of(), "");
    }

    /** For members who may read a text under this rule. */
    public static Reserved under(Rule rule) {
        return new Reserved(rule.audience() == Audience.PLAN ? rule.plans() : Set.of(), "");
    }

    /** Why this reader may not have it, empty where they may. */
    String whyNot(Standing standing, String further, Instant now) {
        if (!may(standing, Rule.of(Audience.MEMBER), now)) return ENDED;
        if (!plans.isEmpty() && !may(standing, needing(plans), now)) return LESS;
        for (String needed : further.isEmpty() ? new String[0] : further.split(" "))
            if (!may(standing, needing(Set.of(needed.split("\\|"))), now)) return LESS;
        return "";
    }

    private static Rule needing(Set<String> plans) {
        return new Rule(Audience.PLAN, plans, FreeTime.NEVER, false);
    }

    private static boolean may(Standing standing, Rule rule, Instant now) {
        return Paywall.ask(standing, rule, now, Meter.OFF, Gift.NONE) instanceof Answer.Open;
    }

    /** What a letter asks for that shows texts under these rules, as its slot {@link #SLOT} has it. */
    public static String needs(Iterable<Rule> rules) {
        var needs = new TreeSet<String>();
        for (Rule rule : rules)
            if (rule.audience() == Audience.PLAN && !rule.plans().isEmpty())
                needs.add(String.join("|", new TreeSet<>(rule.plans())));
        return String.join(" ", needs);
    }
}
