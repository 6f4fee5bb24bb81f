package press.masthead.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A large model on loopback that says what it is told to say, in the form that its address asks for; and keeps what it was asked. */
public final class FakeModel implements AutoCloseable {
    /** What it was asked. */
    public record Heard(String path, String body, Map<String, List<String>> headers) {}

    public final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile String whole = "";
    private volatile String says = "";
    private volatile boolean hangs;
    private volatile boolean trickles;
    /** How many bytes of trickling answers it could give. */
    public final AtomicInteger trickled = new AtomicInteger();

    public FakeModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers from now on with this text, as a model's words. */
    public void says(String text) {
        says = text;
        whole = "";
        status = 200;
        hangs = false;
        trickles = false;
    }

    /** Answers from now on with just this. */
    public void answers(int status, String body) {
        this.status = status;
        whole = body.isEmpty() ? " " : body;
        hangs = false;
        trickles = false;
    }

    /** Takes questions from now on and never answers. */
    public void hangs() {
        hangs = true;
    }

    /** Begins each answer at once from now on, goes on with a byte a second, and never ends. */
    public void trickles() {
        trickles = true;
        hangs = false;
    }

    private void trickle(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        do {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            trickled.incrementAndGet();
        } while (!closing.await(1, TimeUnit.SECONDS));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            heard.add(new Heard(
                    path,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    Map.copyOf(exchange.getRequestHeaders())));
            if (hangs) {
                closing.await();
                return;
            }
            if (trickles) {
                trickle(exchange);
                return;
            }
            byte[] body = (whole.isEmpty() ? inForm(path) : whole).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String inForm(String path) {
        String text = "\"" + says.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
        return switch (path) {
            case "/v1/chat/completions" ->
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":" + text
                        + "}}],\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":50}}";
            case "/v1/messages" ->
                "{\"content\":[{\"type\":\"text\",\"text\":" + text
                        + "}],\"usage\":{\"input_tokens\":200,\"output_tokens\":50}}";
            case "/api/chat" ->
                "{\"message\":{\"role\":\"assistant\",\"content\":" + text
                        + "},\"prompt_eval_count\":200,\"eval_count\":50}";
            default -> "{}";
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
