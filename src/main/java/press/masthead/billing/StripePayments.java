package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.billing.MembershipLetters.Ending;
import press.masthead.books.LedgerEntry;
import press.masthead.plans.Because;
import press.masthead.plans.Interval;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Money;
import press.masthead.plans.Offer;
import press.masthead.plans.Offers;
import press.masthead.plans.Payment;
import press.masthead.plans.Plans;
import press.masthead.plans.Price;
import press.masthead.platform.web.Problem;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeChanges;
import press.masthead.stripe.StripeRefused;
import press.masthead.stripe.StripeSales;
import press.masthead.stripe.StripeSubscription;

/**
 * Paying by card, through Stripe. Stripe is told first, with no transaction open; our rows follow from what it then knows
 * ({@link MatchStripe}), so that a crash between the two is healed by the event that Stripe sends.
 */
public final class StripePayments implements PaymentProvider {
    /** How long a page to pay on stays open: free days are counted from when it was opened. */
    private static final Duration PAGE_OPEN = Duration.ofHours(1);

    private static final Duration FORGET_AGAIN = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(StripePayments.class);

    private final Jdbi jdbi;
    private final Clock clock;
    private final StripeRows rows;
    private final StripeSales sales;
    private final StripeChanges changes;
    private final MatchStripe match;
    private final CardTaxes taxes;
    private final CardGifts gifts;
    private final CardSales once;
    private final Plans plans;
    private final Memberships memberships;
    private final Offers offers;
    private final EndMemberships ending;
    private final MembershipLetters letters;
    private final Supplier<String> url;

