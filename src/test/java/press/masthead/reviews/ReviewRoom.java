package press.masthead.reviews;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.account.TestClock;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.Unmade;
import press.masthead.editions.ComposedLetter;
import press.masthead.editions.Composition;
import press.masthead.editions.Edition;
import press.masthead.editions.EditionLetter;
import press.masthead.editions.EditionReaders;
import press.masthead.editions.FreezeEdition;
import press.masthead.editions.SendEdition;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.plans.Memberships;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.mail.Bytes;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.subscriptions.UnsubscribeLinks;

/** A newsroom with three industries and a weekly review on Fridays; a clock that is set by hand. */
final class ReviewRoom implements AutoCloseable {
    final TestClock clock = new TestClock("2026-11-27T06:00:00Z");
    final Database database = TestDatabase.fresh(4);
    final Jdbi jdbi = database.jdbi();
    final SendEdition sendEdition;
    final OweReviews composition;
    final long newsletter;

    ReviewRoom() {
        var publication = new Publication(jdbi);
        var letter = new EditionLetter(new Html(), publication, () -> "http://parallel.example");
        var freeze = new FreezeEdition(letter, publication, "parallel.example");
        var links = new UnsubscribeLinks(jdbi);
        var deliveries = new Deliveries(jdbi, clock);
        composition =
                new OweReviews(deliveries, new Unmade(clock), new ComposedLetter(letter, freeze, new Html()), links);
        sendEdition = new SendEdition(
                jdbi,
                deliveries,
                freeze,
                new EditionReaders(new Memberships(jdbi, clock), links, publication),
                composition,
                clock);
        for (String industry : List.of("energy", "banking", "chips"))
            jdbi.useHandle(handle -> handle.execute(
                    "insert into industry (slug, name, position) values (?, initcap(?), (select count(*) from industry))",
                    industry,
                    industry));
        newsletter = number("""
                insert into newsletter (slug, name, sender_name, audience, slot, days, at, zone, release)
                values ('weekly-review', 'Your weekly review', 'The Parallel', 'members', 'personal', '{fri}', '07:00', 'Europe/Brussels', 'waits')
                returning id
                """);
    }

