package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.billing.MembershipLetters.Ending;
import press.masthead.books.CreditNotes;
import press.masthead.books.Invoice;
import press.masthead.books.InvoiceLine;
import press.masthead.books.Invoices;
import press.masthead.books.Ledger;
import press.masthead.books.LedgerEntry;
import press.masthead.plans.Because;
import press.masthead.plans.Interval;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Money;
import press.masthead.plans.Offers;
import press.masthead.plans.Payment;
import press.masthead.plans.Plans;
import press.masthead.plans.Price;
import press.masthead.plans.Proration;
import press.masthead.platform.web.Problem;

/** Paying by invoice: everything is ours, so each method is one transaction. */
public final class InvoicePayments implements PaymentProvider {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Plans plans;
    private final Memberships memberships;
    private final Offers offers;
    private final Invoices invoices;
    private final Ledger ledger;
    private final CreditNotes creditNotes;
    private final GiftMemberships giftMemberships;
    private final EndMemberships ending;
    private final MembershipLetters letters;
    private final InvoiceLetters invoiceLetters;

    public InvoicePayments(
            Jdbi jdbi,
            Clock clock,
            Plans plans,
            Memberships memberships,
            Offers offers,
            Invoices invoices,
            Ledger ledger,
            CreditNotes creditNotes,
            GiftMemberships giftMemberships,
            EndMemberships ending,
            MembershipLetters letters,
            InvoiceLetters invoiceLetters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.plans = plans;
        this.memberships = memberships;
        this.offers = offers;
        this.invoices = invoices;
        this.ledger = ledger;
        this.creditNotes = creditNotes;
        this.giftMemberships = giftMemberships;
        this.ending = ending;
        this.letters = letters;
        this.invoiceLetters = invoiceLetters;
    }

    @Override
    public Payment payment() {
        return Payment.INVOICE;
    }

    private ZoneId zone() {
        return letters.from().zone();
    }

    @Override
    public Begun begin(Purchase purchase) {
        return jdbi.inTransaction(handle -> {
            long reader = purchase.reader().id();
            memberships.hold(handle, reader);
            if (memberships
                    .find(handle, reader)
                    .filter(found -> found.endedAt().isEmpty())
                    .isPresent()) return new Begun.Already();
            boolean free = purchase.price().trialDays() > 0
                    && !memberships.before(handle, reader)
                    && memberships.giveTrial(handle, reader);
            return free ? trial(handle, purchase) : paying(handle, purchase);
        });
    }

    private Begun trial(Handle handle, Purchase purchase) {
        Price price = purchase.price();
        Instant end = price.trialEnd(clock.instant(), zone());
        long id = open(handle, purchase, Optional.of(end), end);
        memberships.note(handle, id, "trial_started", Because.READER.noting(code(purchase)));
        letters.trialBegun(handle, to(purchase), price, new Money(purchase.first(), price.currency()), end);
        return new Begun.Trial(end);
    }

    private Begun paying(Handle handle, Purchase purchase) {
        Price price = purchase.price();
        Instant now = clock.instant();
        Instant end = price.end(now, zone());
        long id = open(handle, purchase, Optional.empty(), end);
        memberships.note(handle, id, "started", Because.READER.noting(code(purchase)));
        letters.joined(handle, to(purchase), price, end);
        return nextPeriod(handle, id, price, now, end)
                .<Begun>map(Begun.Invoiced::new)
                .orElseGet(() -> new Begun.Free(end));
    }

    private long open(Handle handle, Purchase purchase, Optional<Instant> trialEnd, Instant until) {
        long reader = purchase.reader().id();
        long id = memberships.begin(
                handle, reader, purchase.price(), Payment.INVOICE, purchase.origin(), trialEnd, until);
        purchase.offer().ifPresent(offer -> {
            if (!offers.take(handle, offer, reader, id))
                throw Problem.stale("The offer " + offer.code() + " is no longer there for you.");
        });
        return id;
    }

    private static String code(Purchase purchase) {
        return purchase.offer().map(offer -> "offer " + offer.code()).orElse("");
    }

    private static MembershipLetters.To to(Purchase purchase) {
        return new MembershipLetters.To(
                purchase.reader().email(), purchase.reader().name());
    }

