package press.masthead.stripe;

/** Stripe did not answer, or not so that it could be relied on: whatever was asked may be tried again later. */
public final class StripeAway extends RuntimeException {
    StripeAway(String what, Throwable cause) {
        super(what, cause);
    }
}
