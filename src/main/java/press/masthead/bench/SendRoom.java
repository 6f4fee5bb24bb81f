package press.masthead.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import press.masthead.deliveries.Audience;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.HandSettings;
import press.masthead.deliveries.Hands;
import press.masthead.deliveries.Mailing;
import press.masthead.deliveries.MailingState;
import press.masthead.deliveries.Progress;
import press.masthead.deliveries.Reconciler;
import press.masthead.plans.Memberships;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.EmbeddedPostgres;
import press.masthead.platform.mail.Dkim;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.MailKeys;
import press.masthead.platform.mail.Slot;
import press.masthead.platform.mail.SmtpServer;

/** What the program sends with: its embedded PostgreSQL with fsync on, its ledger, its hands, its reconciler; nothing in their place. */
final class SendRoom implements AutoCloseable {
    private static final String DOMAIN = "parallel.example";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Clock clock = Clock.systemUTC();
    private final EmbeddedPostgres postgres;
    private final Database database;
    private final Deliveries deliveries;
    private final Dkim dkim;
    private final FrozenMessage letter;
    private int mailings;

    SendRoom(Path folder, int letterBytes) {
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        database = Database.open(postgres.url(), 16);
        database.migrate();
        deliveries = new Deliveries(database.jdbi(), clock);
        dkim = new MailKeys(database.jdbi(), clock).of(DOMAIN);
        letter = letter(letterBytes);
    }

    /** A mailing that was sent: how many letters a second between the first hand's start and the reconciler's word. */
    record Sent(long mailing, double rate, double owedInSeconds) {}

    /**
     * Owes one letter to each of so many readers, starts the hands, and asks the reconciler until it calls the mailing sent.
     *
     * @throws IOException when that does not happen, or a letter was not accepted
     */
    Sent send(int letters, MailSink sink, boolean signed) throws IOException {
        return send(() -> owe(letters), letters, sink, signed);
    }

    /** The same for letters that somebody else owes; the time that this takes is told apart. */
    Sent send(Supplier<Deliveries.Owed> owe, int letters, MailSink sink, boolean signed) throws IOException {
        long begun = System.nanoTime();
        Deliveries.Owed owed = owe.get();
        double owedIn = (System.nanoTime() - begun) / 1e9;
        var settings = HandSettings.USUAL;
        SmtpServer server = SmtpServer.plain("127.0.0.1", sink.port());
        var reconciler = new Reconciler(database.jdbi(), clock, settings);
        try (var hands = new Hands(
                database.jdbi(),
                deliveries,
                new Memberships(database.jdbi(), clock),
                () -> server,
                signed ? Optional.of(dkim) : Optional.empty(),
                clock,
                settings)) {
            long from = System.nanoTime();
            hands.start();
            awaitSettled(owed);
            reconciler.run();
            double seconds = (System.nanoTime() - from) / 1e9;
            Progress progress = progress(owed);
            if (progress.state() != MailingState.SENT || progress.accepted() != letters)
                throw new IOException("the mailing is not sent: " + progress);
            return new Sent(owed.mailing(), letters / seconds, owedIn);
        }
    }

    Database database() {
        return database;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Clock clock() {
        return clock;
    }

    /** Asks seldom enough to cost nothing: six sums over one row for each hand. */
    private void awaitSettled(Deliveries.Owed owed) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (progress(owed).settled() < owed.expected()) {
            if (System.nanoTime() > end) throw new IOException("not sent in " + PATIENCE + ": " + progress(owed));
            LockSupport.parkNanos(20_000_000);
        }
    }

    private Progress progress(Deliveries.Owed owed) {
        return deliveries.progress(owed.mailing()).orElseThrow();
    }

    private record Row(String messageId, String address) {}

    /** The ledger's accepted rows: address by Message-ID. */
    Map<String, String> accepted(long mailing) {
        var rows = new HashMap<String, String>();
        database.jdbi()
                .useHandle(handle -> handle.createQuery("""
                                select l.mailing_id || '.' || l.id || '.' || m.mark || '@' || m.domain as message_id, l.address
                                from letter l join mailing m on m.id = l.mailing_id
                                where l.mailing_id = :mailing and l.state = 'accepted' and l.code = 250
                                """)
                        .bind("mailing", mailing)
                        .mapTo(Row.class)
                        .forEach(row -> rows.put(row.messageId(), row.address())));
        return rows;
    }

    private Deliveries.Owed owe(int letters) {
        var now = clock.instant();
        var mailing = new Mailing(
                "bench",
                Integer.toString(++mailings),
                "The morning in six stories",
                "bounce-*@" + DOMAIN,
                DOMAIN,
                Map.of("all", letter),
                now,
                now.plus(Duration.ofHours(6)));
        var audience = new Audience("""
                select n as reader_id, 'reader-' || n || '@reader.example' as address, 'Reader ' || n as name, 'all' as variant,
                       md5(n::text) || md5((n + 1)::text) as token,
                       jsonb_build_object('greeting', 'Good morning, Reader ' || n || '.') as personal
                from generate_series(1, :letters) n
                """, Map.of("letters", letters));
        return database.jdbi().inTransaction(handle -> deliveries.owe(handle, mailing, audience));
    }

    /** Text and HTML as an edition has them: a greeting, stories, the reader's own unsubscribe link in both parts and the header. */
    private FrozenMessage letter(int bytes) {
        int stories = 1;
        FrozenMessage longest = letterOf(stories);
        while (longest.size() < bytes) longest = letterOf(++stories);
        return longest;
    }

    private FrozenMessage letterOf(int stories) {
        String link = "https://" + DOMAIN + "/unsubscribe/";
        String greeting = Slot.mark("greeting");
        var text = new StringBuilder(greeting).append("\n\n");
        var html = new StringBuilder("<html><body style=\"margin:0\"><p>")
                .append(greeting)
                .append("</p>\n");
        for (int n = 1; n <= stories; n++) {
            String address = "https://" + DOMAIN + "/harbour-lights-" + n + "/";
            String words = "The harbour of the sample city opened its " + n
                    + "th lock this morning, and the ferries that waited behind it left in good order.";
            text.append("Harbour lights ")
                    .append(n)
                    .append('\n')
                    .append(words)
                    .append('\n')
                    .append(address)
                    .append("\n\n");
            html.append("<h2 style=\"font:600 20px/1.3 Georgia,serif;margin:24px 0 8px\"><a href=\"")
                    .append(address)
                    .append("\" style=\"color:#1a1a1a;text-decoration:none\">Harbour lights ")
                    .append(n)
                    .append("</a></h2>\n<p style=\"font:16px/1.5 Georgia,serif;color:#333\">")
                    .append(words)
                    .append("</p>\n");
        }
        text.append("Leave this newsletter: ")
                .append(link)
                .append(Slot.inLink(Mailing.TOKEN))
                .append('\n');
        html.append("<p><a href=\"")
                .append(link)
                .append(Slot.inLink(Mailing.TOKEN))
                .append("\">Leave this newsletter</a></p></body></html>\n");
        return Mailing.draft(new MailAddress("Morning Parallel", "morning@" + DOMAIN))
                .subject("The morning in six stories")
                .date(clock.instant(), ZoneOffset.UTC)
                .header("List-Id", "<morning." + DOMAIN + ">")
                .header("List-Unsubscribe", "<" + link + Slot.mark(Mailing.TOKEN) + ">")
                .header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .text(text.toString())
                .html(html.toString())
                .freeze();
    }

    @Override
    public void close() {
        database.close();
        postgres.close();
    }
}
