package press.masthead.billing;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.books.Receipt;

/** Whoever sells something that is paid for once, on a page of Stripe's, and hears what became of it. */
@FunctionalInterface
public interface SoldOnce {
    /** How a page stands. */
    sealed interface State {
        /** @param receipt the one that was just written; none when it was written before */
        record Paid(Instant at, Optional<Receipt> receipt) implements State {}

        /** All of it went back, or the bank took it back. */
        record GivenBack(Instant at) implements State {}

        /** Nobody paid before it closed. */
        record Closed() implements State {}
    }

    /**
     * Called in the transaction that writes it down; the same may be told more than once.
     *
     * @param kind, reference what was sold
     */
    void settled(Handle handle, String kind, long reference, State state);
}
