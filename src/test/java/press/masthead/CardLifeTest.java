package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.billing.Begun;
import press.masthead.billing.Purchase;
import press.masthead.books.LedgerEntry;
import press.masthead.plans.Because;
import press.masthead.plans.Membership.State;
import press.masthead.plans.Origin;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** Whole lives of memberships by card, against a Stripe of our own over HTTP, both clocks moved together. */
class CardLifeTest {
    private static final String GOOD = "4242424242424242";
    private static final String FAILS_LATER = "4000000000000341";
    private static final String DISPUTED = "4000000000000259";

    private final CardRoom room = new CardRoom();
    private final Reader ben = room.person("ben@reader.example");

    CardLifeTest() throws Exception {}

    @AfterEach
    void close() {
        room.close();
    }

    private LedgerEntry charge() {
        return room.newsroom.ledger.of(ben.id()).stream()
                .filter(entry -> entry.kind().equals("charge"))
                .findFirst()
                .orElseThrow();
    }

    private void refund(long amount) {
        room.newsroom
                .stripe
                .orElseThrow()
                .payments()
                .refund(charge(), amount, Because.desk(room.owner(), "asked for it"));
    }

    @Test
    void a_trial_is_reminded_of_charged_at_its_end_and_renewed_a_year_later() throws Exception {
        room.join(ben, GOOD);
        assertThat(room.state(ben)).isEqualTo(State.TRIALING);
        assertThat(room.membership(ben).until()).isEqualTo("2026-11-30T08:00:00Z");
        assertThat(room.ledger()).isEmpty();
        room.days(6);
        assertThat(room.letters(ben.email())).hasSize(2);
        assertThat(room.count("select count(*) from outbox where body_text like '%charged to your card%'"))
                .isOne();
        room.days(2);
        assertThat(room.state(ben)).isEqualTo(State.ACTIVE);
        assertThat(room.membership(ben).until()).isEqualTo("2027-11-30T08:00:00Z");
        assertThat(room.ledger()).containsExactly("charge 30000 USD");
        assertThat(room.letters(ben.email())).last().asString().startsWith("Receipt: USD 300.00");
        room.days(365);
        assertThat(room.ledger()).hasSize(2);
        assertThat(room.history(ben))
                .containsSubsequence(
                        "trial_started stripe", "reminded timetable", "trial_ended stripe", "renewed stripe");
        assertThat(room.newsroom.memberships.history(ben.id()).getFirst().note())
                .startsWith("evt_");
    }

    @Test
    void a_failed_charge_leaves_fourteen_days_and_another_card_recovers_it() throws Exception {
        room.join(ben, FAILS_LATER);
        room.days(8);
        assertThat(room.state(ben)).isEqualTo(State.PAST_DUE);
        assertThat(room.reads(ben)).isTrue();
        assertThat(room.letters(ben.email())).last().asString().contains("did not go through");
        assertThat(room.membership(ben).graceUntil()).contains(Instant.parse("2026-12-14T08:00:00Z"));
        String portal =
                room.newsroom.stripe.orElseThrow().payments().cardPage(ben.id()).orElseThrow();
        room.post(portal + "/card", "number", GOOD);
        room.days(4);
        assertThat(room.state(ben)).isEqualTo(State.ACTIVE);
        assertThat(room.membership(ben).until()).isEqualTo("2027-11-30T08:00:00Z");
        assertThat(room.letters(ben.email())).last().asString().contains("has arrived");
        assertThat(room.history(ben)).containsSubsequence("payment_failed stripe", "paid stripe", "recovered stripe");
    }

    @Test
    void a_card_that_keeps_failing_ends_access_after_fourteen_days_and_then_the_membership() throws Exception {
        room.join(ben, FAILS_LATER);
        room.days(7 + 13);
        assertThat(room.reads(ben)).isTrue();
        room.days(1);
        assertThat(room.reads(ben)).isFalse();
        room.days(3);
        assertThat(room.membership(ben).endedAt()).contains(Instant.parse("2026-12-14T08:00:00Z"));
        assertThat(room.letters(ben.email())).last().asString().contains("has ended");
        assertThat(room.letters(ben.email()).stream().filter(subject -> subject.contains("did not go through")))
                .as("a letter for each try, not more")
                .hasSizeBetween(3, 4);
        assertThat(room.ledger()).isEmpty();
    }

    @Test
    void money_given_back_in_part_leaves_the_membership_and_all_of_it_ends_it() throws Exception {
        room.join(ben, GOOD);
        room.days(8);
        refund(10_000);
        assertThat(room.ledger()).containsExactly("charge 30000 USD", "refund -10000 USD");
        assertThat(room.state(ben)).isEqualTo(State.ACTIVE);
        assertThatThrownBy(() -> refund(20_001)).isInstanceOf(Problem.class).hasMessageContaining("USD 200.00");
        assertThatThrownBy(() -> refund(0)).isInstanceOf(Problem.class);
        refund(20_000);
        room.work();
        assertThat(room.reads(ben)).isFalse();
        assertThat(room.membership(ben).endedAt()).isPresent();
        assertThat(room.history(ben)).contains("refunded desk");
        assertThat(room.stripe.all("subscription").getFirst()).contains("\"status\":\"canceled\"");
    }

