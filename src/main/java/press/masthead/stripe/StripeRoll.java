package press.masthead.stripe;

import com.stripe.model.Subscription;
import com.stripe.param.SubscriptionListParams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every subscription that Stripe has not ended, a page of a hundred at a time (docs.stripe.com/api/subscriptions/list). */
public final class StripeRoll {
    private static final long PAGE = 100;

    private final StripeApi api;

    public StripeRoll(StripeApi api) {
        this.api = api;
    }

    /** @param status in Stripe's words */
    public record One(String subscription, String customer, String status, Instant createdAt) {}

    /**
     * Asks for them, the newest first.
     *
     * @param most no more than so many are asked for
     * @throws StripeAway where Stripe does not answer
     */
    public List<One> running(int most) {
        return api.ask(stripe -> {
            var found = new ArrayList<One>();
            var pages = stripe.subscriptions()
                    .list(SubscriptionListParams.builder().setLimit(PAGE).build());
            for (Subscription one : pages.autoPagingIterable()) {
                if (found.size() == most) break;
                found.add(new One(
                        one.getId(), one.getCustomer(), one.getStatus(), Instant.ofEpochSecond(one.getCreated())));
            }
            return found;
        });
    }
}
