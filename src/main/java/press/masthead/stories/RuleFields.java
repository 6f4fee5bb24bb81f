package press.masthead.stories;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Rule;
import press.masthead.desk.Complaint;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;

/**
 * Who may read a story, as the editor's form asks for it. What was typed stays, also where it can't be understood.
 *
 * @param from as a {@code datetime-local} field has it, by the clock of {@code zone}; empty for none
 */
record RuleFields(String access, List<String> plans, String from, String until, String zone, boolean metered) {
    static final List<Audience> OFFERED = List.of(Audience.PUBLIC, Audience.SIGN_IN, Audience.MEMBER, Audience.PLAN);

    static RuleFields read(Context ctx) {
        return new RuleFields(
                text(ctx.formParam("access")),
                ctx.formParams("plans").stream()
                        .map(String::strip)
                        .filter(slug -> !slug.isEmpty())
                        .distinct()
                        .toList(),
                text(ctx.formParam("free_from")),
                text(ctx.formParam("free_until")),
                text(ctx.formParam("free_zone")),
                ctx.formParam("metered") != null);
    }

    /** The rule that a story has, by the clock that its times were said by. */
    static RuleFields of(Rule rule, Times usual) {
        var times = new Times(rule.free().zone().orElse(usual.zone()), usual.now());
        return new RuleFields(
                rule.audience().stored(),
                rule.plans().stream().sorted().toList(),
                rule.free().from().map(times::field).orElse(""),
                rule.free().until().map(times::field).orElse(""),
                times.zone().getId(),
                rule.metered());
    }

    /** What is wrong with it, in one sentence. */
    Optional<Complaint> complaint() {
        if (!audience().stored().equals(access))
            return Optional.of(new Complaint("access", "Choose who may read this story."));
        if (audience() == Audience.PLAN && plans.isEmpty())
            return Optional.of(new Complaint("plans", "Choose at least one plan, or let all members read it."));
        try {
            FreeTime free = free();
            boolean backwards = free.from().isPresent()
                    && free.until().filter(free.from().get()::isBefore).isEmpty()
                    && free.until().isPresent();
            return backwards
                    ? Optional.of(new Complaint(
                            "free_until",
                            "The free time ends before it begins. Choose a later end, or leave it empty."))
                    : Optional.empty();
        } catch (Problem problem) {
            return Optional.of(new Complaint("free_until", problem.sentence()));
        }
    }

    /** The rule as far as it can be understood: what can't is closed, or never free. */
    Rule rule() {
        Audience audience = audience();
        FreeTime free = complaint().isEmpty() ? free() : FreeTime.NEVER;
        return switch (audience) {
            case PUBLIC, CLOSED -> Rule.of(audience);
            case SIGN_IN, MEMBER -> new Rule(audience, Set.of(), free, metered);
            case PLAN -> new Rule(audience, Set.copyOf(plans), free, metered);
        };
    }

    private Audience audience() {
        return Audience.of(access);
    }

    private FreeTime free() {
        boolean asked = audience() != Audience.PUBLIC && !(from.isEmpty() && until.isEmpty());
        if (!asked) return FreeTime.NEVER;
        return new FreeTime(at(from), at(until), Optional.of(zone).map(ZoneId::of));
    }

    private Optional<Instant> at(String local) {
        return local.isEmpty()
                ? Optional.empty()
                : Optional.of(Moment.said(local, zone).at());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
