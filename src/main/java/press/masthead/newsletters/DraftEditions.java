package press.masthead.newsletters;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.newsletters.Cadence.Run;

/**
 * Drafts each edition before it is due and keeps the draft current until a person takes it in hand; writes down a run that
 * was missed while nothing ran. Runs again and again on every node: an edition is one row for each newsletter and day.
 */
public final class DraftEditions implements Runnable {
    /** How long before it is due an edition is there to be looked at. */
    static final Duration AHEAD = Duration.ofHours(24);

    private static final int MOST_DAILY = 8;
    private static final int MOST_WEEKLY = 12;

    private final Jdbi jdbi;
    private final Newsletters newsletters;
    private final Clock clock;

    public DraftEditions(Jdbi jdbi, Newsletters newsletters, Clock clock) {
        this.jdbi = jdbi;
        this.newsletters = newsletters;
        this.clock = clock;
    }

    @Override
    public void run() {
        for (Newsletter newsletter : newsletters.active()) draft(newsletter);
    }

    private void draft(Newsletter newsletter) {
        Instant now = clock.instant();
        var holidays = newsletters.holidays(newsletter.id());
        // What was due while nothing ran and is not too late, and what is due before long.
        var runs = newsletter.cadence().runs(now.minus(newsletter.lateness()), now.plus(AHEAD), holidays::contains);
        for (Run run : runs)
            jdbi.useTransaction(handle -> {
                insert(handle, newsletter, run, now);
                assemble(handle, newsletter, run, now);
            });
    }

    private static void insert(Handle handle, Newsletter newsletter, Run run, Instant now) {
        handle.createUpdate("""
                        insert into edition (newsletter_id, day, due_at, subject, drafted_at, since)
                        values (:newsletter, :day, :due, :subject, :now, coalesce(
                          (select max(due_at) from edition
                           where newsletter_id = :newsletter and due_at < :due and state not in ('skipped', 'missed')),
                          cast(:due as timestamptz) - make_interval(secs => :span)))
                        on conflict (newsletter_id, day) do nothing
                        """)
                .bind("newsletter", newsletter.id())
                .bind("day", run.day())
                .bind("due", run.due())
                .bind("subject", newsletter.name())
                .bind("now", now)
                .bind("span", newsletter.usualSpan().toSeconds())
                .execute();
    }

    /**
     * Fills an untouched draft with what is new: under its topics (all, where it names none), published since the edition
     * before, in no other edition of this newsletter. Editors' picks weigh as much as twelve hours of freshness, and the
     * newsletter's own first topic as much as six; the heaviest leads.
     */
    private static void assemble(Handle handle, Newsletter newsletter, Run run, Instant now) {
        boolean rare = newsletter.slot().equals("weekly") || newsletter.slot().equals("review");
        int changed = handle.createUpdate("""
                        with draft as (
                          select id, since, due_at from edition
                          where newsletter_id = :newsletter and day = :day and state = 'drafted' and edited_at is null
                          for update),
                        chosen as (
                          select draft.id as edition_id, s.id as story_id,
                                 row_number() over (order by
                                   s.published_at
                                     + case when s.featured then interval '12 hours' else interval '0' end
                                     + case when exists (select from story_topic st
                                         join newsletter_topic nt on nt.topic_id = st.topic_id and nt.newsletter_id = :newsletter
                                         where st.story_id = s.id and st.position = 0) then interval '6 hours' else interval '0' end
                                   desc, s.id desc) as position
                          from draft join story s
                            on s.state = 'published' and s.kind in ('article', 'report')
                           and s.published_at >= draft.since and s.published_at <= :now
                          where (not exists (select from newsletter_topic nt where nt.newsletter_id = :newsletter)
                              or exists (select from story_topic st
                                   join newsletter_topic nt on nt.topic_id = st.topic_id and nt.newsletter_id = :newsletter
                                   where st.story_id = s.id))
                            and not exists (select from edition_item i join edition e on e.id = i.edition_id
                                   where i.story_id = s.id and e.newsletter_id = :newsletter and e.id <> draft.id
                                     and e.state not in ('skipped', 'missed'))
                          order by position limit :most),
                        dropped as (
                          delete from edition_item i using draft
                          where i.edition_id = draft.id and i.story_id not in (select story_id from chosen)),
                        placed as (
                          insert into edition_item (edition_id, story_id, position)
                          select edition_id, story_id, position from chosen
                          on conflict (edition_id, story_id) do update set position = excluded.position
                          returning edition_id, story_id, position)
                        update edition e
                        set drafted_at = :now,
                            subject = coalesce((select s.title from chosen c join story s on s.id = c.story_id where c.position = 1), e.subject)
                        from draft where e.id = draft.id
                        """)
                .bind("newsletter", newsletter.id())
                .bind("day", run.day())
                .bind("now", now)
                .bind("most", rare ? MOST_WEEKLY : MOST_DAILY)
                .execute();
        if (changed > 1) throw new IllegalStateException("one run, " + changed + " editions");
    }
}
