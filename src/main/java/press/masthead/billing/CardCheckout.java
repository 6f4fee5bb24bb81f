package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import press.masthead.plans.Memberships;
import press.masthead.plans.Price;
import press.masthead.platform.web.Problem;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeRefused;
import press.masthead.stripe.StripeSales;

/** The page of Stripe's on which someone becomes a member, there and back. */
final class CardCheckout {
    /** How long a page to pay on stays open: free days are counted from when it was opened. */
    private static final Duration PAGE_OPEN = Duration.ofHours(1);

    private final Clock clock;
    private final StripeRows rows;
    private final StripeSales sales;
    private final MatchStripe match;
    private final CardCustomers customers;
    private final CardPrices prices;
    private final CardTaxes taxes;
    private final Memberships memberships;
    private final MembershipLetters letters;
    private final Supplier<String> url;

    CardCheckout(
            Clock clock,
            StripeRows rows,
            StripeSales sales,
            MatchStripe match,
            CardCustomers customers,
            CardPrices prices,
            CardTaxes taxes,
            Memberships memberships,
            MembershipLetters letters,
            Supplier<String> url) {
        this.clock = clock;
        this.rows = rows;
        this.sales = sales;
        this.match = match;
        this.customers = customers;
        this.prices = prices;
        this.taxes = taxes;
        this.memberships = memberships;
        this.letters = letters;
        this.url = url;
    }

    /** Opens a page, and closes those that were open: whoever pays on two pays twice. */
    Begun begin(Purchase purchase) {
        return AskStripe.told(() -> {
            String customer = customers.of(purchase);
            rows.openPages(customer).forEach(this::closePage);
            match.run(customer, MatchStripe.because("asked before paying"));
            if (isMember(purchase.reader().id())) return new Begun.Already();
            var page = sales.checkout("checkout-" + UUID.randomUUID(), wanted(customer, purchase));
            rows.opened(page.id(), customer);
            return new Begun.Elsewhere(page.url());
        });
    }

    private void closePage(String session) {
        sales.close(session);
        rows.closed(session);
    }

    private boolean isMember(long reader) {
        return memberships
                .find(reader)
                .filter(found -> found.endedAt().isEmpty())
                .isPresent();
    }

    private StripeSales.Checkout wanted(String customer, Purchase purchase) {
        Price price = purchase.price();
        CardTaxes.Terms terms = taxes.of(purchase.reader().id());
        var metadata = new HashMap<String, String>();
        metadata.put(MatchStripe.READER, Long.toString(purchase.reader().id()));
        metadata.put(MatchStripe.SITE, rows.site());
        metadata.put("masthead_price", Long.toString(price.id()));
        purchase.offer().ifPresent(offer -> metadata.put("masthead_offer", offer.code()));
        if (!purchase.origin().source().isEmpty())
            metadata.put("masthead_source", purchase.origin().source());
        if (!purchase.origin().story().isEmpty())
            metadata.put("masthead_story", purchase.origin().story());
        Instant now = clock.instant();
        Optional<Instant> trial = price.trialDays() > 0
                ? Optional.of(price.trialEnd(now, letters.from().zone()))
                : Optional.empty();
        String next = purchase.next().isEmpty() ? "" : "&next=" + purchase.next();
        return new StripeSales.Checkout(
                customer,
                prices.of(price, terms),
                Long.toString(purchase.reader().id()),
                trial,
                purchase.offer()
                        .filter(offer -> offer.of(price) < price.amount())
                        .map(offer -> prices.coupon(offer, price)),
                taxes.rate(terms),
                metadata,
                url.get() + "/account/card/paid?session={CHECKOUT_SESSION_ID}" + next,
                url.get() + "/pro/",
                now,
                now.plus(PAGE_OPEN));
    }

    /**
     * Someone comes back from a page to pay on. The redirect itself proves nothing, so Stripe is asked.
     *
     * @return whether their membership is there
     */
    boolean cameBack(long reader, String session) {
        Optional<String> customer = rows.customerOf(reader);
        if (customer.isEmpty() || !rows.customerOfPage(session).equals(customer))
            throw Problem.notFound("This page belongs to no payment of yours.");
        try {
            match.run(customer.get(), MatchStripe.because(session));
        } catch (StripeAway | StripeRefused later) {
            // The event that Stripe sends will say the same in a moment.
        }
        return isMember(reader);
    }
}
