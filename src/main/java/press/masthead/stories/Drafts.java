package press.masthead.stories;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.web.Problem;

/**
 * Everything that changes a story. Each change runs in the caller's transaction, and what readers can see of it is
 * announced there as {@code published} on the database's channel of that name.
 *
 * <p>{@code by} is the member of staff who did it, or null when nobody did.
 */
public final class Drafts {
    private final Clock clock;

    public Drafts(Clock clock) {
        this.clock = clock;
    }

    /** What came of saving. */
    public sealed interface Outcome {}

    /** @param removed what cleaning took out that the writer should hear of */
    public record Saved(long id, int revision, String slug, List<String> removed) implements Outcome {}

    /** Someone saved in between; nothing was changed. */
    public record Stale() implements Outcome {}

    /** Another story has the address; nothing was changed. */
    public record SlugTaken(String free) implements Outcome {}

    /** A new story in state draft. An address made of the title makes way for others; one that was chosen is told. */
    public Outcome create(Handle handle, Draft draft, @Nullable Long by) {
        String wanted = Slug.of(draft.slug().isBlank() ? draft.title() : draft.slug());
        String slug = freeSlug(handle, wanted, 0);
        if (!draft.slug().isBlank() && !slug.equals(wanted)) return new SlugTaken(slug);
        StoryText text = StoryText.of(draft.body(), draft.access());
        long id = bind(handle.createQuery("""
                        insert into story (kind, slug, title, standfirst, language, direction, dateline, picture_id, access,
                          opening, rest, words, featured, details, created_at, updated_at)
                        values (:kind, :slug, :title, :standfirst, :language, :direction, :dateline, :picture, :access,
                          :opening, :rest, :words, :featured, coalesce(cast(nullif(:details, '') as jsonb), '{}'), :now, :now)
                        returning id
                        """), draft, text)
                .bind("slug", slug)
                .mapTo(Long.class)
                .one();
        file(handle, id, draft);
        keepRevision(handle, id, by, false);
        note(handle, id, "created", by, "");
        return new Saved(id, 1, slug, text.removed());
    }

    /**
     * Saves over the revision that the writer began from.
     *
     * @param revision the one their form carries
     * @param auto saved while they wrote: takes the place of their last such saving in the history
     */
    public Outcome save(Handle handle, long id, int revision, Draft draft, @Nullable Long by, boolean auto) {
        Stand before = lock(handle, id);
        if (before.revision() != revision) return new Stale();
        String wanted = draft.slug().isBlank() ? before.slug() : Slug.of(draft.slug());
        if (!wanted.equals(before.slug())) {
            String free = freeSlug(handle, wanted, id);
            if (!free.equals(wanted)) return new SlugTaken(free);
            move(handle, id, before, wanted);
        }
        StoryText text = StoryText.of(draft.body(), draft.access());
        bind(handle.createUpdate("""
                        update story set kind = :kind, slug = :slug, title = :title, standfirst = :standfirst,
                          language = :language, direction = :direction, dateline = :dateline, picture_id = :picture,
                          access = :access, opening = :opening, rest = :rest, words = :words, featured = :featured,
                          details = coalesce(cast(nullif(:details, '') as jsonb), details),
                          updated_at = :now, revision = revision + 1
                        where id = :id
                        """), draft, text)
                .bind("id", id)
                .bind("slug", wanted)
                .execute();
        file(handle, id, draft);
        if (auto) forgetAutosaved(handle, id, revision, by);
        keepRevision(handle, id, by, auto);
        if (before.state().equals("published")) {
            note(handle, id, "updated", by, "");
            announce(handle, wanted);
        }
        return new Saved(id, revision + 1, wanted, text.removed());
    }

    /** Readers see it from now on. One that was withdrawn keeps the time at which it first appeared. */
    public void publish(Handle handle, long id, @Nullable Long by) {
        Stand before = lock(handle, id);
        if (before.state().equals("published")) return;
        Instant at =
                before.state().equals("withdrawn") ? before.publishedAt().orElse(clock.instant()) : clock.instant();
        publishAt(handle, id, at, by);
    }

