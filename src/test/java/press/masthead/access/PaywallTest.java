package press.masthead.access;

import static org.assertj.core.api.Assertions.assertThat;
import static press.masthead.access.Audience.CLOSED;
import static press.masthead.access.Audience.MEMBER;
import static press.masthead.access.Audience.PLAN;
import static press.masthead.access.Audience.PUBLIC;
import static press.masthead.access.Audience.SIGN_IN;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole rule, as a table, and what holds for any rule that a column could hold. */
class PaywallTest {
    private static final Standing VISITOR = new Standing.Visitor();
    private static final Standing SIGNED_IN = new Standing.SignedIn();
    private static final Standing MEMBER_OF_IT =
            new Standing.Member(java.util.Set.of("pro"), Instant.parse("2026-11-30T08:00:00Z"));
    private static final Standing STAFF = new Standing.Staff();
    /** Each may read what those before it may. */
    private static final List<Standing> RISING = List.of(VISITOR, SIGNED_IN, MEMBER_OF_IT, STAFF);

    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of(VISITOR, PUBLIC, "Open"),
                Arguments.of(VISITOR, SIGN_IN, "SignIn"),
                Arguments.of(VISITOR, MEMBER, "Upgrade"),
                Arguments.of(SIGNED_IN, PUBLIC, "Open"),
                Arguments.of(SIGNED_IN, SIGN_IN, "Open"),
                Arguments.of(SIGNED_IN, MEMBER, "Upgrade"),
                Arguments.of(MEMBER_OF_IT, PUBLIC, "Open"),
                Arguments.of(MEMBER_OF_IT, SIGN_IN, "Open"),
                Arguments.of(MEMBER_OF_IT, MEMBER, "Open"),
                Arguments.of(VISITOR, PLAN, "Upgrade"),
                Arguments.of(SIGNED_IN, PLAN, "Upgrade"),
                Arguments.of(MEMBER_OF_IT, PLAN, "Upgrade"),
                Arguments.of(VISITOR, CLOSED, "Closed"),
                Arguments.of(SIGNED_IN, CLOSED, "Closed"),
                Arguments.of(MEMBER_OF_IT, CLOSED, "Closed"),
                Arguments.of(STAFF, PUBLIC, "Open"),
                Arguments.of(STAFF, SIGN_IN, "Open"),
                Arguments.of(STAFF, MEMBER, "Open"),
                Arguments.of(STAFF, PLAN, "Open"),
                Arguments.of(STAFF, CLOSED, "Open"));
    }

    @ParameterizedTest(name = "{0} asks for {1}: {2}")
    @MethodSource("table")
    void everyone_gets_the_answer_of_the_table(Standing standing, Audience audience, String answer) {
        assertThat(Paywall.ask(standing, audience).getClass().getSimpleName()).isEqualTo(answer);
    }

    @Test
    void the_table_leaves_out_nobody_and_nothing() {
        assertThat(table()).hasSize(Standing.class.getPermittedSubclasses().length * Audience.values().length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "PUBLIC", "Public", "public ", " public", "public\n", "public\0", "pub\u00adlic", "рublic",
                        "publi",
                "publicc", "public,member", "everyone", "all", "free", "true", "1", "null", "none", "sign-in",
                        "SIGN_IN",
                "signin", "members", "paid", "{\"visibility\":\"public\"}", "%", "' or 'public"
            })
    void a_rule_that_is_empty_unknown_or_damaged_is_for_the_newsroom_alone(String stored) {
        Audience audience = Audience.of(stored);
        assertThat(audience).isEqualTo(CLOSED);
        // Whatever else the rule says, and whatever anyone brings.
        var rule = new Rule(audience, Set.of("pro"), between("2026-11-20T00:00:00Z", "2026-11-30T00:00:00Z"), true);
        for (Standing standing : List.of(VISITOR, SIGNED_IN, MEMBER_OF_IT))
            assertThat(Paywall.ask(standing, rule, NOW, new Meter.Counted(1, 3), new Gift.Opened()))
                    .isEqualTo(new Answer.Closed());
        assertThat(Paywall.ask(STAFF, rule, NOW, Meter.OFF, Gift.NONE)).isInstanceOf(Answer.Open.class);
    }

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private static FreeTime between(String from, String until) {
        return new FreeTime(time(from), time(until), Optional.empty());
    }

    private static Optional<Instant> time(String at) {
        return Optional.of(at).filter(given -> !given.isEmpty()).map(Instant::parse);
    }

    private static String said(Answer answer) {
        return switch (answer) {
            case Answer.Open open -> open.why().toString();
            case Answer.SignIn() -> "sign in";
            case Answer.Upgrade() -> "upgrade";
            case Answer.Closed() -> "closed";
        };
    }

    @ParameterizedTest(name = "a member of {0} asks for a text of {1}: {2}")
    @CsvSource({
        "pro, pro, PLAN",
        "pro team, team, PLAN",
        "pro, team, upgrade",
        "pro, '', upgrade",
        "pro, PRO, upgrade",
        "team, pro team, PLAN"
    })
    void a_text_for_some_plans_opens_to_those_who_have_one_of_them(String has, String asked, String answer) {
        var member = new Standing.Member(Set.of(has.split(" ")), NOW.plusSeconds(60));
        Set<String> plans = asked.isEmpty() ? Set.of() : Set.of(asked.split(" "));
        assertThat(said(Paywall.ask(member, new Rule(PLAN, plans, FreeTime.NEVER, false), NOW, Meter.OFF, Gift.NONE)))
                .isEqualTo(answer);
    }

    @ParameterizedTest(name = "free from {0} until {1}: {2}")
    @CsvSource({
        "'', '', upgrade",
        "2026-11-25T12:00:00Z, '', FREE_NOW",
        "2026-11-25T12:00:00.001Z, '', upgrade",
        "'', 2026-11-25T12:00:00Z, upgrade",
        "'', 2026-11-25T12:00:00.001Z, FREE_NOW",
        "2026-11-24T00:00:00Z, 2026-11-26T00:00:00Z, FREE_NOW",
        "2026-11-26T00:00:00Z, 2026-11-27T00:00:00Z, upgrade",
        "2026-11-26T00:00:00Z, 2026-11-24T00:00:00Z, upgrade"
    })
    void a_text_is_free_from_its_first_instant_and_up_to_its_last(String from, String until, String answer) {
        var rule = new Rule(MEMBER, Set.of(), between(from, until), false);
        for (Standing standing : List.of(VISITOR, SIGNED_IN))
            assertThat(said(Paywall.ask(standing, rule, NOW, Meter.OFF, Gift.NONE)))
                    .isEqualTo(answer);
    }

    @Test
    void what_is_counted_opens_only_what_may_be_counted_and_a_gift_opens_whatever_is_sold() {
        var metered = new Rule(MEMBER, Set.of(), FreeTime.NEVER, true);
        var plain = Rule.of(MEMBER);
        var counted = new Meter.Counted(2, 3);
        assertThat(said(Paywall.ask(VISITOR, metered, NOW, counted, Gift.NONE))).isEqualTo("METERED");
        assertThat(said(Paywall.ask(VISITOR, plain, NOW, counted, Gift.NONE))).isEqualTo("upgrade");
        assertThat(said(Paywall.ask(VISITOR, metered, NOW, new Meter.Left(2, 3), Gift.NONE)))
                .isEqualTo("upgrade");
        assertThat(said(Paywall.ask(VISITOR, metered, NOW, new Meter.Spent(3), Gift.NONE)))
                .isEqualTo("upgrade");
        assertThat(said(Paywall.ask(VISITOR, plain, NOW, Meter.OFF, new Gift.Opened())))
                .isEqualTo("GIFT");
        assertThat(said(Paywall.ask(VISITOR, Rule.of(SIGN_IN), NOW, Meter.OFF, Gift.NONE)))
                .isEqualTo("sign in");
    }

    @Test
    void any_words_but_the_two_that_open_keep_it_closed_and_who_has_more_never_reads_less() {
        var random = new Random(20_261_123);
        Set<String> opening = Set.of("public", "sign_in");
        for (int i = 0; i < 20_000; i++) {
            String stored = random.nextInt(4) == 0 ? damaged(random, "public") : word(random);
            Audience audience = Audience.of(stored);
            if (!opening.contains(stored)) {
                assertThat(Paywall.ask(VISITOR, audience)).as(stored).isNotInstanceOf(Answer.Open.class);
                assertThat(Paywall.ask(SIGNED_IN, audience)).as(stored).isNotInstanceOf(Answer.Open.class);
            }
            boolean open = false;
            for (Standing standing : RISING) {
                boolean now = Paywall.ask(standing, audience) instanceof Answer.Open;
                assertThat(now || !open).as(standing + " and " + stored).isTrue();
                open = now;
            }
        }
    }

    /** The word with one letter changed, doubled, dropped or in another case. */
    private static String damaged(Random random, String word) {
        int at = random.nextInt(word.length());
        String before = word.substring(0, at);
        String after = word.substring(at + 1);
        return switch (random.nextInt(4)) {
            case 0 -> before + (char) (32 + random.nextInt(0x500)) + after;
            case 1 -> before + word.charAt(at) + word.charAt(at) + after;
            case 2 -> before + after;
            default -> before + Character.toUpperCase(word.charAt(at)) + after;
        };
    }

    private static String word(Random random) {
        return random.ints(random.nextInt(12), 1, 0x250)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void every_audience_is_read_back_as_it_was_stored() {
        for (Audience audience : Audience.values())
            assertThat(Audience.of(audience.stored())).isEqualTo(audience);
    }
}
