package press.masthead.deliveries;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a mailing is. The counts are kept with each step and add up to {@code expected}; {@code perSecond} is over the time in
 * which letters left.
 */
public record Progress(
        long id,
        String kind,
        String reference,
        String subject,
        MailingState state,
        String heldBecause,
        String trouble,
        long expected,
        long owed,
        long sending,
        long accepted,
        long deferred,
        long refused,
        long doubtful,
        long cancelled,
        double perSecond,
        Instant startsAt,
        Instant deadline,
        Optional<Instant> finishedAt) {
    /** Letters to which nothing more happens here. */
    public long settled() {
        return accepted + refused + cancelled;
    }
}
