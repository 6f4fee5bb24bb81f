package press.masthead.editions;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.platform.web.Problem;
import press.masthead.stories.StoryCard;

/** Editions as people and jobs look at them and change them. Drafting is {@link DraftEditions}, sending {@link SendEdition}. */
public final class Editions {
    private final Jdbi jdbi;
    private final Clock clock;

    public Editions(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** An edition in a list, with its newsletter's name and how many stories it has. */
    record Listed(@Nested Edition edition, String newsletterName, int stories) {}

    private static final String LISTED = """
            select e.*, n.name as newsletter_name,
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

    /** @throws Problem 404 when there is no such edition */
    static long newsletterOf(Handle handle, long id) {
        return handle.createQuery("select newsletter_id from edition where id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> Problem.notFound("There is no such edition."));
    }

    /**
     * A newsletter never carries a story twice. An edition that was missed gave its stories to the next; sent late after all,
     * it goes without those that have been sent meanwhile.
     */
    static void leaveOutWhatWasSent(Handle handle, long id) {
        handle.createUpdate("""
                        delete from edition_item i using edition e
                        where e.id = :id and i.edition_id = e.id and exists (
                          select from edition_item other join edition o on o.id = other.edition_id
                          where other.story_id = i.story_id and o.newsletter_id = e.newsletter_id and o.id <> e.id
                            and o.state in ('sending', 'sent'))
                        """).bind("id", id).execute();
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
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update edition set state = 'approved', note = '' where id = :id and state = 'drafted'")
                .bind("id", id)
                .execute());
    }

    /** It will not leave; its stories are free for the next. */
    void skip(long id, String why) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update edition set state = 'skipped', note = :why where id = :id and state in ('drafted', 'approved')")
                .bind("id", id)
                .bind("why", why)
                .execute());
    }

    /** Undoes {@link #skip} and {@link #approve}. What was skipped and is overdue waits for a person: it must not leave at once. */
    void reopen(long id) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update edition set note = '',
                          state = case when state = 'skipped' and due_at <= :now then 'missed' else 'drafted' end
                        where id = :id and state in ('skipped', 'approved')
                        """)
                .bind("id", id)
                .bind("now", clock.instant())
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

    /**
     * An edition whose time has come and for which nobody need be asked.
     *
     * @param late more than its newsletter allows: from now on only a person may send it
     */
    record Due(long id, long newsletterId, boolean late, boolean empty) {}

    private static final String DUE = """
            select e.id, e.newsletter_id, e.due_at + make_interval(mins => n.lateness_minutes) < :now as late,
                   not exists (select from edition_item i where i.edition_id = e.id) as empty
            from edition e join newsletter n on n.id = e.newsletter_id and n.active
            where e.state in ('drafted', 'approved') and e.due_at <= :now
              and (e.state = 'approved' or n.release = 'by_itself'
                   or e.due_at + make_interval(mins => n.lateness_minutes) < :now)
            """;

    List<Due> due() {
        return jdbi.withHandle(handle -> handle.createQuery(DUE + " order by e.due_at")
                .bind("now", clock.instant())
                .mapTo(Due.class)
                .list());
    }

    /** The same for one edition, locked: what another node or a person has just decided about it counts. */
    static Optional<Due> due(Handle handle, long id, Instant now) {
        return handle.createQuery(DUE + " and e.id = :id for update of e")
                .bind("now", now)
                .bind("id", id)
                .mapTo(Due.class)
                .findOne();
    }

    /** Its time has run out; from now on only a person may send it. */
    static void miss(Handle handle, long id) {
        handle.createUpdate("""
                        update edition set state = 'missed', note = 'It was not sent within its time. It can still be sent by hand.'
                        where id = :id
                        """).bind("id", id).execute();
    }

    static void skipEmpty(Handle handle, long id) {
        handle.createUpdate("update edition set state = 'skipped', note = 'There was nothing new.' where id = :id")
                .bind("id", id)
                .execute();
    }

    /** What deliveries call sent is sent here too. */
    void settle() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update edition e set state = 'sent', sent_at = m.finished_at
                        from mailing m where e.state = 'sending' and m.id = e.mailing_id and m.state = 'sent'
                        """).execute());
    }
}
