package press.masthead.stories;

import org.jdbi.v3.core.Handle;

/** Which authors, topics, industries, countries and pictures a story is filed under. */
final class Filing {
    private Filing() {}

    /** Files the story anew, in the order given. */
    static void file(Handle handle, long id, Draft draft, StoryText text) {
        handle.createUpdate("""
                        with authors as (delete from story_author where story_id = :id),
                             topics as (delete from story_topic where story_id = :id),
                             countries as (delete from story_country where story_id = :id),
                             pictures as (delete from story_picture where story_id = :id)
                        delete from story_industry where story_id = :id
                        """).bind("id", id).execute();
        handle.createUpdate("""
                        insert into story_author (story_id, author_id, position)
                        select :id, a.id, min(w.position) - 1
                        from unnest(:slugs) with ordinality w(slug, position) join author a on a.slug = w.slug
                        group by a.id
                        """)
                .bind("id", id)
                .bindArray("slugs", String.class, draft.authors())
                .execute();
        handle.createUpdate("""
                        insert into story_topic (story_id, topic_id, position)
                        select :id, t.id, min(w.position) - 1
                        from unnest(:slugs) with ordinality w(slug, position) join topic t on t.slug = w.slug
                        group by t.id
                        """)
                .bind("id", id)
                .bindArray("slugs", String.class, draft.topics())
                .execute();
        handle.createUpdate("""
                        insert into story_industry (story_id, industry_id)
                        select distinct cast(:id as bigint), coalesce(i.merged_into, i.id) from industry i where i.slug = any(:slugs)
                        """)
                .bind("id", id)
                .bindArray("slugs", String.class, draft.industries())
                .execute();
        handle.createUpdate("insert into story_country (story_id, country) select :id, unnest(:codes)")
                .bind("id", id)
                .bindArray("codes", String.class, draft.countries())
                .execute();
        handle.createUpdate("""
                        insert into story_picture (story_id, picture_id)
                        select :id, p.id from picture p where p.name = any(:names) or p.id = :lead
                        """)
                .bind("id", id)
                .bindArray("names", String.class, text.pictures())
                .bind("lead", draft.picture())
                .execute();
        repeatPublishedAt(handle, id);
    }

    /** A story's time stands beside each of its topics, industries and countries too, where their pages read it. */
    static void repeatPublishedAt(Handle handle, long id) {
        handle.createUpdate("""
                        with story as (select id, case when state = 'published' then published_at end as at from story where id = :id),
                             countries as (update story_country c set published_at = s.at from story s where c.story_id = s.id),
                             entities as (update story_entity e set published_at = s.at from story s where e.story_id = s.id),
                             topics as (update story_topic t set published_at = s.at from story s where t.story_id = s.id)
                        update story_industry i set published_at = s.at from story s where i.story_id = s.id
                        """).bind("id", id).execute();
    }
}
