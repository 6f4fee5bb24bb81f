package press.masthead;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import press.masthead.localstripe.Described;

/**
 * Stands between a newsroom and its Stripe and changes what Stripe's documentation leaves open: the shape of ids, fields and words
 * that nobody knows yet, one object for each page of a list, parts that are left out, answers that fail the first time, and webhooks
 * that come thin, turned round or not at all.
 */
final class OddStripe implements AutoCloseable {
    /** How a webhook's object is told. */
    enum Telling {
        WHOLE,
        /** Its id and kind alone. */
        BARE,
        /** A pointer, as thin events have it. */
        POINTED
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<HttpRequest> headers = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<byte[]> held = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String upstream = "";
    private volatile String newsroom = "";
    volatile boolean down;
    volatile boolean faults;
    /** A customer who was deleted can't be asked about. */
    volatile boolean forgetful;

    volatile boolean hold;
    volatile Telling telling = Telling.WHOLE;

    OddStripe() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    void between(String stripe, String site) {
        upstream = stripe;
        newsroom = site;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Ids of another shape, without the marks that tell their kind. */
    private static String there(String text) {
        return text.replaceAll(
                "\\b(?:cus|ch|pi|py|sub|si|in|re|di|evt|cs_test|price|prod|txr|il|inpay|dp|pm)_L(\\d{13})", "X-$1");
    }

    private final java.util.Map<String, String> names = new java.util.concurrent.ConcurrentHashMap<>();

    private String remembered(String body) {
        var found = java.util.regex.Pattern.compile("\\b([a-z]+(?:_test)?)_L(\\d{13})")
                .matcher(body);
        while (found.find()) names.put(found.group(2), found.group());
        return there(body);
    }

    /** As Stripe itself calls it. */
    String back(String text) {
        return java.util.regex.Pattern.compile("X-(\\d{13})")
                .matcher(text)
                .replaceAll(found -> names.getOrDefault(found.group(1), found.group()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getRawPath();
            if (path.equals("/hook")) {
                hook(body);
                send(exchange, 200, "ok");
                return;
            }
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            requests.add(exchange.getRequestMethod() + " " + path + (query.isEmpty() ? "" : "?" + query) + " "
                    + new String(body, StandardCharsets.UTF_8));
            int number = asked.incrementAndGet();
            if (down) {
                send(exchange, 503, "<html>upstream is away</html>");
                return;
            }
            if (faults && number % 7 == 1) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                send(
                        exchange,
                        number % 2 == 0 ? 429 : 500,
                        "{\"error\":{\"type\":\"%s\",\"message\":\"Later, please.\"}}"
                                .formatted(number % 2 == 0 ? "invalid_request_error" : "api_error"));
                return;
            }
            if (forgetful && query.contains("customer=")) {
                send(
                        exchange,
                        404,
                        "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\",\"message\":\"No such customer\"}}");
                return;
            }
            boolean list = exchange.getRequestMethod().equals("GET") && query.contains("limit=");
            String url = upstream
                    + back(path)
                    + (query.isEmpty() ? "" : "?" + back(list ? query.replaceAll("limit=\\d+", "limit=1") : query));
            var request = HttpRequest.newBuilder(URI.create(url))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofString(back(new String(body, StandardCharsets.UTF_8))));
            for (String name : List.of("Authorization", "Idempotency-Key", "Content-Type", "Stripe-Version"))
                Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                        .ifPresent(value -> request.header(name, value));
            HttpRequest built = request.build();
            headers.add(built);
            var answer = client.send(built, BodyHandlers.ofString());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(exchange, answer.statusCode(), remembered(odd(answer.body())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String odd(String body) throws IOException {
        JsonNode answer = JSON.readTree(body);
        change(answer);
        return answer.toString();
    }

    private static void change(JsonNode node) {
        if (node instanceof ArrayNode array) array.forEach(OddStripe::change);
        if (!(node instanceof ObjectNode object)) return;
        object.forEach(OddStripe::change);
        if (!object.has("object")) return;
        object.putObject("x_new_thing").put("since", "next year").putNull("until");
        if (object.has("livemode")) object.put("livemode", true);
        switch (object.path("object").asText()) {
            case "invoice" -> {
                object.remove("payments");
                object.put("billing_reason", "a_reason_of_next_year");
                object.put("collection_method", "by_pigeon");
            }
            case "charge" -> object.remove("fraud_details");
            case "subscription" -> {
                object.remove("pending_update");
                object.put("collection_method", "by_pigeon");
            }
            default -> {}
        }
    }

    private void hook(byte[] body) throws IOException, InterruptedException {
        ObjectNode event = (ObjectNode) JSON.readTree(remembered(new String(body, StandardCharsets.UTF_8)));
        event.put("livemode", true);
        event.put("api_version", "2027-01-01.nextyear");
        event.putObject("x_new_thing").put("since", "next year");
        JsonNode object = event.at("/data/object");
        switch (telling) {
            case WHOLE -> {}
            case BARE ->
                ((ObjectNode) event.get("data"))
                        .set(
                                "object",
                                JSON.createObjectNode()
                                        .put("id", object.path("id").asText())
                                        .put("object", object.path("object").asText()));
            case POINTED -> {
                event.remove("data");
                event.put("object", "v2.core.event");
                event.put("type", "v1." + event.path("type").asText());
                event.put("created", "2026-11-23T08:00:00.000Z");
                event.putObject("related_object")
                        .put("id", object.path("id").asText())
                        .put("type", object.path("object").asText())
                        .put("url", "/v1/things/x");
            }
        }
        byte[] changed = JSON.writeValueAsBytes(event);
        if (hold) held.add(changed);
        else deliver(changed);
    }

    /** Delivers what was held, the last first and each twice. */
    void deliverTurnedRound() throws IOException, InterruptedException {
        hold = false;
        for (byte[] one : List.copyOf(held).reversed()) {
            deliver(one);
            deliver(one);
        }
        held.clear();
    }

    private void deliver(byte[] body) throws IOException, InterruptedException {
        long now = clock.getAsLong();
        client.send(
                HttpRequest.newBuilder(URI.create(newsroom + "/stripe/webhook"))
                        .header("Stripe-Signature", "t=" + now + ",v0=ignored,v1=" + sign(now, body))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.discarding());
    }

    volatile java.util.function.LongSupplier clock = () -> System.currentTimeMillis() / 1000;

    private static String sign(long time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(CardRoom.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        var wrong = new java.util.TreeSet<String>();
        for (String request : requests) {
            String[] parts = request.split(" ", 3);
            if (parts[1].startsWith("/v1/")) wrong.addAll(Described.faults(parts[0], parts[1], parts[2]));
        }
        if (!wrong.isEmpty()) throw new AssertionError("not as Stripe describes it: " + String.join("; ", wrong));
        server.stop(0);
    }
}
