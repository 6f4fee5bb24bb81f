package press.masthead.editions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.newsletters.Cadence.Run;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;

/**
 * Drafts each edition before it is due and keeps the draft current until a person takes it in hand; writes down a run that
 * was missed while nothing ran. Runs again and again on every node: an edition is one row for each newsletter and day.
 */
public final class DraftEditions implements Runnable {
    /** How long before it is due an edition is there to be looked at. */
    static final Duration AHEAD = Duration.ofHours(24);

    /** Runs missed longer ago than this are not even written down as missed. */
    static final Duration REMEMBERED = Duration.ofDays(7);

    private final Jdbi jdbi;
    private final Clock clock;

    public DraftEditions(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public void run() {
        List<Long> all = jdbi.withHandle(
                handle -> handle.createQuery("""
                        select n.id from newsletter n
                        where n.active or exists (
                          select from edition e where e.newsletter_id = n.id and e.state in ('drafted', 'approved'))
                        order by n.id
                        """).mapTo(Long.class).list());
        for (long newsletter : all) jdbi.useTransaction(handle -> draft(handle, newsletter, clock.instant()));
    }

    /** What {@link #run} does for one newsletter, as it would be done at this instant. */
    public static void draft(Handle handle, long id, Instant now) {
        Newsletters.hold(handle, id);
        // Read once nobody else can change it: another node's settings may have been saved a moment ago.
        Newsletter newsletter = Newsletters.byId(handle, id).orElseThrow();
        if (!newsletter.active()) {
            close(handle, newsletter);
            return;
        }
        Instant tooLate = now.minus(newsletter.lateness());
        Instant from = later(newsletter.cadenceSince(), now.minus(REMEMBERED));
        Instant until = later(furthest(handle, newsletter, now), now.plus(AHEAD));
        List<Run> runs = newsletter.cadence().runs(from, until, Newsletters.holidays(handle, id));
        withdraw(handle, newsletter, runs, now);
        for (Run run : runs)
            if (run.due().isBefore(tooLate)) writeDownMissed(handle, newsletter, run);
            else {
                insert(handle, newsletter, run, now);
                Assembly.fill(handle, newsletter, run, now, "drafted");
            }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** When the last of the drafts that nobody has touched is due. */
    private static Instant furthest(Handle handle, Newsletter newsletter, Instant now) {
        return handle.createQuery("""
                        select coalesce(max(due_at), :now) from edition
                        where newsletter_id = :newsletter and state = 'drafted' and edited_at is null
                        """)
                .bind("newsletter", newsletter.id())
                .bind("now", now)
                .mapTo(Instant.class)
                .one();
    }

    /** An archived newsletter has no open edition. */
    private static void close(Handle handle, Newsletter newsletter) {
        handle.createUpdate("delete from edition where newsletter_id = :id and state = 'drafted' and edited_at is null")
                .bind("id", newsletter.id())
                .execute();
        handle.createUpdate("""
                        update edition set state = 'skipped', note = 'The newsletter was archived.'
                        where newsletter_id = :id and state in ('drafted', 'approved')
                        """).bind("id", newsletter.id()).execute();
    }

    /** A draft that nobody has touched and that was for a day on which nothing comes out any more goes without a trace. */
    private static void withdraw(Handle handle, Newsletter newsletter, List<Run> runs, Instant now) {
        handle.createUpdate("""
                        delete from edition
                        where newsletter_id = :newsletter and state = 'drafted' and edited_at is null and due_at > :now
                          and day <> all (cast(:days as date[]))
                        """)
                .bind("newsletter", newsletter.id())
                .bind("now", now)
                .bindArray(
                        "days",
                        String.class,
                        runs.stream().map(run -> run.day().toString()).toList())
                .execute();
    }

    /** A person may still send it, so it holds what it would have held. */
    private static void writeDownMissed(Handle handle, Newsletter newsletter, Run run) {
        int written = handle.createUpdate("""
                        insert into edition (newsletter_id, day, due_at, subject, drafted_at, since, state, note)
                        values (:newsletter, :day, :due, :subject, :due, :due, 'missed',
                                'Nothing was running when it was due. It can still be sent by hand.')
                        on conflict (newsletter_id, day) do nothing
                        """)
                .bind("newsletter", newsletter.id())
                .bind("day", run.day())
                .bind("due", run.due())
                .bind("subject", newsletter.name())
                .execute();
        if (written > 0) Assembly.fill(handle, newsletter, run, run.due(), "missed");
    }

    /** One row for each newsletter and day; one that nobody has touched moves with the newsletter's time. */
    private static void insert(Handle handle, Newsletter newsletter, Run run, Instant now) {
        handle.createUpdate("""
                        insert into edition as e (newsletter_id, day, due_at, subject, drafted_at, since)
                        values (:newsletter, :day, :due, :subject, :now, :now)
                        on conflict (newsletter_id, day) do update set due_at = excluded.due_at
                          where e.state = 'drafted' and e.edited_at is null and e.due_at <> excluded.due_at
                        """)
                .bind("newsletter", newsletter.id())
                .bind("day", run.day())
                .bind("due", run.due())
                .bind("subject", newsletter.name())
                .bind("now", now)
                .execute();
    }
}
