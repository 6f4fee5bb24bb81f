package press.masthead.billing;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Memberships;

/**
 * Where a trial or a paid period ends and was not cancelled, the membership runs on and an invoice goes out. Who owes an
 * invoice already gets no second one: their membership ends instead. Run twice, it comes out the same: the new end is
 * written in the transaction of the invoice.
 */
public final class EndTrials implements Runnable {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final InvoicePayments payments;

    public EndTrials(Jdbi jdbi, Clock clock, Memberships memberships, InvoicePayments payments) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.payments = payments;
    }

    @Override
    public void run() {
        while (jdbi.inTransaction(this::next)) {}
    }

    /** Takes the next that is due; another node takes another. */
    private boolean next(Handle handle) {
        Optional<Long> due = handle.createQuery("""
                        select m.id from membership m
                        where m.ended_at is null and m.cancelled_at is null and m.payment = 'invoice'
                          and m.reader_id is not null and m.until <= :now
                          and not exists (select from invoice i
                                          where i.membership_id = m.id and i.paid_at is null and i.voided_at is null)
                        order by m.until limit 1 for update of m skip locked
                        """)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .findOne();
        due.flatMap(id -> memberships.byId(handle, id)).ifPresent(membership -> payments.runOn(handle, membership));
        return due.isPresent();
    }
}
