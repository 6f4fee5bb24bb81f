package press.masthead.business;

/**
 * Two rows that do not agree.
 *
 * @param readerId whose they are; 0 where nobody's
 * @param about what they say, in a few words
 */
record Difference(Kind kind, long membershipId, long readerId, String about) {
    /** What can disagree, and what is to be done about it. Stored by its lower-case name. */
    enum Kind {
        PAID_NOT_IN_LEDGER(
                "An invoice is marked as paid, but no money is in the ledger",
                "Look at the bank account. If the money came, mark the invoice as paid once more; if not, write to the reader."),
        LEDGER_WITHOUT_INVOICE(
                "Money is in the ledger for an invoice that is still open or void",
                "Mark the invoice as paid on the day the money came."),
        OTHER_AMOUNT(
                "An invoice and the money that came for it differ",
                "Compare both with the bank account, and give back or ask for the rest."),
        GIVEN_BACK_TOO_MUCH(
                "More was given back than was paid", "Look at the refunds of this payment, and at the bank account."),
        RUNS_PAST_ITS_END(
                "A membership is still open although its time is over",
                "The job that ends memberships has not run. Look at the server’s log; it catches up by itself."),
        PAID_WITHOUT_ACCESS(
                "Someone has paid for today and reads nothing",
                "Open the reader’s page and give a membership until the paid day, or give the money back."),
        ACCESS_WITHOUT_INVOICE(
                "Someone reads in a period that no invoice was written for",
                "Open the reader’s page and see what the membership runs on; end it or write the invoice."),
        PAYS_IN_OTHER_CURRENCY(
                "An invoice is in another currency than its membership’s price",
                "Open the reader’s page; correct the price of the membership or the invoice."),
        CARD_WITHOUT_SUBSCRIPTION(
                "A membership runs on a card, but no subscription at Stripe is known for it",
                "Look for the reader in Stripe’s dashboard. If nothing is charged there, end the membership."),
        CARD_ENDED(
                "Stripe ended the subscription, but the membership still runs",
                "Have Stripe’s events taken again (./masthead stripe replay); if it still runs then, end the membership."),
        STRIPE_UNKNOWN(
                "Stripe runs a subscription that is not known here",
                "Have Stripe’s events taken again (./masthead stripe replay); if it is still unknown then, end it in Stripe’s dashboard."),
        STRIPE_GOES_ON(
                "Stripe runs a subscription although the membership ended",
                "End it in Stripe’s dashboard, and give back what it charged since."),
        STRIPE_LACKS(
                "A membership runs on a card, but Stripe runs no subscription for it",
                "Have Stripe’s events taken again (./masthead stripe replay); if it still runs then, end the membership."),
        STRIPE_OTHER_STATE(
                "A subscription stands otherwise at Stripe than here",
                "Have Stripe’s events taken again (./masthead stripe replay)."),
        STRIPE_SILENT(
                "Stripe could not be asked",
                "All else was checked. Look at the key in STRIPE_SECRET_KEY and at Stripe’s status page, then check again."),
        NUMBER_MISSING(
                "An invoice’s number is missing in the row of numbers",
                "Look for it in a backup: numbers without gaps are the law in many countries."),
        FIGURES_DIFFER("The figures on the overview do not add up to the members behind them", Kind.ANEW),
        BROUGHT_DIFFERS("What a source, story or offer brought does not add up to the members behind it", Kind.ANEW);

        private static final String ANEW =
                "They are worked out anew at the next run; if this comes back, look at the server’s log.";

        final String title;
        final String remedy;

        Kind(String title, String remedy) {
            this.title = title;
            this.remedy = remedy;
        }

        /** Whether it is about sums that follow from rows and can be worked out anew. */
        boolean isSummed() {
            return this == FIGURES_DIFFER || this == BROUGHT_DIFFERS;
        }
    }

    String link() {
        return readerId > 0 ? "/desk/readers/" + readerId : "";
    }
}
