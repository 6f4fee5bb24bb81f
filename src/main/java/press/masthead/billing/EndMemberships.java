package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.billing.MembershipLetters.Ending;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;

/**
 * Closes memberships whose last day is over: cancelled ones, given ones, and those whose invoice was not paid in time.
 * Access has ended by itself by then; this writes it down, voids what is still open and says goodbye, once.
 */
public final class EndMemberships implements Runnable {
    private static final Duration SHORTLY = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final Invoices invoices;
    private final Quotes quotes;
    private final MembershipLetters letters;

    public EndMemberships(
            Jdbi jdbi,
            Clock clock,
            Memberships memberships,
            Invoices invoices,
            Quotes quotes,
            MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.invoices = invoices;
        this.quotes = quotes;
        this.letters = letters;
    }

    private record Over(long readerId, String email, String name) {}

    @Override
    public void run() {
        while (jdbi.inTransaction(this::takeBackNext)) {}
        while (jdbi.inTransaction(this::next)) {}
    }

    /**
     * A change of plan whose invoice is left unpaid is taken back, shortly before the membership would end over it: what was
     * paid before the change runs on.
     */
    private boolean takeBackNext(Handle handle) {
        Optional<Long> unpaid = handle.createQuery("""
                        select i.number from invoice i join membership m on m.id = i.membership_id
                        where i.paid_at is null and i.voided_at is null and i.quote_id is not null and m.ended_at is null
                          and i.due_at <= case when m.cancelled_at is null then cast(:patience as timestamptz) else :soon end
                        limit 1 for update of m, i skip locked
                        """)
                .bind("patience", clock.instant().minus(Membership.PATIENCE).plus(SHORTLY))
                .bind("soon", clock.instant().plus(SHORTLY))
                .mapTo(Long.class)
                .findOne();
        unpaid.flatMap(number -> invoices.hold(handle, number)).ifPresent(invoice -> takeBack(handle, invoice));
        return unpaid.isPresent();
    }

    private void takeBack(Handle handle, Invoice invoice) {
        long id = invoice.membershipId().orElseThrow();
        quotes.takeBack(handle, invoice.quoteId().orElseThrow(), id);
        invoices.voidOpen(handle, id);
        memberships.note(handle, id, "change_dropped", Because.TIMETABLE.noting(invoice.label() + " was not paid"));
        memberships
                .byId(handle, id)
                .ifPresent(membership -> letters.changeTakenBack(
                        handle, new MembershipLetters.To(invoice.email(), invoice.name()), membership));
    }

    /** Takes the next that is over; another node takes another. */
    private boolean next(Handle handle) {
        Optional<Over> over = handle.createQuery("""
                        select r.id as reader_id, r.email, r.name
                        from membership m join reader r on r.id = m.reader_id
                        where m.ended_at is null and m.id in (
                          select id from membership
                          where ended_at is null and until <= :now
                            and (cancelled_at is not null or payment in ('complimentary', 'gift'))
                          union all
                          select u.id from invoice i join membership u on u.id = i.membership_id
                          where i.paid_at is null and i.voided_at is null and u.ended_at is null and i.due_at <= :now
                            and (u.cancelled_at is not null or i.due_at <= :patience))
                        limit 1 for update of m skip locked
                        """)
                .bind("now", clock.instant())
                .bind("patience", clock.instant().minus(Membership.PATIENCE))
                .mapTo(Over.class)
                .findOne();
        return over.isPresent() && endIfOver(handle, over.get().readerId());
    }

    /** Closes this reader's membership if it is over. Returns whether it was. */
    boolean endIfOver(Handle handle, long reader) {
        Instant now = clock.instant();
        memberships
                .find(handle, reader)
                .filter(found -> found.endedAt().isEmpty() && found.state(now) == Membership.State.ENDED)
                .ifPresent(found -> invoices.open(handle, found.id()).stream()
                        .filter(open -> open.quoteId().isPresent())
                        .forEach(open -> takeBack(handle, open)));
        Optional<Membership> over = memberships
                .find(handle, reader)
                .filter(found -> found.endedAt().isEmpty() && found.state(now) == Membership.State.ENDED)
                // What runs on and is merely late gets its next invoice instead.
                .filter(found -> !found.runsOn() || found.unpaidDue().isPresent());
        over.ifPresent(membership -> {
            Ending why = switch (membership.payment()) {
                case COMPLIMENTARY -> Ending.GIVEN;
                case GIFT -> Ending.GIFT;
                case INVOICE, STRIPE -> membership.unpaidDue().isPresent() ? Ending.UNPAID : Ending.CANCELLED;
            };
            end(handle, membership, why, Because.TIMETABLE.noting(why.note()));
        });
        return over.isPresent();
    }

    /** Ends it now and voids what is open, without a word. */
    public void close(Handle handle, Membership membership, Because because) {
        memberships.end(handle, membership.id());
        invoices.voidOpen(handle, membership.id());
        memberships.note(handle, membership.id(), "ended", because);
    }

    /** As {@link #close}, and says goodbye. */
    void end(Handle handle, Membership membership, Ending why, Because because) {
        close(handle, membership, because);
        MembershipLetters.To.of(handle, membership.readerId())
                .ifPresent(to -> letters.ended(handle, to, membership.price(), why));
    }
}
