package press.masthead.newsletters;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What editors decide about newsletters. Each change is told to every node's pages. */
public final class NewsletterSettings {
    private final Jdbi jdbi;
    private final Clock clock;

    public NewsletterSettings(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Every newsletter, those that come out first. */
    List<Newsletter> all() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from newsletter order by not active, position, name")
                        .mapTo(Newsletter.class)
                        .list());
    }

    /** The slugs of the topics that it covers. */
    List<String> topics(long newsletter) {
        return slugs("""
                select t.slug from newsletter_topic nt join topic t on t.id = nt.topic_id where nt.newsletter_id = :id
                """, newsletter);
    }

    /** The slugs of the industries that it covers. */
    List<String> industries(long newsletter) {
        return slugs("""
                select i.slug from newsletter_industry ni join industry i on i.id = ni.industry_id where ni.newsletter_id = :id
                """, newsletter);
    }

    private List<String> slugs(String sql, long newsletter) {
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("id", newsletter)
                .mapTo(String.class)
                .list());
    }

    /** This newsletter's own holidays, or with no newsletter those that all keep. */
    List<Holiday> holidays(Optional<Long> newsletter) {
        return jdbi.withHandle(handle -> holidays(handle, newsletter));
    }

    private static List<Holiday> holidays(Handle handle, Optional<Long> newsletter) {
        return handle.createQuery("""
                        select day, coalesce(until, day) as until, name, yearly from holiday
                        where newsletter_id is not distinct from :newsletter order by day
                        """)
                .bind("newsletter", newsletter)
                .mapTo(Holiday.class)
                .list();
    }

    /** Whether another newsletter stands or stood at this address. */
    boolean taken(String slug, Optional<Long> by) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select from newsletter where slug = :slug and id is distinct from :id)
                            or exists (select from former_newsletter_slug where slug = :slug and newsletter_id is distinct from :id)
                        """)
                .bind("slug", slug)
                .bind("id", by)
                .mapTo(Boolean.class)
                .one());
    }

    /** Begins a newsletter. Returns its number. */
    long create(NewsletterForm form) {
        return jdbi.inTransaction(handle -> {
            long id = handle.createQuery("""
                            insert into newsletter (slug, name, sender_name, days, at, zone, position, cadence_since)
                            values (:slug, :name, :name, '{}', '00:00', 'UTC', (select coalesce(max(position), 0) + 1 from newsletter), :now)
                            returning id
                            """)
                    .bind("slug", form.slug())
                    .bind("name", form.name())
                    .bind("now", clock.instant())
                    .mapTo(Long.class)
                    .one();
            write(handle, id, form);
            return id;
        });
    }

    void save(long id, NewsletterForm form) {
        jdbi.useTransaction(handle -> {
            Newsletters.hold(handle, id);
            write(handle, id, form);
        });
    }

    private void write(Handle handle, long id, NewsletterForm form) {
        Newsletter before = Newsletters.byId(handle, id).orElseThrow();
        List<Holiday> holidays = form.holidays().holidays();
        boolean moved = !before.cadence().equals(form.cadence())
                || !holidays(handle, Optional.of(id)).equals(holidays);
        handle.createUpdate("""
                        update newsletter set slug = :slug, name = :name, description = :description, audience = :audience,
                          slot = :slot, days = :days, at = :at, zone = :zone, release = :release, lateness_minutes = :latenessMinutes,
                          on_holidays = :onHolidays, sender_name = :senderName, reply_to = :replyTo, accent = :accent,
                          cadence_since = case when :moved then :now else cadence_since end
                        where id = :id
                        """)
                .bind("slug", form.slug())
                .bind("name", form.name())
                .bind("description", form.description())
                .bind("audience", form.audience())
                .bind("slot", form.slot())
                .bind("zone", form.zone())
                .bind("release", form.release())
                .bind("latenessMinutes", form.latenessMinutes())
                .bind("onHolidays", form.onHolidays())
                .bind("senderName", form.senderName())
                .bind("replyTo", form.replyTo())
                .bind("accent", form.accent())
                .bindArray("days", String.class, form.days())
                .bind("at", form.cadence().at())
                .bind("moved", moved)
                .bind("now", clock.instant())
                .bind("id", id)
                .execute();
        if (!before.slug().equals(form.slug())) rememberSlug(handle, id, before.slug(), form.slug());
        file(handle, id, form);
        write(handle, Optional.of(id), holidays);
        announce(handle);
    }

    static void rememberSlug(Handle handle, long id, String former, String now) {
        handle.createUpdate("delete from former_newsletter_slug where slug = :now")
                .bind("now", now)
                .execute();
        handle.createUpdate("""
                        insert into former_newsletter_slug (slug, newsletter_id) values (:former, :id) on conflict do nothing
                        """).bind("former", former).bind("id", id).execute();
    }

    private static void file(Handle handle, long id, NewsletterForm form) {
        handle.createUpdate("delete from newsletter_topic where newsletter_id = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("insert into newsletter_topic select :id, id from topic where slug = any(:slugs)")
                .bind("id", id)
                .bindArray("slugs", String.class, form.topics())
                .execute();
        handle.createUpdate("delete from newsletter_industry where newsletter_id = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("insert into newsletter_industry select :id, id from industry where slug = any(:slugs)")
                .bind("id", id)
                .bindArray("slugs", String.class, form.industries())
                .execute();
    }

    private static void write(Handle handle, Optional<Long> newsletter, List<Holiday> holidays) {
        handle.createUpdate("delete from holiday where newsletter_id is not distinct from :newsletter")
                .bind("newsletter", newsletter)
                .execute();
        for (Holiday holiday : holidays)
            handle.createUpdate("""
                            insert into holiday (newsletter_id, day, until, name, yearly)
                            values (:newsletter, :day, :until, :name, :yearly)
                            """)
                    .bind("newsletter", newsletter)
                    .bindMethods(holiday)
                    .execute();
    }

    /** The holidays that every newsletter keeps. */
    void saveShared(List<Holiday> holidays) {
        jdbi.useTransaction(handle -> {
            for (long id : handle.createQuery("select id from newsletter order by id")
                    .mapTo(Long.class)
                    .list()) Newsletters.hold(handle, id);
            if (holidays(handle, Optional.empty()).equals(holidays)) return;
            write(handle, Optional.empty(), holidays);
            handle.createUpdate("update newsletter set cadence_since = :now")
                    .bind("now", clock.instant())
                    .execute();
            announce(handle);
        });
    }

    /** It comes out no more and nobody can join it; who reads it and what it sent is kept. */
    void archive(long id) {
        setActive(id, false);
    }

    void restore(long id) {
        setActive(id, true);
    }

    private void setActive(long id, boolean active) {
        jdbi.useTransaction(handle -> {
            Newsletters.hold(handle, id);
            handle.createUpdate(
                            "update newsletter set active = :active, cadence_since = :now where id = :id and active <> :active")
                    .bind("active", active)
                    .bind("now", clock.instant())
                    .bind("id", id)
                    .execute();
            announce(handle);
        });
    }

    private static void announce(Handle handle) {
        handle.execute("select pg_notify('settings', '')");
    }
}
