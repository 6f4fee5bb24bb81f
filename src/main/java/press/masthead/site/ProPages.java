package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import press.masthead.access.Visit;
import press.masthead.billing.Join;
import press.masthead.billing.Providers;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;
import press.masthead.books.TaxOnTop;
import press.masthead.industries.AskIndustries;
import press.masthead.industries.Industries;
import press.masthead.plans.Interval;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Offer;
import press.masthead.plans.Offers;
import press.masthead.plans.Origin;
import press.masthead.plans.Payment;
import press.masthead.plans.Plans;
import press.masthead.plans.Price;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Onward;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Consents;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.signin.SignIn;
import press.masthead.stories.Stories;

/** The plan: what it gives, what it costs, and the button that begins the free days. */
public final class ProPages {
    private static final String MALFORMED = "That does not look like an e-mail address. Please check it.";
    private static final List<Map<String, Object>> BENEFITS = List.of(
            benefit("Memos", "Short, exact analysis with its key points first, as soon as it is written."),
            benefit("Trend reports", "Long reads with chapters and charts, for the decisions of a whole year."),
            benefit("Your industries", "News and analysis of the industries you follow, gathered in one place."),
            benefit("The whole archive", "Every memo and every report that we have published."));
    private static final String CURRENCY = "currency";

    private final Site site;
    private final Stories stories;
    private final Industries industries;
    private final Plans plans;
    private final Offers offers;
    private final Providers providers;
    private final TaxOnTop taxOnTop;
    private final Memberships memberships;
    private final Join join;
    private final SignIn signIn;
    private final Consents consents;
    private final AskIndustries askIndustries;
    private final Supplier<Map<String, Object>> samples;
    private final Clock clock;

    public ProPages(
            Site site,
            Stories stories,
            Industries industries,
            Plans plans,
            Offers offers,
            Providers providers,
            TaxOnTop taxOnTop,
            Memberships memberships,
            Join join,
            SignIn signIn,
            Consents consents,
            AskIndustries askIndustries,
            Supplier<Map<String, Object>> samples,
            Clock clock) {
        this.site = site;
        this.stories = stories;
        this.industries = industries;
        this.plans = plans;
        this.offers = offers;
        this.providers = providers;
        this.taxOnTop = taxOnTop;
        this.memberships = memberships;
        this.join = join;
        this.signIn = signIn;
        this.consents = consents;
        this.askIndustries = askIndustries;
        this.samples = samples;
        this.clock = clock;
    }

    private boolean cards() {
        return providers.by(Payment.STRIPE).isPresent();
    }

    private static Map<String, Object> benefit(String title, String text) {
        return Map.of("title", title, "text", text);
    }

    private static Map<String, Object> question(String question, String answer) {
        return Map.of("question", question, "answer", answer);
    }

    /** GET /pro/ */
    public void plan(Context ctx) {
        show(ctx, 200, Wished.of(ctx), Map.of());
    }

