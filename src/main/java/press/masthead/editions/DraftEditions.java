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

    private static final int MOST_DAILY = 8;
    private static final int MOST_WEEKLY = 12;

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
                assemble(handle, newsletter, run, now, "drafted");
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
        if (written > 0) assemble(handle, newsletter, run, run.due(), "missed");
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

    /**
     * Fills an untouched draft with what is new (memos only where it goes to members): under its topics (all, where it names none), published since the edition
     * before was last looked over, in no other edition of this newsletter. An edition that a person took in hand early, or sent
     * early, was looked over then, so what came after it belongs to the next; one that was skipped or missed leaves its stories
     * to the next. Five minutes are looked at twice, because a story may be committed a little after its time.
     *
     * <p>An editors' pick weighs as much as twelve hours of freshness, the newsletter's own first topic as much as six, and being
     * the most opened of them all as much as eight, being opened half as often four; the heaviest leads. In a week in review a
     * pick weighs as much as three newsletters that carried the story, or as being the most opened.
     */
    private static void assemble(Handle handle, Newsletter newsletter, Run run, Instant now, String state) {
        handle.createUpdate(ASSEMBLE)
                .bind("newsletter", newsletter.id())
                .bind("day", run.day())
                .bind("state", state)
                .bind("now", now)
                .bind("members", newsletter.isForMembers())
                .bind("review", newsletter.isReview())
                .bind("span", newsletter.usualSpan().toSeconds())
                .bind("longest", newsletter.longestSpan().toSeconds())
                .bind("most", newsletter.isRare() ? MOST_WEEKLY : MOST_DAILY)
                .bind("name", newsletter.name())
                .execute();
    }

    /**
     * Subqueries that count are asked for each fresh story, by index. Written as {@code exists} they became hashes over the whole
     * archive's topics, since the planner can't know how short "since" is.
     */
    static final String ASSEMBLE = """
            with open as (
              select id, due_at from edition
              where newsletter_id = :newsletter and day = :day and state = :state and edited_at is null
              for update),
            draft as (
              select o.id, greatest(
                       coalesce(
                         (select p.drafted_at - interval '5 minutes' from edition p
                          where p.newsletter_id = :newsletter and p.due_at < o.due_at and p.state not in ('skipped', 'missed')
                          order by p.due_at desc limit 1),
                         least(o.due_at, :now) - make_interval(secs => :span)),
                       o.due_at - make_interval(secs => :longest)) as since
              from open o),
            fresh as (
              select draft.id as edition_id, s.id as story_id, s.title, s.featured, s.published_at
              from draft join story s
                on s.state = 'published' and (s.kind in ('article', 'report') or :members and s.kind = 'memo')
               and s.published_at >= draft.since and s.published_at <= :now),
            candidate as (
              select fresh.*, filed.home,
                     case when :review then (select count(*) from edition_item i join edition e on e.id = i.edition_id
                       where i.story_id = fresh.story_id and e.state in ('sending', 'sent')) else 0 end as carried,
                     (select coalesce(sum(o.opens), 0) from story_opens o where o.story_id = fresh.story_id) as opens
              from fresh cross join lateral (
                select count(nt.topic_id) > 0 as covered, coalesce(bool_or(st.position = 0 and nt.topic_id is not null), false) as home
                from story_topic st left join newsletter_topic nt on nt.topic_id = st.topic_id and nt.newsletter_id = :newsletter
                where st.story_id = fresh.story_id) filed
              where (filed.covered
                     or 0 < (select count(*) from story_industry si join newsletter_industry ni
                               on ni.industry_id = si.industry_id and ni.newsletter_id = :newsletter
                             where si.story_id = fresh.story_id)
                     or not exists (select from newsletter_topic nt where nt.newsletter_id = :newsletter)
                        and not exists (select from newsletter_industry ni where ni.newsletter_id = :newsletter))
                and 0 = (select count(*) from edition_item i join edition e on e.id = i.edition_id
                         where i.story_id = fresh.story_id and e.newsletter_id = :newsletter and e.id <> fresh.edition_id
                           and e.state not in ('skipped', 'missed'))),
            weighed as (
              select candidate.*, opens / greatest(max(opens) over (), 20) as readership from candidate),
            chosen as (
              select edition_id, story_id, title, row_number() over (order by
                       case when :review then 3 * featured::int + carried + 3 * readership end desc nulls last,
                       published_at + case when featured then interval '12 hours' else interval '0' end
                         + case when home then interval '6 hours' else interval '0' end
                         + readership * interval '8 hours' desc,
                       story_id desc) as position
              from weighed order by position limit :most),
            dropped as (
              delete from edition_item i using draft
              where i.edition_id = draft.id and i.story_id not in (select story_id from chosen)),
            placed as (
              insert into edition_item (edition_id, story_id, position)
              select edition_id, story_id, position from chosen
              on conflict (edition_id, story_id) do update set position = excluded.position
                where edition_item.position <> excluded.position)
            update edition e
            set drafted_at = :now, since = draft.since,
                subject = coalesce((select title from chosen where position = 1), :name)
            from draft where e.id = draft.id
            """;
}
