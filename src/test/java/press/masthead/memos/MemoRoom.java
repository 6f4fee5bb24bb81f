package press.masthead.memos;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.account.TestClock;
import press.masthead.deliveries.Deliveries;
import press.masthead.following.Follows;
import press.masthead.plans.Memberships;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.mail.Bytes;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;
import press.masthead.subscriptions.UnsubscribeLinks;

/** A newsroom with an energy topic, a banking industry and one author; a clock that is set by hand. */
final class MemoRoom implements AutoCloseable {
    final TestClock clock = new TestClock("2026-11-25T09:00:00Z");
    final Database database = TestDatabase.fresh(4);
    final Jdbi jdbi = database.jdbi();
    final Drafts drafts = new Drafts(clock);
    final Deliveries deliveries = new Deliveries(jdbi, clock);
    final Follows follows = new Follows(jdbi, clock);
    final SendAlerts alerts;
    final SendDailyLetters daily;

    MemoRoom() {
        var publication = new Publication(jdbi);
        var letter = new AlertLetter(new Html(), publication, () -> "http://parallel.example", "parallel.example");
        var memberships = new Memberships(jdbi, clock);
        var links = new UnsubscribeLinks(jdbi);
        alerts = new SendAlerts(jdbi, clock, memberships, links, deliveries, letter);
        daily = new SendDailyLetters(jdbi, clock, memberships, links, deliveries, letter);
        run("insert into topic (slug, name, position) values ('energy', 'Energy', 1)");
        run("insert into industry (slug, name, position) values ('banking', 'Banking', 1)");
        run("insert into author (slug, name) values ('lena', 'Lena Horvat')");
    }

    void run(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }

    long number(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** A memo for members, filed under all that there is and under Norway; not published. */
    long draft(String title) {
        return draft(title, "member", List.of("energy"), List.of("NO"));
    }

    long draft(String title, String access, List<String> topics, List<String> countries) {
        return jdbi.inTransaction(handle -> {
            var draft = new Draft(
                    "memo",
                    "",
                    title,
                    "What " + title + " answers.",
                    "<p>Opening of it.</p><!--members--><p>The hidden part.</p>",
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    Rule.of(Audience.of(access)),
                    false,
                    topics,
                    List.of("banking"),
                    countries,
                    List.of("lena"),
                    "{\"key_points\": [\"The first point of " + title + ".\"]}");
            return ((Drafts.Saved) drafts.create(handle, draft, null)).id();
        });
    }

    void publish(long story) {
        jdbi.useTransaction(handle -> drafts.publishing().publish(handle, story, null));
    }

    void withdraw(long story) {
        run("update story set state = 'withdrawn' where id = " + story);
    }

    long memo(String title) {
        long id = draft(title);
        publish(id);
        return id;
    }

    long reader(String name) {
        return number("""
                insert into reader (email, email_key, name, created_at, confirmed_at)
                values ('%1$s@reader.example', '%1$s@reader.example', '%1$s', now(), now()) returning id
                """.formatted(name));
    }

    /** A member who follows these. */
    long member(String name, String... paths) {
        long id = reader(name);
        run("""
                insert into membership (reader_id, price_id, payment, started_at, until)
                select %d, id, 'complimentary', '2026-01-01', '2027-12-31' from price limit 1
                """.formatted(id));
        for (String path : paths) follows.follow(id, path);
        return id;
    }

    /** Who is owed a letter of this kind, by the first word of their address, as often as they are. */
    List<String> owed(String kind) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select split_part(l.address, '@', 1) from letter l join mailing m on m.id = l.mailing_id
                        where m.kind = :kind and l.state <> 'cancelled' order by m.id, 1
                        """).bind("kind", kind).mapTo(String.class).list());
    }

    /** The latest letter of a kind to a reader, as it would leave. */
    MimeMessage letter(String kind, long reader) throws Exception {
        Map<String, String> values = jdbi.withHandle(handle -> handle.createQuery("""
                        select l.name, l.address, l.token, l.personal ->> 'because' as because, l.personal ->> 'parts' as parts,
                               l.personal ->> 'subject' as subject, 'id@parallel.example' as "message-id", l.mailing_id::text as mailing, l.variant
                        from letter l join mailing m on m.id = l.mailing_id where m.kind = :kind and l.reader_id = :reader
                        order by m.id desc limit 1
                        """)
                .bind("kind", kind)
                .bind("reader", reader)
                .map((row, ctx) -> {
                    var map = new HashMap<String, String>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        String value = row.getString(i);
                        if (value != null) map.put(row.getMetaData().getColumnLabel(i), value);
                    }
                    return Map.copyOf(map);
                })
                .one());
        byte[] message =
                jdbi.withHandle(handle -> handle.createQuery("select message from mailing_variant where mailing_id = "
                                + values.get("mailing") + " and name = '" + values.get("variant") + "'")
                        .mapTo(byte[].class)
                        .one());
        var bytes = new Bytes();
        FrozenMessage.of(message).splice(slot -> values.getOrDefault(slot, ""), bytes);
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(bytes.toString().getBytes(StandardCharsets.ISO_8859_1)));
    }

    void at(String instant) {
        clock.set(Instant.parse(instant));
    }

    @Override
    public void close() {
        database.close();
    }
}
