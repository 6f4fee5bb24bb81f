package press.masthead.billing;

import java.time.Instant;
import press.masthead.books.Invoice;

/** What came of beginning a purchase. */
public sealed interface Begun {
    /** Reads free until then. */
    record Trial(Instant until) implements Begun {}

    /** Is a member and has an invoice. */
    record Invoiced(Invoice invoice) implements Begun {}

    /** Is a member and has nothing to pay this time. */
    record Free(Instant until) implements Begun {}

    /**
     * Goes on at a page of someone else's.
     *
     * @param url absolute
     */
    record Elsewhere(String url) implements Begun {}

    /** Has become a member meanwhile, in another window. */
    record Already() implements Begun {}
}
