package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.billing.MembershipLetters.Ending;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Origin;
import press.masthead.plans.Payment;
import press.masthead.plans.Plans;
import press.masthead.plans.Price;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** The newsroom gives someone a membership without payment, and ends it. */
public final class GiveMembership {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Plans plans;
    private final Memberships memberships;
    private final EndMemberships ending;
    private final MembershipLetters letters;

    public GiveMembership(
            Jdbi jdbi,
            Clock clock,
            Plans plans,
            Memberships memberships,
            EndMemberships ending,
            MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.plans = plans;
        this.memberships = memberships;
        this.ending = ending;
        this.letters = letters;
    }

    /**
     * Gives one until the instant. A trial or a cancelled membership that still runs is replaced; one that is paid for
     * stays.
     *
     * @param why for the history
     * @throws Problem when the instant is past, or they pay for a membership
     */
    public void run(Reader reader, Instant until, Reader staff, String why) {
        if (why.isBlank()) throw Problem.invalid("Please say why, for the history.");
        if (!until.isAfter(clock.instant())) throw Problem.invalid("Please choose a last day that is not over yet.");
        Price price = plans.offered();
        jdbi.useTransaction(handle -> {
            memberships.hold(handle, reader.id());
            ending.endIfOver(handle, reader.id());
            memberships
                    .find(handle, reader.id())
                    .filter(found -> found.endedAt().isEmpty())
                    .ifPresent(running -> replace(handle, running, until, staff));
            long id = memberships.begin(
                    handle, reader.id(), price, Payment.COMPLIMENTARY, Origin.UNKNOWN, Optional.empty(), until);
            memberships.note(handle, id, "given", Because.desk(staff, why.strip()));
            letters.given(handle, new MembershipLetters.To(reader.email(), reader.name()), price, until);
        });
    }

    private void replace(Handle handle, Membership running, Instant until, Reader staff) {
        switch (running.state(clock.instant())) {
            case ACTIVE, PAST_DUE, PAUSED ->
                throw Problem.stale("They pay for a membership already. It runs on by itself.");
            case CANCELLED, COMPLIMENTARY, TRIALING, ENDED -> {
                if (running.readsUntil().isAfter(until))
                    throw Problem.invalid(
                            "They read everything for longer than that already. Please choose a later day.");
            }
        }
        ending.close(handle, running, Because.desk(staff, "another one was given"));
    }

    /**
     * Ends the given membership that runs.
     *
     * @throws Problem when none does
     */
    public void end(Reader reader, Reader staff, String why) {
        jdbi.useTransaction(handle -> {
            memberships.hold(handle, reader.id());
            Membership given = memberships
                    .find(handle, reader.id())
                    .filter(found -> found.state(clock.instant()) == Membership.State.COMPLIMENTARY)
                    .orElseThrow(() -> Problem.stale("There is no given membership to end."));
            ending.end(
                    handle, given, Ending.DESK, Because.desk(staff, why.isBlank() ? Ending.DESK.note() : why.strip()));
        });
    }
}
