package press.masthead.newsletters;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The newsletters as everyone else sees them; what editors change about them is {@link NewsletterDrafts}'. */
public final class Newsletters {
    private final Jdbi jdbi;

    public Newsletters(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those that come out, in the order that the hub shows them. */
    public List<Newsletter> active() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from newsletter where active order by position, name")
                        .mapTo(Newsletter.class)
                        .list());
    }

    /** The same without those that are one industry's own. */
    public List<Newsletter> general() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select * from newsletter n
                        where active and not exists (select from industry i where i.newsletter_id = n.id) order by position, name
                        """).mapTo(Newsletter.class).list());
    }

    public Optional<Newsletter> bySlug(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from newsletter where slug = :slug")
                .bind("slug", slug)
                .mapTo(Newsletter.class)
                .findOne());
    }

    /** Where a newsletter went whose address was changed. */
    public Optional<String> movedTo(String formerSlug) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select n.slug from former_newsletter_slug f join newsletter n on n.id = f.newsletter_id
                        where f.slug = :slug
                        """)
                .bind("slug", formerSlug)
                .mapTo(String.class)
                .findOne());
    }

    public Optional<Newsletter> byId(long id) {
        return jdbi.withHandle(handle -> byId(handle, id));
    }

    public static Optional<Newsletter> byId(Handle handle, long id) {
        return handle.createQuery("select * from newsletter where id = :id")
                .bind("id", id)
                .mapTo(Newsletter.class)
                .findOne();
    }

    /**
     * The newsletter that a story under this topic offers: the one that was chosen as its briefing, or else the one whose
     * address begins with the topic's, or else the one that covers the fewest topics besides, so that energy's own comes
     * before the morning's; the busier cadence first.
     */
    public Optional<Newsletter> forTopic(String topic) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select n.* from newsletter n
                        where n.active and n.audience = 'everyone' and (
                          n.id = (select briefing_id from topic where slug = :topic) or exists (
                            select from newsletter_topic nt join topic t on t.id = nt.topic_id
                            where nt.newsletter_id = n.id and t.slug = :topic))
                        order by n.id is distinct from (select briefing_id from topic where slug = :topic),
                          starts_with(n.slug, :topic) desc,
                          (select count(*) from newsletter_topic nt where nt.newsletter_id = n.id), cardinality(n.days) desc, n.position
                        limit 1
                        """)
                .bind("topic", topic)
                .mapTo(Newsletter.class)
                .findOne());
    }

    /** How many people get at least one newsletter: a number that is kept, not counted. */
    public long readers() {
        return jdbi.withHandle(handle -> handle.createQuery("select readers from subscriber_total")
                .mapTo(Long.class)
                .one());
    }

    /** The days on which this newsletter rests: its own holidays and everyone's. */
    public Holidays holidays(long newsletter) {
        return jdbi.withHandle(handle -> holidays(handle, newsletter));
    }

    public static Holidays holidays(Handle handle, long newsletter) {
        return new Holidays(handle.createQuery("""
                        select day, coalesce(until, day) as until, name, yearly from holiday
                        where newsletter_id is null or newsletter_id = :newsletter order by day, name
                        """)
                .bind("newsletter", newsletter)
                .mapTo(Holiday.class)
                .list());
    }

    /**
     * Until the transaction ends nobody else changes this newsletter's cadence or decides which stories its editions hold.
     * Taken before the statement that looks.
     */
    public static void hold(Handle handle, long newsletter) {
        handle.createQuery(
                        "select 1 from pg_advisory_xact_lock(hashtext('editions of a newsletter'), cast(:id as int))")
                .bind("id", newsletter)
                .mapTo(Integer.class)
                .one();
    }
}
