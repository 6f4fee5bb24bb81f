package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import press.masthead.billing.ChangePlan;
import press.masthead.billing.Quote;
import press.masthead.books.TaxOnTop;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Price;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.RowNumber;
import press.masthead.readers.Reader;
import press.masthead.signin.Fresh;

/** Another plan, or the same one monthly or yearly: what it costs is shown before it happens. */
public final class ChangePages {
    private final Memberships memberships;
    private final ChangePlan changePlan;
    private final TaxOnTop taxOnTop;
    private final PublicPages pages;

    public ChangePages(Memberships memberships, ChangePlan changePlan, TaxOnTop taxOnTop, PublicPages pages) {
        this.memberships = memberships;
        this.changePlan = changePlan;
        this.taxOnTop = taxOnTop;
        this.pages = pages;
    }

    /** GET /account/membership/change */
    public void choose(Context ctx) {
        show(ctx, 200, AccountPages.reader(ctx), "");
    }

    private void show(Context ctx, int status, Reader reader, String problem) {
        Membership membership =
                memberships.find(reader.id()).orElseThrow(() -> Problem.stale("There is no membership to change."));
        var context = new HashMap<String, Object>();
        context.put("title", "Change your plan");
        context.put("plan", membership.price().forThemes());
        tax(context, reader.id());
        String why = changePlan.whyNot(membership).orElse("");
        if (!why.isEmpty()) context.put("error", why);
        else {
            if (!problem.isEmpty()) context.put("error", problem);
            context.put(
                    "prices",
                    changePlan.choices(membership).stream()
                            .map(Price::forThemes)
                            .toList());
        }
        pages.show(ctx, status, "custom-membership-change", context);
    }

    /** POST /account/membership/quote: both lines, before anything happens */
    public void quote(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        try {
            show(ctx, 200, changePlan.quote(reader, number(ctx, "price")), "");
        } catch (Problem problem) {
            show(ctx, problem.status(), reader, problem.sentence());
        }
    }

    private void show(Context ctx, int status, Quote quote, String problem) {
        var context = new HashMap<String, Object>();
        context.put("title", quote.isNow() ? "Change now?" : "Change at the end of your period?");
        context.put("quote", quote.id());
        context.put("price", quote.to().id());
        context.put("from", quote.from().forThemes());
        context.put("to", quote.to().forThemes());
        context.put("now", quote.isNow());
        context.put("free", quote.isNow() && quote.until().equals(quote.runningUntil()));
        context.put("credit", quote.credit());
        context.put("charge", quote.charge());
        context.put("due", quote.due().amount());
        context.put("currency", quote.to().currency());
        tax(context, quote.membership().readerId());
        context.put("at", quote.at());
        context.put("until", quote.until());
        context.put("next", quote.next());
        if (!problem.isEmpty()) context.put("error", problem);
        pages.show(ctx, status, "custom-membership-quote", context);
    }

    /** POST /account/membership/change: as it was shown, or shown anew where that no longer holds */
    public void change(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        Fresh.require(ctx);
        try {
            var done = changePlan.run(reader, number(ctx, "quote"));
            if (done.isEmpty()) {
                show(
                        ctx,
                        409,
                        changePlan.quote(reader, number(ctx, "price")),
                        "The figures have changed since you saw them. These are the new ones.");
                return;
            }
            Flash.put(
                    ctx, done.get().isNow() ? "Your plan is changed." : "Your plan changes at the end of your period.");
            ctx.redirect("/account/membership/", HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            show(ctx, problem.status(), reader, problem.sentence());
        }
    }

    private void tax(Map<String, Object> context, long reader) {
        taxOnTop.of(Optional.of(reader)).ifPresent(tax -> context.put("tax", tax.forThemes()));
    }

    private static long number(Context ctx, String field) {
        return RowNumber.of(ctx.formParam(field)).orElse(0L);
    }
}
