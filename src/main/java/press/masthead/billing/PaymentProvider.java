package press.masthead.billing;

import java.time.Instant;
import press.masthead.books.LedgerEntry;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Payment;
import press.masthead.plans.Price;

/**
 * How memberships are paid for. The use cases ({@link Join}, {@link ChangePlan}, {@link Leave}, {@link Pause}) decide what may
 * be done and call this; a provider does it on its side and writes our rows to match: the membership, a
 * {@code membership_event} with its cause, letters, and a {@code ledger_entry} for each movement of money. Each method makes its
 * own transactions, so that none is held across a network call, and holds the reader ({@code Memberships.hold}) while it writes.
 */
public sealed interface PaymentProvider permits InvoicePayments, StripePayments {
    /** Which memberships are its own. */
    Payment payment();

    /**
     * Begins a membership, with free days where the purchase has some: now, or once its reader has paid on a page elsewhere.
     */
    Begun begin(Purchase purchase);

    /** What a change to another price would cost, and from when it would hold. Changes nothing. */
    Quote quote(Membership membership, Price to);

    /**
     * Carries out what was quoted, with the figures of the quote.
     *
     * @return false when the membership is no longer what the quote was made for, and nothing was done
     */
    boolean change(Quote quote, Because because);

    /** Has it end where it is paid or free until. */
    void cancel(Membership membership, Because because);

    /** Takes that back while it still runs. */
    void keep(Membership membership, Because because);

    /** Ends it now; what is open is void, what is paid is not given back by this. */
    void end(Membership membership, Because because);

    /** Pauses it now: nothing is read, nothing runs out and nothing is charged until the day. */
    void pause(Membership membership, Instant until, Because because);

    /** Ends a pause now. */
    void goOn(Membership membership, Because because);

    /**
     * Gives money back. All that was paid for the running period: ends the membership now. A part: it stays.
     *
     * @param charge one of this provider's
     * @param amount minor units, positive
     * @throws press.masthead.platform.web.Problem when that is more than is left of the charge
     */
    void refund(LedgerEntry charge, long amount, Because because);
}
