package press.masthead.reviews;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.briefing.SameEvent;
import press.masthead.stories.StoryCard;

/** What one week's reviews may hold: everything with an industry that was published in the last four weeks and is not banned. */
final class Candidates {
    /** What is older is in no review, read or not. */
    static final Duration OLDEST = Duration.ofDays(28);

    private static final int MOST = 5_000;

    private Candidates() {}

    private record Row(
            @Nested StoryCard card, List<Long> industryIds, List<Long> pinnedIn, boolean fresh, double weight) {}

    /**
     * A week's pieces.
     *
     * @param cards by the numbers that the pieces have in the catalogue
     * @param usual the order of industries for whoever has none
     */
    record Week(Catalogue catalogue, List<StoryCard> cards, List<Long> usual) {
        StoryCard card(long story) {
            return cards.get(catalogue.number(story).orElseThrow());
        }
    }

    /**
     * An editors' pick weighs as much as a memo or a report does, or as being opened a thousand times; what it says that was not said
     * before, and how well it fits its industry, weigh as much as being opened three times does; the day it came out breaks ties.
     *
     * @param since what was published from here on is fresh
     */
    static Week of(Handle handle, long edition, Instant since, Instant now) {
        List<Row> rows = handle.createQuery("""
                        select c.*, of.industry_ids, of.pinned_in, c.published_at >= :since as fresh,
                               (case when c.featured then 3 else 0 end + case when c.kind = 'article' then 0 else 3 end
                                + log(1 + coalesce((select sum(opens) from story_opens o where o.story_id = c.id), 0))
                                + extract(epoch from c.published_at - :oldest) / 2592000.0)::float8 as weight
                        from (
                          select s.id from story s
                          where s.state = 'published' and s.kind <> 'page' and s.published_at >= :oldest and s.published_at <= :now
                            and not exists (select from review_ban b where b.edition_id = :edition and b.story_id = s.id)
                          order by s.published_at desc, s.id desc limit :most) recent
                        cross join lateral (
                          select array_agg(si.industry_id order by si.industry_id) as industry_ids,
                                 coalesce(array_agg(p.industry_id) filter (where p.industry_id is not null), '{}') as pinned_in
                          from story_industry si
                          left join review_pin p on p.edition_id = :edition and p.story_id = si.story_id and p.industry_id = si.industry_id
                          where si.story_id = recent.id) of
                        join story_card c on c.id = recent.id
                        where of.industry_ids is not null
                        order by c.id
                        """)
                .bind("edition", edition)
                .bind("since", since)
                .bind("oldest", now.minus(OLDEST))
                .bind("now", now)
                .bind("most", MOST)
                .mapTo(Row.class)
                .list();
        int[] events = SameEvent.of(rows.stream()
                .map(row -> new SameEvent.Text(
                        row.card().title(), row.card().standfirst(), row.card().publishedAt()))
                .toList());
        var meaning = Meaning.of(
                handle,
                rows.stream()
                        .map(row -> new Meaning.Filed(
                                row.card().id(),
                                row.industryIds(),
                                row.fresh(),
                                row.card().publishedAt()))
                        .toList());
        List<Piece> pieces = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            long story = row.card().id();
            pieces.add(new Piece(
                    story,
                    row.industryIds(),
                    events[i],
                    row.fresh(),
                    row.weight() + meaning.novelty(story),
                    row.pinnedIn(),
                    meaning.fits(story)));
        }
        List<Long> industries = handle.createQuery(
                        "select id from industry where retired_at is null order by position, name, id")
                .mapTo(Long.class)
                .list();
        return new Week(
                new Catalogue(industries, pieces), rows.stream().map(Row::card).toList(), Members.usual(handle));
    }

    /** For each newsletter what its editions carried and when they left, as numbers of the catalogue. */
    static Map<Long, List<Carried>> carried(Handle handle, Catalogue catalogue, Instant now) {
        Map<Long, List<Carried>> carried = new HashMap<>();
        handle.createQuery("""
                        select e.newsletter_id, coalesce(e.sent_at, e.due_at) as at, array_agg(i.story_id) as stories
                        from edition e join edition_item i on i.edition_id = e.id
                        join newsletter n on n.id = e.newsletter_id and n.slot <> 'personal'
                        where e.state in ('sending', 'sent') and e.due_at >= :oldest
                        group by e.id
                        """)
                .bind("oldest", now.minus(OLDEST))
                .mapTo(Sent.class)
                .forEach(sent -> {
                    Withheld pieces = new Withheld(catalogue.size());
                    sent.stories().forEach(story -> catalogue.number(story).ifPresent(pieces::add));
                    carried.computeIfAbsent(sent.newsletterId(), any -> new ArrayList<>())
                            .add(new Carried(sent.at(), pieces));
                });
        return carried;
    }

    private record Sent(long newsletterId, Instant at, List<Long> stories) {}

    /** What one edition carried, for whoever got it. */
    record Carried(Instant at, Withheld pieces) {}
}