    @Test
    void a_dispute_leaves_access_until_it_is_lost_and_staff_are_told() throws Exception {
        room.owner();
        room.join(ben, DISPUTED);
        room.days(8);
        assertThat(room.ledger()).containsExactly("charge 30000 USD", "dispute -30000 USD");
        assertThat(room.reads(ben)).isTrue();
        assertThat(room.letters("ada@parallel.example")).anyMatch(subject -> subject.contains("disputes a payment"));
        room.days(10);
        assertThat(room.reads(ben)).isFalse();
        assertThat(room.history(ben)).containsSubsequence("disputed stripe", "dispute_lost stripe", "ended stripe");
    }

    @Test
    void a_dispute_that_is_won_brings_the_money_back() throws Exception {
        room.join(ben, DISPUTED);
        room.days(8);
        String dispute = room.stripe.all("dispute").getFirst().replaceFirst(".*?\"id\":\"(dp_[^\"]+)\".*", "$1");
        room.post(room.stripe.url() + "/v1/disputes/" + dispute, "evidence[uncategorized_text]", "winning_evidence");
        room.work();
        assertThat(room.ledger()).containsExactly("charge 30000 USD", "dispute -30000 USD", "dispute_won 30000 USD");
        assertThat(room.reads(ben)).isTrue();
    }

    @Test
    void cancelled_reads_to_its_end_and_can_be_taken_back() throws Exception {
        room.join(ben, GOOD);
        room.days(8);
        assertThat(room.newsroom.leave.cancel(ben)).isTrue();
        room.work();
        assertThat(room.state(ben)).isEqualTo(State.CANCELLED);
        assertThat(room.newsroom.leave.resume(ben)).isTrue();
        room.work();
        assertThat(room.state(ben)).isEqualTo(State.ACTIVE);
        room.newsroom.leave.cancel(ben);
        room.days(355);
        assertThat(room.reads(ben)).isTrue();
        room.days(10);
        assertThat(room.reads(ben)).isFalse();
        assertThat(room.ledger()).hasSize(1);
    }

    @Test
    void cancelled_in_stripes_own_page_is_cancelled_here() throws Exception {
        room.join(ben, GOOD);
        String portal =
                room.newsroom.stripe.orElseThrow().payments().cardPage(ben.id()).orElseThrow();
        String subscription =
                room.stripe.all("subscription").getFirst().replaceFirst(".*?\"id\":\"(sub_[^\"]+)\".*", "$1");
        room.post(portal + "/cancel", "subscription", subscription);
        room.work();
        assertThat(room.state(ben)).isEqualTo(State.CANCELLED);
        room.days(8);
        assertThat(room.reads(ben)).isFalse();
        assertThat(room.ledger()).isEmpty();
        assertThat(room.history(ben)).contains("cancelled stripe");
    }

    @Test
    void paying_in_two_windows_ends_with_one_membership_and_the_second_given_back() throws Exception {
        room.jdbi.useHandle(handle -> handle.execute("update price set trial_days = 0"));
        var payments = room.newsroom.stripe.orElseThrow().payments();
        String first = room.checkout(ben);
        String second = room.checkout(ben);
        assertThat(room.pay(first, GOOD).body())
                .as("the first page was closed by the second")
                .contains("timed out");
        room.pay(second, GOOD);
        assertThat(payments.begin(
                        new Purchase(ben, room.newsroom.plans.offered(), Optional.empty(), Origin.UNKNOWN, "")))
                .as("Stripe is asked before another page is opened")
                .isInstanceOf(Begun.Already.class);
        // A page that stayed open in spite of all.
        String customer = room.stripe.all("customer").getFirst().replaceFirst(".*?\"id\":\"(cus_[^\"]+)\".*", "$1");
        String price = room.stripe.all("price").getFirst().replaceFirst(".*?\"id\":\"(price_[^\"]+)\".*", "$1");
        String third = room.post(
                        room.stripe.url() + "/v1/checkout/sessions",
                        "mode",
                        "subscription",
                        "customer",
                        customer,
                        "line_items[0][price]",
                        price,
                        "success_url",
                        room.url() + "/account/card/paid?session={CHECKOUT_SESSION_ID}")
                .body()
                .replaceFirst("(?s).*\"url\":\"([^\"]+)\".*", "$1");
        room.pay(third, GOOD);
        room.work();
        room.work();
        assertThat(room.newsroom.memberships.all(ben.id())).hasSize(1);
        assertThat(room.reads(ben)).isTrue();
        assertThat(room.ledger())
                .containsExactlyInAnyOrder("charge 30000 USD", "charge 30000 USD", "refund -30000 USD");
        assertThat(room.letters(ben.email())).contains("You paid twice, so we gave one payment back");
        assertThat(room.stripe.all("subscription").stream().filter(one -> one.contains("\"status\":\"active\"")))
                .hasSize(1);
    }

