package press.masthead.plans;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.desk.Slug;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** What is sold, and at which prices; for the owner and the business staff. */
public final class PlanDesk {
    private final Jdbi jdbi;
    private final PriceList list;
    private final Audit audit;
    private final Html html;

    public PlanDesk(Jdbi jdbi, Clock clock, Audit audit, Html html) {
        this.jdbi = jdbi;
        this.list = new PriceList(jdbi, clock);
        this.audit = audit;
        this.html = html;
    }

    record ListPage(Reader staff, String notice, List<PriceList.ListedPlan> plans) {}

    record OnePage(
            Reader staff, String notice, String problem, Plan plan, long members, List<PriceList.Listed> prices) {
        String address() {
            return "/desk/plans/" + (plan.id() == 0 ? "new" : Long.toString(plan.id()));
        }
    }

    /** GET /desk/plans */
    public void list(Context ctx) {
        html.page(ctx, "plans/list", new ListPage(Visit.business(ctx), Flash.take(ctx), list.plans()));
    }

    /** GET /desk/plans/new */
    public void blank(Context ctx) {
        show(ctx, 200, new Plan(0, "", "", "", "", 0), 0, "");
    }

    /** GET /desk/plans/{id} */
    public void one(Context ctx) {
        Visit.business(ctx);
        PriceList.ListedPlan found = plan(ctx);
        show(ctx, 200, found.plan(), found.members(), "");
    }

    private void show(Context ctx, int status, Plan plan, long members, String problem) {
        Reader staff = Visit.business(ctx);
        ctx.status(status);
        html.page(
                ctx, "plans/plan", new OnePage(staff, Flash.take(ctx), problem, plan, members, list.prices(plan.id())));
    }

    private PriceList.ListedPlan plan(Context ctx) {
        return list.plans().stream()
                .filter(one -> Long.toString(one.plan().id()).equals(ctx.pathParam("id")))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such plan."));
    }

    /** POST /desk/plans/new and /desk/plans/{id} */
    public void save(Context ctx) {
        Reader staff = Visit.business(ctx);
        Optional<PriceList.ListedPlan> before =
                ctx.pathParamMap().containsKey("id") ? Optional.of(plan(ctx)) : Optional.empty();
        Plan wanted = read(ctx, before.map(PriceList.ListedPlan::plan));
        String problem = complaint(wanted, before.isEmpty());
        if (!problem.isEmpty()) {
            show(ctx, 422, wanted, before.map(PriceList.ListedPlan::members).orElse(0L), problem);
            return;
        }
        long id = jdbi.inTransaction(handle -> {
            audit.note(
                    handle, staff.id(), (before.isEmpty() ? "added the plan " : "changed the plan ") + wanted.name());
            return list.keep(handle, wanted);
        });
        done(ctx, id, before.isEmpty() ? "Saved. It is on offer once it has a price." : "Saved. Readers see it now.");
    }

    private static void done(Context ctx, long plan, String sentence) {
        Flash.put(ctx, sentence);
        ctx.redirect("/desk/plans/" + plan, HttpStatus.SEE_OTHER);
    }

    private static Plan read(Context ctx, Optional<Plan> before) {
        String name = text(ctx, "name");
        String position = text(ctx, "position");
        return new Plan(
                before.map(Plan::id).orElse(0L),
                before.map(Plan::slug).orElseGet(() -> Slug.of(name)),
                name,
                text(ctx, "description"),
                text(ctx, "grants"),
                position.matches("\\d{1,3}") ? Integer.parseInt(position) : 0);
    }

    private String complaint(Plan wanted, boolean fresh) {
        if (wanted.name().isEmpty() || wanted.slug().isEmpty()) return "A plan needs a name.";
        if (wanted.name().length() > 60) return "This name is longer than 60 letters.";
        if (wanted.description().length() > 300) return "This description is longer than 300 letters.";
        if (wanted.grants().length() > 1_000) return "What it gives is longer than 1,000 letters.";
        return fresh && list.slugTaken(wanted.slug()) ? "There is a plan of this name already." : "";
    }

    /** POST /desk/plans/{id}/prices */
    public void addPrice(Context ctx) {
        Reader staff = Visit.business(ctx);
        PriceList.ListedPlan plan = plan(ctx);
        Price price;
        try {
            price = price(ctx, plan.plan());
        } catch (Problem problem) {
            show(ctx, problem.status(), plan.plan(), plan.members(), problem.sentence());
            return;
        }
        jdbi.useTransaction(handle -> {
            list.add(handle, price);
            audit.note(handle, staff.id(), "set the price of " + plan.plan().name() + " to " + price.words());
        });
        done(ctx, plan.plan().id(), "On offer. Who has an older price keeps it.");
    }

    private static Price price(Context ctx, Plan plan) {
        String currency = text(ctx, "currency").toUpperCase(Locale.ROOT);
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(one -> one.getCurrencyCode().equals(currency) && one.getDefaultFractionDigits() >= 0))
            throw Problem.invalid("Please give a currency by its three letters, such as EUR.");
        long amount = Money.read(text(ctx, "amount"), currency)
                .orElseThrow(() -> Problem.invalid("Please give an amount in " + currency + ", such as "
                        + new Money(Money.digits(currency) == 0 ? 4_600 : 27_600, currency).figure() + "."));
        Interval interval = Arrays.stream(Interval.values())
                .filter(one -> one.word().equals(text(ctx, "interval")))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("Please choose monthly or yearly."));
        String trial = text(ctx, "trial");
        if (!trial.matches("\\d{1,2}") || Integer.parseInt(trial) > 90)
            throw Problem.invalid("Free days are a number from 0 to 90.");
        return new Price(0, plan, amount, currency, interval, Integer.parseInt(trial));
    }

    /** POST /desk/plans/{id}/prices/{price}/retire */
    public void retire(Context ctx) {
        Reader staff = Visit.business(ctx);
        PriceList.ListedPlan plan = plan(ctx);
        Optional<PriceList.Listed> price = list.prices(plan.plan().id()).stream()
                .filter(one -> Long.toString(one.price().id()).equals(ctx.pathParam("price")))
                .findFirst();
        boolean gone = price.isPresent()
                && jdbi.inTransaction(handle -> {
                    audit.note(handle, staff.id(), "took " + price.get().price().words() + " off offer");
                    return list.retire(handle, price.get().price().id());
                });
        if (gone) done(ctx, plan.plan().id(), "No longer on offer. Who has it keeps it.");
        else
            show(
                    ctx,
                    409,
                    plan.plan(),
                    plan.members(),
                    "The last price on offer can't be taken off. Please add another first.");
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    }
}
