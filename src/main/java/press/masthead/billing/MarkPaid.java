package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;
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
    private final GiftMemberships giftMemberships;
    private final GiftMembershipLetters giftMembershipLetters;
    private final InvoiceLetters letters;
    private final Supplier<ZoneId> zone;

    public MarkPaid(
            Jdbi jdbi,
            Clock clock,
            Memberships memberships,
            Invoices invoices,
            GiftMemberships giftMemberships,
            GiftMembershipLetters giftMembershipLetters,
            InvoiceLetters letters,
            Supplier<ZoneId> zone) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.invoices = invoices;
        this.giftMemberships = giftMemberships;
        this.giftMembershipLetters = giftMembershipLetters;
        this.letters = letters;
        this.zone = zone;
    }

    /**
     * @param reader whose invoice it must be
     * @param day when the money came, on the publication's calendar
     * @param staff who says so
     * @return the invoice as it was before
     * @throws Problem when it is not this reader's, was paid before, or the day can't be
     */
    public Invoice run(long reader, long number, LocalDate day, Reader staff) {
        return jdbi.inTransaction(handle -> {
            if (!invoices.isOf(handle, reader, number))
                throw Problem.notFound("This reader has no invoice with this number.");
            return run(handle, number, day, Because.desk(staff, ""));
        });
    }

    /** As above, of anyone's. */
    public Invoice run(Handle handle, long number, LocalDate day, Because because) {
        ZoneId zone = this.zone.get();
        invoices.payer(handle, number).ifPresent(reader -> memberships.hold(handle, reader));
        Invoice invoice = invoices.hold(handle, number)
                .orElseThrow(() -> Problem.notFound("There is no invoice with this number."));
        if (invoice.paidAt().isPresent())
            throw Problem.stale("Invoice " + invoice.label() + " was marked as paid before.");
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, zone);
        if (day.isAfter(today)) throw Problem.invalid("The day of payment lies in the future. Please check it.");
        if (day.isBefore(LocalDate.ofInstant(invoice.issuedAt(), zone)))
            throw Problem.invalid("The day of payment lies before the invoice. Please check it.");
        if (invoice.voidedAt().isPresent() && invoice.quoteId().isPresent())
            throw Problem.stale("The change of plan that invoice " + invoice.label()
                    + " was for has been taken back. Please send the money back.");
        Instant at = day.equals(today)
                ? now
                : day.atTime(LocalTime.NOON).atZone(zone).toInstant();
        invoices.paid(handle, invoice, at, because.cause());
        invoice.membershipId().ifPresent(id -> {
            memberships.note(handle, id, "paid", because.noting((invoice.label() + " " + because.note()).strip()));
            if (invoice.voidedAt().isPresent()) reopen(handle, id, invoice, now, zone);
        });
        Optional<GiftMembership> gift = giftMemberships.byInvoice(handle, number);
        gift.ifPresent(bought -> {
            giftMemberships.paid(handle, bought.id(), at);
            giftMembershipLetters.paid(handle, bought, invoice);
        });
        if (gift.isEmpty()) letters.receipt(handle, invoice, at);
        return invoice;
    }

    /** The period that was paid for begins now, as its member could not read meanwhile. */
    private void reopen(Handle handle, long id, Invoice invoice, Instant now, ZoneId zone) {
        Membership paid = memberships.byId(handle, id).orElseThrow();
        Membership last = memberships.find(handle, paid.readerId()).orElseThrow();
        if (last.id() != id)
            throw Problem.stale("This reader has another membership by now. Please end that one first.");
        memberships.reopen(handle, id, last.price().end(now, zone));
        memberships.note(handle, id, "reopened", Because.TIMETABLE.noting(invoice.label() + " was paid"));
    }
}
