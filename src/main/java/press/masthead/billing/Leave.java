package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Payment;
import press.masthead.readers.Reader;

/** Cancels a membership, and takes that back. What is paid or free is read to its end either way. */
public final class Leave {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final MembershipLetters letters;

    public Leave(Jdbi jdbi, Clock clock, Memberships memberships, MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.letters = letters;
    }

    /** Whether there is something that this reader can cancel. */
    public static boolean can(Membership membership, Instant now) {
        return membership.runsOn() && membership.state(now) != Membership.State.ENDED;
    }

    /** Has it end where it is paid or free until. Returns whether there was something to cancel. */
    public boolean cancel(Reader reader) {
        return jdbi.inTransaction(handle -> {
            memberships.hold(handle, reader.id());
            Optional<Membership> running =
                    memberships.find(handle, reader.id()).filter(found -> can(found, clock.instant()));
            if (running.isEmpty()) return false;
            memberships.cancel(handle, running.get().id());
            memberships.note(handle, running.get().id(), "cancelled", Because.READER);
            letters.cancelled(
                    handle, new MembershipLetters.To(reader.email(), reader.name()), running.get(), clock.instant());
            return true;
        });
    }

    /** Takes a cancellation back while the membership still runs. Returns whether there was one. */
    public boolean resume(Reader reader) {
        return jdbi.inTransaction(handle -> {
            memberships.hold(handle, reader.id());
            Optional<Membership> cancelled = memberships
                    .find(handle, reader.id())
                    .filter(found -> found.payment() == Payment.INVOICE)
                    .filter(found -> found.state(clock.instant()) == Membership.State.CANCELLED);
            if (cancelled.isEmpty()) return false;
            memberships.resume(handle, cancelled.get().id());
            memberships.note(handle, cancelled.get().id(), "resumed", Because.READER);
            letters.resumed(handle, new MembershipLetters.To(reader.email(), reader.name()), cancelled.get());
            return true;
        });
    }
}
