package press.masthead.business;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.billing.PaymentProvider;
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
import press.masthead.signin.Fresh;

/** Payments, what was given back and why, what is overdue, and cards that fail. Money is given back on a payment's own page and nowhere else. */
public final class PaymentDesk {
    private static final int PAGE = 50;
    private static final int ATTENTION = 200;
    private static final int LONGEST_WHY = 200;
    private static final String ALL = "/desk/business/payments";

    private final Payments payments;
    private final Ledger ledger;
    private final Providers providers;
    private final Optional<StripeParts> stripe;
    private final StripeEvents events;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public PaymentDesk(
            Jdbi jdbi,
            Ledger ledger,
            Providers providers,
            Optional<StripeParts> stripe,
            StripeEvents events,
            Publication publication,
            Html html,
            Clock clock) {
        this.payments = new Payments(jdbi);
        this.ledger = ledger;
        this.providers = providers;
        this.stripe = stripe;
        this.events = events;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /** What needs someone to look at it. */
    record Attention(
            List<Payments.Overdue> overdue, List<Payments.Failing> failing, List<StripeEvents.Waiting> waiting) {
        static final Attention NONE = new Attention(List.of(), List.of(), List.of());
    }

    /** @param heard when Stripe was last heard of, in words; empty where cards are not taken */
    record ListPage(
            Reader staff,
            String notice,
            boolean refunds,
            String heard,
            Attention attention,
            List<Payments.Payment> rows,
            String more,
            Times times) {
        String money(long amount, String currency) {
            return Money.words(amount, currency);
        }
    }

    record OnePage(
            Reader staff,
            String notice,
            String problem,
            Payments.Payment payment,
            String amount,
            String why,
            Times times) {
        String money(long amount) {
            return Money.words(amount, payment.currency());
        }

        /** What giving all of it back does. */
        String giving() {
            return switch (payment.what()) {
                case "team" -> "The contract and its seats stay as they are.";
                case "event" ->
                    "All of it, by card, takes the seat back. Otherwise the guest keeps it until you take it back on the list of guests.";
                case "gift" -> "A gift is given back as a whole, and only before it is delivered.";
                default -> "All of it for the running period ends the membership; a part leaves it as it is.";
            };
        }
    }

    /** GET /desk/business/payments?only=refunds */
    public void list(Context ctx) {
        Reader staff = Visit.business(ctx);
        boolean refunds = "refunds".equals(ctx.queryParam("only"));
        Moves.Place place = MovesDesk.place(ctx);
        List<Payments.Payment> rows = payments.page(refunds, place.at(), place.membership(), PAGE + 1);
        String more = "";
        if (rows.size() > PAGE) {
            rows = rows.subList(0, PAGE);
            more = ALL + "?" + (refunds ? "only=refunds&" : "") + "before="
                    + rows.getLast().at() + "_" + rows.getLast().id();
        }
        html.page(
                ctx,
                "business/payments",
                new ListPage(
                        staff,
                        Flash.take(ctx),
                        refunds,
                        heard(),
                        place.equals(Moves.Place.FIRST) && !refunds ? attention() : Attention.NONE,
                        rows,
                        more,
                        times()));
    }

    private Attention attention() {
        return new Attention(
                payments.overdue(clock.instant(), ATTENTION), payments.failing(ATTENTION), events.waiting());
    }

    private String heard() {
        if (stripe.isEmpty()) return "";
        Optional<Instant> last = events.lastReceived();
        return last.map(at -> "Stripe was last heard of " + times().near(at) + ".")
                .orElse("No message from Stripe has come yet.");
    }

    /** GET /desk/payments: where payments were before */
    public void moved(Context ctx) {
        Visit.business(ctx);
        ctx.redirect(ALL, HttpStatus.MOVED_PERMANENTLY);
    }

    /** GET /desk/business/payments/{id} */
    public void one(Context ctx) {
        Visit.business(ctx);
        show(ctx, 200, "", payment(ctx), "");
    }

    private void show(Context ctx, int status, String problem, Payments.Payment payment, String why) {
        Reader staff = Visit.business(ctx);
        ctx.status(status);
        String left = new Money(payment.left(), payment.currency()).figure().replace(",", "");
        String amount = Optional.ofNullable(ctx.formParam("amount")).orElse(left);
        html.page(ctx, "business/payment", new OnePage(staff, Flash.take(ctx), problem, payment, amount, why, times()));
    }

    /** POST /desk/business/payments/{id}/refund */
    public void refund(Context ctx) {
        Reader staff = Visit.business(ctx);
        Fresh.require(ctx);
        Payments.Payment payment = payment(ctx);
        String why = Optional.ofNullable(ctx.formParam("why")).orElse("").strip();
        try {
            if (why.isEmpty() || why.length() > LONGEST_WHY)
                throw Problem.invalid("Please say why in a few words; at most 200 characters.");
            long amount = Money.read(
                            Optional.ofNullable(ctx.formParam("amount")).orElse(""), payment.currency())
                    .orElseThrow(() -> Problem.invalid("Please give an amount in " + payment.currency() + ", such as "
                            + new Money(payment.left(), payment.currency())
                                    .figure()
                                    .replace(",", "") + "."));
            LedgerEntry charge = ledger.find(payment.id()).orElseThrow();
            provider(charge).refund(charge, amount, Because.desk(staff, why));
            Flash.put(ctx, Money.words(amount, payment.currency()) + " given back. A letter tells them.");
            ctx.redirect(ALL + "/" + payment.id(), HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            show(ctx, problem.status(), problem.sentence(), payment, why);
        }
    }

    /** POST /desk/business/payments/events/{id}: has a message of Stripe's handled again */
    public void again(Context ctx) {
        Visit.business(ctx);
        String id = ctx.pathParam("id");
        if (!id.matches("evt_[A-Za-z0-9_]{1,200}")) throw Problem.notFound("There is no such message.");
        stripe.orElseThrow(() -> Problem.notFound("There is no such message."))
                .sweep()
                .again(id);
        Flash.put(ctx, "It is tried again now.");
        ctx.redirect(ALL, HttpStatus.SEE_OTHER);
    }

    private Payments.Payment payment(Context ctx) {
        return Optional.of(ctx.pathParam("id"))
                .filter(id -> id.matches("\\d{1,18}"))
                .flatMap(id -> payments.find(Long.parseLong(id)))
                .filter(payment -> payment.kind().equals("charge"))
                .orElseThrow(() -> Problem.notFound("There is no such payment."));
    }

    private PaymentProvider provider(LedgerEntry charge) {
        return providers
                .by(Payment.valueOf(charge.provider().toUpperCase(Locale.ROOT)))
                .orElseThrow(
                        () -> Problem.stale("This way of paying is switched off, so nothing can be given back by it."));
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }
}
