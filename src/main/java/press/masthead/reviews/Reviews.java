package press.masthead.reviews;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.newsletters.Newsletter;
import press.masthead.stories.StoryCard;

/** Weekly reviews as their members see them: those that were sent, and the next one as it would be now. */
public final class Reviews {
    private static final Duration A_WEEK = Duration.ofDays(7);

    private final Jdbi jdbi;
    private final Clock clock;

    /** A week's candidates are the same for everyone who looks at their preview, and half a minute old is fresh enough. */
    private final Cache<Long, Candidates.Week> weeks;

    public Reviews(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
        weeks = Caffeine.newBuilder()
                .maximumSize(4)
                .expireAfterWrite(Duration.ofSeconds(30))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /**
     * An industry's part of a review.
     *
     * @param foreword plain text, may be empty
     * @param ranked whether the member chose it; else it fills up
     */
    public record Block(String name, String slug, String foreword, boolean ranked, List<StoryCard> cards) {}

    /**
     * A review.
     *
     * @param chosen whether the member ranked industries themselves
     * @param quiet the name of their first industry when it has nothing for them
     */
    public record Shown(LocalDate day, List<Block> blocks, boolean chosen, Optional<String> quiet) {
        public int length() {
            return blocks.stream().mapToInt(block -> block.cards().size()).sum();
        }
    }

    /** The days of this reader's reviews, the newest first. */
    public List<LocalDate> days(long reader, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.day from member_review m join edition e on e.id = m.edition_id
                        where m.reader_id = :reader order by e.day desc limit :most
                        """)
                .bind("reader", reader)
                .bind("most", most)
                .mapTo(LocalDate.class)
                .list());
    }

    private record Kept(
            long editionId, List<Long> industries, List<Integer> lengths, List<Long> stories, boolean chosen) {}

    /** What this reader was sent on a day. A piece that was withdrawn since is left out. */
    public Optional<Shown> sent(long reader, LocalDate day) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select m.* from member_review m join edition e on e.id = m.edition_id
                        where m.reader_id = :reader and e.day = :day
                        """)
                .bind("reader", reader)
                .bind("day", day)
                .mapTo(Kept.class)
                .findFirst()
                .map(kept -> shown(handle, day, kept)));
    }

    private static Shown shown(Handle handle, LocalDate day, Kept kept) {
        Map<Long, StoryCard> cards = new HashMap<>();
        handle.createQuery("select * from story_card where id = any(:ids)")
                .bindArray("ids", Long.class, kept.stories())
                .mapTo(StoryCard.class)
                .forEach(card -> cards.put(card.id(), card));
        List<Review.Block> blocks = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < kept.industries().size(); i++) {
            int until = from + kept.lengths().get(i);
            blocks.add(new Review.Block(
                    kept.industries().get(i), true, kept.stories().subList(from, until)));
            from = until;
        }
        return shown(handle, kept.editionId(), day, new Review(blocks, Optional.empty()), kept.chosen(), cards);
    }

    private static Shown shown(
            Handle handle, long edition, LocalDate day, Review review, boolean chosen, Map<Long, StoryCard> cards) {
        Map<Long, Head> heads = Head.of(handle, edition);
        List<Block> blocks = review.blocks().stream()
                .filter(block -> heads.containsKey(block.industry()))
                .map(block -> {
                    Head head = Objects.requireNonNull(heads.get(block.industry()));
                    List<StoryCard> of = block.stories().stream()
                            .map(cards::get)
                            .filter(Objects::nonNull)
                            .toList();
                    return new Block(head.name(), head.slug(), head.foreword(), block.ranked(), of);
                })
                .filter(block -> !block.cards().isEmpty())
                .toList();
        Optional<String> quiet =
                review.quietFirst().map(heads::get).filter(Objects::nonNull).map(Head::name);
        return new Shown(day, blocks, chosen, quiet);
    }

    private record Coming(long id, LocalDate day, Instant since, long newsletterId) {}

    /**
     * The next review as it would be composed for this reader at this moment; empty where no such newsletter comes out or they
     * may not read it.
     *
     * @param ranking industries by their slugs, in place of what is kept
     */
    public Optional<Shown> next(long reader, Optional<List<String>> ranking) {
        return jdbi.inTransaction(handle -> coming(handle).flatMap(edition -> {
            Instant now = clock.instant();
            Candidates.Week week = Objects.requireNonNull(
                    weeks.get(edition.id(), id -> Candidates.of(handle, id, edition.since(), now)));
            Optional<List<Long>> wished = ranking.map(slugs -> ids(handle, slugs));
            List<Shown> found = new ArrayList<>();
            new Members(handle, week, now).one(edition.newsletterId(), reader, (member, withheld) -> {
                Review review = new Compose(week.catalogue())
                        .review(wished.filter(ids -> !ids.isEmpty()).orElse(member.ranking()), withheld);
                Map<Long, StoryCard> cards = new HashMap<>();
                review.stories().forEach(story -> cards.put(story, week.card(story)));
                boolean chosen = wished.map(ids -> !ids.isEmpty()).orElse(member.chosen());
                found.add(shown(handle, edition.id(), edition.day(), review, chosen, cards));
            });
            return found.stream().findFirst();
        }));
    }

    /** The draft that is waiting, or the run that will be drafted. */
    private Optional<Coming> coming(Handle handle) {
        Optional<Coming> waiting = handle.createQuery("""
                        select e.id, e.day, e.since, e.newsletter_id from edition e join newsletter n on n.id = e.newsletter_id
                        where n.slot = 'personal' and n.active and e.state in ('drafted', 'approved') order by e.due_at limit 1
                        """).mapTo(Coming.class).findOne();
        if (waiting.isPresent()) return waiting;
        Instant now = clock.instant();
        return handle.createQuery(
                        "select * from newsletter where slot = 'personal' and active order by position limit 1")
                .mapTo(Newsletter.class)
                .findOne()
                .flatMap(newsletter -> newsletter
                        .cadence()
                        .runs(
                                now,
                                now.plus(A_WEEK),
                                press.masthead.newsletters.Newsletters.holidays(handle, newsletter.id()))
                        .stream()
                        .findFirst()
                        .map(run -> new Coming(0, run.day(), now.minus(A_WEEK), newsletter.id())));
    }

    private static List<Long> ids(Handle handle, List<String> slugs) {
        return handle.createQuery("""
                        select i.id from unnest(cast(:slugs as text[])) with ordinality as w (slug, n) join industry i using (slug) order by w.n
                        """)
                .bindArray(
                        "slugs",
                        String.class,
                        slugs.stream().distinct().limit(99).toList())
                .mapTo(Long.class)
                .list();
    }
}
