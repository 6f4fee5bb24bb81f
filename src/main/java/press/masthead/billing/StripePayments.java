package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.billing.MembershipLetters.Ending;
import press.masthead.books.LedgerEntry;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Offers;
import press.masthead.plans.Payment;
import press.masthead.plans.Price;
import press.masthead.platform.web.Problem;
import press.masthead.stripe.StripeChanges;
import press.masthead.stripe.StripeSubscription;

/**
 * Paying by card, through Stripe. Stripe is told first, with no transaction open; our rows follow from what it then knows
 * ({@link MatchStripe}), so that a crash between the two is healed by the event that Stripe sends.
 */
public final class StripePayments implements PaymentProvider {
    private final Jdbi jdbi;
    private final Clock clock;
    private final StripeRows rows;
    private final StripeChanges changes;
    private final MatchStripe match;
    private final CardPrices prices;
    private final CardCheckout checkout;
    private final CardRefunds refunds;
    private final CardCustomers customers;
    private final TellTaxes tellTaxes;
    private final Memberships memberships;
    private final Offers offers;
    private final EndMemberships ending;
    private final MembershipLetters letters;

    StripePayments(
            Jdbi jdbi,
            Clock clock,
            StripeRows rows,
            StripeChanges changes,
            MatchStripe match,
            CardPrices prices,
            CardCheckout checkout,
            CardRefunds refunds,
            CardCustomers customers,
            TellTaxes tellTaxes,
            Memberships memberships,
            Offers offers,
            EndMemberships ending,
            MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.rows = rows;
        this.changes = changes;
        this.match = match;
        this.prices = prices;
        this.checkout = checkout;
        this.refunds = refunds;
        this.customers = customers;
        this.tellTaxes = tellTaxes;
        this.memberships = memberships;
        this.offers = offers;
        this.ending = ending;
        this.letters = letters;
    }

    @Override
    public Payment payment() {
        return Payment.STRIPE;
    }

    @Override
    public Begun begin(Purchase purchase) {
        return checkout.begin(purchase);
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
        return AskStripe.told(() -> {
            StripeSubscription subscription =
                    changes.subscription(at(membership).subscription());
            Instant at = Instant.ofEpochSecond(now.getEpochSecond());
            var preview = changes.preview(subscription, prices.of(to, membership.readerId()), at);
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
        AskStripe.tell(() -> {
            StripeSubscription subscription = changes.subscription(paid.subscription());
            String key = "change-" + rows.site() + "-" + quote.id();
            String price = prices.of(quote.to(), was.readerId());
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
        match.follow(paid.customer(), because);
        return true;
    }

    private static MembershipLetters.To to(Handle handle, Membership membership) {
        return MembershipLetters.To.of(handle, membership.readerId()).orElseThrow();
    }

    @Override
    public void cancel(Membership membership, Because because) {
        StripeRows.Paid paid = at(membership);
        AskStripe.tell(() -> changes.endWithPeriod(UUID.randomUUID().toString(), paid.subscription(), true));
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
        AskStripe.tell(() -> changes.endWithPeriod(UUID.randomUUID().toString(), paid.subscription(), false));
        alter(membership, handle -> {
            memberships.resume(handle, membership.id());
            memberships.note(handle, membership.id(), "resumed", because);
            letters.resumed(handle, to(handle, membership), membership, offers.next(handle, membership));
        });
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
        AskStripe.tell(() -> changes.nextChargeAt(
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
        AskStripe.tell(() -> changes.nextChargeAt(
                UUID.randomUUID().toString(), at(membership).subscription(), sooner));
        alter(membership, handle -> {
            memberships.goOn(handle, membership, now);
            memberships.note(handle, membership.id(), "went_on", because);
            Membership on = memberships.byId(handle, membership.id()).orElseThrow();
            letters.wentOn(handle, to(handle, membership), on, offers.next(handle, on));
        });
    }

    /** Writes the row while nobody else changes it; what Stripe's event has brought along meanwhile stands. */
    private void alter(Membership membership, Consumer<Handle> change) {
        jdbi.useTransaction(handle -> {
            memberships.hold(handle, membership.readerId());
            if (memberships.byId(handle, membership.id()).equals(Optional.of(membership))) change.accept(handle);
        });
    }

    @Override
    public void refund(LedgerEntry charge, long amount, Because because) {
        refunds.refund(charge, amount, because);
    }

    /** The reader moved, or gave a tax number: what is charged from now on follows. Returns whether a card is charged. */
    public boolean taxChanged(long reader) {
        return tellTaxes.of(reader);
    }

    /** The address of Stripe's page where this member changes the card and sees receipts; nothing where they have none. */
    public Optional<String> cardPage(long reader) {
        return customers.page(reader);
    }

    /**
     * Someone comes back from a page to pay on. The redirect itself proves nothing, so Stripe is asked.
     *
     * @return whether their membership is there
     */
    public boolean cameBack(long reader, String session) {
        return checkout.cameBack(reader, session);
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
}
