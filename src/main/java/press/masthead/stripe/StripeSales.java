package press.masthead.stripe;

import com.stripe.model.Price;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.TaxRateCreateParams;
import com.stripe.param.billingportal.SessionCreateParams;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Selling: customers, prices, and the pages on which they pay and mind their card. */
public final class StripeSales {
    private static final Duration LEAST_TRIAL = Duration.ofHours(49);

    private final StripeApi api;

    public StripeSales(StripeApi api) {
        this.api = api;
    }

    /** A new customer; the same key gives the same one for a day. Returns the id. */
    public String customer(String key, String email, String name, Map<String, String> metadata) {
        return api.ask(stripe -> {
            var params = CustomerCreateParams.builder().setEmail(email).putAllMetadata(metadata);
            if (!name.isEmpty()) params.setName(name);
            return stripe.customers()
                    .create(params.build(), StripeApi.once(key))
                    .getId();
        });
    }

    /**
     * What is sold.
     *
     * @param key the price's lookup key, which is ours
     * @param amount minor units
     * @param currency ISO 4217
     * @param interval month or year
     */
    public record Sold(String key, String name, long amount, String currency, String interval) {}

    /** The price with this key; made where there is none. Returns the id. */
    public String price(Sold sold) {
        return api.ask(stripe -> {
            var found = stripe.prices()
                    .list(PriceListParams.builder()
                            .addLookupKey(sold.key())
                            .setActive(true)
                            .build());
            for (Price price : found.getData())
                if (price.getUnitAmount() != null
                        && price.getUnitAmount() == sold.amount()
                        && price.getCurrency().equalsIgnoreCase(sold.currency())) return price.getId();
            var params = PriceCreateParams.builder()
                    .setCurrency(sold.currency().toLowerCase(Locale.ROOT))
                    .setUnitAmount(sold.amount())
                    .setLookupKey(sold.key())
                    .setTransferLookupKey(true)
                    .setRecurring(PriceCreateParams.Recurring.builder()
                            .setInterval(
                                    sold.interval().equals("year")
                                            ? PriceCreateParams.Recurring.Interval.YEAR
                                            : PriceCreateParams.Recurring.Interval.MONTH)
                            .build())
                    .setProductData(PriceCreateParams.ProductData.builder()
                            .setName(sold.name())
                            .build())
                    .build();
            return stripe.prices()
                    .create(params, StripeApi.once(sold.key() + "-" + sold.hashCode()))
                    .getId();
        });
    }

    /**
     * What is taken off.
     *
     * @param percent 0 to 100; 0 where an amount is taken off
     * @param amount minor units of the currency
     * @param months how long; empty: for ever
     * @param once whether it is for one payment alone
     */
    public record Off(
            String id, String name, int percent, long amount, String currency, Optional<Long> months, boolean once) {}

    /** The coupon of this id; made where there is none. Returns the id. */
    public String coupon(Off off) {
        try {
            return api.ask(stripe -> stripe.coupons().retrieve(off.id()).getId());
        } catch (StripeRefused refused) {
            if (!refused.isMissing()) throw refused;
        }
        var params = CouponCreateParams.builder().setId(off.id()).setName(off.name());
        if (off.percent() > 0) params.setPercentOff(BigDecimal.valueOf(off.percent()));
        else params.setAmountOff(off.amount()).setCurrency(off.currency().toLowerCase(Locale.ROOT));
        if (off.once()) params.setDuration(CouponCreateParams.Duration.ONCE);
        else if (off.months().isPresent())
            params.setDuration(CouponCreateParams.Duration.REPEATING)
                    .setDurationInMonths(off.months().get());
        else params.setDuration(CouponCreateParams.Duration.FOREVER);
        return api.ask(stripe -> stripe.coupons()
                .create(params.build(), StripeApi.once(off.id()))
                .getId());
    }

    /**
     * A page to pay on.
     *
     * @param reference ours, told back with what happens
     * @param trialEnd until when nothing is charged; at least 48 hours from now, else Stripe counts whole days itself
     * @param taxRate the id of Stripe's tax rate that is charged
     * @param backTo where to return to, having paid or not
     */
    public record Checkout(
            String customer,
            String price,
            String reference,
            Optional<Instant> trialEnd,
            Optional<String> coupon,
            Optional<String> taxRate,
            Map<String, String> metadata,
            String paidTo,
            String backTo,
            Instant opened,
            Instant expires) {}

    /** A page that was opened for someone. */
    public record Page(String id, String url) {}

