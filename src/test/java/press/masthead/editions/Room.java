package press.masthead.editions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import press.masthead.account.TestClock;
import press.masthead.deliveries.Deliveries;
import press.masthead.newsletters.Newsletters;
import press.masthead.plans.Memberships;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.subscriptions.UnsubscribeLinks;

/** A newsroom of the tests' own: a database, a clock that is set by hand, newsletters and stories as needed. */
final class Room implements AutoCloseable {
    final TestClock clock;
    final Database database = TestDatabase.fresh(12);
    final Jdbi jdbi = database.jdbi();
    final Newsletters newsletters = new Newsletters(jdbi);
    final DraftEditions draftEditions;
    final Editions editions;
    final SendEdition sendEdition;
    final SendDue sendDue;

    Room(String now) {
        clock = new TestClock(now);
        draftEditions = new DraftEditions(jdbi, clock);
        editions = new Editions(jdbi, clock);
        sendEdition = sendEdition();
        sendDue = new SendDue(jdbi, editions, sendEdition, clock);
        for (String topic : List.of("world", "energy", "climate", "culture"))
            jdbi.useHandle(
                    handle -> handle.execute("insert into topic (slug, name) values (?, initcap(?))", topic, topic));
    }

    private SendEdition sendEdition() {
        var publication = new Publication(jdbi);
        var letter = new EditionLetter(new Html(), publication, () -> "http://parallel.example");
        var readers = new EditionReaders(new Memberships(jdbi, clock), new UnsubscribeLinks(jdbi), publication);
        var freeze = new FreezeEdition(letter, publication, "parallel.example");
        return new SendEdition(jdbi, new Deliveries(jdbi, clock), freeze, readers, new NothingComposed(), clock);
    }

    /** Sends it as somebody who has just looked at it. */
    void send(long edition) {
        sendEdition.send(edition, editions.byId(edition).orElseThrow().revision());
    }

    /** What the timetable of another server on the same database would do. */
    void anotherServersRound() {
        new DraftEditions(jdbi, clock).run();
        new SendDue(jdbi, new Editions(jdbi, clock), sendEdition(), clock).run();
    }

    /** What was due before this moment is no business of the newsletters there are. */
    void fromNowOn() {
        set("update newsletter set cadence_since = '" + clock.instant() + "'");
    }

    /** Lives on until the instant, doing every quarter of an hour what the timetable does. */
    void until(String instant) {
        Instant end = Instant.parse(instant);
        while (clock.instant().isBefore(end)) {
            clock.pass(Duration.ofMinutes(15));
            draftEditions.run();
            sendDue.run();
        }
    }

    /** When each edition of the newsletter was let go, in order. */
    List<String> sendings(String newsletter) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') from mailing m
                        join edition e on m.kind = 'edition' and m.reference = e.id::text
                        join newsletter n on n.id = e.newsletter_id where n.slug = :newsletter order by m.created_at
                        """)
                .bind("newsletter", newsletter)
                .mapTo(String.class)
                .list());
    }

    /** A reader who has confirmed and gets the newsletter. */
    void reader(String email, String newsletter) {
        set("insert into reader (email, email_key, created_at, confirmed_at) values ('%s', '%s', now(), now())"
                .formatted(email, email));
        set("""
                insert into subscription (newsletter_id, reader_id, since)
                select n.id, r.id, now() from newsletter n, reader r where n.slug = '%s' and r.email = '%s'
                """.formatted(newsletter, email));
    }

    /** @param days separated by commas, or {@code daily} for all; topics separated by commas, or none for all */
    long newsletter(String slug, String slot, String days, String at, String release, String topics) {
        long id = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into newsletter (slug, name, sender_name, slot, days, at, zone, release, cadence_since)
                        values (:slug, initcap(:slug), initcap(:slug), :slot, string_to_array(:days, ','), cast(:at as time),
                                'Europe/Brussels', :release, :since)
                        returning id
                        """)
                .bind("slug", slug)
                .bind("slot", slot)
                .bind("days", days.equals("daily") ? "mon,tue,wed,thu,fri,sat,sun" : days)
                .bind("at", at)
                .bind("release", release)
                .bind("since", clock.instant().minusSeconds(30 * 86_400))
                .mapTo(Long.class)
                .one());
        for (String topic : topics.isEmpty() ? new String[0] : topics.split(","))
            jdbi.useHandle(handle ->
                    handle.execute("insert into newsletter_topic select ?, id from topic where slug = ?", id, topic));
        return id;
    }

    long morning(String release) {
        return newsletter("morning", "am", "daily", "07:00", release, "");
    }

    /** Published at the instant; its slug is its title in small letters with hyphens. */
    long story(String title, String publishedAt, String topic, boolean featured) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with s as (
                          insert into story (slug, title, standfirst, state, published_at, featured, created_at, updated_at, words, opening)
                          values (lower(replace(:title, ' ', '-')), :title, 'Standfirst of ' || :title, 'published', :at, :featured, :at, :at, 480,
                                  '<p>Body of ' || :title || '</p>')
                          returning id, published_at),
                        filed as (
                          insert into story_topic (story_id, topic_id, position, published_at)
                          select s.id, t.id, 0, s.published_at from s, topic t where t.slug = :topic)
                        select id from s
                        """)
                .bind("title", title)
                .bind("at", Instant.parse(publishedAt))
                .bind("featured", featured)
                .bind("topic", topic)
                .mapTo(Long.class)
                .one());
    }

    void story(String title, String publishedAt) {
        story(title, publishedAt, "world", false);
    }

    /** The story was opened so often today. */
    void opens(String title, int times) {
        set("insert into story_opens (story_id, day, opens) select id, current_date, %d from story where title = '%s'"
                .formatted(times, title));
    }

    /** The titles in the newsletter's edition of a day, in order. */
    List<String> titles(String newsletter, String day) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.title from edition e join newsletter n on n.id = e.newsletter_id
                        join edition_item i on i.edition_id = e.id join story s on s.id = i.story_id
                        where n.slug = :newsletter and e.day = cast(:day as date) order by i.position
                        """)
                .bind("newsletter", newsletter)
                .bind("day", day)
                .mapTo(String.class)
                .list());
    }

    /** Day and state of each edition, such as {@code 2026-11-24 drafted}. */
    List<String> editions(String newsletter) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.day || ' ' || e.state from edition e join newsletter n on n.id = e.newsletter_id
                        where n.slug = :newsletter order by e.day
                        """)
                .bind("newsletter", newsletter)
                .mapTo(String.class)
                .list());
    }

    long edition(String newsletter, String day) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.id from edition e join newsletter n on n.id = e.newsletter_id
                        where n.slug = :newsletter and e.day = cast(:day as date)
                        """)
                .bind("newsletter", newsletter)
                .bind("day", day)
                .mapTo(Long.class)
                .one());
    }

    String text(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    void set(String editionSql) {
        jdbi.useHandle(handle -> handle.execute(editionSql));
    }

    void at(String now) {
        clock.set(Instant.parse(now));
    }

    @Override
    public void close() {
        database.close();
    }
}