    /** As {@link #publish}, at a time that may lie in the past, as an import needs it. */
    public void publishAt(Handle handle, long id, Instant at, @Nullable Long by) {
        enter(handle, id, "published", at);
        note(handle, id, "published", by, "");
    }

    /** Readers will see it once the time has come and {@link PublishDue} has looked. */
    public void schedule(Handle handle, long id, Instant at, @Nullable Long by) {
        if (!at.isAfter(clock.instant())) throw Problem.invalid("That time has passed. Choose a later one.");
        if (lock(handle, id).state().equals("published"))
            throw Problem.invalid("This story is published already. Withdraw it first to schedule it.");
        enter(handle, id, "scheduled", at);
        note(handle, id, "scheduled", by, at.toString());
    }

    /** An editor is asked to read it. */
    public void sendToReview(Handle handle, long id, @Nullable Long by) {
        backTo(handle, id, "review", by);
    }

    /** Back to writing: out of review, or off the schedule. */
    public void backToDraft(Handle handle, long id, @Nullable Long by) {
        backTo(handle, id, "draft", by);
    }

    private void backTo(Handle handle, long id, String state, @Nullable Long by) {
        if (lock(handle, id).state().equals("published"))
            throw Problem.invalid("This story is published. Withdraw it first.");
        enter(handle, id, state, null);
        note(handle, id, state, by, "");
    }

    /** Readers no longer see it. Its address is kept, and so is the time at which it first appeared. */
    public void withdraw(Handle handle, long id, @Nullable Long by) {
        Stand before = lock(handle, id);
        if (!before.state().equals("published")) throw Problem.invalid("Only a published story can be withdrawn.");
        enter(handle, id, "withdrawn", before.publishedAt().orElse(clock.instant()));
        note(handle, id, "withdrawn", by, "");
    }

    /** Tells readers what was put right. */
    public void correct(Handle handle, long id, String text, @Nullable Long by) {
        if (text.isBlank()) throw Problem.invalid("Say what was wrong and what is right.");
        Stand story = lock(handle, id);
        handle.createUpdate("insert into correction (story_id, text, at) values (:id, :text, :now)")
                .bind("id", id)
                .bind("text", text.strip())
                .bind("now", clock.instant())
                .execute();
        note(handle, id, "corrected", by, text.strip());
        announce(handle, story.slug());
    }

    /** Notes that an older text was brought back; the saving itself is an ordinary one. */
    void noteRestored(Handle handle, long id, int revision, @Nullable Long by) {
        note(handle, id, "restored", by, "revision " + revision);
    }

    /** Publishes what is due. Two nodes that do it at once share the stories between them. */
    int publishDue(Handle handle) {
        List<Long> due = handle.createQuery("""
                        select id from story where state = 'scheduled' and published_at <= :now
                        order by published_at limit 100 for update skip locked
                        """)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .list();
        for (long id : due) publishAt(handle, id, clock.instant(), null);
        return due.size();
    }

    private record Stand(String slug, String state, int revision, Optional<Instant> publishedAt) {}

    private static Stand lock(Handle handle, long id) {
        return handle.createQuery("select slug, state, revision, published_at from story where id = :id for update")
                .bind("id", id)
                .mapTo(Stand.class)
                .findOne()
                .orElseThrow(() -> Problem.notFound("There is no such story."));
    }

    /** Moves the story into a state, and its places in topics and industries with it. */
    private static void enter(Handle handle, long id, String state, @Nullable Instant at) {
        String slug = handle.createQuery(
                        "update story set state = :state, published_at = :at where id = :id returning slug")
                .bind("id", id)
                .bind("state", state)
                .bindByType("at", at, Instant.class)
                .mapTo(String.class)
                .one();
        repeatPublishedAt(handle, id);
        announce(handle, slug);
    }