    /** POST /pro/trial: begins at once for whoever is signed in; anyone else first shows that the address is theirs. */
    public void trial(Context ctx) {
        Wished wished = Wished.of(ctx);
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isPresent()) begin(ctx, reader.get(), wished);
        else invite(ctx, wished);
    }

    private void begin(Context ctx, Reader reader, Wished wished) {
        long price = wished.priceNumber().orElseGet(() -> plans.offered().id());
        Payment by = "card".equals(ctx.formParam("pay")) ? Payment.STRIPE : Payment.INVOICE;
        var wish = new Join.Wish(price, wished.offer(), by, new Origin(wished.source(), wished.story()), wished.next());
        switch (join.run(reader, wish)) {
            case Join.Outcome.Trial trial -> welcome(ctx, reader, price, wished, "trial");
            case Join.Outcome.Member member -> welcome(ctx, reader, price, wished, "member");
            case Join.Outcome.Free free -> welcome(ctx, reader, price, wished, "member");
            case Join.Outcome.Elsewhere(String url) -> pay(ctx, reader, price, url);
            case Join.Outcome.Refused(String sentence) -> refuse(ctx, wished, sentence);
            case Join.Outcome.Already already ->
                refuse(ctx, wished, "You are a member already. Your account shows where your membership stands.");
            case Join.Outcome.Owing(Invoice invoice) -> refuse(ctx, wished, owing(invoice));
        }
    }

    private void refuse(Context ctx, Wished wished, String sentence) {
        show(ctx, 409, wished, Map.of("error", sentence));
    }

    private void pay(Context ctx, Reader reader, long price, String url) {
        agree(ctx, reader, price);
        Onward.to(
                site,
                ctx,
                url,
                "On to payment",
                "You pay on a page of our payment provider Stripe."
                        + taxOnTop.of(Optional.of(reader.id()))
                                .map(tax -> " What you pay there is the price " + tax.words() + ".")
                                .orElse(""),
                "Go on to payment");
    }

    /** They agree by the button, whether or not they then pay. */
    private void agree(Context ctx, Reader reader, long price) {
        Optional<TaxOnTop.Note> tax = taxOnTop.of(Optional.of(reader.id()));
        Consents.Text terms = terms(plans.onOffer(price).orElseGet(plans::offered), tax);
        consents.agree(reader.id(), terms, "/pro/", Network.of(ctx));
    }

    private void welcome(Context ctx, Reader reader, long price, Wished wished, String what) {
        agree(ctx, reader, price);
        String next = wished.next();
        ctx.redirect(
                askIndustries.before(reader.id(), next.isEmpty() ? "/account/?saved=" + what : next),
                HttpStatus.SEE_OTHER);
    }

    /** What stood beside the button. */
    private static Consents.Text terms(Price price, Optional<TaxOnTop.Note> tax) {
        String billed = price.plan().name() + ": " + price.words()
                + tax.map(note -> ", " + note.words()).orElse("");
        String free = price.trialDays() > 0 ? ", after " + price.trialDays() + " days free" : "";
        return new Consents.Text(
                Consents.Kind.MEMBERSHIP, "2026-11", billed + free + ". Cancel any time, by yourself.");
    }

    private static String owing(Invoice invoice) {
        return "Invoice " + invoice.label() + " was not paid, so your last membership ended."
                + " Pay it or write to us, and the membership runs on.";
    }

    private void invite(Context ctx, Wished wished) {
        String given = ctx.formParam("email");
        String typed = given == null ? "" : given.strip();
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        if (email.isEmpty()) {
            show(ctx, 422, wished, Map.of("email", typed, "error", MALFORMED));
            return;
        }
        try {
            signIn.welcome(
                    email.get(),
                    LocalPath.of(wished.path("", "")),
                    Network.of(ctx),
                    "to join {what}",
                    "what",
                    site.settings().name() + " " + plans.offered().plan().name());
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), wished, Map.of("email", typed, "error", problem.sentence()));
            return;
        }
        site.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title", "One more step",
                        "text", "Please open the letter that we have just sent to " + typed + " and go on from there.",
                        "tone", "good"));
    }

    private void show(Context ctx, int status, Wished asked, Map<String, Object> more) {
        List<Price> all = plans.onOffer();
        Wished wished = withCurrency(ctx, asked, all);
        PriceChoice choice = PriceChoice.of(all, plans.offered(), wished.plan(), wished.currency(), wished.interval());
        String state = state(ctx, choice.price());
        var offer = new HashMap<String, Object>();
        Price price = state.equals("back") ? choice.price().withTrial(0) : choice.price();
        if (!wished.offer().isEmpty()) {
            Optional<Offer> good = offer(ctx, wished.offer(), price, offer);
            if (good.isPresent() && price.trialDays() > 0) price = good.get().trialOf(price);
        }
        offer.putAll(more);
        offer.put("action", "/pro/trial");
        offer.put("state", state);
        offer.put("card", cards());
        offer.put("terms_days", Invoices.TERMS.toDays());
        offer.put("fields", fields(wished, price));
        offer.put("source", wished.source());
        offer.put("story", wished.story());
        if (!wished.next().isEmpty()) offer.put("next", wished.next());
        var context = new HashMap<String, Object>();
        context.put("title", price.plan().name());
        context.put("plan", price.forThemes());
        taxOnTop.of(Visit.of(ctx).reader().map(Reader::id)).ifPresent(tax -> context.put("tax", tax.forThemes()));
        context.put("choices", choices(choice, wished));
        context.put("headline", "Know what it means before it is obvious");
        context.put(
                "standfirst",
                price.plan().description().isEmpty()
                        ? "Memos, trend reports and the industries you follow, by the reporters who cover them."
                        : price.plan().description());
        context.put("benefits", BENEFITS);
        context.put("samples", samples.get());
        context.put("questions", questions(price));
        context.put(
                "industries", industries.all().stream().map(Shapes::industry).toList());
        context.put("memos", Shapes.cards(stories.newestOf("memo", 4, 0)));
        context.put("reports", Shapes.cards(stories.newestOf("report", 2, 0)));
        context.put("offer", offer);
        site.show(ctx, status, "custom-pro", context);
    }

    /** What an offer makes of the price, or why it does not hold. */
    private Optional<Offer> offer(Context ctx, String code, Price price, Map<String, Object> into) {
        into.put("code", code);
        switch (offers.ask(code, Visit.of(ctx).reader().map(Reader::id))) {
            case Offers.Asked.Not(String sentence) -> into.put("error", sentence);
            case Offers.Asked.Good(Offer good) -> {
                if (offers.suits(good, price)) {
                    into.put("first", good.of(price));
                    into.put("payments", good.payments().orElse(0));
                    into.put("off", good.of(price) < price.amount());
                    return Optional.of(good);
                }
                into.put("error", "The offer " + good.code() + " is not for this price. Please choose another.");
            }
        }
        return Optional.empty();
    }

    /** The currency that was chosen here or before, else the one of the country that the browser names. */
    static Wished withCurrency(Context ctx, Wished wished, List<Price> all) {
        String currency = wished.currency();
        if (!currency.isEmpty()) ctx.cookie(preference(ctx, currency));
        else if (ctx.cookie(CURRENCY) instanceof String kept && kept.matches("[A-Z]{3}")) currency = kept;
        else if (ctx.header("Accept-Language") instanceof String languages)
            currency = PriceChoice.guess(languages, all);
        return new Wished(
                wished.next(),
                wished.plan(),
                currency,
                wished.interval(),
                wished.offer(),
                wished.price(),
                wished.source(),
                wished.story());
    }

    private static Cookie preference(Context ctx, String currency) {
        var cookie = new Cookie(CURRENCY, currency);
        cookie.setPath("/");
        cookie.setMaxAge(365 * 24 * 60 * 60);
        cookie.setHttpOnly(true);
        cookie.setSecure(ctx.scheme().equals("https"));
        cookie.setSameSite(SameSite.LAX);
        return cookie;
    }

    private static List<Map<String, String>> fields(Wished wished, Price price) {
        return List.of(
                Map.of("name", "price", "value", Long.toString(price.id())),
                Map.of("name", "plan", "value", price.plan().slug()),
                Map.of("name", "currency", "value", price.currency()),
                Map.of("name", "interval", "value", price.interval().word()),
                Map.of("name", "offer", "value", wished.offer()),
                Map.of("name", "source", "value", wished.source()),
                Map.of("name", "story", "value", wished.story()),
                Map.of("name", "next", "value", wished.next()));
    }

    private static Map<String, Object> choices(PriceChoice choice, Wished wished) {
        var map = new HashMap<String, Object>();
        List<Price> plans = choice.plans();
        if (plans.size() > 1)
            map.put(
                    "plans",
                    plans.stream()
                            .map(one -> link(
                                    one.plan().name(),
                                    wished.path("plan", one.plan().slug()),
                                    one.plan().id() == choice.price().plan().id()))
                            .toList());
        if (choice.currencies().size() > 1)
            map.put(
                    "currencies",
                    choice.currencies().stream()
                            .map(code -> link(
                                    code,
                                    wished.path("currency", code),
                                    code.equals(choice.price().currency())))
                            .toList());
        if (choice.every(Interval.MONTH).isPresent()
                && choice.every(Interval.YEAR).isPresent()) {
            boolean yearly = choice.price().interval() == Interval.YEAR;
            map.put("year", link("Yearly", wished.path("interval", "year"), yearly));
            map.put("month", link("Monthly", wished.path("interval", "month"), !yearly));
            map.put("saves", choice.saves());
        }
        return map;
    }

    private static Map<String, Object> link(String label, String url, boolean chosen) {
        return Map.of("label", label, "url", url, "chosen", chosen);
    }

    private List<Map<String, Object>> questions(Price plan) {
        var questions = new ArrayList<Map<String, Object>>();
        String invoice = "an invoice, payable within " + Invoices.TERMS.toDays() + " days.";
        if (plan.trialDays() > 0)
            questions.add(question(
                    "Do I need a card for the " + plan.trial() + "?",
                    (cards()
                                    ? "No, an invoice is as good. If you stay, your card is charged, or we send "
                                    : "No. If you stay, we send ")
                            + invoice + " If you cancel before, nothing is charged."));
        else
            questions.add(question(
                    "Do I need a card?", (cards() ? "No, an invoice is as good. We send " : "No. We send ") + invoice));
        questions.add(question(
                "How do I cancel?",
                "In your account, with one button, at any time. You read on to the end of what is paid."));
        if (plan.trialDays() > 2)
            questions.add(
                    question("Will you remind me?", "Yes, by e-mail, two days before the " + plan.trial() + " ends."));
        if (plan.trialDays() > 0)
            questions.add(question(
                    "Can I have the " + plan.trial() + " again?",
                    "It is given once to each person. Who comes back joins with an invoice at once."));
        return questions;
    }

    /** Where whoever asks stands: {@code visitor}, {@code free}, {@code back} (no free days left), {@code trial} or {@code member}. */
    private String state(Context ctx, Price plan) {
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isEmpty()) return "visitor";
        Optional<Membership.State> state =
                memberships.find(reader.get().id()).map(membership -> membership.state(clock.instant()));
        if (state.isPresent() && state.get() != Membership.State.ENDED)
            return state.get() == Membership.State.TRIALING ? "trial" : "member";
        return plan.trialDays() > 0 && memberships.trialIsLeft(reader.get().id()) ? "free" : "back";
    }
}
