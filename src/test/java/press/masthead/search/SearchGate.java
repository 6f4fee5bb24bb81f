package press.masthead.search;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before the cluster, asks for a password, and does to whoever comes what clusters do on bad days. */
public final class SearchGate implements AutoCloseable {
    private static final String PASSWORD = "s+cret/%";
    private static final String RIGHT =
            "Basic " + Base64.getEncoder().encodeToString(("masthead:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    /** What happens to a request. */
    public enum Day {
        GOOD,
        /** The connection ends without a word. */
        GONE,
        /** Nothing is answered. */
        SILENT,
        /** An answer begins and never ends. */
        ENDLESS,
        /** The answer is a page of something else. */
        ANOTHER,
        /** The answer is JSON of something else. */
        ODD
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;
    private final String backend;
    private volatile Day day = Day.GOOD;

    public SearchGate() throws IOException {
        // here and not in a thread of the server: virtual ones that wait for a class to be made ready keep all others
        // waiting
        backend = OpenSearchServer.url();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    public void is(Day today) {
        day = today;
    }

    /** How many requests came so far. */
    int asked() {
        return asked.get();
    }

    public String url(String name) {
        return url("masthead", "s+cret%2F%25", name);
    }

    public String url(String user, String password, String name) {
        return "http://%s:%s@127.0.0.1:%d/%s"
                .formatted(user, password, server.getAddress().getPort(), name);
    }

    private void pass(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            switch (day) {
                case GOOD -> {
                    if (RIGHT.equals(exchange.getRequestHeaders().getFirst("Authorization"))) forward(exchange);
                    else say(exchange, 401, "{\"status\": 401, \"error\": \"Unauthorized\"}");
                }
                case GONE -> {}
                case SILENT -> waitForEnd();
                case ENDLESS -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    waitForEnd();
                }
                case ANOTHER -> say(exchange, 200, "<html>Welcome</html>");
                case ODD -> say(exchange, 200, "{\"hits\": \"none\"}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitForEnd() throws InterruptedException {
        end.await();
    }

    private void forward(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(backend + exchange.getRequestURI()))
                        .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                        .method(
                                exchange.getRequestMethod(),
                                body.length == 0
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        client.shutdownNow();
    }
}
