package press.masthead.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import press.masthead.newsletters.Cadence.Run;
import press.masthead.newsletters.Newsletter;

/** Letters that the sample's newsletters have sent in the days before, so that each has one to show. */
final class SampleEditions {
    private static final int EACH = 3;

    private SampleEditions() {}

    static void write(Handle handle, Instant now) {
        Fields tops = SampleFiles.fields("top-lines.yaml");
        List<Newsletter> all = handle.createQuery(
                        "select * from newsletter where slot <> 'personal' order by slot = 'review', position")
                .mapTo(Newsletter.class)
                .list();
        for (Newsletter newsletter : all) {
            // The latest of them lies further back than the first draft looks, which so finds all the news there is.
            Instant until = now.minus(newsletter.usualSpan());
            Instant from = until.minus(Duration.ofDays(newsletter.isRare() ? 7 * EACH : 7));
            List<Run> runs = newsletter.cadence().runs(from, until, day -> false);
            List<String> lines = tops.texts(newsletter.slug());
            List<Run> last = runs.subList(Math.max(0, runs.size() - EACH), runs.size());
            for (int i = 0; i < last.size(); i++)
                write(handle, newsletter, last.get(i), lines.isEmpty() ? "" : lines.get(i % lines.size()));
        }
    }

    private static void write(Handle handle, Newsletter newsletter, Run run, String top) {
        handle.createUpdate("""
                        with chosen as (
                          select s.id, s.title, row_number() over (order by s.published_at desc, s.id desc) as position
                          from story s
                          where s.state = 'published' and (s.kind in ('article', 'report') or :members and s.kind = 'memo')
                            and s.published_at <= :due
                            and (exists (
                              select from story_topic st join newsletter_topic nt on nt.topic_id = st.topic_id
                              where st.story_id = s.id and nt.newsletter_id = :newsletter)
                              or exists (
                              select from story_industry si join newsletter_industry ni on ni.industry_id = si.industry_id
                              where si.story_id = s.id and ni.newsletter_id = :newsletter))
                            and not exists (
                              select from edition_item i join edition e on e.id = i.edition_id
                              where i.story_id = s.id and e.newsletter_id = :newsletter)
                          order by position limit 6),
                        sent as (
                          insert into edition (newsletter_id, day, due_at, state, subject, top, drafted_at, since, sent_at)
                          select :newsletter, :day, :due, 'sent', title, :top, :due, :since, :due from chosen where position = 1
                          returning id)
                        insert into edition_item (edition_id, story_id, position)
                        select sent.id, chosen.id, chosen.position from sent, chosen
                        """)
                .bind("newsletter", newsletter.id())
                .bind("day", run.day())
                .bind("due", run.due())
                .bind("since", run.due().minus(newsletter.usualSpan()))
                .bind("members", newsletter.isForMembers())
                .bind("top", top)
                .execute();
    }
}
