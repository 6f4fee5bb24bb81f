package press.masthead.stories;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.platform.calendar.Zones;
import press.masthead.platform.web.Times;

/** A rule in the words of the newsroom. */
final class RuleWords {
    private RuleWords() {}

    static String of(Audience audience) {
        return switch (audience) {
            case PUBLIC -> "Everyone";
            case SIGN_IN -> "Anyone signed in";
            case MEMBER -> "Members";
            case PLAN -> "Only these plans";
            case CLOSED -> "The newsroom only";
        };
    }

    /** As a note beside a story in a list; empty for what everyone may read. */
    static String note(String access) {
        Audience audience = Audience.of(access);
        return switch (audience) {
            case PUBLIC -> "";
            case SIGN_IN -> "signed in";
            case MEMBER -> "members";
            case PLAN -> "some plans";
            case CLOSED -> "newsroom only";
        };
    }

    /** The whole rule in one line. */
    static String of(Rule rule) {
        var said = new ArrayList<String>();
        said.add(
                rule.audience() == Audience.PLAN
                        ? "Only these plans: "
                                + String.join(
                                        ", ", rule.plans().stream().sorted().toList())
                        : of(rule.audience()));
        if (rule.free().isSet()) {
            ZoneId zone = rule.free().zone().orElse(ZoneOffset.UTC);
            List<String> bounds = new ArrayList<>();
            rule.free().from().map(at -> "from " + said(at, zone)).ifPresent(bounds::add);
            rule.free().until().map(at -> "until " + said(at, zone)).ifPresent(bounds::add);
            said.add("free for everyone " + String.join(" ", bounds) + " (" + zone.getId() + ")");
        }
        if (rule.metered()) said.add("may be one of the free stories a month");
        return String.join("; ", said);
    }

    private static String said(Instant at, ZoneId zone) {
        return new Times(zone, at).full(at);
    }

    static Optional<ZoneId> zone(Optional<String> name) {
        return name.filter(id -> Zones.ids().contains(id)).map(ZoneId::of);
    }
}
