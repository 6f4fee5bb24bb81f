package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeRefused;
import press.masthead.stripe.StripeSales;

/** Readers as Stripe's customers: made before their first payment, deleted with their account. */
final class CardCustomers {
    private static final Duration FORGET_AGAIN = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(CardCustomers.class);

    private final StripeRows rows;
    private final StripeSales sales;
    private final MatchStripe match;
    private final Clock clock;
    private final Supplier<String> url;

    CardCustomers(StripeRows rows, StripeSales sales, MatchStripe match, Clock clock, Supplier<String> url) {
        this.rows = rows;
        this.sales = sales;
        this.match = match;
        this.clock = clock;
        this.url = url;
    }

    /** Whoever buys this, made where Stripe does not know them yet. */
    String of(Purchase purchase) {
        long reader = purchase.reader().id();
        return rows.customerOf(reader)
                .orElseGet(() -> rows.keep(
                        sales.customer(
                                "customer-" + rows.site() + "-" + reader + "-"
                                        + purchase.reader().email().hashCode(),
                                purchase.reader().email(),
                                purchase.reader().name(),
                                Map.of(MatchStripe.READER, Long.toString(reader), MatchStripe.SITE, rows.site())),
                        reader));
    }

    /** The address of Stripe's page where this member changes the card and sees receipts; nothing where they have none. */
    Optional<String> page(long reader) {
        return rows.customerOf(reader)
                .map(customer -> AskStripe.told(() -> sales.portal(customer, url.get() + "/account/card")));
    }

    /** Deletes customers at Stripe whose account was deleted here; what does not work is tried again. For the timetable. */
    void forget() {
        for (String customer : rows.toForget())
            try {
                match.run(customer, MatchStripe.because("the account was deleted"));
                sales.forget(customer);
                rows.forgotten(customer);
            } catch (StripeAway | StripeRefused later) {
                LOG.warn("{} could not be deleted at Stripe this time: {}", customer, later.getMessage());
                rows.forgetLater(customer, clock.instant().plus(FORGET_AGAIN));
            }
    }
}
