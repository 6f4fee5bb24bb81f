package press.masthead;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUnusable;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.EmbeddedPostgres;
import press.masthead.platform.storage.Disk;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.WebServer;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeRefused;

/** A started Masthead: the database, the newsroom over it, the server in front; closed in the opposite order. */
public final class Running implements AutoCloseable {
    private static final int POOL = 16;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Config config;
    private final Newsroom newsroom;
    private final WebServer server;

    private Running(Config config, Clock clock, Disk disk) {
        this.config = config;
        try {
            WebServer.claim(config.host(), config.port());
            claim(config.data());
            var database = keep(Database.open(databaseUrl(), POOL));
            database.migrate();
            newsroom = keep(new Newsroom(config, database, clock, disk));
            server = keep(newsroom.serve());
            // Before the server: it waits for whoever still listens.
            keep(newsroom.happenings);
            newsroom.begin();
        } catch (IOException e) {
            close();
            throw new DatabaseUnusable(
                    "The folder " + config.data() + " can't be written to; choose another with MASTHEAD_DATA.", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public static Running start(Config config) {
        return new Running(config, Clock.systemUTC(), Disk.REAL);
    }

    /** With a clock that a test moves. */
    public static Running start(Config config, Clock clock) {
        return new Running(config, clock, Disk.REAL);
    }

    /** With a clock and a disk that a test fills. */
    static Running start(Config config, Clock clock, Disk disk) {
        return new Running(config, clock, disk);
    }

    public Newsroom newsroom() {
        return newsroom;
    }

    /** The address that readers see, without a final slash. */
    public String url() {
        return newsroom.url();
    }

    /** The port that it listens on. */
    int port() {
        return server.port();
    }

    /** A folder that is there may still be somebody else's, or on a disk that is mounted to be read only. */
    private static void claim(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, ".claim", ""));
    }

    /** The four lines that a newcomer needs. */
    void greet(PrintStream out) {
        out.println();
        out.println("  The site      " + url() + "/");
        out.println("  The newsroom  " + newsroom.newsroomLink());
        out.println("  The mailbox   " + newsroom.mailboxAddress());
        out.println("  The data      " + config.data());
        out.println();
        out.flush();
    }

    /** Starts in a folder of its own, reads the pages that most people ask for, and stops. */
    static void warmUp() throws IOException {
        Path folder = Files.createTempDirectory("masthead-warm-up");
        try (var running = start(Config.read(Map.of("MASTHEAD_PORT", "0", "MASTHEAD_DATA", folder.toString())));
                var client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 20; i++)
                for (String path : running.newsroom.warmPaths())
                    client.send(
                            HttpRequest.newBuilder(URI.create(running.url() + path))
                                    .build(),
                            BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            remove(folder);
        }
    }

    /** Takes the events that Stripe has not delivered; the server that runs on this database handles them. */
    static int replayStripe(Config config, Instant since, String event) {
        if (config.stripe().isEmpty()) {
            System.err.println("STRIPE_SECRET_KEY is not set, so there is nothing to replay from.");
            return 1;
        }
        return beside(config, newsroom -> {
            try {
                var stripe = newsroom.stripe.orElseThrow();
                if (event.isEmpty()) {
                    Instant earliest = Instant.now().minus(Duration.ofDays(30));
                    int found = stripe.sweep().replay(since.isBefore(earliest) ? earliest : since);
                    System.out.println(found + (found == 1 ? " event was" : " events were") + " missing.");
                } else if (stripe.sweep().replay(event).isEmpty()) {
                    System.err.println("Stripe knows no event " + event + "; it keeps them for 30 days.");
                    return 1;
                }
                stripe.handleEvents().run();
                newsroom.stripeEvents
                        .waiting()
                        .forEach(waiting -> System.out.println(
                                "  " + waiting.id() + " could not be handled: " + waiting.trouble()));
                return newsroom.stripeEvents.waiting().isEmpty() ? 0 : 1;
            } catch (StripeAway | StripeRefused trouble) {
                System.err.println(trouble.getMessage());
                return 1;
            }
        });
    }

    /** Checks the books on the database of a server that may be running. Returns 0 when all agree. */
    static int check(Config config) {
        return beside(config, newsroom -> {
            newsroom.movements.run();
            List<String> found = newsroom.checkBooks.lines();
            found.forEach(System.out::println);
            if (found.isEmpty()) System.out.println("Ledger, invoices, memberships and access agree.");
            return found.isEmpty() ? 0 : 1;
        });
    }

    /** Does something on the database of a server that may be running. What can't be done is a sentence, and 2. */
    static int beside(Config config, ToIntFunction<Newsroom> work) {
        Optional<DatabaseUrl> served = config.databaseUrl()
                .map(DatabaseUrl::parse)
                .or(() -> EmbeddedPostgres.served(config.data().resolve("postgres")));
        try (var own = served.isPresent()
                        ? null
                        : EmbeddedPostgres.start(config.data().resolve("postgres"));
                var database = Database.open(
                        served.orElseGet(() -> Objects.requireNonNull(own).url()), 6)) {
            database.migrate();
            try (var newsroom = new Newsroom(config, database, Clock.systemUTC())) {
                return work.applyAsInt(newsroom);
            }
        } catch (Problem problem) {
            System.err.println(problem.sentence());
            return 2;
        }
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }

    private DatabaseUrl databaseUrl() {
        Optional<String> given = config.databaseUrl();
        if (given.isPresent()) return DatabaseUrl.parse(given.get());
        return keep(EmbeddedPostgres.start(config.data().resolve("postgres"))).url();
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.getLogger("press.masthead").log(System.Logger.Level.WARNING, "while stopping", e);
            }
        }
    }
}
