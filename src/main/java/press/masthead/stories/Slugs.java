package press.masthead.stories;

import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import press.masthead.desk.Slug;

/** Which story has which address, and had it before. */
final class Slugs {
    /** First words of addresses that mean something else. */
    private static final Set<String> TAKEN_BY_US = Set.of(
            "account",
            "admin",
            "api",
            "archive",
            "assets",
            "atom",
            "author",
            "authors",
            "content",
            "desk",
            "feed",
            "ghost",
            "healthz",
            "industry",
            "mailbox",
            "members",
            "memos",
            "metrics",
            "new",
            "newsletter",
            "newsletters",
            "page",
            "plans",
            "pro",
            "read",
            "reports",
            "rss",
            "search",
            "signin",
            "signout",
            "sitemap",
            "static",
            "tag",
            "tags",
            "topic",
            "topics",
            "unsubscribe",
            "webhooks");

    private Slugs() {}

    /** The slug itself, or with the first number behind it that is free; asks one at a time, across all nodes. */
    static String free(Handle handle, String wanted, long id) {
        handle.execute("select pg_advisory_xact_lock(hashtext('story.slug'))");
        return handle.createQuery("""
                        select c.slug
                        from (select n, case n when 1 then :wanted else :wanted || '-' || n end as slug
                              from generate_series(:from, 10000) n) c
                        where not exists (select from story s where s.slug = c.slug and s.id <> :id)
                          and not exists (select from former_slug f where f.slug = c.slug and f.story_id <> :id)
                        order by c.n limit 1
                        """)
                .bind("wanted", wanted)
                .bind("from", TAKEN_BY_US.contains(wanted) ? 2 : 1)
                .bind("id", id)
                .mapTo(String.class)
                .one();
    }

    /**
     * The address that a saving asks for. Until readers have it, one that was made of the headline follows the headline; one
     * that somebody chose stays.
     */
    static String wanted(Stand before, Draft draft) {
        boolean untouched = draft.slug().isBlank() || draft.slug().strip().equals(before.slug());
        if (!untouched) return Slug.of(draft.slug());
        boolean madeByUs = before.slug().matches(Pattern.quote(Slug.of(before.title())) + "(-\\d{1,5})?");
        boolean headlineChanged = !Slug.of(draft.title()).equals(Slug.of(before.title()));
        return madeByUs && headlineChanged && !before.wasPublished() ? Slug.of(draft.title()) : before.slug();
    }

    /** The old address keeps leading to the story when readers may have it. */
    static void move(Handle handle, long id, Stand before, String slug) {
        handle.createUpdate("delete from former_slug where slug = :slug and story_id = :id")
                .bind("slug", slug)
                .bind("id", id)
                .execute();
        if (before.wasPublished())
            handle.createUpdate("""
                            insert into former_slug (slug, story_id) values (:slug, :id)
                            on conflict (slug) do update set story_id = excluded.story_id
                            """).bind("slug", before.slug()).bind("id", id).execute();
    }
}
