package press.masthead.business;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.billing.PaymentProvider;
import press.masthead.billing.Providers;
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

/** Payments, what was given back and why, and what is overdue. */
public final class PaymentDesk {
    private static final int PAGE = 50;
    private static final int OVERDUE = 200;

    private final Payments payments;
    private final Ledger ledger;
    private final Providers providers;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public PaymentDesk(Jdbi jdbi, Ledger ledger, Providers providers, Publication publication, Html html, Clock clock) {
        this.payments = new Payments(jdbi);
        this.ledger = ledger;
        this.providers = providers;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record Page(
            Reader staff,
            String notice,
            String problem,
            boolean refunds,
            List<Payments.Payment> rows,
            List<Payments.Overdue> overdue,
            String more,
            Times times) {
        String kind(Payments.Payment row) {
            return switch (row.kind()) {
                case "charge" -> "Paid";
                case "refund" -> "Given back";
                case "dispute" -> "Taken back by the bank";
                default -> "Bank decided for us";
            };
        }

        String money(long amount, String currency) {
            return Money.words(amount, currency);
        }

        /** As a field takes it: without separators. */
        String plain(Payments.Payment row) {
            return new Money(row.left(), row.currency()).figure().replace(",", "");
        }
    }

    /** GET /desk/business/payments?only=refunds */
    public void show(Context ctx) {
        show(ctx, 200, "");
    }

    private void show(Context ctx, int status, String problem) {
        Reader staff = Visit.business(ctx);
        boolean refunds = "refunds".equals(ctx.queryParam("only"));
        Moves.Place place = BusinessDesk.place(ctx);
        List<Payments.Payment> rows = payments.page(refunds, place.at(), place.membership(), PAGE + 1);
        String more = "";
        if (rows.size() > PAGE) {
            rows = rows.subList(0, PAGE);
            more = "/desk/business/payments?" + (refunds ? "only=refunds&" : "") + "before="
                    + rows.getLast().at() + "_" + rows.getLast().id();
        }
        List<Payments.Overdue> overdue =
                place.equals(Moves.Place.FIRST) && !refunds ? payments.overdue(clock.instant(), OVERDUE) : List.of();
        ctx.status(status);
        html.page(
                ctx,
                "business/payments",
                new Page(
                        staff,
                        Flash.take(ctx),
                        problem,
                        refunds,
                        rows,
                        overdue,
                        more,
                        new Times(publication.settings().zone(), clock.instant())));
    }

    /** POST /desk/business/payments/{id}/refund */
    public void refund(Context ctx) {
        Reader staff = Visit.business(ctx);
        Fresh.require(ctx);
        LedgerEntry charge = charge(ctx);
        String why = Optional.ofNullable(ctx.formParam("why")).orElse("").strip();
        Optional<Long> amount =
                amount(Optional.ofNullable(ctx.formParam("amount")).orElse("").strip(), charge.currency());
        if (why.isEmpty() || why.length() > 200) {
            show(ctx, 422, "Say in a few words why the money is given back; at most 200 characters.");
        } else if (amount.isEmpty()) {
            show(ctx, 422, "Write the amount in " + charge.currency() + ", with a point for decimals.");
        } else {
            provider(charge).refund(charge, amount.get(), Because.desk(staff, why));
            Flash.put(ctx, Money.words(amount.get(), charge.currency()) + " given back.");
            ctx.redirect("/desk/business/payments", HttpStatus.SEE_OTHER);
        }
    }

    private LedgerEntry charge(Context ctx) {
        return Optional.of(ctx.pathParam("id"))
                .filter(id -> id.matches("\\d{1,18}"))
                .flatMap(id -> ledger.find(Long.parseLong(id)))
                .filter(entry -> entry.kind().equals("charge"))
                .orElseThrow(() -> Problem.notFound("There is no such payment."));
    }

    private PaymentProvider provider(LedgerEntry charge) {
        return providers
                .by(Payment.valueOf(charge.provider().toUpperCase(Locale.ROOT)))
                .orElseThrow(
                        () -> Problem.stale("This way of paying is switched off, so nothing can be given back by it."));
    }

    /** In minor units; none where it is no amount of this currency. */
    static Optional<Long> amount(String typed, String currency) {
        if (!typed.matches("[0-9]{1,12}([.][0-9]{1,4})?")) return Optional.empty();
        try {
            return Optional.of(new BigDecimal(typed)
                            .movePointRight(Money.digits(currency))
                            .longValueExact())
                    .filter(amount -> amount > 0);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}
