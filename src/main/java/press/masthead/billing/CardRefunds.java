package press.masthead.billing;

import java.util.Optional;
import press.masthead.books.LedgerEntry;
import press.masthead.plans.Because;
import press.masthead.plans.Money;
import press.masthead.platform.web.Problem;
import press.masthead.stripe.StripeChanges;

/** Money that goes back to a card: of a membership, of a gift, or of something sold once. */
final class CardRefunds {
    private final StripeRows rows;
    private final StripeChanges changes;
    private final MatchStripe match;
    private final CardGifts gifts;
    private final CardSales once;

    CardRefunds(StripeRows rows, StripeChanges changes, MatchStripe match, CardGifts gifts, CardSales once) {
        this.rows = rows;
        this.changes = changes;
        this.match = match;
        this.gifts = gifts;
        this.once = once;
    }

    /** @see PaymentProvider#refund */
    void refund(LedgerEntry charge, long amount, Because because) {
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
        AskStripe.tell(() -> changes.refund(
                "refund-" + charge.providerRef() + "-" + back + "-" + amount,
                charge.providerRef(),
                Optional.of(amount),
                AskStripe.why(because.note())));
        match.follow(customer, because);
    }
}
