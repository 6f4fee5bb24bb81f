package press.masthead.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Standing;

/** The index lets through whom the paywall lets through, and nobody else: over thousands of random rules, people and moments. */
@ParameterizedClass
@EnumSource(Place.class)
class ReadableTest {
    private static final Instant NOW = Instant.parse("2026-11-26T09:00:00.123456Z");
    private static final List<String> PLANS = List.of("pro", "team", "student");

    @TempDir
    private Path folder;

    private final Place place;

    ReadableTest(Place place) {
        this.place = place;
    }

    private static Rule rule(Random dice) {
        Optional<Instant> from = dice.nextInt(3) == 0 ? Optional.of(near(dice)) : Optional.empty();
        Optional<Instant> until = dice.nextInt(3) == 0 ? Optional.of(near(dice)) : Optional.empty();
        return new Rule(
                Audience.values()[dice.nextInt(Audience.values().length)],
                some(dice),
                new FreeTime(from, until, Optional.empty()),
                dice.nextBoolean());
    }

    private static Instant near(Random dice) {
        return NOW.plus(Duration.ofNanos((dice.nextInt(5) - 2) * 1000L));
    }

    private static Set<String> some(Random dice) {
        var some = new ArrayList<>(PLANS);
        some.removeIf(plan -> dice.nextBoolean());
        return Set.copyOf(some);
    }

    private static Standing standing(Random dice) {
        Set<String> plans = some(dice);
        return switch (dice.nextInt(4)) {
            case 0 -> new Standing.Visitor();
            case 1 -> new Standing.SignedIn();
            case 2 -> new Standing.Staff();
            default -> plans.isEmpty() ? new Standing.SignedIn() : new Standing.Member(plans, NOW.plusSeconds(60));
        };
    }

    @Test
    void a_rest_is_searched_for_those_whom_the_paywall_lets_through() throws Exception {
        var dice = new Random(26);
        var rules = new ArrayList<Rule>();
        try (var index = place.open(folder)) {
            for (int i = 0; i < 600; i++) {
                Rule rule = rule(dice);
                rules.add(rule);
                index.put(new Piece(
                        i + 1,
                        "memo",
                        "en",
                        "Title",
                        "",
                        "opening",
                        "hidden zarquon",
                        rule,
                        NOW,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
            }
            index.show();
            for (int i = 0; i < 40; i++) {
                Standing standing = standing(dice);
                Instant moment = near(dice);
                var allowed = index.readable(standing, moment);
                var found = index.lookup().find(Wanted.of("zarquon", standing, moment), Optional.empty(), 0).stream()
                        .map(Hit::piece)
                        .toList();
                for (int piece = 0; piece < rules.size(); piece++) {
                    boolean open = Paywall.ask(standing, rules.get(piece), moment, Meter.OFF, Gift.NONE)
                            instanceof Answer.Open;
                    assertThat(allowed.contains(piece + 1L))
                            .as("%s %s at %s", standing, rules.get(piece), moment)
                            .isEqualTo(open);
                    if (found.contains(piece + 1L)) assertThat(open).isTrue();
                }
                assertThat(found).hasSize(Math.min(200, allowed.size()));
            }
        }
    }

    private static Piece piece(long id, String opening, String rest, Audience audience) {
        return new Piece(
                id,
                "memo",
                "en",
                "Title",
                "",
                opening,
                rest,
                Rule.of(audience),
                NOW,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static List<Hit> asked(Place.Shelf index, Standing standing) {
        return index.lookup().find(Wanted.of("zarquon marmot", standing, NOW), Optional.empty(), 0);
    }

    @Test
    void no_order_and_no_score_tells_of_how_often_a_word_is_hidden() throws Exception {
        try (var index = place.open(folder)) {
            index.put(piece(1, "a zarquon", "more of it", Audience.PUBLIC));
            index.put(piece(2, "a marmot", "more of it", Audience.PUBLIC));
            index.put(piece(3, "a zarquon", "", Audience.PUBLIC));
            for (int id = 10; id < 30; id++) index.put(piece(id, "opening", "nothing of that", Audience.MEMBER));
            index.show();
            var before = asked(index, new Standing.Visitor());
            for (int id = 10; id < 30; id++) index.put(piece(id, "opening", "zarquon of that", Audience.MEMBER));
            index.show();
            index.tidy();
            assertThat(before).hasSize(3);
            assertThat(asked(index, new Standing.Visitor())).isEqualTo(before);
            assertThat(asked(index, new Standing.Staff())).hasSize(23);
        }
    }

    private static Piece hidden(long id, Rule rule) {
        return new Piece(
                id, "memo", "en", "Title", "", "opening", "hidden", rule, NOW, List.of(), List.of(), List.of(),
                List.of());
    }

    private static List<Hit> near(Place.Shelf index, Standing standing, Instant moment) {
        return index.lookup()
                .find(
                        Wanted.of("nothing stands there", standing, moment),
                        Optional.of(Vectors.bytes(Towards.subject(1))),
                        0.3f);
    }

    @Test
    void a_rest_is_found_by_its_meaning_by_those_whom_the_paywall_lets_through() throws Exception {
        var dice = new Random(27);
        var rules = new ArrayList<Rule>();
        try (var index = place.open(folder)) {
            for (int i = 0; i < 600; i++) {
                Rule rule = rule(dice);
                rules.add(rule);
                index.put(
                        hidden(i + 1, rule),
                        new PieceIndex.Directions(List.of(), List.of(Towards.subject(1, 0.8, dice))));
            }
            index.show();
            for (int i = 0; i < 40; i++) {
                Standing standing = standing(dice);
                Instant moment = near(dice);
                var allowed = index.readable(standing, moment);
                var hits = near(index, standing, moment);
                for (Hit hit : hits) {
                    assertThat(Paywall.ask(standing, rules.get((int) hit.piece() - 1), moment, Meter.OFF, Gift.NONE))
                            .as("%s at %s", standing, moment)
                            .isInstanceOf(Answer.Open.class);
                    assertThat(hit.beyondCut()).isTrue();
                }
                assertThat(hits).hasSizeGreaterThanOrEqualTo(Math.min(120, allowed.size()));
            }
        }
    }

    @Test
    void what_is_hidden_takes_no_place_among_the_nearest() throws Exception {
        var dice = new Random(28);
        try (var index = place.open(folder)) {
            for (int id = 100; id < 700; id++)
                index.put(
                        hidden(id, Rule.of(Audience.MEMBER)),
                        new PieceIndex.Directions(
                                List.of(Towards.subject(2, 0.8, dice)), List.of(Towards.subject(1, 0.95, dice))));
            for (int id = 1; id <= 5; id++)
                index.put(
                        piece(id, "open", "", Audience.PUBLIC),
                        new PieceIndex.Directions(
                                List.of(Towards.subject(3, 0.9, dice), Towards.subject(1, 0.5, dice)), List.of()));
            index.show();
            var hits = near(index, new Standing.Visitor(), NOW);
            assertThat(hits).extracting(Hit::piece).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
            assertThat(hits).allSatisfy(hit -> {
                assertThat(hit.likeness()).isBetween(0.4f, 0.6f);
                assertThat(hit.passage()).isEqualTo(1);
                assertThat(hit.beyondCut()).isFalse();
            });
            assertThat(near(index, new Standing.Staff(), NOW))
                    .hasSizeGreaterThan(100)
                    .allMatch(hit -> hit.piece() >= 100 && hit.beyondCut() && hit.passage() == 0);
        }
    }
}
