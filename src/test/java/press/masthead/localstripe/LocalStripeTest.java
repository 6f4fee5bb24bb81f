package press.masthead.localstripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.net.RequestOptions;
import com.stripe.param.*;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The local Stripe, asked through Stripe's own SDK: what its documentation promises is what comes back. */
class LocalStripeTest {
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private final LocalStripe stripe;
    private final StripeClient client;
    private final Price monthly;

    LocalStripeTest() throws Exception {
        stripe = LocalStripe.start(LocalStripe.Options.usual().standingAt(START));
        client = StripeClient.builder()
                .setApiKey("sk_test_local")
                .setApiBase(stripe.url())
                .build();
        monthly = price(2_500, PriceCreateParams.Recurring.Interval.MONTH, "monthly");
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    private Price price(long amount, PriceCreateParams.Recurring.Interval interval, String key) throws StripeException {
        return client.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency("usd")
                        .setUnitAmount(amount)
                        .setLookupKey(key)
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(interval)
                                .build())
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("PRO")
                                .build())
                        .build());
    }

    private Customer customer(String method) throws StripeException {
        return client.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setEmail("ben@reader.example")
                        .putMetadata("masthead_reader", "7")
                        .setPaymentMethod(method)
                        .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                .setDefaultPaymentMethod(method)
                                .build())
                        .build());
    }

    private Subscription subscribe(Customer customer, long trialDays) throws StripeException {
        var params = SubscriptionCreateParams.builder()
                .setCustomer(customer.getId())
                .addItem(SubscriptionCreateParams.Item.builder()
                        .setPrice(monthly.getId())
                        .build());
        if (trialDays > 0) params.setTrialPeriodDays(trialDays);
        return client.v1().subscriptions().create(params.build());
    }

    private Subscription again(Subscription subscription) throws StripeException {
        return client.v1().subscriptions().retrieve(subscription.getId());
    }

    private void after(Duration time) {
        stripe.advance(stripe.now().plus(time));
    }

    private List<String> events() throws StripeException {
        var types = new java.util.ArrayList<String>();
        for (Event event : client.v1()
                .events()
                .list(EventListParams.builder().setLimit(100L).build())
                .autoPagingIterable()) types.addFirst(event.getType());
        return types;
    }

    private Invoice latest(Subscription subscription) throws StripeException {
        return client.v1()
                .invoices()
                .retrieve(
                        again(subscription).getLatestInvoice(),
                        InvoiceRetrieveParams.builder().addExpand("payments").build());
    }

    @Test
    void a_trial_warns_three_days_before_and_is_charged_at_its_end() throws Exception {
        Subscription trial = subscribe(customer("pm_card_visa"), 7);
        assertThat(trial.getStatus()).isEqualTo("trialing");
        assertThat(latest(trial).getAmountDue()).isZero();
        after(Duration.ofDays(4).minusSeconds(1));
        assertThat(events()).doesNotContain("customer.subscription.trial_will_end");
        after(Duration.ofSeconds(1));
        assertThat(events()).contains("customer.subscription.trial_will_end");
        after(Duration.ofDays(3));
        assertThat(again(trial).getStatus()).isEqualTo("active");
        assertThat(latest(trial).getStatus())
                .as("an hour passes before it is final")
                .isEqualTo("draft");
        after(Duration.ofHours(1));
        Invoice paid = latest(trial);
        assertThat(paid.getStatus()).isEqualTo("paid");
        String intent = paid.getPayments().getData().getFirst().getPayment().getPaymentIntent();
        Charge charge = client.v1()
                .charges()
                .list(ChargeListParams.builder().setPaymentIntent(intent).build())
                .getData()
                .getFirst();
        assertThat(charge.getAmountCaptured()).isEqualTo(2_500);
        assertThat(paid.getParent().getSubscriptionDetails().getSubscription()).isEqualTo(trial.getId());
        assertThat(again(trial).getItems().getData().getFirst().getCurrentPeriodEnd())
                .isEqualTo(Instant.parse("2026-12-30T08:00:00Z").getEpochSecond());
        after(Duration.ofDays(23));
        assertThat(events()).contains("invoice.upcoming");
    }

    @Test
    void a_card_that_fails_later_is_tried_four_times_and_the_subscription_ends() throws Exception {
        Subscription subscription = subscribe(customer("pm_card_chargeCustomerFail"), 7);
        after(Duration.ofDays(7).plusHours(1));
        assertThat(again(subscription).getStatus()).isEqualTo("past_due");
        Invoice open = latest(subscription);
        assertThat(open.getStatus()).isEqualTo("open");
        assertThat(open.getAttemptCount()).isEqualTo(1);
        assertThat(open.getNextPaymentAttempt()).isEqualTo(stripe.now().getEpochSecond() + 3 * 86_400);
        after(Duration.ofDays(3));
        assertThat(latest(subscription).getAttemptCount()).isEqualTo(2);
        after(Duration.ofDays(12).minusSeconds(1));
        assertThat(again(subscription).getStatus()).isEqualTo("past_due");
        after(Duration.ofSeconds(1));
        Subscription over = again(subscription);
        assertThat(over.getStatus()).isEqualTo("canceled");
        assertThat(over.getCancellationDetails().getReason()).isEqualTo("payment_failed");
        assertThat(events().stream().filter("invoice.payment_failed"::equals)).hasSize(4);
    }

    @Test
    void a_better_card_recovers_it() throws Exception {
        Customer customer = customer("pm_card_chargeCustomerFail");
        Subscription subscription = subscribe(customer, 7);
        after(Duration.ofDays(8));
        String card = client.v1()
                .paymentMethods()
                .attach(
                        "pm_card_visa",
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customer.getId())
                                .build())
                .getId();
        client.v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .setDefaultPaymentMethod(card)
                                .build());
        client.v1().invoices().pay(latest(subscription).getId());
        assertThat(again(subscription).getStatus()).isEqualTo("active");
    }

    @Test
    void a_declined_first_payment_leaves_it_incomplete() throws Exception {
        Customer customer = customer("pm_card_chargeCustomerFail");
        Subscription subscription = subscribe(customer, 0);
        assertThat(subscription.getStatus()).isEqualTo("incomplete");
        assertThatThrownBy(() -> client.v1().invoices().pay(latest(subscription).getId()))
                .isInstanceOfSatisfying(CardException.class, error -> {
                    assertThat(error.getCode()).isEqualTo("card_declined");
                    assertThat(error.getDeclineCode()).isEqualTo("generic_decline");
                    assertThat(error.getStatusCode()).isEqualTo(402);
                });
        after(Duration.ofHours(24));
        assertThat(again(subscription).getStatus()).isEqualTo("incomplete_expired");
    }

    @Test
    void the_same_key_gives_the_same_answer_and_another_body_an_error() throws Exception {
        var key = RequestOptions.builder().setIdempotencyKey("once").build();
        var params = CustomerCreateParams.builder().setEmail("a@reader.example").build();
        Customer first = client.v1().customers().create(params, key);
        assertThat(client.v1().customers().create(params, key).getId()).isEqualTo(first.getId());
        assertThatThrownBy(() -> client.v1()
                        .customers()
                        .create(
                                CustomerCreateParams.builder()
                                        .setEmail("b@reader.example")
                                        .build(),
                                key))
                .isInstanceOf(IdempotencyException.class);
        assertThat(client.v1().customers().list().getData()).hasSize(1);
    }

    @Test
    void errors_name_their_code_and_parameter() {
        assertThatThrownBy(() -> client.v1().customers().retrieve("cus_none"))
                .isInstanceOfSatisfying(InvalidRequestException.class, error -> {
                    assertThat(error.getCode()).isEqualTo("resource_missing");
                    assertThat(error.getStatusCode()).isEqualTo(404);
                });
        assertThatThrownBy(() -> client.v1()
                        .customers()
                        .create(CustomerCreateParams.builder()
                                .putExtraParam("shoe_size", "43")
                                .build()))
                .isInstanceOfSatisfying(InvalidRequestException.class, error -> {
                    assertThat(error.getCode()).isEqualTo("parameter_unknown");
                    assertThat(error.getParam()).isEqualTo("shoe_size");
                });
    }

    @Test
    void lists_come_in_pages_newest_first() throws Exception {
        for (int i = 0; i < 25; i++)
            client.v1()
                    .customers()
                    .create(CustomerCreateParams.builder().setName("n" + i).build());
        var page = client.v1()
                .customers()
                .list(CustomerListParams.builder().setLimit(10L).build());
        assertThat(page.getData()).hasSize(10);
        assertThat(page.getHasMore()).isTrue();
        assertThat(page.getData().getFirst().getName()).isEqualTo("n24");
        int all = 0;
        for (Customer ignored : page.autoPagingIterable()) all++;
        assertThat(all).isEqualTo(25);
    }

    @Test
    void what_is_given_back_never_exceeds_what_was_taken() throws Exception {
        subscribe(customer("pm_card_visa"), 0);
        Charge charge = client.v1().charges().list().getData().getFirst();
        client.v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setCharge(charge.getId())
                        .setAmount(1_000L)
                        .build());
        assertThatThrownBy(() -> client.v1()
                        .refunds()
                        .create(RefundCreateParams.builder()
                                .setCharge(charge.getId())
                                .setAmount(1_501L)
                                .build()))
                .isInstanceOf(InvalidRequestException.class);
        client.v1()
                .refunds()
                .create(RefundCreateParams.builder().setCharge(charge.getId()).build());
        Charge back = client.v1()
                .charges()
                .retrieve(
                        charge.getId(),
                        ChargeRetrieveParams.builder().addExpand("refunds").build());
        assertThat(back.getRefunded()).isTrue();
        assertThat(back.getRefunds().getData()).hasSize(2);
        assertThatThrownBy(() -> client.v1()
                        .refunds()
                        .create(RefundCreateParams.builder()
                                .setCharge(charge.getId())
                                .build()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        error -> assertThat(error.getCode()).isEqualTo("charge_already_refunded"));
    }

    @Test
    void a_dispute_takes_the_money_and_evidence_wins_it_back() throws Exception {
        subscribe(customer("pm_card_createDispute"), 0);
        after(Duration.ofMinutes(1));
        var dispute = client.v1().disputes().list().getData().getFirst();
        assertThat(dispute.getStatus()).isEqualTo("needs_response");
        assertThat(dispute.getReason()).isEqualTo("fraudulent");
        client.v1()
                .disputes()
                .update(
                        dispute.getId(),
                        DisputeUpdateParams.builder()
                                .setEvidence(DisputeUpdateParams.Evidence.builder()
                                        .setUncategorizedText("winning_evidence")
                                        .build())
                                .build());
        assertThat(client.v1().disputes().retrieve(dispute.getId()).getStatus()).isEqualTo("won");
        assertThat(events())
                .contains("charge.dispute.created", "charge.dispute.closed", "charge.dispute.funds_reinstated");
    }

    @Test
    void a_dispute_that_nobody_answers_is_lost() throws Exception {
        subscribe(customer("pm_card_createDispute"), 0);
        after(Duration.ofDays(10));
        assertThat(client.v1().disputes().list().getData().getFirst().getStatus())
                .isEqualTo("lost");
    }

    @Test
    void the_preview_of_a_change_is_what_is_then_charged() throws Exception {
        Price yearly = price(24_000, PriceCreateParams.Recurring.Interval.YEAR, "yearly");
        Subscription subscription = subscribe(customer("pm_card_visa"), 0);
        after(Duration.ofDays(10));
        String item = subscription.getItems().getData().getFirst().getId();
        long at = stripe.now().getEpochSecond();
        Invoice preview = client.v1()
                .invoices()
                .createPreview(InvoiceCreatePreviewParams.builder()
                        .setSubscription(subscription.getId())
                        .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                                .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                        .setId(item)
                                        .setPrice(yearly.getId())
                                        .build())
                                .setProrationDate(at)
                                .build())
                        .build());
        // 20 of 30 days are left of 25.00
        assertThat(preview.getTotal()).isEqualTo(24_000 - 1_667);
        client.v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(item)
                                        .setPrice(yearly.getId())
                                        .build())
                                .setProrationDate(at)
                                .build());
        assertThat(latest(subscription).getAmountPaid()).isEqualTo(preview.getTotal());
        assertThat(again(subscription).getItems().getData().getFirst().getCurrentPeriodEnd())
                .isEqualTo(Instant.parse("2027-12-03T08:00:00Z").getEpochSecond());
    }

    @Test
    void the_31st_comes_back_after_a_short_month() throws Exception {
        stripe.advance(Instant.parse("2027-01-31T08:00:00Z"));
        Subscription subscription = subscribe(customer("pm_card_visa"), 0);
        after(Duration.ofDays(28).plusHours(2));
        assertThat(again(subscription).getItems().getData().getFirst().getCurrentPeriodStart())
                .isEqualTo(Instant.parse("2027-02-28T08:00:00Z").getEpochSecond());
        assertThat(again(subscription).getItems().getData().getFirst().getCurrentPeriodEnd())
                .isEqualTo(Instant.parse("2027-03-31T08:00:00Z").getEpochSecond());
    }

    @Test
    void a_customer_on_a_test_clock_lives_on_its_time() throws Exception {
        var clock = client.v1()
                .testHelpers()
                .testClocks()
                .create(com.stripe.param.testhelpers.TestClockCreateParams.builder()
                        .setFrozenTime(START.getEpochSecond())
                        .build());
        Customer customer = client.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setTestClock(clock.getId())
                        .setPaymentMethod("pm_card_visa")
                        .build());
        var method = client.v1()
                .paymentMethods()
                .list(PaymentMethodListParams.builder()
                        .setCustomer(customer.getId())
                        .build())
                .getData()
                .getFirst();
        client.v1()
                .customers()
                .update(
                        customer.getId(),
                        CustomerUpdateParams.builder()
                                .setInvoiceSettings(CustomerUpdateParams.InvoiceSettings.builder()
                                        .setDefaultPaymentMethod(method.getId())
                                        .build())
                                .build());
        Subscription subscription = subscribe(customer, 0);
        client.v1()
                .testHelpers()
                .testClocks()
                .advance(
                        clock.getId(),
                        com.stripe.param.testhelpers.TestClockAdvanceParams.builder()
                                .setFrozenTime(START.getEpochSecond() + 32L * 86_400)
                                .build());
        assertThat(client.v1()
                        .invoices()
                        .list(InvoiceListParams.builder()
                                .setSubscription(subscription.getId())
                                .build())
                        .getData())
                .hasSize(2);
        assertThat(stripe.now()).isEqualTo(START);
    }

    @Test
    void a_coupon_takes_off_its_share_once() throws Exception {
        var coupon = client.v1()
                .coupons()
                .create(CouponCreateParams.builder()
                        .setPercentOff(new java.math.BigDecimal("20"))
                        .setDuration(CouponCreateParams.Duration.ONCE)
                        .build());
        Subscription subscription = client.v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer("pm_card_visa").getId())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(monthly.getId())
                                .build())
                        .addDiscount(SubscriptionCreateParams.Discount.builder()
                                .setCoupon(coupon.getId())
                                .build())
                        .build());
        assertThat(latest(subscription).getAmountPaid()).isEqualTo(2_000);
        after(Duration.ofDays(31));
        assertThat(latest(subscription).getAmountPaid()).isEqualTo(2_500);
    }

    @Test
    void a_pause_of_collection_voids_what_comes_due_and_ends_by_itself() throws Exception {
        Subscription subscription = subscribe(customer("pm_card_visa"), 0);
        client.v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .setPauseCollection(SubscriptionUpdateParams.PauseCollection.builder()
                                        .setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID)
                                        .setResumesAt(
                                                START.plus(Duration.ofDays(40)).getEpochSecond())
                                        .build())
                                .build());
        after(Duration.ofDays(31));
        assertThat(latest(subscription).getStatus()).isEqualTo("void");
        after(Duration.ofDays(31));
        assertThat(latest(subscription).getStatus()).isEqualTo("paid");
        assertThat(again(subscription).getPauseCollection()).isNull();
    }
}
