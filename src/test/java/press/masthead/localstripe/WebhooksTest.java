package press.masthead.localstripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.net.Webhook;
import com.stripe.param.CustomerCreateParams;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Webhooks of the local Stripe: signed as Stripe signs, tried again, and lost, doubled and late by a seed. */
class WebhooksTest {
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> signatures = Collections.synchronizedList(new ArrayList<>());
    private volatile int answer = 200;

    private HttpServer listen() throws Exception {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            signatures.add(exchange.getRequestHeaders().getFirst("Stripe-Signature"));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void customers(LocalStripe stripe, int many) throws Exception {
        var client = StripeClient.builder()
                .setApiKey("sk_test_local")
                .setApiBase(stripe.url())
                .build();
        for (int i = 0; i < many; i++)
            client.v1()
                    .customers()
                    .create(CustomerCreateParams.builder().setName("n" + i).build());
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    @Test
    void each_is_signed_so_that_stripes_own_code_accepts_it() throws Exception {
        var server = listen();
        try (var stripe = LocalStripe.start(LocalStripe.Options.usual())) {
            stripe.webhook(url(server), "whsec_test");
            customers(stripe, 1);
            stripe.settle();
            var event = Webhook.constructEvent(bodies.getFirst(), signatures.getFirst(), "whsec_test");
            assertThat(event.getType()).isEqualTo("customer.created");
            assertThat(event.getDataObjectDeserializer().getObject())
                    .as("the SDK reads this version")
                    .isPresent();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void one_that_was_not_taken_comes_again() throws Exception {
        var server = listen();
        try (var stripe = LocalStripe.start(LocalStripe.Options.usual().standingAt(START))) {
            stripe.webhook(url(server), "whsec_test");
            answer = 503;
            customers(stripe, 1);
            stripe.settle();
            assertThat(bodies).hasSize(1);
            stripe.advance(START.plus(Duration.ofMinutes(2)));
            assertThat(bodies).hasSize(2);
            answer = 200;
            stripe.advance(START.plus(Duration.ofMinutes(20)));
            assertThat(bodies).hasSize(3);
            stripe.advance(START.plus(Duration.ofDays(4)));
            assertThat(bodies).as("taken, so no more").hasSize(3);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void chaos_loses_doubles_and_delays_the_same_for_the_same_seed() throws Exception {
        List<Integer> counts = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            bodies.clear();
            var server = listen();
            var chaos = new Chaos(11, 0.2, 0.2, 0.2, 0, 0);
            try (var stripe = LocalStripe.start(
                    LocalStripe.Options.usual().standingAt(START).with(chaos))) {
                stripe.webhook(url(server), "whsec_test");
                customers(stripe, 200);
                stripe.settle();
                int atOnce = bodies.size();
                stripe.advance(START.plus(Duration.ofDays(4)));
                var different = new HashSet<>(bodies);
                assertThat(different.size()).as("some are lost").isBetween(130, 185);
                assertThat(bodies.size()).as("some come twice").isGreaterThan(different.size() + 10);
                assertThat(bodies.size()).as("some come late").isGreaterThan(atOnce + 10);
                counts.add(bodies.size());
            } finally {
                server.stop(0);
            }
        }
        assertThat(counts.get(0)).isEqualTo(counts.get(1));
    }
}
