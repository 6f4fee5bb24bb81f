package press.masthead.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ComposeTest {
    private static final long ENERGY = 1;
    private static final long BANKING = 2;
    private static final long CHIPS = 3;
    private static final List<Long> ALL = List.of(ENERGY, BANKING, CHIPS);

    private int lastStory = 100;

    private Piece fresh(double weight, Long... industries) {
        int story = ++lastStory;
        return new Piece(story, List.of(industries), story, true, weight, List.of(), Map.of());
    }

    private Piece old(double weight, Long... industries) {
        Piece piece = fresh(weight, industries);
        return new Piece(piece.story(), piece.industries(), piece.event(), false, weight, List.of(), Map.of());
    }

    private static Piece sameEvent(Piece piece, Piece other) {
        return new Piece(
                piece.story(), piece.industries(), other.event(), piece.fresh(), piece.weight(), List.of(), Map.of());
    }

    private static Piece pinned(Piece piece, long industry) {
        return new Piece(
                piece.story(),
                piece.industries(),
                piece.event(),
                piece.fresh(),
                piece.weight(),
                List.of(industry),
                Map.of());
    }

    private static Review review(List<Long> ranking, Piece... pieces) {
        return new Compose(new Catalogue(ALL, List.of(pieces))).review(ranking, new Withheld(pieces.length));
    }

    private List<Piece> many(int count, long industry) {
        return IntStream.range(0, count).mapToObj(i -> fresh(i, industry)).toList();
    }

    private static int space(Review review, long industry) {
        return review.blocks().stream()
                .filter(block -> block.industry() == industry)
                .mapToInt(block -> block.stories().size())
                .sum();
    }

    @Test
    void space_is_shared_by_rank_and_the_first_industry_leads() {
        List<Piece> pieces = new ArrayList<>();
        for (long industry : ALL) pieces.addAll(many(20, industry));

        Review review = review(List.of(CHIPS, ENERGY, BANKING), pieces.toArray(Piece[]::new));

        assertThat(review.blocks()).extracting(Review.Block::industry).containsExactly(CHIPS, ENERGY, BANKING);
        assertThat(review.blocks()).extracting(block -> block.stories().size()).containsExactly(7, 3, 2);
    }

    @Test
    void a_quiet_week_is_filled_with_what_is_older_and_still_unread() {
        Piece news = fresh(1, ENERGY);
        Piece before = old(9, ENERGY);

        assertThat(review(List.of(ENERGY), before, news).stories()).containsExactly(news.story(), before.story());
    }

    @Test
    void a_first_industry_without_a_piece_is_named_and_the_next_one_leads() {
        Review review = review(List.of(BANKING, ENERGY), fresh(1, ENERGY));

        assertThat(review.quietFirst()).contains(BANKING);
        assertThat(review.blocks().getFirst().industry()).isEqualTo(ENERGY);
    }

    @Test
    void industries_that_were_not_ranked_fill_up_a_review_that_would_be_too_short_and_no_more() {
        List<Piece> pieces = new ArrayList<>(many(2, ENERGY));
        pieces.addAll(many(30, CHIPS));

        Review review = review(List.of(ENERGY), pieces.toArray(Piece[]::new));

        assertThat(review.length()).isEqualTo(Compose.LEAST);
        assertThat(review.blocks()).extracting(Review.Block::ranked).containsExactly(true, false);
        assertThat(space(review, ENERGY)).isEqualTo(2);
    }

    @Test
    void of_two_pieces_on_one_event_only_the_better_comes() {
        Piece report = fresh(2, ENERGY);
        Piece again = sameEvent(fresh(1, ENERGY, BANKING), report);

        assertThat(review(List.of(ENERGY, BANKING), again, report).stories()).containsExactly(report.story());
    }

    @Test
    void what_an_editor_pinned_comes_first_among_the_fresh() {
        Piece light = pinned(fresh(1, ENERGY), ENERGY);
        Piece heavy = fresh(9, ENERGY);
        Piece pinnedAndOld = pinned(old(1, ENERGY), ENERGY);

        assertThat(review(List.of(ENERGY), heavy, pinnedAndOld, light).stories())
                .containsExactly(light.story(), heavy.story(), pinnedAndOld.story());
    }

    @Test
    void an_industry_that_was_removed_while_it_was_ranked_is_passed_over() {
        Review review = review(List.of(77L, ENERGY), fresh(1, ENERGY));

        assertThat(review.stories()).hasSize(1);
        assertThat(review.blocks()).extracting(Review.Block::industry).containsExactly(ENERGY);
    }

    /** Each ranked industry's share is what its weight 1/rank says, within one place, where all have more than enough. */
    @Test
    void every_share_is_within_one_place_of_what_its_rank_weighs() {
        for (int ranked = 1; ranked <= 12; ranked++) {
            List<Long> all = LongStream.rangeClosed(1, ranked).boxed().toList();
            List<Piece> pieces = new ArrayList<>();
            for (long industry : all) pieces.addAll(many(20, industry));
            Review review = new Compose(new Catalogue(all, pieces)).review(all, new Withheld(pieces.size()));

            double weights = LongStream.rangeClosed(1, ranked)
                    .mapToDouble(rank -> 1.0 / rank)
                    .sum();
            assertThat(review.length()).isEqualTo(Compose.MOST);
            for (long rank = 1; rank <= ranked; rank++)
                assertThat((double) space(review, rank))
                        .as("rank %d of %d", rank, ranked)
                        .isCloseTo(Compose.MOST / (rank * weights), within(1.0));
        }
    }

    @Test
    void a_removed_industry_that_was_ranked_first_is_not_mourned_in_the_letter() {
        Review review = review(List.of(77L, 77L, ENERGY, ENERGY), fresh(1, ENERGY));

        assertThat(review.quietFirst()).isEmpty();
        assertThat(review.blocks()).hasSize(1);
    }

    /** Members and catalogues as they may come; every rule holds for every one of them. */
    @Test
    void no_rule_is_ever_broken() {
        Random random = new Random(20260713);
        int members = 0;
        while (members < 10_000) {
            int industries = 1 + random.nextInt(40);
            List<Long> all = LongStream.rangeClosed(1, industries).boxed().toList();
            Catalogue catalogue = new Catalogue(all, catalogue(random, industries));
            Compose compose = new Compose(catalogue);
            for (int i = 0; i < 20; i++, members++) check(random, all, catalogue, compose);
        }
    }

    private static List<Piece> catalogue(Random random, int industries) {
        int size = random.nextInt(random.nextInt(10) == 0 ? 2000 : 120);
        List<Piece> pieces = new ArrayList<>();
        for (int p = 0; p < size; p++) {
            List<Long> of = LongStream.rangeClosed(0, random.nextInt(3))
                    .map(i -> 1 + random.nextInt(industries))
                    .distinct()
                    .boxed()
                    .toList();
            List<Long> pinned = random.nextInt(20) == 0 ? of.subList(0, 1) : List.of();
            pieces.add(new Piece(
                    1000 + p,
                    of,
                    random.nextInt(1 + size),
                    random.nextBoolean(),
                    random.nextInt(50),
                    pinned,
                    Map.of()));
        }
        return pieces;
    }

    /** Nothing old while something fresh is left for the block, and nothing that no editor pinned while something pinned is. */
    private static void checkEachBlockIsTheBest(
            Catalogue catalogue, Withheld withheld, Review review, Set<Integer> events) {
        for (Review.Block block : review.blocks()) {
            List<Piece> left = IntStream.of(catalogue.best(block.industry()))
                    .filter(p -> !withheld.has(p)
                            && !events.contains(catalogue.piece(p).event()))
                    .mapToObj(catalogue::piece)
                    .toList();
            for (long story : block.stories()) {
                Piece taken = catalogue.piece(catalogue.number(story).orElseThrow());
                if (!taken.fresh()) assertThat(left).as("fresh comes first").noneMatch(Piece::fresh);
                if (!taken.pinnedIn().contains(block.industry()))
                    assertThat(left)
                            .as("a pin comes first")
                            .noneMatch(piece -> piece.fresh() == taken.fresh()
                                    && piece.pinnedIn().contains(block.industry()));
            }
        }
    }

    /** As many as are fresh in the ranked industries, at least 7 and at most 12, as far as there are as many events. */
    private static int length(Catalogue catalogue, List<Long> ranking, List<Long> all, Withheld withheld) {
        int fresh = events(catalogue, ranking, withheld, true);
        int ranked = events(catalogue, ranking, withheld, false);
        int wished = Math.min(Compose.MOST, Math.max(Compose.LEAST, fresh));
        return ranked >= Compose.LEAST
                ? Math.min(wished, ranked)
                : Math.min(Compose.LEAST, events(catalogue, all, withheld, false));
    }

    private static int events(Catalogue catalogue, List<Long> industries, Withheld withheld, boolean freshOnly) {
        Set<Integer> events = new HashSet<>();
        for (long industry : industries)
            for (int p : catalogue.best(industry))
                if (!withheld.has(p) && (!freshOnly || catalogue.piece(p).fresh()))
                    events.add(catalogue.piece(p).event());
        return events.size();
    }

    private static void check(Random random, List<Long> all, Catalogue catalogue, Compose compose) {
        List<Long> ranking = new ArrayList<>(all);
        Collections.shuffle(ranking, random);
        ranking = ranking.subList(0, random.nextInt(ranking.size() + 1));
        Withheld withheld = new Withheld(catalogue.size());
        int mostlyRead = random.nextInt(4);
        for (int p = 0; p < catalogue.size(); p++) if (random.nextInt(4) < mostlyRead) withheld.add(p);

        Review review = compose.review(ranking, withheld);

        Set<Long> once = new HashSet<>();
        Set<Integer> events = new HashSet<>();
        for (Review.Block block : review.blocks()) {
            boolean old = false;
            for (long story : block.stories()) {
                int number = catalogue.number(story).orElseThrow();
                Piece piece = catalogue.piece(number);
                assertThat(piece.industries()).contains(block.industry());
                assertThat(withheld.has(number)).isFalse();
                assertThat(once.add(story)).isTrue();
                assertThat(events.add(piece.event())).isTrue();
                assertThat(old && piece.fresh()).as("fresh before old").isFalse();
                old = !piece.fresh();
            }
        }
        checkEachBlockIsTheBest(catalogue, withheld, review, events);
        assertThat(review.length()).isEqualTo(length(catalogue, ranking, all, withheld));
        Predicate<Long> left = industry -> IntStream.of(catalogue.best(industry))
                .anyMatch(p ->
                        !withheld.has(p) && !events.contains(catalogue.piece(p).event()));

        assertThat(review.length()).isLessThanOrEqualTo(Compose.MOST);
        if (review.length() < Compose.LEAST) assertThat(all).noneMatch(left);
        boolean strangers = review.blocks().stream().anyMatch(block -> !block.ranked());
        if (strangers) {
            assertThat(review.length()).isLessThanOrEqualTo(Compose.LEAST);
            assertThat(ranking).noneMatch(left);
        }
        if (!ranking.isEmpty()) {
            long first = ranking.getFirst();
            boolean has = IntStream.of(catalogue.best(first)).anyMatch(p -> !withheld.has(p));
            if (has) assertThat(review.blocks().getFirst().industry()).isEqualTo(first);
            assertThat(review.quietFirst().isPresent()).isEqualTo(!has);
        }
        for (int i = 1; i < ranking.size(); i++)
            if (left.test(ranking.get(i - 1)))
                assertThat(space(review, ranking.get(i - 1)))
                        .as("a higher rank has no less space while it has pieces")
                        .isGreaterThanOrEqualTo(space(review, ranking.get(i)));
        assertThat(review.blocks().stream().filter(Review.Block::ranked).map(Review.Block::industry))
                .isEqualTo(ranking.stream()
                        .filter(industry -> space(review, industry) > 0)
                        .toList());
    }
}
