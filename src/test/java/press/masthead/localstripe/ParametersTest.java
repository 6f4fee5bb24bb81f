package press.masthead.localstripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.annotations.SerializedName;
import com.stripe.net.ApiRequestParams;
import com.stripe.param.*;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the hand-kept table of parameters against those that Stripe's SDK was generated with from the published description. */
class ParametersTest {
    static final Map<String, Class<? extends ApiRequestParams>> SDK = new HashMap<>();

    static {
        SDK.put("POST /v1/customers", CustomerCreateParams.class);
        SDK.put("GET /v1/customers", CustomerListParams.class);
        SDK.put("POST /v1/customers/{id}", CustomerUpdateParams.class);
        SDK.put("POST /v1/products", ProductCreateParams.class);
        SDK.put("GET /v1/products", ProductListParams.class);
        SDK.put("POST /v1/products/{id}", ProductUpdateParams.class);
        SDK.put("POST /v1/prices", PriceCreateParams.class);
        SDK.put("GET /v1/prices", PriceListParams.class);
        SDK.put("POST /v1/prices/{id}", PriceUpdateParams.class);
        SDK.put("POST /v1/tax_rates", com.stripe.param.TaxRateCreateParams.class);
        SDK.put("GET /v1/tax_rates", com.stripe.param.TaxRateListParams.class);
        SDK.put("POST /v1/coupons", CouponCreateParams.class);
        SDK.put("GET /v1/coupons", CouponListParams.class);
        SDK.put("POST /v1/promotion_codes", PromotionCodeCreateParams.class);
        SDK.put("GET /v1/promotion_codes", PromotionCodeListParams.class);
        SDK.put("GET /v1/payment_methods", PaymentMethodListParams.class);
        SDK.put("POST /v1/payment_methods/{id}/attach", PaymentMethodAttachParams.class);
        SDK.put("POST /v1/checkout/sessions", com.stripe.param.checkout.SessionCreateParams.class);
        SDK.put("GET /v1/checkout/sessions", com.stripe.param.checkout.SessionListParams.class);
        SDK.put("POST /v1/checkout/sessions/{id}/expire", com.stripe.param.checkout.SessionExpireParams.class);
        SDK.put("POST /v1/billing_portal/sessions", com.stripe.param.billingportal.SessionCreateParams.class);
        SDK.put("POST /v1/subscriptions", SubscriptionCreateParams.class);
        SDK.put("GET /v1/subscriptions", SubscriptionListParams.class);
        SDK.put("POST /v1/subscriptions/{id}", SubscriptionUpdateParams.class);
        SDK.put("DELETE /v1/subscriptions/{id}", SubscriptionCancelParams.class);
        SDK.put("POST /v1/subscriptions/{id}/resume", SubscriptionResumeParams.class);
        SDK.put("GET /v1/invoices", InvoiceListParams.class);
        SDK.put("GET /v1/invoices/{id}/lines", InvoiceLineItemListParams.class);
        SDK.put("POST /v1/invoices/create_preview", InvoiceCreatePreviewParams.class);
        SDK.put("POST /v1/invoices/{id}/pay", InvoicePayParams.class);
        SDK.put("POST /v1/invoices/{id}/finalize", InvoiceFinalizeInvoiceParams.class);
        SDK.put("GET /v1/invoice_payments", InvoicePaymentListParams.class);
        SDK.put("GET /v1/payment_intents", PaymentIntentListParams.class);
        SDK.put("GET /v1/payment_intents/{id}", PaymentIntentRetrieveParams.class);
        SDK.put("GET /v1/charges", ChargeListParams.class);
        SDK.put("POST /v1/refunds", RefundCreateParams.class);
        SDK.put("GET /v1/refunds", RefundListParams.class);
        SDK.put("GET /v1/disputes", DisputeListParams.class);
        SDK.put("POST /v1/disputes/{id}", DisputeUpdateParams.class);
        SDK.put("GET /v1/events", EventListParams.class);
        SDK.put("POST /v1/webhook_endpoints", WebhookEndpointCreateParams.class);
        SDK.put("GET /v1/webhook_endpoints", WebhookEndpointListParams.class);
        SDK.put("POST /v1/webhook_endpoints/{id}", WebhookEndpointUpdateParams.class);
        SDK.put("POST /v1/test_helpers/test_clocks", com.stripe.param.testhelpers.TestClockCreateParams.class);
        SDK.put("GET /v1/test_helpers/test_clocks", com.stripe.param.testhelpers.TestClockListParams.class);
        SDK.put(
                "POST /v1/test_helpers/test_clocks/{id}/advance",
                com.stripe.param.testhelpers.TestClockAdvanceParams.class);
    }

    @Test
    void each_parameter_in_the_table_is_one_that_stripe_publishes() throws Exception {
        var strange = new TreeSet<String>();
        int held = 0;
        for (var line : new Parameters().all().entrySet()) {
            Class<?> params = SDK.get(line.getKey());
            for (String name : line.getValue()) {
                // The number of a card has no place in the SDK's typed parameters of a server.
                if (name.isEmpty() || line.getKey().equals("POST /v1/payment_methods")) continue;
                held++;
                if (params == null || !knows(params, name.split("\\."), 0)) strange.add(line.getKey() + " " + name);
            }
        }
        assertThat(strange).isEmpty();
        assertThat(held).isGreaterThan(200);
    }

    @Test
    void each_address_that_is_answered_has_its_line_and_its_source() throws Exception {
        try (var stripe = LocalStripe.start(LocalStripe.Options.usual())) {
            assertThat(new Parameters().all().keySet()).containsExactlyInAnyOrderElementsOf(stripe.endpointNames());
        }
    }

    private static boolean knows(Class<?> type, String[] path, int at) throws Exception {
        if (at == path.length) return true;
        for (Field field : type.getDeclaredFields()) {
            var name = field.getAnnotation(SerializedName.class);
            if (name != null && name.value().equals(path[at]))
                return at == path.length - 1 || inside(type, field.getGenericType(), path, at + 1);
        }
        return false;
    }

    private static boolean inside(Class<?> owner, Type type, String[] path, int at) throws Exception {
        if (type instanceof ParameterizedType list && path[at].equals("*")) {
            Type member = list.getActualTypeArguments()[0];
            return at == path.length - 1 || member instanceof Class<?> inner && knows(inner, path, at + 1);
        }
        if (type instanceof Class<?> inner && inner != Object.class) return knows(inner, path, at);
        // A field that takes one thing or another is an Object; the other is a class named after it.
        for (Class<?> nested : owner.getDeclaredClasses())
            if (nested.getSimpleName()
                    .equalsIgnoreCase(
                            path[at - 1].replace("_", "").replaceFirst(path[at].equals("*") ? "s$" : "$", "")))
                return knows(nested, path, path[at].equals("*") ? at + 1 : at);
        return path[at].equals("*") && at == path.length - 1;
    }
}
