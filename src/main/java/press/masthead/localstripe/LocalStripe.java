package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A Stripe of one's own for development and tests, on loopback: the part of the API that a newsroom needs, the pages that Stripe
 * hosts, signed webhooks and a clock that can be moved. It behaves as Stripe's documentation says for version
 * {@value Account#API_VERSION}; where it knows less than Stripe it refuses instead of guessing.
 */
public final class LocalStripe implements AutoCloseable {
    static {
        // Without it the JDK's server waits 40 ms between the head and the body of each answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What happens to a subscription when the last try to collect has failed. */
    public enum AfterRetries {
        CANCEL,
        UNPAID,
        PAST_DUE
    }

    /**
     * @param port 0 takes a free one
     * @param clock where the account's time stands; it runs with the machine's where that is empty
     * @param retries the pauses between tries to collect an invoice
     * @param upcoming how long before a renewal its notice comes
     * @param carriers how many webhooks are delivered at one time
     */
    public record Options(
            int port,
            Optional<Instant> clock,
            Chaos chaos,
            List<Duration> retries,
            AfterRetries afterRetries,
            Duration upcoming,
            int carriers,
            String url) {
        public static Options usual() {
            return new Options(
                    0,
                    Optional.empty(),
                    Chaos.NONE,
                    List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7)),
                    AfterRetries.CANCEL,
                    Duration.ofDays(7),
                    2,
                    "");
        }

        public Options port(int other) {
            return new Options(other, clock, chaos, retries, afterRetries, upcoming, carriers, url);
        }

        public Options standingAt(Instant instant) {
            return new Options(port, Optional.of(instant), chaos, retries, afterRetries, upcoming, carriers, url);
        }

        public Options with(Chaos other) {
            return new Options(port, clock, other, retries, afterRetries, upcoming, carriers, url);
        }

        public Options then(AfterRetries other) {
            return new Options(port, clock, chaos, retries, other, upcoming, carriers, url);
        }

        Options at(String address) {
            return new Options(port, clock, chaos, retries, afterRetries, upcoming, carriers, address);
        }
    }

    private static final int MOST_BODY = 1 << 20;

    private record Answered(String what, int status, String body) {}

    private final Object lock = new Object();
    private final HttpServer server;
    private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("local-stripe-clock").factory());
    private final Account account;
    private final Endpoints endpoints;
    private final Endpoints.Parts parts;
    private final HostedPages pages;
    private final Map<String, Answered> answered = new HashMap<>();
    private final Random dice;

    private LocalStripe(HttpServer server, Options options) {
        this.server = server;
        account = new Account(options);
        dice = options.chaos().dice(3);
        var customers = new Customers(account);
        var catalogue = new Catalogue(account);
        var disputes = new Disputes(account);
        var payments = new Payments(account, customers, disputes);
        var invoicing = new Invoicing(account, payments);
        var taxing = new Taxing(account);
        var subscriptions = new Subscriptions(account, customers, catalogue, invoicing, taxing);
        var checkout = new Checkout(account, customers, catalogue, subscriptions, invoicing, payments, taxing);
        var portal = new Portal(account, customers, subscriptions, invoicing);
        parts = new Endpoints.Parts(
                customers,
                catalogue,
                payments,
                disputes,
                new Refunds(account),
                invoicing,
                subscriptions,
                checkout,
                portal,
                new Webhooks(account, lock),
                new TestClocks(account),
                taxing);
        endpoints = new Endpoints(account, parts);
        pages = new HostedPages(account, parts, new Hosted(account));
        server.createContext("/", this::handle);
        server.setExecutor(hands);
        server.start();
        if (!account.clocks.stands()) ticker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Starts on loopback. */
    public static LocalStripe start(Options options) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 256);
        return new LocalStripe(
                server, options.at("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    /** The base of its addresses, for {@code STRIPE_API_BASE}. */
    public String url() {
        return account.options.url();
    }

    /** Sends everything that happens to this address, signed with the secret. */
    public void webhook(String url, String secret) {
        webhook(url, secret, List.of("*"));
    }

    /** Sends what happens of these kinds. */
    public void webhook(String url, String secret, List<String> kinds) {
        synchronized (lock) {
            parts.webhooks().add(url, secret, kinds);
        }
    }

    private void tick() {
        synchronized (lock) {
            account.clocks.tick();
        }
    }

    /** The account's time. */
    public Instant now() {
        synchronized (lock) {
            return Instant.ofEpochSecond(account.clocks.now());
        }
    }

    /** Moves the account's time on where it stands, and waits until all webhooks have been answered. */
    public void advance(Instant to) {
        synchronized (lock) {
            account.clocks.advance(Clocks.ACCOUNT, to.getEpochSecond());
        }
        settle();
    }

    /** Waits until no webhook is under way. */
    public void settle() {
        parts.webhooks().settle();
    }

    /** One of its objects as it stands now, as text; for those who compare. */
    public List<String> all(String kind) {
        synchronized (lock) {
            return account.books.all(kind).values().stream()
                    .map(ObjectNode::toString)
                    .toList();
        }
    }

    List<String> endpointNames() {
        return endpoints.names();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BODY);
            String body = new String(bytes, StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            if (!path.startsWith("/v1/")) {
                HostedPages.Page page;
                synchronized (lock) {
                    account.clocks.tick();
                    page = pages.answer(exchange.getRequestMethod(), path, body);
                }
                if (!page.location().isEmpty()) exchange.getResponseHeaders().set("Location", page.location());
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                send(exchange, page.status(), page.html());
                return;
            }
            Answered answer;
            synchronized (lock) {
                account.clocks.tick();
                answer = api(exchange, path, body);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Request-Id", "req_local");
            exchange.getResponseHeaders().set("Stripe-Version", Account.API_VERSION);
            send(exchange, answer.status(), answer.body());
        } catch (RuntimeException e) {
            System.getLogger("press.masthead.localstripe")
                    .log(
                            System.Logger.Level.WARNING,
                            "a request failed: " + exchange.getRequestURI().getPath(),
                            e);
            send(exchange, 500, "{\"error\":{\"type\":\"api_error\",\"message\":\"An unexpected error occurred.\"}}");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Answered api(HttpExchange exchange, String path, String body) {
        String method = exchange.getRequestMethod();
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        String key = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key"))
                .orElse("");
        String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        String what = method + " " + path + "?" + query + "\n" + body;
        Answered before = key.isEmpty() || !method.equals("POST") ? null : answered.get(key);
        try {
            if (!authorization.matches("(Bearer|Basic) \\S+")) throw Refusal.noKey();
            if (before != null) {
                if (!before.what().equals(what)) throw Refusal.keyUsedOtherwise();
                exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
                exchange.getResponseHeaders().set("Original-Request", "req_local");
                return before;
            }
            account.events.by(key);
            ObjectNode params = Ask.parse(query);
            params.setAll(Ask.parse(body));
            String text = endpoints.answer(new Ask(method, path, "", params)).toString();
            Answered answer = new Answered(what, 200, text);
            if (!key.isEmpty() && method.equals("POST")) answered.put(key, answer);
            if (method.equals("POST")
                    && dice.nextDouble() < account.options.chaos().unanswered())
                return new Answered(
                        what, 500, "{\"error\":{\"type\":\"api_error\",\"message\":\"The answer was lost.\"}}");
            return answer;
        } catch (Refusal refusal) {
            Answered answer =
                    new Answered(what, refusal.status(), refusal.body().toString());
            if (!key.isEmpty() && before == null && refusal.status() == 402) answered.put(key, answer);
            return answer;
        } finally {
            account.events.by("");
        }
    }

    @Override
    public void close() {
        server.stop(0);
        ticker.shutdownNow();
        parts.webhooks().close();
        hands.shutdownNow();
    }
}
