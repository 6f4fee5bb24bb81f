package press.masthead.editions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.briefing.SameEvent;
import press.masthead.newsletters.Cadence.Run;
import press.masthead.newsletters.Newsletter;
import press.masthead.search.Openings;

/** What an untouched draft is filled with: the heaviest of what is new, stories on one event as one item. */
final class Assembly {
    private static final int MOST_DAILY = 8;
    private static final int MOST_WEEKLY = 12;

    /** Among the heaviest of so many stories those on one event are looked for. */
    private static final int POOL = 100;

    /** How many links stand under a story. */
    private static final int MOST_UNDER = 6;

    /** What more stories of the pool than these say tells nothing about an event. */
    private static final int COMMON = 20;

    /** Where the model reads two openings as this near, within this time, they are about one event. */
    private static final double ALIKE = 0.8;

    private static final Duration NEAR = Duration.ofDays(3);

    private Assembly() {}

    private record Draft(long id, Instant since) {}

    /** @param apart whether an editor of this newsletter has parted it from others */
    record Fresh(long storyId, String title, String standfirst, Instant publishedAt, boolean apart) {
        private SameEvent.Text text() {
            return new SameEvent.Text(title, standfirst, publishedAt);
        }
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
    static void fill(Handle handle, Newsletter newsletter, Run run, Instant now, String state) {
        open(handle, newsletter, run, now, state).ifPresent(draft -> {
            int most = newsletter.isRare() ? MOST_WEEKLY : MOST_DAILY;
            var events = events(handle, fresh(handle, newsletter, draft, now));
            place(handle, newsletter, draft, now, events.stream().limit(most).toList());
        });
    }

    /** The draft, locked, and from when on stories are new to it. */
    private static Optional<Draft> open(Handle handle, Newsletter newsletter, Run run, Instant now, String state) {
        return handle.createQuery("""
                        with open as (
                          select id, due_at from edition
                          where newsletter_id = :newsletter and day = :day and state = :state and edited_at is null
                          for update)
                        select o.id, greatest(
                                 coalesce(
                                   (select p.drafted_at - interval '5 minutes' from edition p
                                    where p.newsletter_id = :newsletter and p.due_at < o.due_at and p.state not in ('skipped', 'missed')
                                    order by p.due_at desc limit 1),
                                   least(o.due_at, :now) - make_interval(secs => :span)),
                                 o.due_at - make_interval(secs => :longest)) as since
                        from open o
                        """)
                .bind("newsletter", newsletter.id())
                .bind("day", run.day())
                .bind("state", state)
                .bind("now", now)
                .bind("span", newsletter.usualSpan().toSeconds())
                .bind("longest", newsletter.longestSpan().toSeconds())
                .mapTo(Draft.class)
                .findOne();
    }

    private static List<Fresh> fresh(Handle handle, Newsletter newsletter, Draft draft, Instant now) {
        return handle.createQuery(FRESH)
                .bind("newsletter", newsletter.id())
                .bind("edition", draft.id())
                .bind("since", draft.since())
                .bind("now", now)
                .bind("members", newsletter.isForMembers())
                .bind("review", newsletter.isReview())
                .bind("pool", POOL)
                .mapTo(Fresh.class)
                .list();
    }

    /**
     * Subqueries that count are asked for each fresh story, by index. Written as {@code exists} they became hashes over the whole
     * archive's topics, since the planner can't know how short "since" is.
     */
    static final String FRESH = """
            with fresh as (
              select s.id as story_id, s.title, s.standfirst, s.featured, s.published_at
              from story s
              where s.state = 'published' and (s.kind in ('article', 'report') or :members and s.kind = 'memo')
                and s.published_at >= :since and s.published_at <= :now),
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
                         where i.story_id = fresh.story_id and e.newsletter_id = :newsletter and e.id <> :edition
                           and e.state not in ('skipped', 'missed'))),
            weighed as (
              select candidate.*, opens / greatest(max(opens) over (), 20) as readership from candidate),
            heaviest as (
              select story_id, title, standfirst, published_at, row_number() over (order by
                       case when :review then 3 * featured::int + carried + 3 * readership end desc nulls last,
                       published_at + case when featured then interval '12 hours' else interval '0' end
                         + case when home then interval '6 hours' else interval '0' end
                         + readership * interval '8 hours' desc,
                       story_id desc) as place
              from weighed order by place limit :pool)
            select story_id, title, standfirst, published_at,
                   (select coalesce(bool_or(i.apart), false) from edition_item i join edition e on e.id = i.edition_id
                    where i.story_id = heaviest.story_id and e.newsletter_id = :newsletter) as apart
            from heaviest order by place
            """;

    /** The stories by events, the event with the heaviest first, and in each the heaviest first. */
    private static List<List<Fresh>> events(Handle handle, List<Fresh> stories) {
        List<Fresh> free = stories.stream().filter(story -> !story.apart()).toList();
        var openings = Openings.of(handle, free.stream().map(Fresh::storyId).toList());
        int[] event = SameEvent.of(
                free.stream().map(Fresh::text).toList(),
                COMMON,
                (one, other) -> alike(openings, free.get(one), free.get(other)));
        var events = new LinkedHashMap<Long, List<Fresh>>();
        int at = 0;
        for (Fresh story : stories) {
            long lead = story.apart() ? story.storyId() : free.get(event[at++]).storyId();
            events.computeIfAbsent(lead, first -> new ArrayList<>()).add(story);
        }
        return List.copyOf(events.values());
    }

    private static boolean alike(Openings openings, Fresh one, Fresh other) {
        return Duration.between(one.publishedAt(), other.publishedAt()).abs().compareTo(NEAR) <= 0
                && openings.likeness(one.storyId(), other.storyId()).orElse(0) >= ALIKE;
    }

    private static void place(
            Handle handle, Newsletter newsletter, Draft draft, Instant now, List<List<Fresh>> events) {
        var stories = new ArrayList<Long>();
        var leads = new ArrayList<Long>();
        var apart = new ArrayList<Boolean>();
        for (List<Fresh> event : events)
            for (Fresh story : event.stream().limit(1 + MOST_UNDER).toList()) {
                stories.add(story.storyId());
                leads.add(event.size() > 1 ? event.getFirst().storyId() : 0);
                apart.add(story.apart());
            }
        String subject = events.isEmpty()
                ? newsletter.name()
                : events.getFirst().getFirst().title();
        handle.createUpdate("""
                        with chosen as (
                          select story_id, nullif(event, 0) as event, apart, position
                          from unnest(cast(:stories as bigint[]), cast(:leads as bigint[]), cast(:apart as boolean[]))
                            with ordinality as t (story_id, event, apart, position)),
                        dropped as (
                          delete from edition_item where edition_id = :edition and story_id <> all (cast(:stories as bigint[]))),
                        placed as (
                          insert into edition_item (edition_id, story_id, position, event, apart)
                          select :edition, story_id, position, event, apart from chosen
                          on conflict (edition_id, story_id) do update
                            set position = excluded.position, event = excluded.event, apart = excluded.apart
                            where (edition_item.position, edition_item.event, edition_item.apart)
                              is distinct from (excluded.position, excluded.event, excluded.apart))
                        update edition set drafted_at = :now, since = :since, subject = :subject where id = :edition
                        """)
                .bind("edition", draft.id())
                .bindArray("stories", Long.class, stories)
                .bindArray("leads", Long.class, leads)
                .bindArray("apart", Boolean.class, apart)
                .bind("now", now)
                .bind("since", draft.since())
                .bind("subject", subject)
                .execute();
    }
}
