package press.masthead.pro;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.stories.StoryCard;

/** What a member's front page is made of: each list is one question, whatever they rank and follow. */
final class HomeLists {
    private final Jdbi jdbi;

    HomeLists(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param seen whether this reader has opened it */
    record Piece(@Nested StoryCard card, boolean seen) {}

    /** @param industry its slug */
    record Filed(String industry, @Nested StoryCard card, boolean seen) {}

    /**
     * The latest of each industry, in the order given; within one what is unread first, then the newest.
     *
     * @param reader 0 for nobody
     */
    List<Filed> industries(long reader, List<String> slugs, int each) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select w.slug as industry, near.seen, c.* from unnest(:slugs) with ordinality as w (slug, n)
                        join industry i on i.slug = w.slug
                        cross join lateral (
                          select latest.* from (
                            select l.story_id, l.published_at,
                                   exists (select from member_read d where d.reader_id = :reader and d.story_id = l.story_id) as seen
                            from story_industry l where l.industry_id = i.id and l.published_at is not null
                            order by l.published_at desc, l.story_id desc limit 20) latest
                          order by latest.seen, latest.published_at desc, latest.story_id desc limit :each) near
                        join story_card c on c.id = near.story_id
                        order by w.n, near.seen, near.published_at desc, near.story_id desc
                        """)
                .bind("reader", reader)
                .bindArray("slugs", String.class, slugs)
                .bind("each", each)
                .mapTo(Filed.class)
                .list());
    }

    /** The latest on what this reader follows, what is unread first; empty also for someone who follows nothing. */
    List<Piece> followed(long reader, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select near.seen, c.* from (
                          select found.story_id, max(found.published_at) as published_at,
                                 exists (select from member_read d where d.reader_id = :reader and d.story_id = found.story_id) as seen
                          from (
                            select x.story_id, x.published_at from follow f cross join lateral (
                              select l.story_id, l.published_at from story_topic l where l.topic_id = f.topic_id and l.published_at is not null
                              order by l.published_at desc, l.story_id desc limit 10) x
                            where f.reader_id = :reader and f.topic_id is not null
                            union all
                            select x.story_id, x.published_at from follow f cross join lateral (
                              select l.story_id, l.published_at from story_industry l where l.industry_id = f.industry_id and l.published_at is not null
                              order by l.published_at desc, l.story_id desc limit 10) x
                            where f.reader_id = :reader and f.industry_id is not null
                            union all
                            select x.story_id, x.published_at from follow f cross join lateral (
                              select l.story_id, l.published_at from story_country l where l.country = f.country and l.published_at is not null
                              order by l.published_at desc, l.story_id desc limit 10) x
                            where f.reader_id = :reader and f.country is not null
                            union all
                            select x.story_id, x.published_at from follow f cross join lateral (
                              select s.id as story_id, s.published_at from story_author l join story s on s.id = l.story_id and s.state = 'published'
                              where l.author_id = f.author_id order by s.published_at desc, s.id desc limit 10) x
                            where f.reader_id = :reader and f.author_id is not null) found
                          group by found.story_id order by seen, published_at desc, found.story_id desc limit :most) near
                        join story_card c on c.id = near.story_id order by near.seen, near.published_at desc, near.story_id desc
                        """)
                .bind("reader", reader)
                .bind("most", most)
                .mapTo(Piece.class)
                .list());
    }
}
