package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Because;
import press.masthead.plans.Memberships;
import press.masthead.plans.Payment;
import press.masthead.plans.Plan;
import press.masthead.plans.Plans;
import press.masthead.readers.Reader;

/** Makes a reader a member: with free days the first time, with an invoice at once from then on. No card either way. */
public final class Join {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Plans plans;
    private final Memberships memberships;
    private final Invoices invoices;
    private final EndMemberships ending;
    private final MembershipLetters letters;

    public Join(
            Jdbi jdbi,
            Clock clock,
            Plans plans,
            Memberships memberships,
            Invoices invoices,
            EndMemberships ending,
            MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.plans = plans;
        this.memberships = memberships;
        this.invoices = invoices;
        this.ending = ending;
        this.letters = letters;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** Reads free until then. */
        record Trial(Instant until) implements Outcome {}

        /** Is a member and has an invoice. */
        record Member(Invoice invoice) implements Outcome {}

        /** Was a member already. */
        record Already() implements Outcome {}

        /** Left this invoice unpaid, so that the last membership ended; paying it opens that one again. */
        record Owing(Invoice invoice) implements Outcome {}
    }

    public Outcome run(Reader reader) {
        Plan plan = plans.offered();
        return jdbi.inTransaction(handle -> {
            memberships.hold(handle, reader.id());
            ending.endIfOver(handle, reader.id());
            boolean running = memberships
                    .find(handle, reader.id())
                    .filter(found -> found.endedAt().isEmpty())
                    .isPresent();
            if (running) return new Outcome.Already();
            Optional<Invoice> unpaid = invoices.leftUnpaid(handle, reader.id());
            if (unpaid.isPresent()) return new Outcome.Owing(unpaid.get());
            var to = new MembershipLetters.To(reader.email(), reader.name());
            boolean free = plan.trialDays() > 0
                    && !memberships.before(handle, reader.id())
                    && memberships.giveTrial(handle, reader.id());
            return free ? trial(handle, reader.id(), plan, to) : member(handle, reader.id(), plan, to);
        });
    }

    private Outcome trial(Handle handle, long reader, Plan plan, MembershipLetters.To to) {
        Instant end = plan.trialEnd(clock.instant(), letters.from().zone());
        long id = memberships.begin(handle, reader, plan, Payment.INVOICE, Optional.of(end), end);
        memberships.note(handle, id, "trial_started", Because.READER);
        letters.trialBegun(handle, to, plan, end);
        return new Outcome.Trial(end);
    }

    private Outcome member(Handle handle, long reader, Plan plan, MembershipLetters.To to) {
        Instant now = clock.instant();
        Instant end = plan.end(now, letters.from().zone());
        long id = memberships.begin(handle, reader, plan, Payment.INVOICE, Optional.empty(), end);
        memberships.note(handle, id, "started", Because.READER);
        Invoice invoice = invoices.issue(handle, id, now, end);
        letters.joined(handle, to, plan, end);
        letters.invoice(handle, invoice);
        return new Outcome.Member(invoice);
    }

    /** Whether this reader, who is no member now, left an invoice unpaid. */
    public Optional<Invoice> owing(long reader) {
        return invoices.leftUnpaid(reader);
    }
}
