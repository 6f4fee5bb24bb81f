package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.billing.BuyGiftMembership;
import press.masthead.billing.CardGifts;
import press.masthead.billing.GiftMembership;
import press.masthead.billing.GiftMemberships;
import press.masthead.billing.RedeemGiftMembership;
import press.masthead.books.Invoice;
import press.masthead.books.TaxOnTop;
import press.masthead.industries.AskIndustries;
import press.masthead.plans.Plans;
import press.masthead.plans.Price;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Onward;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.RowNumber;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.signin.SignIn;

/** Giving a membership to someone, and taking one. */
public final class GiftMembershipPages {
    private static final String COOKIE = "gift_membership";

    private final Site site;
    private final Plans plans;
    private final TaxOnTop taxOnTop;
    private final GiftMemberships giftMemberships;
    private final BuyGiftMembership buyGiftMembership;
    private final Optional<CardGifts> cards;
    private final RedeemGiftMembership redeemGiftMembership;
    private final AskIndustries askIndustries;
    private final SignIn signIn;
    private final Limits limits;
    private final Clock clock;

    public GiftMembershipPages(
            Site site,
            Plans plans,
            TaxOnTop taxOnTop,
            GiftMemberships giftMemberships,
            BuyGiftMembership buyGiftMembership,
            Optional<CardGifts> cards,
            RedeemGiftMembership redeemGiftMembership,
            AskIndustries askIndustries,
            SignIn signIn,
            Limits limits,
            Clock clock) {
        this.site = site;
        this.plans = plans;
        this.taxOnTop = taxOnTop;
        this.giftMemberships = giftMemberships;
        this.buyGiftMembership = buyGiftMembership;
        this.cards = cards;
        this.redeemGiftMembership = redeemGiftMembership;
        this.askIndustries = askIndustries;
        this.signIn = signIn;
        this.limits = limits;
        this.clock = clock;
    }

    /** GET /pro/gift/ */
    public void form(Context ctx) {
        show(ctx, 200, "");
    }

    private void show(Context ctx, int status, String problem) {
        List<Price> all = plans.onOffer();
        Wished wished = ProPages.withCurrency(ctx, Wished.of(ctx), all);
        PriceChoice choice = PriceChoice.of(all, plans.offered(), wished.plan(), wished.currency(), "month");
        LocalDate today = LocalDate.ofInstant(clock.instant(), site.settings().zone());
        String chosen = field(ctx, "months").isEmpty() ? "12" : field(ctx, "months");
        var context = new HashMap<String, Object>();
        context.put("title", "Give " + choice.price().plan().name());
        context.put("plan", choice.price().forThemes());
        context.put(
                "lengths",
                BuyGiftMembership.LENGTHS.stream()
                        .map(months -> Map.<String, Object>of(
                                "months",
                                months,
                                "label",
                                months == 1 ? "One month" : months == 12 ? "A year" : months + " months",
                                "amount",
                                BuyGiftMembership.cost(all, choice.price(), months),
                                "chosen",
                                Integer.toString(months).equals(chosen)))
                        .toList());
        context.put(
                "currencies",
                choice.currencies().stream()
                        .map(code -> Map.<String, Object>of(
                                "label",
                                code,
                                "url",
                                "/pro/gift/?currency=" + code,
                                "chosen",
                                code.equals(choice.price().currency())))
                        .toList());
        context.put("currency", choice.price().currency());
        taxOnTop.ofGifts().ifPresent(tax -> context.put("tax", tax.forThemes()));
        context.put("first_day", today.toString());
        context.put("last_day", today.plusYears(1).toString());
        context.put("on", field(ctx, "on").isEmpty() ? today.plusDays(7).toString() : field(ctx, "on"));
        Optional<Reader> giver = Visit.of(ctx).reader();
        context.put(
                "giver_email",
                field(ctx, "giver_email").isEmpty() ? giver.map(Reader::email).orElse("") : field(ctx, "giver_email"));
        context.put(
                "giver_name",
                field(ctx, "giver_name").isEmpty() ? giver.map(Reader::name).orElse("") : field(ctx, "giver_name"));
        for (String name : List.of("to_email", "to_name", "words")) context.put(name, field(ctx, name));
        if (cards.isPresent()) context.put("card", true);
        if (!problem.isEmpty()) context.put("error", problem);
        site.show(ctx, status, "custom-gift-membership", context);
    }