    @Test
    void a_change_costs_what_was_shown() throws Exception {
        room.newsroom.addMonthlyPrice();
        room.jdbi.useHandle(handle -> handle.execute("update price set trial_days = 0"));
        var monthly = room.newsroom.plans.onOffer().stream()
                .filter(price -> price.amount() == 2_500)
                .findFirst()
                .orElseThrow();
        room.pay(room.checkout(ben, monthly), GOOD);
        room.work();
        room.days(10);
        var yearly = room.newsroom.plans.offered();
        var quote = room.newsroom.changePlan.quote(ben, yearly.id());
        assertThat(quote.credit()).isEqualTo(1_667);
        assertThat(quote.charge()).isEqualTo(30_000);
        assertThat(room.newsroom.changePlan.run(ben, quote.id())).isPresent();
        room.work();
        assertThat(room.membership(ben).price().id()).isEqualTo(yearly.id());
        assertThat(room.ledger()).containsExactly("charge 2500 USD", "charge 28333 USD");
        assertThat(room.membership(ben).until()).isEqualTo("2027-12-03T08:00:00Z");

        var back = room.newsroom.changePlan.quote(ben, monthly.id());
        assertThat(back.isNow()).isFalse();
        assertThat(room.newsroom.changePlan.run(ben, back.id())).isPresent();
        room.work();
        assertThat(room.membership(ben).price().id())
                .as("until the year is over")
                .isEqualTo(yearly.id());
        room.days(366);
        assertThat(room.membership(ben).price().id()).isEqualTo(monthly.id());
        assertThat(room.ledger()).last().isEqualTo("charge 2500 USD");
    }

    @Test
    void a_pause_moves_the_next_charge_behind_it() throws Exception {
        room.jdbi.useHandle(handle -> handle.execute("update price set trial_days = 0"));
        room.join(ben, GOOD);
        room.days(30);
        room.newsroom.pause.run(ben, 2);
        room.work();
        assertThat(room.state(ben)).isEqualTo(State.PAUSED);
        assertThat(room.reads(ben)).isFalse();
        Instant until = room.membership(ben).until();
        assertThat(until).isEqualTo(Instant.parse("2027-11-23T08:00:00Z").plus(Duration.ofDays(62)));
        room.days(63);
        assertThat(room.reads(ben)).isTrue();
        room.days(300);
        assertThat(room.ledger()).hasSize(1);
        assertThat(room.membership(ben).until()).isEqualTo(until);
        room.days(40);
        assertThat(room.ledger()).hasSize(2);
    }

    @Test
    void a_deleted_account_is_charged_no_more() throws Exception {
        room.join(ben, GOOD);
        room.newsroom.deleteAccount.run(ben);
        room.work();
        assertThat(room.stripe.all("subscription").getFirst()).contains("\"status\":\"canceled\"");
        room.days(10);
        assertThat(room.ledger()).isEmpty();
    }

    @Test
    void what_webhooks_lost_the_sweep_finds() throws Exception {
        room.pay(room.checkout(ben), GOOD);
        room.stripe.settle();
        room.jdbi.useHandle(handle -> handle.execute("delete from stripe_event"));
        room.work();
        assertThat(room.newsroom.memberships.find(ben.id())).isEmpty();
        room.newsroom.stripe.orElseThrow().sweep().run();
        room.work();
        assertThat(room.state(ben)).isEqualTo(State.TRIALING);
        assertThat(room.newsroom.stripe.orElseThrow().sweep().replay(Instant.EPOCH))
                .as("all are known now")
                .isZero();
    }

    @Test
    void an_operator_replays_what_is_missing_and_one_event_by_its_number() throws Exception {
        room.pay(room.checkout(ben), GOOD);
        room.stripe.settle();
        room.jdbi.useHandle(handle -> handle.execute("delete from stripe_event"));
        assertThat(Running.replayStripe(room.config, Instant.EPOCH, "evt_unknown"))
                .isOne();
        assertThat(room.newsroom.memberships.find(ben.id())).isEmpty();
        assertThat(Running.replayStripe(room.config, Instant.EPOCH, "")).isZero();
        assertThat(room.newsroom.memberships.find(ben.id())).isPresent();
        room.jdbi.useHandle(handle -> handle.execute("update membership set until = until - interval '3 days'"));
        String event = room.stripe.all("event").stream()
                .filter(one -> one.contains("customer.subscription.created"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*?\"id\":\"(evt_[^\"]+)\".*", "$1");
        assertThat(Running.replayStripe(room.config, Instant.EPOCH, event)).isZero();
        assertThat(room.membership(ben).until()).isEqualTo("2026-11-30T08:00:00Z");
    }

    @Test
    void a_customer_of_somebody_else_with_the_same_address_is_left_alone() throws Exception {
        room.post(room.stripe.url() + "/v1/customers", "email", ben.email(), "payment_method", "pm_card_visa");
        room.work();
        assertThat(room.count("select count(*) from stripe_customer")).isZero();
        room.join(ben, GOOD);
        assertThat(room.stripe.all("customer")).hasSize(2);
    }
}