    public Page checkout(String key, Checkout wanted) {
        var data = com.stripe.param.checkout.SessionCreateParams.SubscriptionData.builder()
                .putAllMetadata(wanted.metadata());
        wanted.trialEnd().ifPresent(end -> {
            Duration left = Duration.between(wanted.opened(), end);
            if (left.compareTo(LEAST_TRIAL) > 0) data.setTrialEnd(end.getEpochSecond());
            else data.setTrialPeriodDays(Math.max(1, Math.round(left.toHours() / 24.0)));
        });
        wanted.taxRate().ifPresent(data::addDefaultTaxRate);
        var params = com.stripe.param.checkout.SessionCreateParams.builder()
                .setMode(com.stripe.param.checkout.SessionCreateParams.Mode.SUBSCRIPTION)
                .setCustomer(wanted.customer())
                .setClientReferenceId(wanted.reference())
                .addLineItem(com.stripe.param.checkout.SessionCreateParams.LineItem.builder()
                        .setPrice(wanted.price())
                        .setQuantity(1L)
                        .build())
                .setSubscriptionData(data.build())
                .setPaymentMethodCollection(
                        com.stripe.param.checkout.SessionCreateParams.PaymentMethodCollection.ALWAYS)
                .putAllMetadata(wanted.metadata())
                .setSuccessUrl(wanted.paidTo())
                .setCancelUrl(wanted.backTo())
                .setExpiresAt(wanted.expires().getEpochSecond());
        wanted.coupon()
                .ifPresent(coupon -> params.addDiscount(com.stripe.param.checkout.SessionCreateParams.Discount.builder()
                        .setCoupon(coupon)
                        .build()));
        return api.ask(stripe -> {
            var session = stripe.checkout().sessions().create(params.build(), StripeApi.once(key));
            return new Page(session.getId(), session.getUrl());
        });
    }

    /**
     * A tax as Stripe shows it on its pages and papers.
     *
     * @param rate percent
     * @param inclusive whether prices contain it
     */
    public record TaxRate(String country, String name, BigDecimal rate, boolean inclusive) {}

    /** A new tax rate; the same key gives the same one for a day. Returns the id. */
    public String taxRate(String key, TaxRate wanted) {
        var params = TaxRateCreateParams.builder()
                .setDisplayName(wanted.name())
                .setPercentage(wanted.rate())
                .setInclusive(wanted.inclusive());
        if (!wanted.country().isEmpty()) params.setCountry(wanted.country());
        return api.ask(stripe ->
                stripe.taxRates().create(params.build(), StripeApi.once(key)).getId());
    }

    /**
     * A page on which something is paid for once, by someone whom Stripe need not keep.
     *
     * @param amount minor units
     * @param currency ISO 4217
     * @param reference ours, told back with what happens
     * @param taxRate the id of Stripe's tax rate that is charged
     */
    public record Once(
            String what,
            long amount,
            String currency,
            String email,
            String reference,
            Optional<String> taxRate,
            Map<String, String> metadata,
            String paidTo,
            String backTo,
            Instant expires) {}

    public Page once(String key, Once wanted) {
        var line = com.stripe.param.checkout.SessionCreateParams.LineItem.builder()
                .setQuantity(1L)
                .setPriceData(com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData.builder()
                        .setCurrency(wanted.currency().toLowerCase(Locale.ROOT))
                        .setUnitAmount(wanted.amount())
                        .setProductData(
                                com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                        .setName(wanted.what())
                                        .build())
                        .build());
        wanted.taxRate().ifPresent(line::addTaxRate);
        var params = com.stripe.param.checkout.SessionCreateParams.builder()
                .setMode(com.stripe.param.checkout.SessionCreateParams.Mode.PAYMENT)
                .setCustomerEmail(wanted.email())
                .setClientReferenceId(wanted.reference())
                .addLineItem(line.build())
                .setPaymentIntentData(com.stripe.param.checkout.SessionCreateParams.PaymentIntentData.builder()
                        .putAllMetadata(wanted.metadata())
                        .setDescription(wanted.what())
                        .build())
                .putAllMetadata(wanted.metadata())
                .setSuccessUrl(wanted.paidTo())
                .setCancelUrl(wanted.backTo())
                .setExpiresAt(wanted.expires().getEpochSecond())
                .build();
        return api.ask(stripe -> {
            var session = stripe.checkout().sessions().create(params, StripeApi.once(key));
            return new Page(session.getId(), session.getUrl());
        });
    }

    /** Deletes a customer: card, name and address are gone there, and what still runs ends. One that is gone stays gone. */
    public void forget(String customer) {
        try {
            api.ask(stripe -> stripe.customers().delete(customer));
        } catch (StripeRefused refused) {
            if (!refused.isMissing()) throw refused;
        }
    }

    /** Closes a page, so that nobody pays on it any more. Returns whether it was still open. */
    public boolean close(String session) {
        try {
            api.ask(stripe -> stripe.checkout().sessions().expire(session));
            return true;
        } catch (StripeRefused refused) {
            return false;
        }
    }

    /** The address of a page where a customer changes the card, sees invoices and cancels. */
    public String portal(String customer, String backTo) {
        return api.ask(stripe -> stripe.billingPortal()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setCustomer(customer)
                        .setReturnUrl(backTo)
                        .build())
                .getUrl());
    }
}
