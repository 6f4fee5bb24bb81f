package press.masthead.editions;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.access.Answer;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.Problem;

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

    /**
     * The edition whose number an address holds.
     *
     * @throws Problem 404 when there is none
     */
    Edition named(String number) {
        return byId(EditionForm.number(number)).orElseThrow(() -> Problem.notFound("There is no such edition."));
    }

    /** Editions of a newsletter that have left, for days before the one given, the newest first. */
    List<Edition> sent(long newsletter, LocalDate before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from edition where newsletter_id = :newsletter and state in ('sending', 'sent') and day < :before
                        order by day desc limit :most
                        """)
                .bind("newsletter", newsletter)
                .bind("before", before)
                .bind("most", most)
                .mapTo(Edition.class)
                .list());
    }

    /** The edition for a day, once it has left. */
    Optional<Edition> sent(long newsletter, LocalDate day) {
        return sent(newsletter, day.plusDays(1), 1).stream()
                .filter(edition -> edition.day().equals(day))
                .findFirst();
    }

    /** What it holds for everyone. */
    List<Item> items(long edition) {
        return jdbi.withHandle(handle -> Items.open(handle, edition));
    }

    /** What it holds for members and staff. */
    List<Item> items(long edition, Answer.Open pass) {
        return jdbi.withHandle(handle -> Items.whole(handle, edition, pass));
    }

    /** What it holds for whoever was answered so. */
    List<Item> items(long edition, Answer answer) {
        return switch (answer) {
            case Answer.Open pass -> items(edition, pass);
            case Answer.SignIn() -> items(edition);
            case Answer.Upgrade() -> items(edition);
            case Answer.Closed() -> items(edition);
        };
    }

    /** What may be added to it. */
    List<Item.Story> addable(long edition, String words, String kind, int most) {
        return jdbi.withHandle(handle -> Items.addable(handle, edition, words, kind, most));
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

    /** How saving went: the revision and the subject it has now, or somebody else was quicker. */
    sealed interface Saved {
        record Done(int revision, String subject) implements Saved {}

        record Stale() implements Saved {}
    }

    /**
     * Saves a person's changes; from here on the draft follows the news no more, and only an empty subject still follows the
     * first story.
     */
    Saved save(long id, EditionForm form, long by) {
        return jdbi.inTransaction(handle -> {
            Newsletters.hold(handle, newsletterOf(handle, id));
            int changed = handle.createUpdate("""
                            update edition set top = :top, edited_at = :now, edited_by = :by, revision = revision + 1,
                              subject_by_hand = :subject <> ''
                            where id = :id and revision = :revision and state in ('drafted', 'approved', 'missed')
                            """)
                    .bind("id", id)
                    .bind("revision", form.revision())
                    .bind("subject", form.subject())
                    .bind("top", form.top())
                    .bind("by", by)
                    .bind("now", clock.instant())
                    .execute();
            if (changed == 0) return new Saved.Stale();
            Items.write(handle, id, form.entries());
            takeFromUntouchedDrafts(handle, id);
            String subject = handle.createQuery("""
                            update edition set subject = coalesce(nullif(:subject, ''), :lead,
                              (select name from newsletter where newsletter.id = newsletter_id))
                            where id = :id returning subject
                            """)
                    .bind("id", id)
                    .bind("subject", form.subject())
                    .bind("lead", Items.lead(handle, id))
                    .mapTo(String.class)
                    .one();
            return new Saved.Done(form.revision() + 1, subject);
        });
    }

    /** What a person has put here is in no other draft of the newsletter that nobody has touched. */
    private static void takeFromUntouchedDrafts(Handle handle, long id) {
        handle.createUpdate("""
                        delete from edition_item i using edition other, edition mine, edition_item kept
                        where mine.id = :id and kept.edition_id = mine.id and other.newsletter_id = mine.newsletter_id
                          and other.id <> mine.id and other.state = 'drafted' and other.edited_at is null
                          and i.edition_id = other.id and i.story_id = kept.story_id
                        """).bind("id", id).execute();
    }

    /** Whether the newsletter has carried the story in another edition. */
    boolean carried(long id, long story) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (
                          select from edition mine join edition e on e.newsletter_id = mine.newsletter_id and e.id <> mine.id
                          join edition_item i on i.edition_id = e.id
                          where mine.id = :id and i.story_id = :story and e.state in ('sending', 'sent'))
                        """)
                .bind("id", id)
                .bind("story", story)
                .mapTo(Boolean.class)
                .one());
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

    /**
     * An edition whose time has come and for which nobody need be asked.
     *
     * @param late more than its newsletter allows: from now on only a person may send it
     */
    record Due(long id, long newsletterId, boolean late, boolean empty) {}

    private static final String DUE = """
            select e.id, e.newsletter_id, e.due_at + make_interval(mins => n.lateness_minutes) < :now as late,
                   not exists (select from edition_item i where i.edition_id = e.id)
                     and not exists (select from edition_block b where b.edition_id = e.id) as empty
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