    private static void repeatPublishedAt(Handle handle, long id) {
        handle.createUpdate("""
                        with story as (select id, case when state = 'published' then published_at end as at from story where id = :id),
                             topics as (update story_topic t set published_at = s.at from story s where t.story_id = s.id)
                        update story_industry i set published_at = s.at from story s where i.story_id = s.id
                        """).bind("id", id).execute();
    }

    private static void announce(Handle handle, String slug) {
        handle.createQuery("select pg_notify('published', :slug)")
                .bind("slug", slug)
                .mapTo(String.class)
                .findOne();
    }

    /** The slug itself, or with the first number behind it that is free; asks one at a time, across all nodes. */
    private static String freeSlug(Handle handle, String wanted, long id) {
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
                .bind("from", Slug.isReserved(wanted) ? 2 : 1)
                .bind("id", id)
                .mapTo(String.class)
                .one();
    }

    /** The old address keeps leading here when readers may have it. */
    private static void move(Handle handle, long id, Stand before, String slug) {
        handle.createUpdate("delete from former_slug where slug = :slug and story_id = :id")
                .bind("slug", slug)
                .bind("id", id)
                .execute();
        if (before.state().equals("published") || before.state().equals("withdrawn"))
            handle.createUpdate("""
                            insert into former_slug (slug, story_id) values (:slug, :id)
                            on conflict (slug) do update set story_id = excluded.story_id
                            """).bind("slug", before.slug()).bind("id", id).execute();
    }

    /** Files the story anew under its authors, topics and industries, in the order given. */
    private static void file(Handle handle, long id, Draft draft) {
        handle.createUpdate("""
                        with authors as (delete from story_author where story_id = :id),
                             topics as (delete from story_topic where story_id = :id)
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
                        select :id, i.id from industry i where i.slug = any(:slugs)
                        """)
                .bind("id", id)
                .bindArray("slugs", String.class, draft.industries())
                .execute();
        repeatPublishedAt(handle, id);
    }

    private void keepRevision(Handle handle, long id, @Nullable Long by, boolean auto) {
        handle.createUpdate("""
                        insert into story_revision (story_id, revision, title, standfirst, opening, rest, saved_at, saved_by, autosaved)
                        select id, revision, title, standfirst, opening, rest, :now, :by, :auto from story where id = :id
                        """)
                .bind("id", id)
                .bind("now", clock.instant())
                .bindByType("by", by, Long.class)
                .bind("auto", auto)
                .execute();
    }

    private static void forgetAutosaved(Handle handle, long id, int revision, @Nullable Long by) {
        handle.createUpdate("""
                        delete from story_revision
                        where story_id = :id and revision = :revision and autosaved and saved_by is not distinct from :by
                        """)
                .bind("id", id)
                .bind("revision", revision)
                .bindByType("by", by, Long.class)
                .execute();
    }

    private void note(Handle handle, long id, String what, @Nullable Long by, String words) {
        handle.createUpdate(
                        "insert into story_event (story_id, what, note, at, by) values (:id, :what, :words, :now, :by)")
                .bind("id", id)
                .bind("what", what)
                .bind("words", words)
                .bind("now", clock.instant())
                .bindByType("by", by, Long.class)
                .execute();
    }

    private <S extends SqlStatement<S>> S bind(S statement, Draft draft, StoryText text) {
        return statement
                .bind("kind", draft.kind())
                .bind("title", draft.title().strip())
                .bind("standfirst", draft.standfirst().strip())
                .bind("language", draft.language())
                .bind("direction", draft.direction())
                .bind("dateline", draft.dateline().strip())
                .bindByType("picture", draft.picture().orElse(null), Long.class)
                .bind("access", draft.access().stored())
                .bind("opening", text.opening())
                .bind("rest", text.rest())
                .bind("words", text.words())
                .bind("featured", draft.featured())
                .bind("details", draft.details())
                .bind("now", clock.instant());
    }
}
