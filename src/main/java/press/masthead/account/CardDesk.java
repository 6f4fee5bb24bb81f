package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.access.Visit;
import press.masthead.billing.Providers;
import press.masthead.billing.StripeEvents;
import press.masthead.billing.StripeParts;
import press.masthead.books.Ledger;
import press.masthead.books.LedgerEntry;
import press.masthead.plans.Because;
import press.masthead.plans.Money;
import press.masthead.plans.Payment;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** Money that moved, cards that fail and messages of Stripe's that could not be handled: for those who mind the business. */
public final class CardDesk {
    private static final int SHOWN = 100;

    private final Jdbi jdbi;
    private final Optional<StripeParts> stripe;
    private final StripeEvents events;
    private final Ledger ledger;
    private final Providers providers;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public CardDesk(
            Jdbi jdbi,
            Optional<StripeParts> stripe,
            StripeEvents events,
            Ledger ledger,
            Providers providers,
            Publication publication,
            Html html,
            Clock clock) {
        this.jdbi = jdbi;
        this.stripe = stripe;
        this.events = events;
        this.ledger = ledger;
        this.providers = providers;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /** A member whose card fails. */
    record Failing(long readerId, String email, String trouble, Instant graceUntil, Optional<Instant> nextTryAt) {}

    /**
     * A movement of money.
     *
     * @param left what can still be given back of a charge, minor units
     */
    record Moved(
            Optional<Long> readerId,
            String email,
            long left,
            @Nested LedgerEntry entry) {
        String amount() {
            return entry.money().words();
        }

        String what() {
            return switch (entry.kind()) {
                case "charge" -> "Paid";
                case "refund" -> "Given back";
                case "dispute" -> "Taken back by the bank";
                case "dispute_won" -> "Came back";
                default -> entry.kind();
            };
        }

        String by() {
            return entry.provider().equals("stripe") ? "card" : "invoice";
        }

        /** As it is typed: the left-over without its currency. */
        String leftFigure() {
            return new Money(left, entry.currency()).figure().replace(",", "");
        }
    }

    record Page(
            Reader staff,
            String notice,
            String problem,
            boolean cards,
            Optional<Instant> lastHeard,
            List<StripeEvents.Waiting> waiting,
            List<Failing> failing,
            List<Moved> moved,
            Times times) {}

    /** GET /desk/payments */
    public void list(Context ctx) {
        show(ctx, Visit.business(ctx), "");
    }

    private void show(Context ctx, Reader staff, String problem) {
        html.page(
                ctx,
                "account/payments",
                new Page(
                        staff,
                        Flash.take(ctx),
                        problem,
                        stripe.isPresent(),
                        events.lastReceived(),
                        events.waiting(),
                        failing(),
                        moved(),
                        new Times(publication.settings().zone(), clock.instant())));
    }

    private List<Failing> failing() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select r.id as reader_id, r.email, s.trouble, m.grace_until, s.next_try_at
                        from membership m join reader r on r.id = m.reader_id join stripe_subscription s on s.membership_id = m.id
                        where m.ended_at is null and m.grace_until is not null order by m.grace_until limit :most
                        """).bind("most", SHOWN).mapTo(Failing.class).list());
    }

    private List<Moved> moved() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select e.*, m.reader_id, coalesce(r.email, '') as email,
                               case when e.kind = 'charge' and e.provider = 'stripe' then e.amount
                                 - coalesce((select sum(f.amount) from stripe_refund f where f.charge = e.provider_ref), 0)
                               when e.kind = 'charge' then e.amount
                                 + coalesce((select sum(f.amount) from ledger_entry f
                                             where f.kind = 'refund' and f.invoice_number = e.invoice_number), 0)
                               else 0 end as left
                        from (select * from ledger_entry order by at desc, id desc limit :most) e
                        left join membership m on m.id = e.membership_id left join reader r on r.id = m.reader_id
                        order by e.at desc, e.id desc
                        """).bind("most", SHOWN).mapTo(Moved.class).list());
    }

    /** POST /desk/payments/{id}/refund */
    public void refund(Context ctx) {
        Reader staff = Visit.business(ctx);
        try {
            LedgerEntry charge = entry(ctx.pathParam("id"));
            long amount = amount(text(ctx, "amount"), charge.currency());
            String why = text(ctx, "why");
            if (why.isEmpty()) throw Problem.invalid("Please say why, for the history.");
            providers
                    .by(Payment.valueOf(charge.provider().toUpperCase(Locale.ROOT)))
                    .orElseThrow(() -> Problem.stale(
                            "Cards are not taken here any more; please give it back in Stripe's dashboard."))
                    .refund(charge, amount, Because.desk(staff, why));
            Flash.put(ctx, Money.words(amount, charge.currency()) + " given back. A letter tells them.");
            ctx.redirect("/desk/payments", HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            ctx.status(problem.status());
            show(ctx, staff, problem.sentence());
        }
    }

    private LedgerEntry entry(String id) {
        return (id.matches("[1-9]\\d{0,17}") ? ledger.find(Long.parseLong(id)) : Optional.<LedgerEntry>empty())
                .filter(found -> found.kind().equals("charge"))
                .orElseThrow(() -> Problem.notFound("There is no such payment."));
    }

    /** "12.50" in a currency's own minor units; more digits than it has are refused. */
    static long amount(String typed, String currency) {
        try {
            return new java.math.BigDecimal(typed.replace(',', '.'))
                    .movePointRight(Money.digits(currency))
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw Problem.invalid("Please give an amount such as "
                    + new Money(1250, currency).figure().replace(",", "") + ".");
        }
    }

    /** POST /desk/payments/events/{id}: has a message of Stripe's handled again. */
    public void again(Context ctx) {
        Visit.business(ctx);
        String id = ctx.pathParam("id");
        if (stripe.isEmpty() || !id.matches("evt_[A-Za-z0-9_]{1,200}"))
            throw Problem.notFound("There is no such message.");
        stripe.get().sweep().again(id);
        Flash.put(ctx, "It is tried again now.");
        ctx.redirect("/desk/payments", HttpStatus.SEE_OTHER);
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    }
}
