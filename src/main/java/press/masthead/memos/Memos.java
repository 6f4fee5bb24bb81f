package press.masthead.memos;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import press.masthead.stories.StoryCard;

/** What a memo's page shows besides the memo. */
public final class Memos {
    private final Jdbi jdbi;

    public Memos(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Memos that share its topics, industries and countries, what shares most first, then the newest. */
    public List<StoryCard> relatedTo(long story, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from (
                          select near.story_id, sum(near.weight) as shared, max(near.published_at) as published_at from (
                            select o.story_id, o.published_at, 2 as weight from story_topic mine cross join lateral (
                              select x.story_id, x.published_at from story_topic x where x.topic_id = mine.topic_id and x.published_at is not null
                              order by x.published_at desc, x.story_id desc limit 100) o where mine.story_id = :story
                            union all
                            select o.story_id, o.published_at, 2 from story_industry mine cross join lateral (
                              select x.story_id, x.published_at from story_industry x where x.industry_id = mine.industry_id and x.published_at is not null
                              order by x.published_at desc, x.story_id desc limit 100) o where mine.story_id = :story
                            union all
                            select o.story_id, o.published_at, 3 from story_country mine cross join lateral (
                              select x.story_id, x.published_at from story_country x where x.country = mine.country and x.published_at is not null
                              order by x.published_at desc, x.story_id desc limit 100) o where mine.story_id = :story) near
                          join story s on s.id = near.story_id and s.kind = 'memo' and s.state = 'published'
                          where near.story_id <> :story group by near.story_id
                          order by shared desc, published_at desc limit :most) found
                        join story_card c on c.id = found.story_id order by found.shared desc, found.published_at desc
                        """)
                .bind("story", story)
                .bind("most", most)
                .mapTo(StoryCard.class)
                .list());
    }

    /**
     * What a memo says of itself to everyone: the questions that it answers, and how much of each part there is.
     *
     * @param answers questions, may be none
     */
    public record Front(List<String> answers, int points, int watch, int sources) {}

    public Front front(long story) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select array(select jsonb_array_elements_text(coalesce(details -> 'answers', '[]'))) as answers,
                               jsonb_array_length(coalesce(details -> 'key_points', '[]')) as points,
                               jsonb_array_length(coalesce(details -> 'watch', '[]')) as watch,
                               jsonb_array_length(coalesce(details -> 'sources', '[]')) as sources
                        from story where id = :id and state = 'published'
                        """).bind("id", story).mapTo(Front.class).one());
    }
}
