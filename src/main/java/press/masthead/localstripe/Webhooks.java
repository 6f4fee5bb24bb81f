package press.masthead.localstripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells endpoints what has happened: signed as docs.stripe.com/webhooks#verify-manually says, again and again for three days
 * where the answer was no 2xx. Chaos loses, doubles and holds back what it is told to.
 */
final class Webhooks implements AutoCloseable {
    /** After the first, at once; then with growing pauses, three days in all. */
    private static final List<Duration> AGAIN = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(4),
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ofHours(30));

    private record Delivery(ObjectNode endpoint, String event, String body, int tried) {}

    private final Account account;
    private final Object lock;
    private final BlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<Thread> carriers = new ArrayList<>();
    private final Random dice;
    private int underWay;

    /** @param lock held while the account's objects are touched */
    Webhooks(Account account, Object lock) {
        this.account = account;
        this.lock = lock;
        dice = account.options.chaos().dice(1);
        account.events.listen(this::told);
        for (int i = 0; i < account.options.carriers(); i++)
            carriers.add(Thread.ofVirtual().name("webhook-" + i).start(this::carry));
    }

    ObjectNode create(Ask ask) {
        ObjectNode endpoint = Json.of(
                "id",
                account.books.name("we"),
                "object",
                "webhook_endpoint",
                "api_version",
                ask.has("api_version") ? ask.text("api_version") : null,
                "application",
                null,
                "created",
                account.clocks.now(),
                "description",
                Json.orNull(ask.text("description")),
                "enabled_events",
                ask.texts("enabled_events"),
                "livemode",
                false,
                "metadata",
                Json.of(),
                "secret",
                "whsec_" + account.books.name("local").substring(7),
                "status",
                "enabled",
                "url",
                ask.required("url"));
        return account.books.put(endpoint);
    }

    /** The endpoint that the command line names. */
    void add(String url, String secret, List<String> kinds) {
        ObjectNode wanted = Json.of();
        for (int i = 0; i < kinds.size(); i++) wanted.put(Integer.toString(i), kinds.get(i));
        create(Ask.part(Json.of("url", url, "enabled_events", wanted))).put("secret", secret);
    }

    ObjectNode update(Ask ask) {
        ObjectNode endpoint = account.books.get("webhook_endpoint", ask.id());
        if (ask.has("url")) endpoint.put("url", ask.text("url"));
        if (ask.has("enabled_events")) endpoint.set("enabled_events", Json.value(ask.texts("enabled_events")));
        if (ask.has("disabled")) endpoint.put("status", ask.yes("disabled") ? "disabled" : "enabled");
        return endpoint;
    }

    private void told(ObjectNode event) {
        Chaos chaos = account.options.chaos();
        String type = event.path("type").asText();
        for (ObjectNode endpoint : account.books.all("webhook_endpoint").values()) {
            boolean wanted = false;
            for (var name : endpoint.path("enabled_events")) wanted |= Events.like(name.asText(), type);
            if (!wanted || !endpoint.path("status").asText().equals("enabled")) continue;
            double fate = dice.nextDouble();
            var delivery = new Delivery(endpoint, event.path("id").asText(), event.toString(), 0);
            if (fate < chaos.lost()) continue;
            if ((fate -= chaos.lost()) < chaos.delayed()) {
                long later = account.clocks.now()
                        + 60
                        + dice.nextLong(Duration.ofDays(3).toSeconds());
                account.clocks.at(Clocks.ACCOUNT, later, () -> put(delivery));
                continue;
            }
            put(delivery);
            if (dice.nextDouble() < chaos.doubled()) put(delivery);
        }
    }

    private void put(Delivery delivery) {
        synchronized (queue) {
            underWay++;
        }
        queue.add(delivery);
    }

    /** Waits until nothing is under way any more. */
    void settle() {
        synchronized (queue) {
            while (underWay > 0) {
                try {
                    queue.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void carry() {
        try {
            while (true) {
                Delivery delivery = queue.take();
                try {
                    if (!send(delivery)) again(delivery);
                } finally {
                    synchronized (queue) {
                        underWay--;
                        queue.notifyAll();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean send(Delivery delivery) throws InterruptedException {
        try {
            long now;
            synchronized (lock) {
                account.clocks.tick();
                now = account.clocks.now();
            }
            String secret = delivery.endpoint().path("secret").asText();
            var request = HttpRequest.newBuilder(
                            URI.create(delivery.endpoint().path("url").asText()))
                    .timeout(Duration.ofSeconds(20))
                    .header("Content-Type", "application/json; charset=utf-8")
                    .header("Stripe-Signature", "t=" + now + ",v1=" + sign(now + "." + delivery.body(), secret))
                    .POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private void again(Delivery failed) {
        if (failed.tried() >= AGAIN.size()) return;
        var next = new Delivery(failed.endpoint(), failed.event(), failed.body(), failed.tried() + 1);
        synchronized (lock) {
            long later = account.clocks.now() + AGAIN.get(failed.tried()).toSeconds();
            account.clocks.at(Clocks.ACCOUNT, later, () -> put(next));
        }
    }

    /** HMAC-SHA256 in hexadecimal. */
    static String sign(String text, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        carriers.forEach(Thread::interrupt);
        client.close();
    }
}
