package press.masthead.plans;

/** How a membership is paid for. Stored by its lower-case name. */
public enum Payment {
    INVOICE,
    /** By card, through Stripe. */
    STRIPE,
    /** By someone else, once and beforehand. */
    GIFT,
    /** Not at all: the newsroom gave it. */
    COMPLIMENTARY;

    /** Whether the reader pays, again and again. */
    public boolean runsOn() {
        return switch (this) {
            case INVOICE, STRIPE -> true;
            case GIFT, COMPLIMENTARY -> false;
        };
    }
}
