package press.masthead.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.Unmade;
import press.masthead.editions.ComposedLetter;
import press.masthead.editions.EditionLetter;
import press.masthead.editions.EditionReaders;
import press.masthead.editions.FreezeEdition;
import press.masthead.editions.SendEdition;
import press.masthead.plans.Memberships;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.reviews.OweReviews;
import press.masthead.subscriptions.UnsubscribeLinks;

/**
 * 50,000 members with rankings of their own, 2,000 candidate pieces, 20 that each member has read: their reviews composed, written
 * down, frozen and owed, then sent DKIM-signed into Postfix's smtp-sink, against a plain signed send of one letter to all in
 * the same run. With 9 industries and with 40.
 */
public final class ReviewsBench {
    private static final int MEMBERS = 50_000;
    private static final int PIECES = 2_000;
    private static final int PLAIN = 20_000;
    private static final int BYTES = 20 * 1024;
    private static final int LEAST_A_SECOND = 5_000;

    private final Path folder;
    private final String smtpSink = Tools.find("smtp-sink", "postfix");

    /** @param folder empty, for the database and the sink; needs 2 GB */
    public ReviewsBench(Path folder) {
        this.folder = folder;
    }

    public void run() throws IOException, InterruptedException {
        var composed = new Samples();
        var sent = new Samples();
        var plain = new Samples();
        try (var room = new SendRoom(folder, BYTES)) {
            SendEdition sendEdition = sendEdition(room);
            fill(room);
            try (var sink = MailSink.start(smtpSink, folder, false)) {
                room.send(PLAIN, sink, true);
                for (int industries : new int[] {9, 40, 9, 40}) {
                    SendRoom.Sent letter = room.send(PLAIN, sink, true);
                    plain.add(PLAIN / (letter.owedInSeconds() + PLAIN / letter.rate()));
                    long edition = week(room, industries);
                    SendRoom.Sent reviews = room.send(owe(room, sendEdition, edition), MEMBERS, sink, true);
                    composed.add(MEMBERS / reviews.owedInSeconds());
                    sent.add(MEMBERS / (reviews.owedInSeconds() + MEMBERS / reviews.rate()));
                    System.out.printf(
                            Locale.ROOT,
                            "  %d industries: composed and owed in %.2f s (%.0f a second), then %.0f letters/s%n",
                            industries,
                            reviews.owedInSeconds(),
                            MEMBERS / reviews.owedInSeconds(),
                            reviews.rate());
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "composed, written down and owed: %s a second; composed and sent: %s a second; the plain signed send: %s%n",
                composed,
                sent,
                plain);
        long rss = Tools.residentMegabytes();
        System.out.println(Tools.line("reviews-composed", composed.median(), LEAST_A_SECOND, "reviews/s", rss));
        System.out.println(Tools.line("reviews", sent.median(), plain.median(), "letters/s", rss));
    }

    private static SendEdition sendEdition(SendRoom room) {
        var jdbi = room.database().jdbi();
        var publication = new Publication(jdbi);
        var html = new Html();
        var letter = new EditionLetter(html, publication, () -> "https://parallel.example");
        var freeze = new FreezeEdition(letter, publication, "parallel.example");
        var links = new UnsubscribeLinks(jdbi);
        return new SendEdition(
                jdbi,
                room.deliveries(),
                freeze,
                new EditionReaders(new Memberships(jdbi, room.clock()), links, publication),
                new OweReviews(
                        room.deliveries(), new Unmade(room.clock()), new ComposedLetter(letter, freeze, html), links),
                room.clock());
    }

    private static Supplier<Deliveries.Owed> owe(SendRoom room, SendEdition sendEdition, long edition) {
        return () -> {
            sendEdition.send(edition, 1);
            long mailing = number(room, "select mailing_id from edition where id = " + edition);
            return new Deliveries.Owed(mailing, number(room, "select expected from mailing where id = " + mailing));
        };
    }

    private static long number(SendRoom room, String sql) {
        return room.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** Members who all get the review, and what they have read. */
    private static void fill(SendRoom room) {
        room.database().jdbi().useTransaction(handle -> {
            handle.execute("""
                    insert into newsletter (slug, name, sender_name, audience, slot, days, at, zone, release)
                    values ('weekly-review', 'Your weekly review', 'The Parallel', 'members', 'personal', '{fri}', '07:00', 'UTC', 'waits')
                    """);
            handle.execute("""
                    insert into reader (email, email_key, name, created_at, confirmed_at)
                    select 'member-' || n || '@reader.example', 'member-' || n || '@reader.example', 'Member ' || n, now(), now()
                    from generate_series(1, ?) n
                    """, MEMBERS);
            handle.execute("""
                    insert into membership (reader_id, price_id, payment, started_at, until)
                    select r.id, (select min(id) from price), 'complimentary', now() - interval '1 day', now() + interval '1 year' from reader r
                    """);
            handle.execute(
                    "insert into subscription (newsletter_id, reader_id, since) select n.id, r.id, now() from newsletter n, reader r");
            handle.execute("""
                    insert into story (slug, title, standfirst, state, kind, published_at, created_at, updated_at, words, featured)
                    select 'piece-' || n, initcap(md5(n::text)) || ' and what it means for ' || initcap(md5((n * 7)::text)),
                           'A sample standfirst of the usual length for piece ' || md5((n * 3)::text) || ', with what is at stake, who decides and until when.',
                           'published', case when n % 3 = 0 then 'memo' else 'article' end, now() - n * interval '20 minutes', now(), now(), 600, n % 50 = 0
                    from generate_series(1, ?) n
                    """, PIECES);
            handle.execute("""
                    insert into member_read (reader_id, story_id, at)
                    select r.id, s.id, now() from reader r cross join generate_series(1, 20) k
                    join story s on s.id = 1 + (r.id * 7919 + k * 104729) % ? on conflict do nothing
                    """, PIECES);
        });
        room.database().jdbi().useHandle(handle -> handle.execute("vacuum analyze"));
    }

    /** A week of its own with so many industries, ranked by each member in another order. Nobody has been sent anything before. */
    private static long week(SendRoom room, int industries) {
        return room.database().jdbi().inTransaction(handle -> {
            handle.execute("delete from edition where newsletter_id in (select id from newsletter)");
            handle.execute("delete from story_industry");
            handle.execute("delete from industry_rank");
            handle.execute("delete from industry");
            handle.execute("""
                    insert into industry (slug, name, position) select 'industry-' || n, 'Industry number ' || n, n from generate_series(1, ?) n
                    """, industries);
            handle.execute("""
                    insert into story_industry (story_id, industry_id, published_at)
                    select s.id, i.id, s.published_at from story s cross join generate_series(0, 1) k
                    join (select id, row_number() over (order by id) - 1 as n from industry) i on i.n = (s.id * 31 + k * (7 + s.id % 5)) % ?
                    on conflict do nothing
                    """, industries);
            handle.execute("""
                    insert into industry_rank (reader_id, industry_id, rank)
                    select reader_id, id, rank from (
                      select r.id as reader_id, i.id, row_number() over (partition by r.id order by md5(r.id || '-' || i.id)) as rank
                      from reader r cross join industry i) ranked
                    where rank <= 3 + reader_id % 7
                    """);
            return handle.createQuery("""
                            insert into edition (newsletter_id, day, due_at, subject, drafted_at, since)
                            select id, current_date, now(), 'Your week', now(), now() - interval '7 days' from newsletter returning id
                            """).mapTo(Long.class).one();
        });
    }
}