    StripePayments(
            Jdbi jdbi,
            Clock clock,
            StripeRows rows,
            StripeSales sales,
            StripeChanges changes,
            MatchStripe match,
            CardTaxes taxes,
            CardGifts gifts,
            CardSales once,
            Plans plans,
            Memberships memberships,
            Offers offers,
            EndMemberships ending,
            MembershipLetters letters,
            Supplier<String> url) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.rows = rows;
        this.sales = sales;
        this.changes = changes;
        this.match = match;
        this.taxes = taxes;
        this.gifts = gifts;
        this.once = once;
        this.plans = plans;
        this.memberships = memberships;
        this.offers = offers;
        this.ending = ending;
        this.letters = letters;
        this.url = url;
    }

    @Override
    public Payment payment() {
        return Payment.STRIPE;
    }

    /** What a person can act on, where Stripe refused or did not answer. */
    static <T> T told(Supplier<T> call) {
        try {
            return call.get();
        } catch (StripeAway away) {
            throw Problem.unavailable(
                    "Our payment provider does not answer. Nothing was charged; please try again in a few minutes.");
        } catch (StripeRefused refused) {
            String code = refused.code();
            boolean card = code.contains("card") || code.contains("authentication") || code.contains("cvc");
            throw Problem.invalid(
                    card
                            ? "Your bank refused the card: " + refused.getMessage() + " Nothing has changed."
                            : "Our payment provider refused this. Nothing has changed.");
        }
    }

    private static void tell(Runnable call) {
        told(() -> {
            call.run();
            return "";
        });
    }

    @Override
    public Begun begin(Purchase purchase) {
        return told(() -> {
            String customer = customer(purchase);
            rows.openPages(customer).forEach(this::closePage);
            match.run(customer, MatchStripe.because("asked before paying"));
            boolean member = memberships
                    .find(purchase.reader().id())
                    .filter(found -> found.endedAt().isEmpty())
                    .isPresent();
            if (member) return new Begun.Already();
            var page = sales.checkout("checkout-" + UUID.randomUUID(), wanted(customer, purchase));
            rows.opened(page.id(), customer);
            return new Begun.Elsewhere(page.url());
        });
    }

    private void closePage(String session) {
        sales.close(session);
        rows.closed(session);
    }

    private String customer(Purchase purchase) {
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

    /** The price as Stripe sells it to this reader. */
    private String price(Price price, long reader) {
        return price(price, taxes.of(reader));
    }

    private String price(Price price, CardTaxes.Terms terms) {
        return sales.price(new StripeSales.Sold(
                rows.priceKey(price.id()) + terms.mark(price),
                price.plan().name(),
                terms.amount(price.amount()),
                price.currency(),
                price.interval().word()));
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
                price(price, terms),
                Long.toString(purchase.reader().id()),
                trial,
                purchase.offer()
                        .filter(offer -> offer.of(price) < price.amount())
                        .map(offer -> coupon(offer, price)),
                taxes.rate(terms),
                metadata,
                url.get() + "/account/card/paid?session={CHECKOUT_SESSION_ID}" + next,
                url.get() + "/pro/",
                now,
                now.plus(PAGE_OPEN));
    }

    private String coupon(Offer offer, Price price) {
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

    private StripeRows.Paid at(Membership membership) {
        return rows.of(membership.id())
                .orElseThrow(() ->
                        Problem.stale("This membership is not known to our payment provider yet. Please try again."));
    }

    @Override
    public Quote quote(Membership membership, Price to) {
        Instant now = clock.instant();
        long next = jdbi.withHandle(handle -> offers.next(handle, membership.id(), to));
        if (membership.isTrial(now)) return quote(membership, to, 0, 0, now, membership.until(), next);
        if (!InvoicePayments.stepsUp(membership.price(), to))
            return quote(membership, to, 0, 0, membership.until(), membership.until(), next);
        return told(() -> {
            StripeSubscription subscription =
                    changes.subscription(at(membership).subscription());
            Instant at = Instant.ofEpochSecond(now.getEpochSecond());
            var preview = changes.preview(subscription, price(to, membership.readerId()), at);
            return quote(membership, to, preview.credit(), preview.charge(), at, preview.until(), next);
        });
    }

    private Quote quote(
            Membership membership, Price to, long credit, long charge, Instant at, Instant until, long next) {
        return new Quote(0, membership, to, membership.until(), credit, charge, at, until, next, "", clock.instant());
    }

    @Override
    public boolean change(Quote quote, Because because) {
        Membership was = quote.membership();
        if (!quote.fits(memberships.find(was.readerId()))) return false;
        StripeRows.Paid paid = at(was);
        tell(() -> {
            StripeSubscription subscription = changes.subscription(paid.subscription());
            String key = "change-" + rows.site() + "-" + quote.id();
            String price = price(quote.to(), was.readerId());
            if (quote.isNow() && quote.charge() > 0) changes.change(key, subscription, price, quote.at());
            else if (quote.isNow()) changes.changeSilently(key, subscription, price);
            else changes.changeAt(key, subscription, price, was.until());
        });
        jdbi.useTransaction(handle -> {
            memberships.hold(handle, was.readerId());
            if (!quote.isNow()) {
                boolean back = quote.to().id() == was.price().id();
                memberships.takeNext(handle, was.id(), back ? Optional.empty() : Optional.of(quote.to()));
                memberships.note(
                        handle,
                        was.id(),
                        back ? "change_dropped" : "change_planned",
                        because.noting(quote.to().words()));
            }
            letters.changed(handle, to(handle, was), quote);
        });
        follow(paid.customer(), because);
        return true;
    }

    /** Our rows follow at once; where that fails, the event that Stripe sends brings them along. */
    private void follow(String customer, Because because) {
        try {
            match.run(customer, because);
        } catch (StripeAway | StripeRefused later) {
            match.quietly(customer, "asked again");
        }
    }

    private static MembershipLetters.To to(Handle handle, Membership membership) {
        return handle.createQuery("select email, name from reader where id = :id")
                .bind("id", membership.readerId())
                .mapTo(MembershipLetters.To.class)
                .one();
    }

    @Override
    public void cancel(Membership membership, Because because) {
        StripeRows.Paid paid = at(membership);
        tell(() -> changes.endWithPeriod(UUID.randomUUID().toString(), paid.subscription(), true));
        alter(membership, handle -> {
            memberships.cancel(handle, membership.id());
            memberships.takeNext(handle, membership.id(), Optional.empty());
            memberships.note(handle, membership.id(), "cancelled", because);
            letters.cancelled(handle, to(handle, membership), membership, clock.instant());
        });
    }

    @Override
    public void keep(Membership membership, Because because) {
        StripeRows.Paid paid = at(membership);
        tell(() -> changes.endWithPeriod(UUID.randomUUID().toString(), paid.subscription(), false));
        alter(membership, handle -> {
            memberships.resume(handle, membership.id());
            memberships.note(handle, membership.id(), "resumed", because);
            letters.resumed(handle, to(handle, membership), membership, next(handle, membership));
        });
    }

    private Money next(Handle handle, Membership membership) {
        return new Money(
                offers.next(handle, membership.id(), membership.price()),
                membership.price().currency());
    }

    @Override
    public void end(Membership membership, Because because) {
        alter(membership, handle -> ending.end(handle, membership, Ending.DESK, because));
        rows.of(membership.id()).ifPresent(paid -> match.quietly(paid.customer(), "ended here"));
    }

    @Override
    public void pause(Membership membership, Instant until, Because because) {
        Instant now = clock.instant();
        Instant later = membership.until().plus(Duration.between(now, until));
        tell(() -> changes.nextChargeAt(
                UUID.randomUUID().toString(), at(membership).subscription(), later));
        alter(membership, handle -> {
            memberships.pause(handle, membership, now, until);
            memberships.note(handle, membership.id(), "paused", because);
            letters.paused(handle, to(handle, membership), membership, until);
        });
    }

    @Override
    public void goOn(Membership membership, Because because) {
        Instant now = clock.instant();
        Instant sooner = membership
                .until()
                .minus(Duration.between(now, membership.pausedUntil().orElse(now)));
        tell(() -> changes.nextChargeAt(
                UUID.randomUUID().toString(), at(membership).subscription(), sooner));
        alter(membership, handle -> {
            memberships.goOn(handle, membership, now);
            memberships.note(handle, membership.id(), "went_on", because);
            Membership on = memberships.byId(handle, membership.id()).orElseThrow();
            letters.wentOn(handle, to(handle, membership), on, next(handle, on));
        });
    }

    /** Writes the row while nobody else changes it; what Stripe's event has brought along meanwhile stands. */
    private void alter(Membership membership, java.util.function.Consumer<Handle> change) {
        jdbi.useTransaction(handle -> {
            memberships.hold(handle, membership.readerId());
            if (memberships.byId(handle, membership.id()).equals(Optional.of(membership))) change.accept(handle);
        });
    }

    @Override
    public void refund(LedgerEntry charge, long amount, Because because) {
        long back = rows.givenBack(charge.providerRef());
        long left = charge.amount() - back;
        if (amount <= 0 || amount > left)
            throw Problem.invalid("Of this payment, " + Money.words(left, charge.currency())
                    + " can be given back. Please check the amount.");
        Optional<GiftMembership> gift = gifts.ofCharge(charge.providerRef());
        if (gift.isPresent()) {
            gifts.refund(gift.get(), charge, amount, because);
            return;
        }
        if (charge.membershipId().isEmpty() && once.refund(charge, amount, back, because.note())) return;
        String customer = charge.membershipId()
                .flatMap(rows::of)
                .map(StripeRows.Paid::customer)
                .orElseThrow(() -> Problem.stale(
                        "This payment belongs to no membership; please give it back in Stripe's dashboard."));
        tell(() -> changes.refund(
                "refund-" + charge.providerRef() + "-" + back + "-" + amount,
                charge.providerRef(),
                Optional.of(amount),
                Map.of(
                        "masthead_why",
                        because.note().length() > 400 ? because.note().substring(0, 400) : because.note())));
        follow(customer, because);
    }

    /** The reader moved, or gave a tax number: what is charged from now on follows. Returns whether a card is charged. */
    public boolean taxChanged(long reader) {
        if (!taxes.isStale(reader)) return false;
        tellTaxes();
        return true;
    }

    /** Tells Stripe the tax of those who moved; what does not work is tried again. For the timetable. */
    void tellTaxes() {
        for (StripeTaxRows.Stale stale : taxes.stale())
            try {
                CardTaxes.Terms terms = taxes.of(stale.readerId());
                Price price = plans.price(stale.priceId());
                changes.tax(
                        UUID.randomUUID().toString(),
                        changes.subscription(stale.subscription()),
                        price(price, terms),
                        taxes.rate(terms));
                taxes.told(stale.subscription());
            } catch (StripeAway | StripeRefused later) {
                LOG.warn("The tax of {} could not be told this time: {}", stale.subscription(), later.getMessage());
            }
    }

    /** Deletes customers at Stripe whose account was deleted here; what does not work is tried again. For the timetable. */
    void forgetCustomers() {
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

    /** The address of Stripe's page where this member changes the card and sees receipts; nothing where they have none. */
    public Optional<String> cardPage(long reader) {
        return rows.customerOf(reader).map(customer -> told(() -> sales.portal(customer, url.get() + "/account/card")));
    }

    /**
     * Why the last charge of a membership failed.
     *
     * @param words the bank's; may be empty
     */
    public record Trouble(String words, Optional<Instant> nextTry) {}

    /** Nothing where the last charge went through. */
    public Optional<Trouble> trouble(Membership membership) {
        return rows.of(membership.id())
                .filter(paid -> membership.graceUntil().isPresent())
                .map(paid -> new Trouble(paid.trouble(), paid.nextTryAt()));
    }

    /**
     * Someone comes back from a page to pay on. The redirect itself proves nothing, so Stripe is asked.
     *
     * @return whether their membership is there
     */
    public boolean cameBack(long reader, String session) {
        Optional<String> customer = rows.customerOf(reader);
        if (customer.isEmpty() || !rows.customerOfPage(session).equals(customer))
            throw Problem.notFound("This page belongs to no payment of yours.");
        try {
            match.run(customer.get(), MatchStripe.because(session));
        } catch (StripeAway | StripeRefused later) {
            // The event that Stripe sends will say the same in a moment.
        }
        return memberships
                .find(reader)
                .filter(found -> found.endedAt().isEmpty())
                .isPresent();
    }
}
