package press.masthead.related;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Which stories editors put first under a story, and which they took out. */
final class RelatedChoices {
    private final Jdbi jdbi;

    RelatedChoices(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The story under which the others stand, published or not. */
    record Over(long id, String title, String slug, String state, List<String> topicSlugs) {
        boolean isPublished() {
            return state.equals("published");
        }
    }

    /** None for a page: nothing stands under those. */
    Optional<Over> over(long story) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, title, slug, state, topic_slugs from story where id = :story and kind <> 'page'")
                .bind("story", story)
                .mapTo(Over.class)
                .findOne());
    }

    record Choice(long otherId, String title, String state, boolean first) {
        boolean isPublished() {
            return state.equals("published");
        }
    }

    /** The last chosen before the others. */
    List<Choice> under(long story) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select c.other_id, s.title, s.state, c.choice = 'first' as first
                        from related_choice c join story s on s.id = c.other_id
                        where c.story_id = :story and s.kind <> 'page' order by c.at desc, c.other_id desc
                        """).bind("story", story).mapTo(Choice.class).list());
    }

    /** @return whether the other is published, no page and not the story itself */
    boolean choose(Handle handle, long story, long other, boolean first, Instant now) {
        boolean chosen = handle.createUpdate("""
                        insert into related_choice (story_id, other_id, choice, at)
                        select :story, s.id, :choice, :now from story s
                        where s.id = :other and s.id <> :story and s.state = 'published' and s.kind <> 'page'
                        on conflict (story_id, other_id) do update set choice = excluded.choice, at = excluded.at
                        """)
                        .bind("story", story)
                        .bind("other", other)
                        .bind("choice", first ? "first" : "out")
                        .bind("now", now)
                        .execute()
                == 1;
        if (chosen) tellPages(handle);
        return chosen;
    }

    /** @return whether anything had been said about the other; nothing is any more */
    boolean forget(Handle handle, long story, long other) {
        boolean said = handle.createUpdate("delete from related_choice where story_id = :story and other_id = :other")
                        .bind("story", story)
                        .bind("other", other)
                        .execute()
                == 1;
        if (said) tellPages(handle);
        return said;
    }

    /** Every node's pages are made anew. */
    private static void tellPages(Handle handle) {
        handle.execute("select pg_notify('published', '')");
    }
}
