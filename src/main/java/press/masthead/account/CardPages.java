package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import press.masthead.billing.StripeParts;
import press.masthead.billing.StripePayments;
import press.masthead.industries.AskIndustries;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Onward;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Reader;
import press.masthead.signin.Fresh;

/** A member's card: what failed, the way to the page where it is changed, and the way back from paying. */
public final class CardPages {
    private final Optional<StripeParts> stripe;
    private final Memberships memberships;
    private final AskIndustries askIndustries;
    private final PublicPages pages;
    private final Supplier<Letterhead> letterhead;

    public CardPages(
            Optional<StripeParts> stripe,
            Memberships memberships,
            AskIndustries askIndustries,
            PublicPages pages,
            Supplier<Letterhead> letterhead) {
        this.stripe = stripe;
        this.memberships = memberships;
        this.askIndustries = askIndustries;
        this.pages = pages;
        this.letterhead = letterhead;
    }

    private StripePayments payments() {
        return stripe.map(StripeParts::payments).orElseThrow(() -> Problem.notFound("We do not take cards here."));
    }

    /** GET /account/card: what letters about a card lead to. */
    public void card(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        StripePayments payments = payments();
        Optional<StripePayments.Trouble> trouble = memberships.find(reader.id()).flatMap(payments::trouble);
        String text = trouble.map(this::failed)
                .orElse(
                        "Here you change your card, and find a receipt for each payment. Our payment provider Stripe keeps the card; we never see its number.");
        message(
                ctx,
                trouble.isPresent() ? "Your card could not be charged" : "Your card",
                text,
                List.of(
                        Map.of(
                                "label",
                                trouble.isPresent() ? "Check my card" : "Change my card",
                                "action",
                                "/account/card"),
                        Map.of("label", "Back to your account", "url", "/account/")));
    }

    private String failed(StripePayments.Trouble trouble) {
        Letterhead from = letterhead.get();
        return (trouble.words().isEmpty()
                        ? "The last payment did not go through."
                        : "The bank said: " + trouble.words())
                + trouble.nextTry()
                        .map(at -> " We try again on " + from.day(at) + ".")
                        .orElse("")
                + " Please check your card or choose another; you read on meanwhile.";
    }

    /** POST /account/card: to the page where it is changed. */
    public void change(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        Fresh.require(ctx);
        String url = payments().cardPage(reader.id()).orElseThrow(() -> Problem.notFound("You have no card with us."));
        Onward.to(
                pages,
                ctx,
                url,
                "On to your card",
                "Our payment provider Stripe shows your card on a page of its own.",
                "Go on");
    }

    /** GET /account/card/paid: back from paying. That someone comes here proves nothing, so Stripe is asked. */
    public void paid(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        String session = Optional.ofNullable(ctx.queryParam("session")).orElse("");
        if (!session.matches("cs_[A-Za-z0-9_]{1,200}"))
            throw Problem.notFound("This page belongs to no payment of yours.");
        if (payments().cameBack(reader.id(), session)) {
            String next = LocalPath.of(ctx.queryParam("next"));
            boolean trial = memberships.find(reader.id()).filter(this::isTrial).isPresent();
            String on = next.isEmpty() ? "/account/?saved=" + (trial ? "trial" : "member") : next;
            ctx.redirect(askIndustries.before(reader.id(), on), HttpStatus.SEE_OTHER);
            return;
        }
        message(
                ctx,
                "Your payment is on its way",
                "The bank has not told us yet. You can close this page: nothing is lost, and a letter comes as soon as your membership has begun.",
                List.of(Map.of("label", "Look again", "url", "/account/card/paid?session=" + session)));
    }

    private boolean isTrial(Membership membership) {
        return membership.trialEndsAt().isPresent();
    }

    private void message(Context ctx, String title, String text, List<Map<String, Object>> actions) {
        var context = new HashMap<String, Object>();
        context.put("title", title);
        context.put("text", text);
        context.put("actions", actions);
        pages.show(ctx, 200, "custom-message", context);
    }
}
