package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.Invoice;

/**
 * Reminds of open invoices: three days before their day, on it, and a week after; each once, and only the last that is due.
 * A team's are its contract's matter: these letters lead to one's own account.
 */
public final class RemindInvoices implements Runnable {
    static final Duration BEFORE = Duration.ofDays(3);
    static final Duration AFTER = Duration.ofDays(7);

    private final Jdbi jdbi;
    private final Clock clock;
    private final MembershipLetters letters;

    public RemindInvoices(Jdbi jdbi, Clock clock, MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.letters = letters;
    }

    @Override
    public void run() {
        while (jdbi.inTransaction(this::next)) {}
    }

    private boolean next(Handle handle) {
        Optional<Invoice> due = handle.createQuery("""
                        select * from invoice
                        where paid_at is null and voided_at is null and contract_id is null and email <> '' and due_at <= :soon
                          and (reminders = 0 or (reminders = 1 and due_at <= :now) or (reminders = 2 and due_at <= :past))
                        limit 1 for update skip locked
                        """)
                .bind("soon", clock.instant().plus(BEFORE))
                .bind("now", clock.instant())
                .bind("past", clock.instant().minus(AFTER))
                .mapTo(Invoice.class)
                .findOne();
        due.ifPresent(invoice -> remind(handle, invoice));
        return due.isPresent();
    }

    private void remind(Handle handle, Invoice invoice) {
        Duration late = Duration.between(invoice.dueAt(), clock.instant());
        int step = late.compareTo(AFTER) >= 0 ? 3 : late.isNegative() ? 1 : 2;
        handle.createUpdate("update invoice set reminders = :step where number = :number")
                .bind("step", step)
                .bind("number", invoice.number())
                .execute();
        letters.invoiceReminder(handle, invoice, step);
    }
}
