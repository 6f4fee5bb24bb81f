package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.billing.InvoiceLetters.Step;
import press.masthead.books.Invoice;

/**
 * Reminds of open invoices, a reader's and a team's: three days before their day, on it, and a week after; each once, and after
 * a stop only the last that is due. What has only just been sent is not reminded of, such as an invoice that is due at once.
 */
public final class RemindInvoices implements Runnable {
    static final Duration BEFORE = Duration.ofDays(3);
    static final Duration AFTER = Duration.ofDays(7);

    /** For how long the invoice itself is reminder enough. */
    private static final Duration FRESH = Duration.ofDays(2);

    private final Jdbi jdbi;
    private final Clock clock;
    private final InvoiceLetters letters;

    public RemindInvoices(Jdbi jdbi, Clock clock, InvoiceLetters letters) {
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
                        where paid_at is null and voided_at is null and email <> '' and due_at <= :soon
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
        Step step = late.compareTo(AFTER) >= 0 ? Step.LATE : late.isNegative() ? Step.BEFORE : Step.ON_ITS_DAY;
        handle.createUpdate("update invoice set reminders = :step where number = :number")
                .bind("step", step.ordinal() + 1)
                .bind("number", invoice.number())
                .execute();
        boolean fresh = invoice.issuedAt().plus(FRESH).isAfter(clock.instant());
        if (!fresh) letters.reminder(handle, invoice, step);
    }
}