    /** Begins a period at a price, less what an offer takes off, and writes its invoice; none where there is nothing to pay. */
    Optional<Invoice> nextPeriod(Handle handle, long membership, Price price, Instant from, Instant until) {
        long amount = offers.next(handle, membership, price);
        var lines = new ArrayList<InvoiceLine>();
        lines.add(new InvoiceLine(price.plan().name(), price.amount()));
        if (amount < price.amount())
            lines.add(new InvoiceLine(
                    "Offer " + offers.running(handle, membership).orElseThrow().code(), amount - price.amount()));
        offers.spend(handle, membership);
        memberships.period(handle, membership, from, until, amount);
        if (amount == 0) return Optional.empty();
        Invoice invoice = invoices.issue(handle, membership, Optional.empty(), lines, from, until);
        invoiceLetters.issued(handle, invoice);
        return Optional.of(invoice);
    }

    /** The membership runs into its next period, at the price that was chosen for it. */
    void runOn(Handle handle, Membership membership) {
        Instant now = membership.until();
        boolean trial =
                membership.trialEndsAt().filter(end -> !end.isBefore(now)).isPresent();
        Price price = membership.price();
        Instant anchor = membership.anchoredAt().orElse(now);
        if (membership.nextPriceId().isPresent()) {
            price = plans.price(handle, membership.nextPriceId().get());
            anchor = now;
            memberships.take(handle, membership.id(), price, anchor);
            memberships.note(handle, membership.id(), "changed", Because.TIMETABLE.noting(price.words()));
        }
        memberships.note(handle, membership.id(), trial ? "trial_ended" : "renewed", Because.TIMETABLE);
        nextPeriod(handle, membership.id(), price, now, price.interval().end(anchor, now, zone()));
    }

    @Override
    public Quote quote(Membership membership, Price to) {
        return jdbi.withHandle(handle -> quote(handle, membership, to));
    }

    private Quote quote(Handle handle, Membership membership, Price to) {
        Instant now = clock.instant();
        long next = offers.next(handle, membership.id(), to);
        if (membership.isTrial(now)) return quote(membership, to, 0, 0, now, membership.until(), next);
        if (stepsUp(membership.price(), to)) {
            long credit = membership
                    .periodFrom()
                    .map(from -> Proration.unused(membership.periodValue().orElse(0L), from, membership.until(), now))
                    .orElse(0L);
            if (next >= credit)
                return quote(membership, to, credit, next, now, to.interval().end(now, now, zone()), to.amount());
        }
        return quote(membership, to, 0, 0, membership.until(), membership.until(), next);
    }

    private Quote quote(
            Membership membership, Price to, long credit, long charge, Instant at, Instant until, long next) {
        return new Quote(0, membership, to, membership.until(), credit, charge, at, until, next, "", clock.instant());
    }

    /** Whether a change is carried out at once: to a higher plan, to yearly, or to more for the same interval. */
    static boolean stepsUp(Price from, Price to) {
        if (!from.currency().equals(to.currency())) return false;
        if (to.plan().position() < from.plan().position()) return false;
        if (from.interval() == Interval.YEAR && to.interval() == Interval.MONTH) return false;
        return to.interval() != from.interval() || to.amount() > from.amount();
    }

    @Override
    public boolean change(Quote quote, Because because) {
        return jdbi.inTransaction(handle -> {
            Membership was = quote.membership();
            memberships.hold(handle, was.readerId());
            if (!quote.fits(memberships.find(handle, was.readerId()))) return false;
            carryOut(handle, quote, because);
            letters.changed(handle, to(handle, was), quote);
            return true;
        });
    }

    private void carryOut(Handle handle, Quote quote, Because because) {
        Membership was = quote.membership();
        long id = was.id();
        Price to = quote.to();
        if (!quote.isNow()) {
            boolean back = to.id() == was.price().id();
            memberships.takeNext(handle, id, back ? Optional.empty() : Optional.of(to));
            memberships.note(handle, id, back ? "change_dropped" : "change_planned", because.noting(to.words()));
            return;
        }
        memberships.note(handle, id, "changed", because.noting(to.words()));
        if (quote.until().equals(quote.runningUntil())) {
            memberships.take(handle, id, to, quote.until());
            return;
        }
        if (!invoices.open(handle, id).isEmpty())
            throw Problem.stale("An invoice is still open. Please pay it first; then you can change at once.");
        memberships.take(handle, id, to, quote.at());
        memberships.period(handle, id, quote.at(), quote.until(), quote.charge());
        if (quote.charge() < to.amount()) offers.spend(handle, id);
        if (quote.due().amount() == 0) return;
        var lines = new ArrayList<InvoiceLine>(List.of(
                new InvoiceLine(to.plan().name() + ", a " + to.interval().word() + " from today", quote.charge())));
        if (quote.credit() > 0)
            lines.add(new InvoiceLine(
                    "Not used of " + was.plan().name() + ", paid by the "
                            + was.price().interval().word(),
                    -quote.credit()));
        invoiceLetters.issued(
                handle, invoices.issue(handle, id, Optional.of(quote.id()), lines, quote.at(), quote.until()));
    }