    /** POST /pro/gift/ */
    public void give(Context ctx) {
        Invoice invoice;
        try {
            limits.spend("gift-membership:network:" + Network.of(ctx), 20, Duration.ofHours(1));
            if (field(ctx, "pay").equals("card") && cards.isPresent()) {
                Onward.to(
                        site,
                        ctx,
                        buyGiftMembership.byCard(typed(ctx), cards.get()),
                        "On to the payment",
                        "Our payment provider Stripe takes your card on a page of its own.",
                        "Go on");
                return;
            }
            invoice = buyGiftMembership.run(typed(ctx));
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), problem.sentence());
            return;
        }
        site.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title", "Thank you for your gift",
                        "text",
                                "Invoice " + invoice.label() + " over " + invoice.price() + " is on its way to "
                                        + invoice.email() + ". We deliver the gift on its day, once it is paid.",
                        "tone", "good"));
    }

    private static BuyGiftMembership.Typed typed(Context ctx) {
        return new BuyGiftMembership.Typed(
                field(ctx, "giver_email"),
                field(ctx, "giver_name"),
                field(ctx, "to_email"),
                field(ctx, "to_name"),
                field(ctx, "words"),
                number(field(ctx, "price")),
                (int) number(field(ctx, "months")),
                field(ctx, "on"),
                Visit.of(ctx).reader().map(Reader::id),
                Network.of(ctx));
    }

    /** GET /pro/gift/paid: back from paying by card. That someone comes here proves nothing, so Stripe is asked; nothing is told of the gift. */
    public void paid(Context ctx) {
        String session = Optional.ofNullable(ctx.queryParam("session"))
                .filter(id -> id.matches("[A-Za-z0-9_-]{4,255}"))
                .orElse("");
        boolean paid = cards.flatMap(gifts -> gifts.cameBack(session))
                .orElseThrow(() -> Problem.notFound("This page belongs to no gift."));
        ctx.header("Cache-Control", "no-store");
        if (paid)
            site.show(
                    ctx,
                    200,
                    "custom-message",
                    Map.of(
                            "title",
                            "Thank you for your gift",
                            "text",
                            "It is paid for. The receipt is on its way to your address, and the gift leaves on the morning that you chose.",
                            "tone",
                            "good"));
        else
            site.show(
                    ctx,
                    200,
                    "custom-message",
                    Map.of(
                            "title",
                            "Your payment is on its way",
                            "text",
                            "The bank has not told us yet. You can close this page: nothing is lost, and a letter comes as soon as your gift is paid for.",
                            "actions",
                            List.of(Map.of("label", "Look again", "url", "/pro/gift/paid?session=" + session))));
    }

    /** GET /gift/: back from confirming an address */
    public void back(Context ctx) {
        if (Secret.read(ctx.cookie(COOKIE)).isPresent())
            ctx.redirect("/gift/" + ctx.cookie(COOKIE), HttpStatus.SEE_OTHER);
        else
            message(
                    ctx,
                    200,
                    "Your gift is waiting",
                    "Please open the letter with your gift again and press its button.");
    }

    /** GET /gift/{token}: looks only */
    public void look(Context ctx) {
        GiftMembership gift = gift(ctx);
        if (gift.redeemedAt().isPresent() || gift.refundedAt().isPresent()) {
            message(
                    ctx,
                    410,
                    "This gift has been taken",
                    "The link worked once. If that was not you, please write to us.");
            return;
        }
        show(ctx, 200, gift, "");
    }

    private void show(Context ctx, int status, GiftMembership gift, String problem) {
        var context = new HashMap<String, Object>();
        context.put("title", "A gift for you");
        context.put("giver", gift.giverName().isBlank() ? gift.giverEmail() : gift.giverName());
        context.put("length", gift.length());
        context.put("plan", gift.price().forThemes());
        if (!gift.words().isEmpty()) context.put("words", gift.words());
        context.put("action", "/gift/" + ctx.pathParam("token"));
        context.put("email", gift.toEmail());
        Visit.of(ctx).reader().ifPresent(reader -> context.put("reader", reader.email()));
        if (!problem.isEmpty()) context.put("error", problem);
        ctx.header("Referrer-Policy", "no-referrer");
        site.show(ctx, status, "custom-gift-membership-take", context);
    }

    /** POST /gift/{token}: takes it; whoever is not signed in shows first that an address is theirs */
    public void take(Context ctx) {
        GiftMembership gift = gift(ctx);
        Optional<Reader> reader = Visit.of(ctx).reader();
        try {
            if (reader.isEmpty()) {
                invite(ctx, gift);
                return;
            }
            Instant until = redeemGiftMembership.run(
                    reader.get(), Secret.read(ctx.pathParam("token")).orElseThrow(), Network.of(ctx));
            Flash.put(
                    ctx,
                    "Your gift has begun. It lasts until "
                            + LocalDate.ofInstant(until, site.settings().zone()) + ".");
            ctx.redirect(askIndustries.before(reader.get().id(), "/account/membership/"), HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), gift, problem.sentence());
        }
    }

    private void invite(Context ctx, GiftMembership gift) {
        EmailAddress email = EmailAddress.parse(field(ctx, "email").strip())
                .orElseThrow(() -> Problem.invalid("That does not look like an e-mail address. Please check it."));
        signIn.welcome(email, "/gift/", Network.of(ctx), "to take your gift");
        var cookie = new Cookie(COOKIE, ctx.pathParam("token"));
        cookie.setPath("/gift/");
        cookie.setMaxAge(60 * 60);
        cookie.setHttpOnly(true);
        cookie.setSecure(ctx.scheme().equals("https"));
        cookie.setSameSite(SameSite.LAX);
        ctx.cookie(cookie);
        message(
                ctx,
                200,
                "One more step",
                "Please open the letter that we have just sent to " + email.typed() + " and go on from there.");
    }

    private GiftMembership gift(Context ctx) {
        return Secret.read(ctx.pathParam("token"))
                .flatMap(giftMemberships::bySecret)
                .orElseThrow(() -> Problem.notFound("This link leads to no gift. Please check the letter."));
    }

    private void message(Context ctx, int status, String title, String text) {
        site.show(ctx, status, "custom-message", Map.of("title", title, "text", text));
    }

    private static long number(String text) {
        return RowNumber.of(text).orElse(0L);
    }

    private static String field(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("");
    }
}