    long number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    String text(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    void run(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }

    long edition(String day) {
        return number("""
                insert into edition (newsletter_id, day, due_at, subject, drafted_at, since)
                values (%d, '%s', timestamptz '%s 06:00Z', 'Your week', now(), timestamptz '%s 06:00Z' - interval '7 days') returning id
                """.formatted(newsletter, day, day, day));
    }

    /** Published so many days ago. */
    long story(String title, int daysAgo, String... industries) {
        long id = number("""
                insert into story (slug, title, standfirst, state, kind, published_at, created_at, updated_at, words, opening)
                values (lower(replace('%1$s', ' ', '-')), '%1$s', 'More about %1$s', 'published', 'memo', '%2$s', '%2$s', '%2$s', 480, '')
                returning id
                """.formatted(title, clock.instant().minusSeconds(daysAgo * 86_400L - 3_600)));
        for (String industry : industries)
            run(
                    "insert into story_industry (story_id, industry_id, published_at) select %d, id, now() from industry where slug = '%s'"
                            .formatted(id, industry));
        return id;
    }

    /** A member of PRO who gets the review and has put these industries in order. */
    long member(String name, String... ranking) {
        long id = number("""
                insert into reader (email, email_key, name, created_at, confirmed_at)
                values ('%1$s@reader.example', '%1$s@reader.example', '%1$s', now(), now()) returning id
                """.formatted(name));
        run("insert into subscription (newsletter_id, reader_id, since) values (%d, %d, now())"
                .formatted(newsletter, id));
        run("""
                insert into membership (reader_id, price_id, payment, started_at, until)
                select %d, id, 'complimentary', '2026-01-01', '2027-12-31' from price limit 1
                """.formatted(id));
        rank(id, ranking);
        return id;
    }

    /** Gives a member the plan that is called gold. */
    void gold(long reader) {
        run("""
                update membership set price_id = (select r.id from price r join plan p on p.id = r.plan_id where p.slug = 'gold')
                where reader_id = %d
                """.formatted(reader));
    }

    void rank(long reader, String... ranking) {
        run("delete from industry_rank where reader_id = " + reader);
        for (int i = 0; i < ranking.length; i++)
            run(
                    "insert into industry_rank (reader_id, industry_id, rank) select %d, id, %d from industry where slug = '%s'"
                            .formatted(reader, i + 1, ranking[i]));
    }

    /** A team on whose seats they sit, with a contract for two years. */
    void team(String since, long... readers) {
        long team = number("insert into team (name, zone, created_at) values ('Ministry', 'UTC', now()) returning id");
        run("""
                insert into contract (team_id, plan_id, seats, seat_price, currency, since, until, grace_until, terms_days, billing_name, contact_email, created_at)
                select %1$d, id, 9, 0, 'USD', '%2$s', date '%2$s' + 700, date '%2$s' + 707, 30, 'Ministry', 'm@ministry.example', '%2$s' from plan limit 1
                """.formatted(team, since));
        for (long reader : readers) run("""
                    insert into seat (team_id, email, email_key, reader_id, came_by, created_at, taken_at)
                    select %d, email, email_key, id, 'invitation', '%s', '%s' from reader where id = %d
                    """.formatted(team, since, since, reader));
    }

    void send(long edition) {
        sendEdition.send(edition, 1);
    }

    /** The names of the parts of a member's letter; none when no letter is owed. */
    List<String> parts(long edition, long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select l.personal ->> 'parts' from letter l join edition e on e.mailing_id = l.mailing_id
                        where e.id = :edition and l.reader_id = :reader
                        """)
                .bind("edition", edition)
                .bind("reader", reader)
                .mapTo(String.class)
                .findOne()
                .map(parts -> List.of(parts.split(" ")))
                .orElse(List.of()));
    }

    /** The letter as it would leave. */
    String letter(long edition, long reader) {
        byte[] message = jdbi.withHandle(handle -> handle.createQuery("""
                        select v.message from mailing_variant v join edition e on e.mailing_id = v.mailing_id
                        join letter l on l.mailing_id = v.mailing_id and l.variant = v.name
                        where e.id = :edition and l.reader_id = :reader
                        """)
                .bind("edition", edition)
                .bind("reader", reader)
                .mapTo(byte[].class)
                .one());
        Map<String, String> values = jdbi.withHandle(handle -> handle.createQuery("""
                        select l.name, l.address, l.token, l.personal ->> 'parts' as parts, l.personal ->> 'subject' as subject,
                               l.personal ->> 'greeting' as greeting, 'id@parallel.example' as "message-id"
                        from letter l join edition e on e.mailing_id = l.mailing_id where e.id = :edition and l.reader_id = :reader
                        """)
                .bind("edition", edition)
                .bind("reader", reader)
                .map((row, ctx) -> {
                    var map = new java.util.HashMap<String, String>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++)
                        map.put(row.getMetaData().getColumnLabel(i), row.getString(i));
                    return Map.copyOf(map);
                })
                .one());
        Bytes bytes = new Bytes();
        FrozenMessage.of(message).splice(slot -> values.getOrDefault(slot, ""), bytes);
        return bytes.toString();
    }

    long industry(String slug) {
        return number("select id from industry where slug = '" + slug + "'");
    }

    private Edition found(Handle handle, long edition) {
        return handle.createQuery("select * from edition where id = :id")
                .bind("id", edition)
                .mapTo(Edition.class)
                .one();
    }

    private Newsletter newsletter(Handle handle) {
        return Newsletters.byId(handle, newsletter).orElseThrow();
    }

    Optional<Composition.Look> look(long edition, Composition.For whom) {
        return jdbi.inTransaction(handle ->
                composition.look(handle, found(handle, edition), newsletter(handle), whom, "Ada", clock.instant()));
    }

    void test(long edition, long staff, Composition.For whom) {
        jdbi.useTransaction(handle ->
                composition.test(handle, found(handle, edition), newsletter(handle), staff, whom, clock.instant()));
    }

    long mend(long edition) {
        return jdbi.inTransaction(handle -> {
            Edition found = found(handle, edition);
            return composition.mend(
                    handle, found, newsletter(handle), found.mailingId().orElseThrow(), clock.instant());
        });
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        database.close();
    }
}
