package press.masthead.stripe;

/** Stripe understood what was asked and will not do it; asking again changes nothing. */
public final class StripeRefused extends RuntimeException {
    private final String code;

    StripeRefused(String code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    /** Stripe's word for why (docs.stripe.com/error-codes); may be empty. */
    public String code() {
        return code;
    }

    /** Whether what was asked about is not there. */
    public boolean isMissing() {
        return code.equals("resource_missing");
    }
}
