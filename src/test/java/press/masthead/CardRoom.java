package press.masthead;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Standing;
import press.masthead.account.TestClock;
import press.masthead.billing.Begun;
import press.masthead.billing.Purchase;
import press.masthead.localstripe.LocalStripe;
import press.masthead.plans.Membership;
import press.masthead.plans.Offer;
import press.masthead.plans.Origin;
import press.masthead.plans.Price;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.web.WebServer;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** A newsroom and a Stripe of its own on one clock that a test moves; what recurs is done when the test lets time pass. */
final class CardRoom implements AutoCloseable {
    static final String SECRET = "whsec_test";

    final TestClock clock = new TestClock("2026-11-23T08:00:00Z");
    final LocalStripe stripe;
    final Newsroom newsroom;
    final Jdbi jdbi;
    final Config config;
    private final Optional<OddStripe> odd;
    private final Database database;
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    CardRoom() throws Exception {
        this(false);
    }

    CardRoom(boolean sample) throws Exception {
        this(sample, Optional.empty());
    }

    /** @param odd what stands between the two */
    CardRoom(boolean sample, Optional<OddStripe> odd) throws Exception {
        this.odd = odd;
        stripe = LocalStripe.start(LocalStripe.Options.usual().standingAt(clock.instant()));
        DatabaseUrl address = TestDatabase.freshUrl();
        database = Database.open(address, 8);
        database.migrate();
        jdbi = database.jdbi();
        Path data = Files.createTempDirectory(Path.of("target"), "cards");
        var settings = new HashMap<String, String>();
        settings.put("DATABASE_URL", Press.text(address));
        settings.put("MASTHEAD_PORT", "0");
        settings.put("MASTHEAD_DATA", data.toString());
        settings.put("MASTHEAD_SAMPLE", sample ? "yes" : "no");
        settings.put("STRIPE_SECRET_KEY", "sk_test_local");
        settings.put("STRIPE_API_BASE", odd.map(OddStripe::url).orElse(stripe.url()));
        settings.put("STRIPE_WEBHOOK_SECRET", "whsec_next, " + SECRET);
        config = Config.read(settings);
        newsroom = new Newsroom(config, database, clock);
        server = newsroom.serve();
        odd.ifPresent(between -> {
            between.between(stripe.url(), url());
            between.clock = () -> clock.instant().getEpochSecond();
        });
        stripe.webhook(odd.map(between -> between.url() + "/hook").orElse(url() + "/stripe/webhook"), SECRET);
    }

    String url() {
        return "http://localhost:" + server.port();
    }

    /** What the timetable does once what Stripe tells has come. */
    void work() {
        stripe.settle();
        newsroom.stripe.orElseThrow().handleEvents().run();
        newsroom.remindTrials.run();
        newsroom.endTrials.run();
        newsroom.endMemberships.run();
        newsroom.stripe.orElseThrow().sweep().endLeftAlive();
    }

    /** Lets time pass on both sides, hour by hour where it is short and day by day else. */
    void pass(Duration time) {
        Duration step = time.compareTo(Duration.ofDays(2)) > 0 ? Duration.ofHours(12) : Duration.ofHours(1);
        for (Duration left = time; left.isPositive(); left = left.minus(step)) {
            clock.pass(left.compareTo(step) < 0 ? left : step);
            stripe.advance(clock.instant());
            work();
        }
    }

    void days(int days) {
        pass(Duration.ofDays(days));
    }

    Reader person(String email) {
        long id = jdbi.inTransaction(handle -> {
            long met = newsroom.readers.meet(handle, EmailAddress.parse(email).orElseThrow());
            newsroom.readers.confirm(handle, met);
            return met;
        });
        return newsroom.readers.byId(id).orElseThrow();
    }

    Reader owner() {
        Reader ada = person("ada@parallel.example");
        jdbi.useHandle(handle -> handle.execute(
                "insert into staff (reader_id, role) values (?, 'owner') on conflict do nothing", ada.id()));
        return newsroom.readers.byId(ada.id()).orElseThrow();
    }

    /** The page to pay on. */
    String checkout(Reader reader) {
        return checkout(reader, newsroom.plans.offered());
    }

    String checkout(Reader reader, Price price) {
        return checkout(reader, price, Optional.empty());
    }

    String checkout(Reader reader, Price price, Optional<Offer> offer) {
        Price theirs = newsroom.memberships.trialIsLeft(reader.id()) ? price : price.withTrial(0);
        var begun =
                newsroom.stripe.orElseThrow().payments().begin(new Purchase(reader, theirs, offer, Origin.UNKNOWN, ""));
        if (begun instanceof Begun.Elsewhere(String page)) return page;
        throw new AssertionError("not sent to a page: " + begun);
    }

    /** Types a card's number into a page of Stripe's. */
    HttpResponse<String> pay(String page, String card) throws Exception {
        return post(page, "number", card, "email", "someone@reader.example");
    }

    void join(Reader reader, String card) throws Exception {
        pay(checkout(reader), card);
        work();
    }

    HttpResponse<String> post(String url, String... fields) throws Exception {
        var form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2)
            form.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        return client.send(
                HttpRequest.newBuilder(
                                URI.create(odd.map(between -> between.back(url)).orElse(url)))
                        .header("Authorization", "Bearer sk_test_local")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> webhook(String body, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url() + "/stripe/webhook"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    Membership membership(Reader reader) {
        return newsroom.memberships.find(reader.id()).orElseThrow();
    }

    Membership.State state(Reader reader) {
        return membership(reader).state(clock.instant());
    }

    boolean reads(Reader reader) {
        return newsroom.memberships.of(reader) instanceof Standing.Member;
    }

    List<String> history(Reader reader) {
        return newsroom.memberships.history(reader.id()).reversed().stream()
                .map(event -> event.what() + " " + event.cause())
                .toList();
    }

    List<String> letters(String email) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select subject from outbox where lower(to_address) = lower(:to) order by id")
                .bind("to", email)
                .mapTo(String.class)
                .list());
    }

    List<String> ledger() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select kind || ' ' || amount || ' ' || currency from ledger_entry order by at, id")
                .mapTo(String.class)
                .list());
    }

    long count(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        server.close();
        newsroom.close();
        database.close();
        stripe.close();
    }
}
