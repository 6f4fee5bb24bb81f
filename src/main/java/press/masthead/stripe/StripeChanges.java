package press.masthead.stripe;

import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Changing what runs: another price, an end, a later period, money given back. Each key makes its request happen once. */
public final class StripeChanges {
    private final StripeApi api;

    public StripeChanges(StripeApi api) {
        this.api = api;
    }

    public StripeSubscription subscription(String id) {
        return api.ask(stripe -> StripeReads.subscription(stripe.subscriptions()
                .retrieve(id, SubscriptionRetrieveParams.builder().build())));
    }

    /**
     * What a change of price at a moment costs.
     *
     * @param credit for the unused time, minor units, not negative
     * @param charge for the new price, minor units
     */
    public record Preview(long credit, long charge, Instant until) {}

    public Preview preview(StripeSubscription subscription, String price, Instant at) {
        return api.ask(stripe -> {
            var invoice = stripe.invoices()
                    .createPreview(InvoiceCreatePreviewParams.builder()
                            .setSubscription(subscription.id())
                            .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                                    .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                            .setId(subscription.item())
                                            .setPrice(price)
                                            .build())
                                    .setProrationDate(at.getEpochSecond())
                                    .setProrationBehavior(
                                            InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior
                                                    .ALWAYS_INVOICE)
                                    .build())
                            .build());
            long credit = 0;
            long charge = 0;
            long until = at.getEpochSecond();
            for (var line : invoice.getLines().getData()) {
                if (line.getAmount() < 0) credit -= line.getAmount();
                else charge += line.getAmount();
                if (line.getPeriod() != null)
                    until = Math.max(until, line.getPeriod().getEnd());
            }
            return new Preview(credit, charge, Instant.ofEpochSecond(until));
        });
    }

    /** Changes the price with the figures of a preview: charged at once, or refused as a whole where the card says no. */
    public void change(String key, StripeSubscription subscription, String price, Instant at) {
        update(
                key,
                subscription.id(),
                SubscriptionUpdateParams.builder()
                        .addItem(SubscriptionUpdateParams.Item.builder()
                                .setId(subscription.item())
                                .setPrice(price)
                                .build())
                        .setProrationDate(at.getEpochSecond())
                        .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                        .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.ERROR_IF_INCOMPLETE));
    }

    /** Has the next period cost another price; nothing is charged now. */
    public void changeSilently(String key, StripeSubscription subscription, String price) {
        update(
                key,
                subscription.id(),
                SubscriptionUpdateParams.builder()
                        .addItem(SubscriptionUpdateParams.Item.builder()
                                .setId(subscription.item())
                                .setPrice(price)
                                .build())
                        .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE));
    }

    /** Has it cost another price from a later moment on, which becomes its next charge; nothing is charged before. */
    public void changeAt(String key, StripeSubscription subscription, String price, Instant at) {
        update(
                key,
                subscription.id(),
                SubscriptionUpdateParams.builder()
                        .addItem(SubscriptionUpdateParams.Item.builder()
                                .setId(subscription.item())
                                .setPrice(price)
                                .build())
                        .setTrialEnd(at.getEpochSecond())
                        .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE));
    }

    /** Has its next charges cost this price with this tax; what is charged already stays as it is. */
    public void tax(String key, StripeSubscription subscription, String price, Optional<String> rate) {
        var params = SubscriptionUpdateParams.builder()
                .addItem(SubscriptionUpdateParams.Item.builder()
                        .setId(subscription.item())
                        .setPrice(price)
                        .build())
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE);
        rate.ifPresentOrElse(params::addDefaultTaxRate, () -> params.setDefaultTaxRates(EmptyParam.EMPTY));
        update(key, subscription.id(), params);
    }

    /** Has it end with its period, or run on after all. */
    public void endWithPeriod(String key, String subscription, boolean end) {
        update(key, subscription, SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(end));
    }

    /** Moves its next charge to a later moment; what is paid lasts until then (docs.stripe.com/billing/subscriptions/billing-cycle). */
    public void nextChargeAt(String key, String subscription, Instant at) {
        update(
                key,
                subscription,
                SubscriptionUpdateParams.builder()
                        .setTrialEnd(at.getEpochSecond())
                        .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE));
    }

    private void update(String key, String subscription, SubscriptionUpdateParams.Builder params) {
        api.ask(stripe -> stripe.subscriptions().update(subscription, params.build(), StripeApi.once(key)));
    }

    /** Ends it now; what is paid is not given back by this. One that has ended stays as it is. */
    public void end(String subscription) {
        try {
            // With no parameters: nothing is given back unless it is asked for, and the library would put them into the
            // query,
            // where the published description of DELETE has none.
            api.ask(stripe -> stripe.subscriptions().cancel(subscription));
        } catch (StripeRefused refused) {
            if (!refused.isMissing()) throw refused;
        }
    }

    /**
     * Gives money back.
     *
     * @param amount minor units; empty: all that is left
     * @return whether it was given back; false where there was nothing left
     */
    public boolean refund(String key, String charge, Optional<Long> amount, Map<String, String> metadata) {
        var params = RefundCreateParams.builder().setCharge(charge).putAllMetadata(metadata);
        amount.ifPresent(params::setAmount);
        try {
            api.ask(stripe -> stripe.refunds().create(params.build(), StripeApi.once(key)));
            return true;
        } catch (StripeRefused refused) {
            if (refused.code().equals("charge_already_refunded")) return false;
            throw refused;
        }
    }
}
