package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.billing.Invoices.Held;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** Notes that an invoice was paid and sends the receipt. Money that comes after a membership ended unpaid opens it again. */
public final class MarkPaid {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final Invoices invoices;
    private final MembershipLetters letters;

    public MarkPaid(Jdbi jdbi, Clock clock, Memberships memberships, Invoices invoices, MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.invoices = invoices;
        this.letters = letters;
    }

    /**
     * @param day when the money came, on the publication's calendar
     * @param staff who says so
     * @return the invoice as it was before
     * @throws Problem when it is not this reader's, was paid before, or the day can't be
     */
    public Invoice run(long reader, long number, LocalDate day, Reader staff) {
        ZoneId zone = letters.from().zone();
        return jdbi.inTransaction(handle -> {
            memberships.hold(handle, reader);
            Held held = invoices.hold(handle, reader, number)
                    .orElseThrow(() -> Problem.notFound("This reader has no invoice with this number."));
            Invoice invoice = held.invoice();
            if (invoice.paidAt().isPresent())
                throw Problem.stale("Invoice " + invoice.label() + " was marked as paid before.");
            Instant now = clock.instant();
            LocalDate today = LocalDate.ofInstant(now, zone);
            if (day.isAfter(today)) throw Problem.invalid("The day of payment lies in the future. Please check it.");
            if (day.isBefore(LocalDate.ofInstant(invoice.issuedAt(), zone)))
                throw Problem.invalid("The day of payment lies before the invoice. Please check it.");
            Instant at = day.equals(today)
                    ? now
                    : day.atTime(LocalTime.NOON).atZone(zone).toInstant();
            invoices.paid(handle, number, at);
            memberships.note(handle, held.membershipId(), "paid", Because.desk(staff, invoice.label()));
            if (invoice.voidedAt().isPresent()) reopen(handle, reader, held, now, zone);
            letters.receipt(handle, invoice, at);
            return invoice;
        });
    }

    /** The period that was paid for begins now, as its member could not read meanwhile. */
    private void reopen(Handle handle, long reader, Held held, Instant now, ZoneId zone) {
        Membership last = memberships.find(handle, reader).orElseThrow();
        if (last.id() != held.membershipId())
            throw Problem.stale("This reader has another membership by now. Please end that one first.");
        memberships.reopen(handle, last.id(), last.plan().end(now, zone));
        memberships.note(
                handle,
                last.id(),
                "reopened",
                Because.TIMETABLE.noting(held.invoice().label() + " was paid"));
    }
}
