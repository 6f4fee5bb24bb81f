package press.masthead.stories;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.stories.StoryList.Choice;

/** Whom a story names, of the newsroom's list of people and organisations: what an editor took, and nothing else. */
public final class StoryEntities {
    private StoryEntities() {}

    static List<Choice> of(Handle handle, long story) {
        return handle.createQuery("""
                        select e.slug, e.name from story_entity s join entity e on e.id = s.entity_id
                        where s.story_id = :story order by e.name, e.id
                        """).bind("story", story).mapTo(Choice.class).list();
    }

    /** Those of this form; empty for a form that does not ask. */
    static Optional<List<String>> asked(Context ctx) {
        return ctx.formParam("entities_asked") == null
                ? Optional.empty()
                : Optional.of(ctx.formParams("entities").stream()
                        .map(String::strip)
                        .distinct()
                        .limit(100)
                        .toList());
    }

    static List<Choice> named(Handle handle, List<String> slugs) {
        return handle.createQuery("""
                        select slug, name from entity where slug = any(:slugs) and merged_into is null order by name, id
                        """)
                .bindArray("slugs", String.class, slugs)
                .mapTo(Choice.class)
                .list();
    }

    /** Whom a saving named, as they are called now. */
    static List<Choice> then(Handle handle, List<String> slugs) {
        return handle.createQuery("""
                        select e.slug, e.name from entity e
                        where e.id in (
                          select coalesce(o.merged_into, o.id) from entity o
                          where o.slug = any(:slugs) or o.id = any (
                            select f.subject_id from former_subject_slug f where f.kind = 'entity' and f.slug = any(:slugs)
                              and not exists (select from entity now where now.slug = f.slug)))
                        order by e.name, e.id
                        """)
                .bindArray("slugs", String.class, slugs)
                .mapTo(Choice.class)
                .list();
    }

    /** One that was merged or moved in between stands for the one that it became. */
    public static void file(Handle handle, long story, List<String> slugs) {
        handle.createUpdate("""
                        with wanted as (
                          select distinct coalesce(e.merged_into, e.id) as id from entity e
                          where e.slug = any(:slugs) or e.id = any (
                            select f.subject_id from former_subject_slug f where f.kind = 'entity' and f.slug = any(:slugs)
                              and not exists (select from entity now where now.slug = f.slug))),
                        gone as (
                          delete from story_entity where story_id = :story and entity_id not in (select id from wanted))
                        insert into story_entity (story_id, entity_id, published_at)
                        select s.id, w.id, case when s.state = 'published' then s.published_at end
                        from wanted w cross join story s where s.id = :story on conflict do nothing
                        """)
                .bind("story", story)
                .bindArray("slugs", String.class, slugs)
                .execute();
        keep(handle, story);
    }

    /** The saving that these belong to keeps them, so that an older version brings its own along. */
    private static void keep(Handle handle, long story) {
        handle.createUpdate("""
                        update story_revision r set filed = jsonb_set(r.filed, '{entities}', to_jsonb(array(
                          select e.slug from story_entity se join entity e on e.id = se.entity_id where se.story_id = s.id order by e.slug)))
                        from story s where s.id = :story and r.story_id = s.id and r.revision = s.revision and r.filed is not null
                        """).bind("story", story).execute();
    }
}
