package press.masthead.stories;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import press.masthead.desk.Slug;

/**
 * Writing: a story's text and everything that someone chooses for it. Each saving runs in the caller's transaction, and
 * what readers can see of it is announced there as {@code published} on the database's channel of that name.
 *
 * <p>{@code by} is the member of staff who did it, or null when nobody did.
 */
public final class Drafts {
    private final Clock clock;
    private final StoryLog log;
    private final Publishing publishing;

    public Drafts(Clock clock) {
        this.clock = clock;
        log = new StoryLog(clock);
        publishing = new Publishing(clock, log);
    }

    /** What brings a story to readers, and takes it back. */
    public Publishing publishing() {
        return publishing;
    }

    /** What came of saving. */
    public sealed interface Outcome {}

    /** @param removed what cleaning took out that the writer should hear of */
    public record Saved(long id, int revision, String slug, List<String> removed) implements Outcome {}

    /** Someone saved in between; nothing was changed. */
    public record Stale() implements Outcome {}

    /** Another story has the address; nothing was changed. */
    public record SlugTaken(String taken, String free) implements Outcome {}

    /** A new story in state draft. An address made of the title makes way for others; one that was chosen is told. */
    public Outcome create(Handle handle, Draft draft, @Nullable Long by) {
        String wanted = Slug.of(draft.slug().isBlank() ? draft.title() : draft.slug());
        String slug = Slugs.free(handle, wanted, 0);
        if (!draft.slug().isBlank() && !slug.equals(wanted)) return new SlugTaken(wanted, slug);
        StoryText text = StoryText.of(draft.body(), draft.access(), draft.kind());
        long id = bind(handle.createQuery("""
                        insert into story (kind, slug, title, standfirst, language, direction, dateline, picture_id, access,
                          plans, metered, free_from, free_until, free_zone, rule_turns_at,
                          opening, rest, words, featured, countries, details, created_at, updated_at)
                        values (:kind, :slug, :title, :standfirst, :language, :direction, :dateline, :picture, :access,
                          :plans, :metered, :freeFrom, :freeUntil, :freeZone, :turnsAt,
                          :opening, :rest, :words, :featured, :countries, coalesce(cast(nullif(:details, '') as jsonb), '{}'), :now, :now)
                        returning id
                        """), draft, text)
                .bind("slug", slug)
                .mapTo(Long.class)
                .one();
        Filing.file(handle, id, draft, text);
        keepRevision(handle, id, by, false);
        log.note(handle, id, "created", by, "");
        return new Saved(id, 1, slug, text.removed());
    }

    /**
     * Saves over the revision that the writer began from.
     *
     * @param revision the one their form carries
     * @param auto saved while they wrote: takes the place of their last such saving in the history
     */
    public Outcome save(Handle handle, long id, int revision, Draft draft, @Nullable Long by, boolean auto) {
        Stand before = Stand.lock(handle, id);
        if (before.revision() != revision) return new Stale();
        String slug = Slugs.wanted(before, draft);
        if (!slug.equals(before.slug())) {
            String free = Slugs.free(handle, slug, id);
            boolean chosen = !draft.slug().isBlank() && !draft.slug().strip().equals(before.slug());
            if (!free.equals(slug) && chosen) return new SlugTaken(slug, free);
            slug = free;
            Slugs.move(handle, id, before, slug);
        }
        StoryText text = StoryText.of(draft.body(), draft.access(), draft.kind());
        bind(handle.createUpdate("""
                        update story set kind = :kind, slug = :slug, title = :title, standfirst = :standfirst,
                          language = :language, direction = :direction, dateline = :dateline, picture_id = :picture,
                          access = :access, plans = :plans, metered = :metered, free_from = :freeFrom, free_until = :freeUntil,
                          free_zone = :freeZone, rule_turns_at = :turnsAt, opening = :opening, rest = :rest, words = :words, featured = :featured, countries = :countries,
                          details = case when :details = '' then details
                            else (details - :known) || cast(nullif(:details, '') as jsonb) end,
                          updated_at = :now, revision = revision + 1
                        where id = :id
                        """), draft, text)
                .bind("id", id)
                .bind("slug", slug)
                .bindArray("known", String.class, Details.NAMES)
                .execute();
        Filing.file(handle, id, draft, text);
        if (auto) forgetAutosaved(handle, id, revision, by);
        keepRevision(handle, id, by, auto);
        if (before.isPublished()) {
            log.note(handle, id, "updated", by, "");
            Publishing.announce(handle, slug);
        }
        return new Saved(id, revision + 1, slug, text.removed());
    }

    /** Notes that an older text was brought back; the saving itself is an ordinary one. */
    void noteRestored(Handle handle, long id, int revision, @Nullable Long by) {
        log.note(handle, id, "restored", by, "version " + revision);
    }

    private void keepRevision(Handle handle, long id, @Nullable Long by, boolean auto) {
        handle.createUpdate("""
                        insert into story_revision (story_id, revision, title, standfirst, opening, rest, saved_at, saved_by, autosaved, filed)
                        select id, revision, title, standfirst, opening, rest, :now, :by, :auto,
                               jsonb_build_object('kind', kind, 'slug', slug, 'language', language, 'direction', direction,
                                 'dateline', dateline, 'picture', picture_id, 'access', access,
                                 'rule', jsonb_build_object('plans', plans, 'metered', metered, 'free_from', free_from,
                                   'free_until', free_until, 'free_zone', free_zone), 'featured', featured, 'details', details,
                                 'topics', array(select t.slug from story_topic st join topic t on t.id = st.topic_id
                                                 where st.story_id = :id order by st.position),
                                 'industries', array(select i.slug from story_industry si join industry i on i.id = si.industry_id
                                                     where si.story_id = :id order by i.position),
                                 'countries', countries,
                                 'entities', array(select e.slug from story_entity se join entity e on e.id = se.entity_id
                                                   where se.story_id = :id order by e.slug),
                                 'authors', array(select a.slug from story_author sa join author a on a.id = sa.author_id
                                                  where sa.story_id = :id order by sa.position))
                        from story where id = :id
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
                .bindArray("plans", String.class, List.copyOf(draft.rule().plans()))
                .bind("metered", draft.rule().metered())
                .bind("freeFrom", draft.rule().free().from())
                .bind("freeUntil", draft.rule().free().until())
                .bind("freeZone", draft.rule().free().zone().map(ZoneId::getId))
                .bind("turnsAt", draft.rule().free().turnsAfter(clock.instant()))
                .bind("opening", text.opening())
                .bind("rest", text.rest())
                .bind("words", text.words())
                .bind("featured", draft.featured())
                .bindArray("countries", String.class, draft.countries())
                .bind("details", draft.details())
                .bind("now", clock.instant());
    }
}
