package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import press.masthead.plans.Because;
import press.masthead.plans.Membership.State;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** Whole lives against a Stripe that does all that the documentation leaves open in another way than our own. */
class OddStripeTest {
    private static final String GOOD = "4242424242424242";
    private static final String FAILS_LATER = "4000000000000341";

    private final OddStripe odd = new OddStripe();
    private final CardRoom room = new CardRoom(false, Optional.of(odd));
    private final Reader ben = room.person("ben@reader.example");

    OddStripeTest() throws Exception {}

    @AfterEach
    void close() {
        room.close();
        odd.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_life_is_the_same_however_a_webhook_tells_of_its_object(OddStripe.Telling telling) throws Exception {
        odd.telling = telling;
        room.join(ben, FAILS_LATER);
        assertThat(room.state(ben)).isEqualTo(State.TRIALING);
        room.days(8);
        assertThat(room.state(ben)).isEqualTo(State.PAST_DUE);
        String portal =
                room.newsroom.stripe.orElseThrow().payments().cardPage(ben.id()).orElseThrow();
        room.post(portal + "/card", "number", GOOD);
        room.days(4);
        assertThat(room.state(ben)).isEqualTo(State.ACTIVE);
        assertThat(room.ledger()).containsExactly("charge 30000 USD");
        String charge = room.stripe.all("charge").stream()
                .filter(one -> one.contains("\"paid\":true"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
        room.post(room.stripe.url() + "/v1/refunds", "charge", charge);
        room.work();
        assertThat(room.ledger()).containsExactly("charge 30000 USD", "refund -30000 USD");
        assertThat(room.reads(ben)).isFalse();
        assertThat(room.newsroom.receipts.of(ben.id())).hasSize(1);
    }

    @Test
    void events_that_come_turned_round_and_twice_change_nothing_twice() throws Exception {
        odd.hold = true;
        room.pay(room.checkout(ben), GOOD);
        room.clock.pass(Duration.ofDays(8));
        room.stripe.advance(room.clock.instant());
        odd.deliverTurnedRound();
        room.work();
        assertThat(room.state(ben)).isEqualTo(State.ACTIVE);
        assertThat(room.ledger()).containsExactly("charge 30000 USD");
        assertThat(room.newsroom.receipts.of(ben.id())).hasSize(1);
    }

    @Test
    void lists_go_on_to_their_last_page() throws Exception {
        room.newsroom.addMonthlyPrice();
        room.jdbi.useHandle(handle -> handle.execute("update price set trial_days = 0"));
        var monthly = room.newsroom.plans.onOffer().stream()
                .filter(price -> price.amount() == 2_500)
                .findFirst()
                .orElseThrow();
        room.pay(room.checkout(ben, monthly), GOOD);
        room.work();
        room.days(95);
        assertThat(room.ledger()).hasSize(4);
        assertThat(odd.requests).anyMatch(request -> request.contains("starting_after="));
        room.jdbi.useHandle(handle -> {
            handle.execute("delete from stripe_event");
            handle.execute("delete from stripe_sweep");
        });
        assertThat(room.newsroom
                        .stripe
                        .orElseThrow()
                        .sweep()
                        .replay(room.clock.instant().minus(Duration.ofDays(20))))
                .as("more events than a page has")
                .isGreaterThan(1);
    }

    @Test
    void an_answer_that_fails_the_first_time_is_asked_for_again_and_what_changes_something_happens_once()
            throws Exception {
        odd.faults = true;
        String page = "";
        for (int tries = 0; page.isEmpty() && tries < 5; tries++)
            try {
                page = room.checkout(ben);
            } catch (Problem problem) {
                assertThat(problem.status()).isEqualTo(503);
                assertThat(problem.sentence()).contains("does not answer", "Nothing was charged");
            }
        room.pay(page, GOOD);
        for (int hour = 0; hour < 6; hour++) room.pass(Duration.ofHours(1));
        assertThat(room.state(ben)).isEqualTo(State.TRIALING);
        room.days(8);
        for (int hour = 0; hour < 6; hour++) room.pass(Duration.ofHours(1));
        assertThat(room.state(ben)).isEqualTo(State.ACTIVE);
        assertThat(room.ledger()).containsExactly("charge 30000 USD");
        assertThat(room.stripe.all("customer")).hasSize(1);
        assertThat(room.stripe.all("subscription")).hasSize(1);
        assertThat(room.letters(ben.email())).hasSize(3);
    }

    @Test
    void whoever_buys_while_stripe_is_away_is_told_so_and_what_was_refused_is_said_in_plain_words() throws Exception {
        odd.down = true;
        assertThatThrownBy(() -> room.checkout(ben))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("does not answer");
        odd.down = false;
        room.join(ben, GOOD);
        room.days(8);
        var charge = room.newsroom.ledger.of(ben.id()).getFirst();
        room.post(
                room.stripe.url() + "/v1/refunds",
                "charge",
                room.stripe.all("charge").getFirst().replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1"));
        var payments = room.newsroom.stripe.orElseThrow().payments();
        var because = Because.desk(room.owner(), "asked for it");
        payments.refund(charge, 30_000, because);
        room.work();
        assertThat(room.ledger())
                .as("what was given back in the dashboard a moment ago is not given back again")
                .containsExactly("charge 30000 USD", "refund -30000 USD");
    }

    @Test
    void a_customer_deleted_in_the_dashboard_is_a_member_no_more_even_where_nothing_of_them_can_be_listed()
            throws Exception {
        room.join(ben, GOOD);
        assertThat(room.reads(ben)).isTrue();
        String id = room.stripe.all("customer").getFirst().replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
        odd.forgetful = true;
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(room.stripe.url() + "/v1/customers/" + id))
                                .header("Authorization", "Bearer sk_test_dashboard")
                                .DELETE()
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        room.work();
        assertThat(room.reads(ben)).isFalse();
        assertThat(room.membership(ben).endedAt()).isPresent();
        assertThat(room.letters(ben.email())).last().asString().contains("has ended");
        room.newsroom.deleteAccount.run(ben);
        room.work();
        assertThat(room.count("select count(*) from stripe_customer where forgotten_at is not null"))
                .isOne();
    }

    @Test
    void each_request_names_its_version_and_whatever_changes_something_has_a_key_of_its_own() throws Exception {
        room.join(ben, GOOD);
        room.days(8);
        assertThat(odd.headers).allSatisfy(request -> {
            assertThat(request.headers().firstValue("Stripe-Version")).hasValue("2026-05-27.dahlia");
            assertThat(request.headers().firstValue("Authorization")).hasValue("Bearer sk_test_local");
            if (request.method().equals("POST")) {
                assertThat(request.headers().firstValue("Idempotency-Key")).isPresent();
                assertThat(request.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("application/x-www-form-urlencoded");
            }
        });
        assertThat(odd.requests)
                .anySatisfy(request -> assertThat(request)
                        .startsWith("POST /v1/checkout/sessions ")
                        .contains("line_items[0][price]=", "subscription_data[trial_end]="));
    }
}
