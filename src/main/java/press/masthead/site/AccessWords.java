package press.masthead.site;

import java.util.stream.Collectors;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Meter;
import press.masthead.access.Rule;
import press.masthead.access.Standing;
import press.masthead.platform.web.Times;

/** Why someone may read a story or may not, in a sentence for the newsroom. */
record AccessWords(Reading reading, Rule rule, Times times) {
    boolean open() {
        return reading.ask(rule) instanceof Answer.Open;
    }

    String sentence() {
        return switch (reading.ask(rule)) {
            case Answer.Open open -> "All of it, because " + because(open.why());
            case Answer.SignIn() ->
                "Up to the membership line: the rest is for anyone signed in, and nobody is." + count();
            case Answer.Upgrade() ->
                "Up to the membership line: the rest is for " + forWhom() + ", and " + theyAre() + count();
            case Answer.Closed() -> "Up to the membership line: its rule opens it to nobody outside the newsroom.";
        };
    }

    private String because(Answer.Why why) {
        return switch (why) {
            case PUBLIC -> "it is for everyone.";
            case SIGNED_IN -> "it is for anyone signed in, and they are.";
            case MEMBER -> "it is for members, and they are one" + until();
            case PLAN -> "it is for " + forWhom() + ", and they have one of these" + until();
            case STAFF -> "they work here.";
            case FREE_NOW -> "it is free for everyone at that time.";
            case GIFT -> "a member gave it to them.";
            case METERED ->
                reading.meter() instanceof Meter.Counted(int which, int of)
                        ? "it is number " + which + " of their " + of + " free stories that month."
                        : "it is one of their free stories that month.";
        };
    }

    private String forWhom() {
        if (rule.audience() != Audience.PLAN)
            return rule.audience() == Audience.SIGN_IN ? "anyone signed in" : "members";
        return rule.plans().isEmpty()
                ? "members of a plan that is not named"
                : "members of " + rule.plans().stream().sorted().collect(Collectors.joining(" or "));
    }

    private String theyAre() {
        return switch (reading.visit().standing()) {
            case Standing.Visitor() -> "nobody is signed in.";
            case Standing.SignedIn() -> "they have no membership at that time.";
            case Standing.Member(var plans, var until) ->
                "they have " + plans.stream().sorted().collect(Collectors.joining(" and ")) + ".";
            case Standing.Staff() -> "they work here.";
        };
    }

    private String until() {
        return reading.visit().standing() instanceof Standing.Member(var plans, var until)
                        && reading.visit()
                                .reader()
                                .filter(reader -> reader.id() > 0)
                                .isPresent()
                ? " until " + times.full(until) + "."
                : ".";
    }

    private String count() {
        if (!rule.metered()) return "";
        return switch (reading.meter()) {
            case Meter.Left(int used, int of) ->
                " They can open it as one of their " + of + " free stories that month; " + used + " are used.";
            case Meter.Spent(int of) -> " Their " + of + " free stories of that month are used.";
            case Meter.Off() -> "";
            case Meter.Counted counted -> "";
        };
    }
}