    private static MembershipLetters.To to(Handle handle, Membership membership) {
        return MembershipLetters.To.of(handle, membership.readerId()).orElseThrow();
    }

    @Override
    public void cancel(Membership membership, Because because) {
        alter(membership, handle -> {
            memberships.cancel(handle, membership.id());
            memberships.takeNext(handle, membership.id(), Optional.empty());
            memberships.note(handle, membership.id(), "cancelled", because);
            letters.cancelled(handle, to(handle, membership), membership, clock.instant());
        });
    }

    @Override
    public void keep(Membership membership, Because because) {
        alter(membership, handle -> {
            memberships.resume(handle, membership.id());
            memberships.note(handle, membership.id(), "resumed", because);
            letters.resumed(handle, to(handle, membership), membership, offers.next(handle, membership));
        });
    }

    @Override
    public void end(Membership membership, Because because) {
        alter(membership, handle -> ending.end(handle, membership, Ending.DESK, because));
    }

    @Override
    public void pause(Membership membership, Instant until, Because because) {
        alter(membership, handle -> {
            Instant now = clock.instant();
            memberships.pause(handle, membership, now, until);
            memberships.note(handle, membership.id(), "paused", because);
            letters.paused(handle, to(handle, membership), membership, until);
        });
    }

    @Override
    public void goOn(Membership membership, Because because) {
        alter(membership, handle -> {
            memberships.goOn(handle, membership, clock.instant());
            memberships.note(handle, membership.id(), "went_on", because);
            Membership on = memberships.byId(handle, membership.id()).orElseThrow();
            letters.wentOn(handle, to(handle, membership), on, offers.next(handle, on));
        });
    }

    /** Does it while nobody else changes this reader's membership, and only to the one that was looked at. */
    private void alter(Membership membership, java.util.function.Consumer<Handle> change) {
        jdbi.useTransaction(handle -> {
            memberships.hold(handle, membership.readerId());
            if (!memberships.byId(handle, membership.id()).equals(Optional.of(membership)))
                throw Problem.stale("Your membership has changed in another window. Please look again.");
            change.accept(handle);
        });
    }

    @Override
    public void refund(LedgerEntry charge, long amount, Because because) {
        jdbi.useTransaction(handle -> {
            LedgerEntry held =
                    ledger.hold(handle, charge.id()).orElseThrow(() -> Problem.notFound("There is no such payment."));
            long left = held.amount() - ledger.refunded(handle, held);
            if (amount <= 0 || amount > left)
                throw Problem.invalid("Of this payment, " + Money.words(left, held.currency())
                        + " can be given back. Please check the amount.");
            Invoice invoice =
                    invoices.hold(handle, held.invoiceNumber().orElseThrow()).orElseThrow();
            Optional<GiftMembership> gift = giftMemberships.byInvoice(handle, invoice.number());
            if (gift.isPresent()
                    && !(amount == held.amount()
                            && giftMemberships.takeBack(handle, gift.get().id())))
                throw Problem.stale("A gift is given back as a whole, and only before it is delivered.");
            ledger.refund(handle, held, amount, clock.instant(), because.cause());
            var note = creditNotes.write(handle, invoice, amount, because.note(), because.by());
            invoiceLetters.refunded(handle, invoice, note);
            invoice.membershipId()
                    .flatMap(id -> memberships.byId(handle, id))
                    .ifPresent(membership ->
                            refunded(handle, membership, invoice, amount == left, because.noting(note.label())));
        });
    }

    private void refunded(Handle handle, Membership membership, Invoice invoice, boolean all, Because because) {
        memberships.note(handle, membership.id(), "refunded", because);
        boolean running =
                membership.endedAt().isEmpty() && invoice.periodUntil().isAfter(clock.instant());
        if (all && running) ending.end(handle, membership, Ending.REFUNDED, because);
    }
}
