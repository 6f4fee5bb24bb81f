package press.masthead.billing;

import java.util.Map;
import java.util.function.Supplier;
import press.masthead.platform.web.Problem;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeRefused;

/** A call to Stripe while someone waits for what comes of it. */
final class AskStripe {
    /** Stripe keeps at most 500 characters under one key. */
    private static final int LONGEST_WHY = 400;

    private AskStripe() {}

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

    static void tell(Runnable call) {
        told(() -> {
            call.run();
            return "";
        });
    }

    /** Why money goes back, beside the refund at Stripe. */
    static Map<String, String> why(String note) {
        return Map.of("masthead_why", note.substring(0, Math.min(LONGEST_WHY, note.length())));
    }
}
