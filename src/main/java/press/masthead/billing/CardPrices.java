package press.masthead.billing;

import press.masthead.plans.Interval;
import press.masthead.plans.Offer;
import press.masthead.plans.Price;
import press.masthead.stripe.StripeSales;

/** Our prices and offers as Stripe sells them: made there at their first use, and found again by their keys. */
final class CardPrices {
    private final StripeRows rows;
    private final StripeSales sales;
    private final CardTaxes taxes;

    CardPrices(StripeRows rows, StripeSales sales, CardTaxes taxes) {
        this.rows = rows;
        this.sales = sales;
        this.taxes = taxes;
    }

    /** The price as Stripe sells it to this reader. */
    String of(Price price, long reader) {
        return of(price, taxes.of(reader));
    }

    String of(Price price, CardTaxes.Terms terms) {
        return sales.price(new StripeSales.Sold(
                rows.priceKey(price.id()) + terms.mark(price),
                price.plan().name(),
                terms.amount(price.amount()),
                price.currency(),
                price.interval().word()));
    }

    String coupon(Offer offer, Price price) {
        int months = price.interval() == Interval.YEAR ? 12 : 1;
        String id = "masthead-" + rows.site() + "-" + offer.id() + "-"
                + offer.payments().orElse(0) + "-" + months;
        return sales.coupon(new StripeSales.Off(
                id,
                "Offer " + offer.code(),
                offer.percent(),
                offer.amount(),
                offer.currency().orElse(price.currency()),
                offer.payments().map(payments -> (long) payments * months),
                offer.payments().filter(payments -> payments == 1).isPresent()));
    }
}
