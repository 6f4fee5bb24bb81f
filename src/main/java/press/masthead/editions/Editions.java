package press.masthead.editions;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.newsletters.Newsletter;
import press.masthead.stories.StoryCard;

/** Editions as people and jobs look at them and change them. Drafting is {@link DraftEditions}, sending {@link SendEdition}. */
public final class Editions {
    private final Jdbi jdbi;
    private final Clock clock;

    public Editions(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** An edition in a list, with its newsletter and how many stories it has. */
    record Listed(@Nested Edition edition, @Nested("n_") Newsletter newsletter, int stories) {}

    private static final String LISTED = """
            select e.*, n.id as n_id, n.slug as n_slug, n.name as n_name, n.description as n_description,
                   n.sender_name as n_sender_name, n.audience as n_audience, n.days as n_days, n.at as n_at, n.zone as n_zone,
                   n.slot as n_slot, n.release as n_release, n.lateness_minutes as n_lateness_minutes, n.active as n_active, n.cadence_since as n_cadence_since,
                   n.reader_count as n_reader_count,
                   (select count(*) from edition_item i where i.edition_id = e.id)::int as stories
            from edition e join newsletter n on n.id = e.newsletter_id
            """;

    /** Editions that wait or are on their way, the first due first. */
    List<Listed> open() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        LISTED + " where e.state in ('drafted', 'approved', 'sending') order by e.due_at, n.position")
                .mapTo(Listed.class)
                .list());
    }

    /** Editions that have left, were skipped or were missed, the newest first. */
    List<Listed> past(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        LISTED + " where e.state in ('sent', 'skipped', 'missed') order by e.due_at desc limit :most")
                .bind("most", most)
                .mapTo(Listed.class)
                .list());
    }

    Optional<Edition> byId(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from edition where id = :id")
                .bind("id", id)
                .mapTo(Edition.class)
                .findOne());
    }

    /** The newest edition of a newsletter that has been sent. */
    Optional<Edition> lastSent(long newsletter) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from edition where newsletter_id = :newsletter and state in ('sending', 'sent')
                        order by due_at desc limit 1
                        """)
                .bind("newsletter", newsletter)
                .mapTo(Edition.class)
                .findOne());
    }

    /** Its stories in order; one that was withdrawn meanwhile is not among them. */
    List<StoryCard> stories(long edition) {
        return jdbi.withHandle(handle -> stories(handle, edition));
    }

    static List<StoryCard> stories(Handle handle, long edition) {
        return handle.createQuery("""
                        select c.* from edition_item i join story_card c on c.id = i.story_id
                        where i.edition_id = :edition order by i.position
                        """)
                .bind("edition", edition)
                .mapTo(StoryCard.class)
                .list();
    }

    /** Locks the edition for the transaction. */
    static Optional<Edition> lock(Handle handle, long id) {
        return handle.createQuery("select * from edition where id = :id for update")
                .bind("id", id)
                .mapTo(Edition.class)
                .findOne();
    }

    /** Saves a person's changes; from here on the draft follows the news no more. False when someone saved in between. */
    boolean save(long id, int revision, String subject, String top, List<Long> order, long by) {
        return jdbi.inTransaction(handle -> {
            int changed = handle.createUpdate("""
                            update edition set subject = :subject, top = :top, edited_at = :now, edited_by = :by, revision = revision + 1
                            where id = :id and revision = :revision and state in ('drafted', 'approved')
                            """)
                    .bind("id", id)
                    .bind("revision", revision)
                    .bind("subject", subject)
                    .bind("top", top)
                    .bind("by", by)
                    .bind("now", clock.instant())
                    .execute();
            if (changed == 0) return false;
            handle.createUpdate("delete from edition_item where edition_id = :id")
                    .bind("id", id)
                    .execute();
            handle.createUpdate("""
                            insert into edition_item (edition_id, story_id, position)
                            select :id, story.id, wanted.position
                            from unnest(:order) with ordinality as wanted (story_id, position)
                            join story on story.id = wanted.story_id
                            on conflict do nothing
                            """)
                    .bind("id", id)
                    .bindArray("order", Long.class, order.toArray())
                    .execute();
            return true;
        });
    }

    /** It may leave at its time. */
    void approve(long id) {
        set(id, "approved", "drafted");
    }

    /** It will not leave; its stories are free for the next. */
    void skip(long id, String why) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update edition set state = 'skipped', note = :why where id = :id and state in ('drafted', 'approved')")
                .bind("id", id)
                .bind("why", why)
                .execute());
    }

    /** Undoes {@link #skip} and {@link #approve}. */
    void reopen(long id) {
        set(id, "drafted", "skipped");
        set(id, "drafted", "approved");
    }

    private void set(long id, String state, String from) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update edition set state = :state, note = '' where id = :id and state = :from")
                .bind("id", id)
                .bind("state", state)
                .bind("from", from)
                .execute());
    }

    /** What an editor may add: newest first, not in it yet. */
    List<StoryCard> addable(long edition, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from story_card c
                        where c.kind <> 'page' and not exists (
                          select from edition_item i where i.edition_id = :edition and i.story_id = c.id)
                        order by c.published_at desc, c.id desc limit :most
                        """)
                .bind("edition", edition)
                .bind("most", most)
                .mapTo(StoryCard.class)
                .list());
    }

    /** Those due by now that may leave by themselves, and those whose time has run out. */
    record Due(long id, Instant dueAt, int latenessMinutes, int stories) {
        boolean late(Instant now) {
            return dueAt.plusSeconds(60L * latenessMinutes).isBefore(now);
        }
    }

    List<Due> due() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.id, e.due_at, n.lateness_minutes,
                               (select count(*) from edition_item i where i.edition_id = e.id)::int as stories
                        from edition e join newsletter n on n.id = e.newsletter_id
                        where e.state in ('drafted', 'approved') and e.due_at <= :now
                          and (e.state = 'approved' or n.release = 'by_itself'
                               or e.due_at + make_interval(mins => n.lateness_minutes) < :now)
                        order by e.due_at
                        """)
                .bind("now", clock.instant())
                .mapTo(Due.class)
                .list());
    }

    /** Its time has run out; from now on only a person may send it. */
    void miss(long id, String why) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update edition set state = 'missed', note = :why where id = :id and state in ('drafted', 'approved')")
                .bind("id", id)
                .bind("why", why)
                .execute());
    }

    /** What deliveries call sent is sent here too. */
    void settle() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update edition e set state = 'sent', sent_at = m.finished_at
                        from mailing m where e.state = 'sending' and m.id = e.mailing_id and m.state = 'sent'
                        """).execute());
    }
}
