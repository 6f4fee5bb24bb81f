package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.readers.Reader;

/** What may come in at the webhook's address, and what it may do: nothing but a question to Stripe. */
class StripeWebhookTest {
    private static final String GOOD = "4242424242424242";
    private final CardRoom room = new CardRoom();

    StripeWebhookTest() throws Exception {}

    @AfterEach
    void close() {
        room.close();
    }

    private static String event(String id, String type, String customer) {
        return "{\"id\":\"" + id + "\",\"object\":\"event\",\"type\":\"" + type
                + "\",\"created\":1795420800,\"data\":{\"object\":{\"object\":\"subscription\",\"id\":\"sub_x\",\"status\":\"active\",\"customer\":\""
                + customer + "\"}}}";
    }

    private Map<String, String> signed(String body, Instant at, String secret) throws Exception {
        String mac = Webhook.Util.computeHmacSha256(secret, at.getEpochSecond() + "." + body);
        return Map.of("Stripe-Signature", "t=" + at.getEpochSecond() + ",v1=" + mac);
    }

    private int send(String body, Instant at, String secret) throws Exception {
        return room.webhook(body, signed(body, at, secret)).statusCode();
    }

    private long events() {
        return room.count("select count(*) from stripe_event");
    }

    @Test
    void a_wrong_a_missing_and_an_old_signature_are_refused_and_leave_nothing() throws Exception {
        String body = event("evt_1", "invoice.paid", "cus_1");
        Instant now = room.clock.instant();
        assertThat(send(body, now, "whsec_wrong")).isEqualTo(400);
        assertThat(room.webhook(body, Map.of()).statusCode()).isEqualTo(400);
        assertThat(room.webhook(body, Map.of("Stripe-Signature", "t=,v1=,v1=zz,t=9"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(body, now.minus(Duration.ofSeconds(301)), CardRoom.SECRET))
                .isEqualTo(400);
        assertThat(send(body, now.plus(Duration.ofSeconds(301)), CardRoom.SECRET))
                .isEqualTo(400);
        assertThat(room.webhook(body + " ", signed(body, now, CardRoom.SECRET)).statusCode())
                .as("one byte more")
                .isEqualTo(400);
        assertThat(events()).isZero();
        assertThat(send(body, now.minus(Duration.ofSeconds(299)), CardRoom.SECRET))
                .isEqualTo(200);
    }

    @Test
    void two_secrets_are_good_while_one_replaces_the_other() throws Exception {
        Instant now = room.clock.instant();
        assertThat(send(event("evt_1", "invoice.paid", "cus_1"), now, CardRoom.SECRET))
                .isEqualTo(200);
        assertThat(send(event("evt_2", "invoice.paid", "cus_1"), now, "whsec_next"))
                .isEqualTo(200);
        assertThat(events()).isEqualTo(2);
    }

    @Test
    void the_same_again_is_answered_well_and_does_nothing() throws Exception {
        String body = event("evt_1", "invoice.paid", "cus_1");
        Instant now = room.clock.instant();
        assertThat(send(body, now, CardRoom.SECRET)).isEqualTo(200);
        room.work();
        assertThat(send(body, now, CardRoom.SECRET)).isEqualTo(200);
        assertThat(events()).isOne();
        assertThat(room.count("select count(*) from stripe_event where handled_at is null"))
                .isZero();
    }

    @Test
    void unknown_kinds_are_kept_and_ignored_and_what_is_no_event_is_refused() throws Exception {
        Instant now = room.clock.instant();
        assertThat(send(event("evt_1", "person.danced", "cus_1"), now, CardRoom.SECRET))
                .isEqualTo(200);
        assertThat(room.count("select count(*) from stripe_event where handled_at is not null"))
                .isOne();
        for (String body : List.of("", "{}", "[]", "null", "{\"id\":\"evt_1'--\",\"type\":\"x\"}", "\u0000"))
            assertThat(send(body, now, CardRoom.SECRET)).as(body).isEqualTo(400);
        assertThat(send("{\"id\":\"evt_2\",\"type\":\"invoice.paid\",\"data\":7}", now, CardRoom.SECRET))
                .isEqualTo(200);
        assertThat(send("x".repeat((1 << 20) + 1), now, CardRoom.SECRET)).isEqualTo(413);
        room.work();
    }

    @Test
    void what_an_event_says_is_not_believed() throws Exception {
        Reader ben = room.person("ben@reader.example");
        room.join(ben, GOOD);
        String customer = room.stripe.all("customer").getFirst().replaceFirst(".*?\"id\":\"(cus_[^\"]+)\".*", "$1");
        String lie = event("evt_lie", "customer.subscription.deleted", customer);
        assertThat(send(lie, room.clock.instant(), CardRoom.SECRET)).isEqualTo(200);
        room.work();
        assertThat(room.reads(ben)).isTrue();
        assertThat(room.membership(ben).endedAt()).isEmpty();
    }

    @Test
    void the_order_in_which_events_come_makes_no_difference() throws Exception {
        Reader ben = room.person("ben@reader.example");
        room.join(ben, "4000000000000341");
        room.days(9);
        List<String> before = room.ledger();
        var until = room.membership(ben).until();
        var ids = new ArrayList<>(room.stripe.all("event"));
        Collections.shuffle(ids, new Random(7));
        for (String event : ids)
            room.newsroom.stripe.orElseThrow().sweep().replay(event.replaceFirst(".*?\"id\":\"(evt_[^\"]+)\".*", "$1"));
        int letters = room.letters(ben.email()).size();
        room.work();
        assertThat(room.ledger()).isEqualTo(before);
        assertThat(room.membership(ben).until()).isEqualTo(until);
        assertThat(room.letters(ben.email())).as("nobody is written to twice").hasSize(letters);
    }

    @Test
    void while_stripe_is_away_events_wait_and_staff_see_why() throws Exception {
        Reader ben = room.person("ben@reader.example");
        room.join(ben, GOOD);
        String customer = room.stripe.all("customer").getFirst().replaceFirst(".*?\"id\":\"(cus_[^\"]+)\".*", "$1");
        assertThat(send(event("evt_away", "invoice.paid", customer), room.clock.instant(), CardRoom.SECRET))
                .isEqualTo(200);
        room.stripe.close();
        room.newsroom.stripe.orElseThrow().handleEvents().run();
        assertThat(room.newsroom.stripeEvents.waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.id()).isEqualTo("evt_away");
            assertThat(waiting.trouble()).contains("could not be reached");
            assertThat(waiting.nextTryAt()).isAfter(room.clock.instant());
        });
        assertThat(room.reads(ben)).isTrue();
    }

    @Test
    void coming_back_from_paying_proves_nothing() throws Exception {
        Reader ben = room.person("ben@reader.example");
        String page = room.checkout(ben);
        String session = page.substring(page.lastIndexOf('/') + 1);
        var payments = room.newsroom.stripe.orElseThrow().payments();
        assertThat(payments.cameBack(ben.id(), session)).as("nothing was paid").isFalse();
        Reader eve = room.person("eve@reader.example");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> payments.cameBack(eve.id(), session))
                .isInstanceOf(press.masthead.platform.web.Problem.class);
        room.pay(page, GOOD);
        assertThat(payments.cameBack(ben.id(), session)).isTrue();
        room.work();
        assertThat(room.newsroom.memberships.all(ben.id())).hasSize(1);
    }
}
