package press.masthead.stories;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.web.Problem;

/**
 * A story's way to readers and back. Each step runs in the caller's transaction and is announced there as
 * {@code published}; {@code by} is the member of staff who took it, or null when nobody did.
 */
public final class Publishing {
    private final Clock clock;
    private final StoryLog log;

    Publishing(Clock clock, StoryLog log) {
        this.clock = clock;
        this.log = log;
    }

    /**
     * Readers see it from now on. One that was withdrawn keeps the time at which it first appeared.
     *
     * @throws Problem 422 while it is embargoed
     */
    public void publish(Handle handle, long id, @Nullable Long by) {
        Stand before = Stand.lock(handle, id);
        if (before.isPublished()) return;
        if (before.embargoUntil().filter(clock.instant()::isBefore).isPresent())
            throw Problem.invalid(
                    "This story is under embargo, so it can't be published yet. Schedule it, or lift the embargo first.");
        Instant at =
                before.state().equals("withdrawn") ? before.publishedAt().orElse(clock.instant()) : clock.instant();
        publishAt(handle, id, at, by);
    }

    /** As {@link #publish}, at a time that may lie in the past, as an import needs it. */
    public void publishAt(Handle handle, long id, Instant at, @Nullable Long by) {
        enter(handle, id, "published", at);
        log.note(handle, id, "published", by, "");
        noteForFollowers(handle, id, at);
    }

    /** A memo's followers are to hear of it, once; of what an import brings from long ago they are not. */
    private void noteForFollowers(Handle handle, long id, Instant at) {
        handle.createUpdate("""
                        insert into memo_alert (story_id, noted_at) select id, :now from story
                        where id = :id and kind = 'memo' and cast(:at as timestamptz) > cast(:now as timestamptz) - interval '1 hour'
                        on conflict do nothing
                        """)
                .bind("id", id)
                .bind("at", at)
                .bind("now", clock.instant())
                .execute();
    }

    /**
     * Readers will see it once the time has come and {@link PublishDue} has looked.
     *
     * @param zone whose clock the time was said by
     */
    void schedule(Handle handle, long id, Instant at, ZoneId zone, @Nullable Long by) {
        if (!at.isAfter(clock.instant())) throw Problem.invalid("That time has passed. Choose a later one.");
        Stand before = Stand.lock(handle, id);
        if (before.isPublished())
            throw Problem.invalid("This story is published already. Withdraw it first to schedule it.");
        if (before.embargoUntil().filter(at::isBefore).isPresent())
            throw Problem.invalid("The embargo ends later than that. Choose a later time, or change the embargo.");
        enter(handle, id, "scheduled", at);
        handle.createUpdate("update story set published_zone = :zone where id = :id")
                .bind("id", id)
                .bind("zone", zone.getId())
                .execute();
        log.note(handle, id, "scheduled", by, at.toString());
    }

    /** Anyone who may publish can do it from now on. */
    void liftEmbargo(Handle handle, long id, @Nullable Long by) {
        embargo(handle, id, Optional.empty(), ZoneId.of("UTC"), by);
    }

    /** Nobody can publish it before this time; empty lifts the embargo. */
    void embargo(Handle handle, long id, Optional<Instant> until, ZoneId zone, @Nullable Long by) {
        Stand before = Stand.lock(handle, id);
        if (before.isPublished()) throw Problem.invalid("This story is published already. Withdraw it first.");
        boolean tooLate = before.state().equals("scheduled")
                && until.isPresent()
                && before.publishedAt().filter(until.get()::isAfter).isPresent();
        if (tooLate)
            throw Problem.invalid("The story is scheduled to appear before that. Take it off the schedule first.");
        handle.createUpdate("update story set embargo_until = :until, embargo_zone = :zone where id = :id")
                .bind("id", id)
                .bind("until", until)
                .bind("zone", until.map(ignored -> zone.getId()))
                .execute();
        log.note(handle, id, "embargoed", by, until.map(Instant::toString).orElse(""));
    }

    /** An editor is asked to read it. */
    void sendToReview(Handle handle, long id, @Nullable Long by) {
        backTo(handle, id, "review", by);
    }

    /** Back to writing: out of review, or off the schedule. */
    void backToDraft(Handle handle, long id, @Nullable Long by) {
        backTo(handle, id, "draft", by);
    }

    private void backTo(Handle handle, long id, String state, @Nullable Long by) {
        if (Stand.lock(handle, id).isPublished()) throw Problem.invalid("This story is published. Withdraw it first.");
        enter(handle, id, state, null);
        log.note(handle, id, state, by, "");
    }

    /** Readers no longer see it. Its address is kept, and so is the time at which it first appeared. */
    void withdraw(Handle handle, long id, @Nullable Long by) {
        Stand before = Stand.lock(handle, id);
        if (!before.isPublished()) throw Problem.invalid("Only a published story can be withdrawn.");
        enter(handle, id, "withdrawn", before.publishedAt().orElse(clock.instant()));
        log.note(handle, id, "withdrawn", by, "");
    }

    /** Tells readers what was put right. */
    void correct(Handle handle, long id, String text, @Nullable Long by) {
        if (text.isBlank()) throw Problem.invalid("Say what was wrong and what is right.");
        Stand story = Stand.lock(handle, id);
        handle.createUpdate("insert into correction (story_id, text, at) values (:id, :text, :now)")
                .bind("id", id)
                .bind("text", text.strip())
                .bind("now", clock.instant())
                .execute();
        log.note(handle, id, "corrected", by, text.strip());
        announce(handle, story.slug());
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

    /** Tells every node where a rule's time has come; the page of such a story is not kept in the minute before. */
    void turnRules(Handle handle) {
        handle.createQuery("""
                        with due as (
                          select id from story where rule_turns_at <= :now order by rule_turns_at limit 100 for update skip locked)
                        update story s set rule_turns_at = (
                          select min(at) from (values (s.free_from), (s.free_until)) turns (at) where at > :now)
                        from due where s.id = due.id returning s.slug, s.state
                        """).bind("now", clock.instant()).mapTo(Turned.class).stream()
                .filter(story -> story.state().equals("published"))
                .toList()
                .forEach(story -> announce(handle, story.slug()));
    }

    private record Turned(String slug, String state) {}

    /** Moves the story into a state, and its places in topics and industries with it. */
    private static void enter(Handle handle, long id, String state, @Nullable Instant at) {
        String slug = handle.createQuery("""
                        update story set state = :state, published_at = :at, published_zone = null where id = :id returning slug
                        """)
                .bind("id", id)
                .bind("state", state)
                .bindByType("at", at, Instant.class)
                .mapTo(String.class)
                .one();
        Filing.repeatPublishedAt(handle, id);
        announce(handle, slug);
    }

    /** Tells every node that what readers see has changed. */
    static void announce(Handle handle, String slug) {
        handle.createQuery("select pg_notify('published', :slug)")
                .bind("slug", slug)
                .mapTo(String.class)
                .findOne();
    }
}
