package press.masthead.access;

import static org.assertj.core.api.Assertions.assertThat;
import static press.masthead.access.Audience.MEMBER;
import static press.masthead.access.Audience.PUBLIC;
import static press.masthead.access.Audience.SIGN_IN;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
                Arguments.of(STAFF, PUBLIC, "Open"),
                Arguments.of(STAFF, SIGN_IN, "Open"),
                Arguments.of(STAFF, MEMBER, "Open"));
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
    void a_rule_that_is_empty_unknown_or_damaged_asks_for_membership(String stored) {
        Audience audience = Audience.of(stored);
        assertThat(audience).isEqualTo(MEMBER);
        assertThat(Paywall.ask(VISITOR, audience)).isEqualTo(new Answer.Upgrade());
        assertThat(Paywall.ask(SIGNED_IN, audience)).isEqualTo(new Answer.Upgrade());
        assertThat(Paywall.ask(MEMBER_OF_IT, audience)).isInstanceOf(Answer.Open.class);
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
