package press.masthead.localstripe;

import java.util.Optional;
import java.util.stream.Stream;
import press.masthead.localstripe.Verdict.Approved;
import press.masthead.localstripe.Verdict.Declined;
import press.masthead.localstripe.Verdict.NeedsStep;
import press.masthead.localstripe.Verdict.ThenDisputed;

/**
 * Stripe's test cards by their documented numbers (docs.stripe.com/testing), and what each does: while its owner is on the
 * page, when it is kept for later, and when it is charged later.
 */
enum Card {
    VISA("4242424242424242", "visa", new Approved(), new Approved()),
    MASTERCARD("5555555555554444", "mastercard", new Approved(), new Approved()),
    AMEX("378282246310005", "amex", new Approved(), new Approved()),
    DECLINED("4000000000000002", "visa", Said.GENERIC, Said.GENERIC),
    INSUFFICIENT("4000000000009995", "visa", Said.FUNDS, Said.FUNDS),
    LOST("4000000000009987", "visa", Said.LOST, Said.LOST),
    STOLEN("4000000000009979", "visa", Said.STOLEN, Said.STOLEN),
    EXPIRED("4000000000000069", "visa", Said.EXPIRED, Said.EXPIRED),
    WRONG_CVC("4000000000000127", "visa", Said.CVC, Said.CVC),
    PROCESSING("4000000000000119", "visa", Said.PROCESSING, Said.PROCESSING),
    /** Can be kept, and each charge fails. */
    KEPT_THEN_DECLINED("4000000000000341", "visa", Said.GENERIC, Said.GENERIC),
    /** Wants a step when it is set up, and none after that. */
    STEP_ONCE("4000002500003155", "visa", new NeedsStep(), new Approved()),
    STEP_ALWAYS("4000002760003184", "visa", new NeedsStep(), Said.STEP),
    DISPUTED("4000000000000259", "visa", new ThenDisputed("fraudulent"), new ThenDisputed("fraudulent")),
    NOT_RECEIVED(
            "4000000000002685",
            "visa",
            new ThenDisputed("product_not_received"),
            new ThenDisputed("product_not_received"));

    private static final class Said {
        static final Declined GENERIC = new Declined("card_declined", "generic_decline", "Your card was declined.");
        static final Declined FUNDS =
                new Declined("card_declined", "insufficient_funds", "Your card has insufficient funds.");
        static final Declined LOST = new Declined("card_declined", "lost_card", "Your card was declined.");
        static final Declined STOLEN = new Declined("card_declined", "stolen_card", "Your card was declined.");
        static final Declined EXPIRED = new Declined("expired_card", "", "Your card has expired.");
        static final Declined CVC = new Declined("incorrect_cvc", "", "Your card's security code is incorrect.");
        static final Declined PROCESSING = new Declined(
                "processing_error", "", "An error occurred while processing your card. Try again in a little bit.");
        static final Declined STEP = new Declined(
                "authentication_required",
                "authentication_required",
                "Your card was declined. This transaction requires authentication.");
    }

    private final String number;
    private final String brand;
    private final Verdict onPage;
    private final Verdict later;

    Card(String number, String brand, Verdict onPage, Verdict later) {
        this.number = number;
        this.brand = brand;
        this.onPage = onPage;
        this.later = later;
    }

    String number() {
        return number;
    }

    String brand() {
        return brand;
    }

    String last4() {
        return number.substring(number.length() - 4);
    }

    Verdict onPage() {
        return onPage;
    }

    Verdict later() {
        return later;
    }

    /** What is said when it is kept without a charge. */
    Verdict kept() {
        if (this == KEPT_THEN_DECLINED || onPage instanceof ThenDisputed) return new Approved();
        return onPage;
    }

    static Optional<Card> of(String typed) {
        String digits = typed.replaceAll("[\\s-]", "");
        return Stream.of(values()).filter(card -> card.number.equals(digits)).findFirst();
    }

    /** Stripe's own names of ready payment methods, such as {@code pm_card_visa}. */
    static Optional<Card> named(String id) {
        return Optional.ofNullable(
                switch (id) {
                    case "pm_card_visa" -> VISA;
                    case "pm_card_mastercard" -> MASTERCARD;
                    case "pm_card_amex" -> AMEX;
                    case "pm_card_visa_chargeDeclined" -> DECLINED;
                    case "pm_card_visa_chargeDeclinedInsufficientFunds" -> INSUFFICIENT;
                    case "pm_card_chargeCustomerFail" -> KEPT_THEN_DECLINED;
                    case "pm_card_authenticationRequired" -> STEP_ALWAYS;
                    case "pm_card_createDispute" -> DISPUTED;
                    default -> null;
                });
    }
}
