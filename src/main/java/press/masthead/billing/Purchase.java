package press.masthead.billing;

import java.util.Optional;
import press.masthead.plans.Offer;
import press.masthead.plans.Origin;
import press.masthead.plans.Price;
import press.masthead.readers.Reader;

/**
 * What someone is about to buy, looked up and found good: on offer, with the offer suiting the price.
 *
 * @param price with the free days that this person gets, 0 for none
 * @param next a path on this site to lead back to; may be empty
 */
public record Purchase(Reader reader, Price price, Optional<Offer> offer, Origin origin, String next) {
    /** What the first payment is, minor units. */
    public long first() {
        return offer.map(good -> good.of(price)).orElse(price.amount());
    }
}
