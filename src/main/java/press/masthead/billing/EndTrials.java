package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.plans.Because;
import press.masthead.plans.Memberships;
import press.masthead.plans.Plan;

/**
 * Where a trial or a paid period ends and was not cancelled, the membership runs on and an invoice goes out. Who owes an
 * invoice already gets no second one: their membership ends instead. Run twice, it comes out the same: the new end is
 * written in the transaction of the invoice.
 */
public final class EndTrials implements Runnable {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final Invoices invoices;
    private final MembershipLetters letters;

    public EndTrials(Jdbi jdbi, Clock clock, Memberships memberships, Invoices invoices, MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.invoices = invoices;
        this.letters = letters;
    }

    private record Due(
            long id, Instant until, boolean trial, @Nested Plan plan) {}

    @Override
    public void run() {
        while (jdbi.inTransaction(this::next)) {}
    }

    /** Takes the next that is due; another node takes another. */
    private boolean next(Handle handle) {
        Optional<Due> due = handle.createQuery("""
                        select m.id, m.until, m.trial_ends_at is not null and m.trial_ends_at >= m.until as trial,
                               pr.id as price_id, p.name, pr.amount, pr.currency, pr.interval, pr.trial_days
                        from membership m join price pr on pr.id = m.price_id join plan p on p.id = pr.plan_id
                        where m.ended_at is null and m.cancelled_at is null and m.payment = 'invoice'
                          and m.reader_id is not null and m.until <= :now
                          and not exists (select from invoice i
                                          where i.membership_id = m.id and i.paid_at is null and i.voided_at is null)
                        order by m.until limit 1 for update of m skip locked
                        """)
                .bind("now", clock.instant())
                .mapTo(Due.class)
                .findOne();
        due.ifPresent(membership -> runOn(handle, membership));
        return due.isPresent();
    }

    private void runOn(Handle handle, Due due) {
        Instant until = due.plan().end(due.until(), letters.from().zone());
        memberships.runTo(handle, due.id(), until);
        Invoice invoice = invoices.issue(handle, due.id(), due.until(), until);
        memberships.note(handle, due.id(), due.trial() ? "trial_ended" : "renewed", Because.TIMETABLE);
        letters.invoice(handle, invoice);
    }
}
