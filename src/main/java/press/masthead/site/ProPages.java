package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.billing.Join;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;
import press.masthead.industries.Industries;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Origin;
import press.masthead.plans.Payment;
import press.masthead.plans.Plans;
import press.masthead.plans.Price;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Onward;
import press.masthead.platform.web.Problem;
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
    private final Site site;
    private final Stories stories;
    private final Industries industries;
    private final Plans plans;
    private final Memberships memberships;
    private final Join join;
    private final SignIn signIn;
    private final boolean cards;
    private final Clock clock;

    public ProPages(
            Site site,
            Stories stories,
            Industries industries,
            Plans plans,
            Memberships memberships,
            Join join,
            SignIn signIn,
            boolean cards,
            Clock clock) {
        this.site = site;
        this.stories = stories;
        this.industries = industries;
        this.plans = plans;
        this.memberships = memberships;
        this.join = join;
        this.signIn = signIn;
        this.cards = cards;
        this.clock = clock;
    }

    private static Map<String, Object> benefit(String title, String text) {
        return Map.of("title", title, "text", text);
    }

    private static Map<String, Object> question(String question, String answer) {
        return Map.of("question", question, "answer", answer);
    }

    /** GET /pro/ */
    public void plan(Context ctx) {
        show(ctx, 200, LocalPath.of(ctx.queryParam("next")), Map.of());
    }

    /** POST /pro/trial: begins at once for whoever is signed in; anyone else first shows that the address is theirs. */
    public void trial(Context ctx) {
        String next = LocalPath.of(ctx.formParam("next"));
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isPresent()) begin(ctx, reader.get(), next);
        else invite(ctx, next);
    }

    private void begin(Context ctx, Reader reader, String next) {
        switch (join.run(reader, wish(ctx, next))) {
            case Join.Outcome.Trial trial -> welcome(ctx, next, "trial");
            case Join.Outcome.Member member -> welcome(ctx, next, "member");
            case Join.Outcome.Free free -> welcome(ctx, next, "member");
            case Join.Outcome.Elsewhere(String url) ->
                Onward.to(
                        site,
                        ctx,
                        url,
                        "On to payment",
                        "You pay on a page of our payment provider Stripe.",
                        "Go on to payment");
            case Join.Outcome.Refused(String sentence) -> refuse(ctx, next, sentence);
            case Join.Outcome.Already already ->
                refuse(ctx, next, "You are a member already. Your account shows where your membership stands.");
            case Join.Outcome.Owing(Invoice invoice) -> refuse(ctx, next, owing(invoice));
        }
    }

    /** By card where that is taken and asked for; a form that names nothing asks for an invoice. */
    private Join.Wish wish(Context ctx, String next) {
        Payment by = "card".equals(ctx.formParam("pay")) ? Payment.STRIPE : Payment.INVOICE;
        return new Join.Wish(plans.offered().id(), "", by, Origin.UNKNOWN, next);
    }

    private void refuse(Context ctx, String next, String sentence) {
        show(ctx, 409, next, Map.of("error", sentence));
    }

    private static void welcome(Context ctx, String next, String what) {
        ctx.redirect(next.isEmpty() ? "/account/?saved=" + what : next, HttpStatus.SEE_OTHER);
    }

    private static String owing(Invoice invoice) {
        return "Invoice " + invoice.label() + " was not paid, so your last membership ended."
                + " Pay it or write to us, and the membership runs on.";
    }

    private void invite(Context ctx, String next) {
        String given = ctx.formParam("email");
        String typed = given == null ? "" : given.strip();
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        if (email.isEmpty()) {
            show(ctx, 422, next, Map.of("email", typed, "error", MALFORMED));
            return;
        }
        String back = next.isEmpty() ? "/pro/" : "/pro/?next=" + next;
        try {
            signIn.welcome(
                    email.get(),
                    "to join " + site.settings().name() + " "
                            + plans.offered().plan().name(),
                    LocalPath.of(back),
                    Network.of(ctx));
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), next, Map.of("email", typed, "error", problem.sentence()));
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

    private void show(Context ctx, int status, String next, Map<String, Object> more) {
        Price offered = plans.offered();
        String state = state(ctx, offered);
        Price plan = state.equals("back") ? offered.withTrial(0) : offered;
        var offer = new HashMap<String, Object>(more);
        offer.put("action", "/pro/trial");
        offer.put("state", state);
        offer.put("card", cards);
        offer.put("terms_days", Invoices.TERMS.toDays());
        if (!next.isEmpty()) offer.put("next", next);
        var context = new HashMap<String, Object>();
        context.put("title", plan.plan().name());
        context.put("plan", plan.forThemes());
        context.put("headline", "Know what it means before it is obvious");
        context.put(
                "standfirst", "Memos, trend reports and the industries you follow, by the reporters who cover them.");
        context.put("benefits", BENEFITS);
        context.put("questions", questions(plan));
        context.put(
                "industries", industries.all().stream().map(Shapes::industry).toList());
        context.put("memos", Shapes.cards(stories.newestOf("memo", 4, 0)));
        context.put("reports", Shapes.cards(stories.newestOf("report", 2, 0)));
        context.put("offer", offer);
        site.show(ctx, status, "custom-pro", context);
    }

    private List<Map<String, Object>> questions(Price plan) {
        var questions = new ArrayList<Map<String, Object>>();
        String invoice = "an invoice, payable within " + Invoices.TERMS.toDays() + " days.";
        if (plan.trialDays() > 0)
            questions.add(question(
                    "Do I need a card for the " + plan.trial() + "?",
                    (cards
                                    ? "No, an invoice is as good. If you stay, your card is charged, or we send "
                                    : "No. If you stay, we send ")
                            + invoice + " If you cancel before, nothing is charged."));
        else
            questions.add(question(
                    "Do I need a card?", (cards ? "No, an invoice is as good. We send " : "No. We send ") + invoice));
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
