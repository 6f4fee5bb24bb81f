package press.masthead.billing;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.plans.Plans;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeChanges;
import press.masthead.stripe.StripeRefused;

/** Tells Stripe the tax of those who moved; what does not work is tried again. */
final class TellTaxes implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TellTaxes.class);

    private final CardTaxes taxes;
    private final CardPrices prices;
    private final Plans plans;
    private final StripeChanges changes;

    TellTaxes(CardTaxes taxes, CardPrices prices, Plans plans, StripeChanges changes) {
        this.taxes = taxes;
        this.prices = prices;
        this.plans = plans;
        this.changes = changes;
    }

    /** The reader moved, or gave a tax number: what is charged from now on follows. Returns whether a card is charged. */
    boolean of(long reader) {
        if (!taxes.isStale(reader)) return false;
        run();
        return true;
    }

    @Override
    public void run() {
        for (StripeTaxRows.Stale stale : taxes.stale())
            try {
                CardTaxes.Terms terms = taxes.of(stale.readerId());
                changes.tax(
                        UUID.randomUUID().toString(),
                        changes.subscription(stale.subscription()),
                        prices.of(plans.price(stale.priceId()), terms),
                        taxes.rate(terms));
                taxes.told(stale.subscription());
            } catch (StripeAway | StripeRefused later) {
                LOG.warn("The tax of {} could not be told this time: {}", stale.subscription(), later.getMessage());
            }
    }
}
