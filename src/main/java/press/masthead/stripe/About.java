package press.masthead.stripe;

import java.util.Locale;

/**
 * What an event is about. Written down as {@code kind/id}: ids tell their kind by custom and not by promise.
 *
 * @param id as Stripe has it
 */
public record About(Kind kind, String id) {
    /** What is asked for next. */
    public enum Kind {
        CUSTOMER,
        CHARGE,
        PAYMENT,
        SUBSCRIPTION,
        INVOICE,
        /** On which something is paid for once. */
        PAGE
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "/" + id;
    }

    /** From a row; one from before kinds were written down is told by its id. */
    public static About read(String text) {
        int slash = text.indexOf('/');
        if (slash > 0)
            for (Kind kind : Kind.values())
                if (text.startsWith(kind.name().toLowerCase(Locale.ROOT) + "/"))
                    return new About(kind, text.substring(slash + 1));
        if (text.startsWith("cus_")) return new About(Kind.CUSTOMER, text);
        return new About(text.startsWith("pi_") ? Kind.PAYMENT : Kind.CHARGE, text);
    }
}
