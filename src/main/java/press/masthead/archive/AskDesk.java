package press.masthead.archive;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.desk.Complaint;
import press.masthead.models.LargeModel;
import press.masthead.models.Spending;
import press.masthead.plans.Plans;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** What members asked and the archive did not hold, which is a list of stories; who may ask, how much, and what a large model costs. */
public final class AskDesk {
    private static final Duration SINCE = Duration.ofDays(90);
    private static final int LISTED = 100;
    private static final int MONTHS = 12;

    private final Jdbi jdbi;
    private final Questions questions;
    private final AskRules rules;
    private final Spending spending;
    private final Optional<LargeModel> model;
    private final Plans plans;
    private final Audit audit;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    /** @param model a large one, where the operator connected it */
    public AskDesk(
            Jdbi jdbi,
            Spending spending,
            Optional<LargeModel> model,
            Plans plans,
            Audit audit,
            Publication publication,
            Html html,
            Clock clock) {
        this.jdbi = jdbi;
        questions = new Questions(jdbi, clock);
        rules = new AskRules(jdbi, () -> publication.settings().zone(), clock);
        this.spending = spending;
        this.model = model;
        this.plans = plans;
        this.audit = audit;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record AskedPage(
            Reader staff,
            String notice,
            Complaint complaint,
            List<Questions.Unanswered> unanswered,
            List<Questions.Said> said,
            List<Questions.Month> months,
            List<Plans.Named> plans,
            Form form,
            String model,
            List<Spending.Month> costs,
            List<Spending.Failure> failures,
            ZoneId zone) {
        String day(Instant at) {
            return DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).format(at.atZone(zone));
        }

        String time(Instant at) {
            return DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH).format(at.atZone(zone));
        }

        static String dollars(long billionths) {
            return "USD " + BigDecimal.valueOf(billionths, 9).setScale(2, RoundingMode.HALF_UP);
        }
    }

    /** What the form of the limits holds. */
    record Form(List<String> plans, String aMonth, String tokens, String dollars) {}

    /** GET /desk/asked */
    public void page(Context ctx) {
        var settings = rules.settings();
        show(
                ctx,
                200,
                Complaint.NONE,
                new Form(
                        settings.plans(),
                        Integer.toString(settings.aMonth()),
                        Long.toString(settings.tokensMonth()),
                        Integer.toString(spending.limit())));
    }

    private void show(Context ctx, int status, Complaint complaint, Form form) {
        ZoneId zone = publication.settings().zone();
        ctx.status(status);
        html.page(
                ctx,
                "archive/asked",
                new AskedPage(
                        Visit.staff(ctx),
                        Flash.take(ctx),
                        complaint,
                        questions.unanswered(clock.instant().minus(SINCE), LISTED),
                        questions.said(LISTED),
                        questions.months(clock.instant().minus(Duration.ofDays(365)), zone.getId()),
                        plans.named(),
                        form,
                        model.map(one -> one.at().model()).orElse(""),
                        spending.months(MONTHS),
                        spending.failures(10),
                        zone));
    }

    /** POST /desk/asked/settled: {@code words} of a question that was looked at; asked again, it comes back. */
    public void settle(Context ctx) {
        Visit.editor(ctx);
        questions.settle(text(ctx, "words"));
        Flash.put(ctx, "Taken off the list. If somebody asks it again, it comes back.");
        ctx.redirect("/desk/asked", HttpStatus.SEE_OTHER);
    }

    /** POST /desk/asked/limits */
    public void limits(Context ctx) {
        Reader reader = Visit.business(ctx);
        var form = new Form(ctx.formParams("plan"), text(ctx, "a_month"), text(ctx, "tokens"), text(ctx, "dollars"));
        Complaint complaint = complaint(form);
        if (!complaint.isNone()) {
            show(ctx, 422, complaint, form);
            return;
        }
        var known = plans.named().stream()
                .map(Plans.Named::slug)
                .filter(form.plans()::contains)
                .toList();
        rules.change(new AskRules.Settings(known, Integer.parseInt(form.aMonth()), Long.parseLong(form.tokens())));
        spending.limit(Integer.parseInt(form.dollars()));
        jdbi.useTransaction(handle -> audit.note(
                handle,
                reader.id(),
                "let each member ask the archive " + form.aMonth()
                        + " questions a month, and a large model cost at most USD " + form.dollars()));
        Flash.put(ctx, "Saved.");
        ctx.redirect("/desk/asked", HttpStatus.SEE_OTHER);
    }

    private static Complaint complaint(Form form) {
        if (!form.aMonth().matches("[1-9]\\d{0,4}")) return new Complaint("a_month", "Write a number from 1 to 99999.");
        if (!form.tokens().matches("\\d{1,10}"))
            return new Complaint("tokens", "Write a number of tokens; 0 for none.");
        if (!form.dollars().matches("\\d{1,6}")) return new Complaint("dollars", "Write whole dollars; 0 for none.");
        return Complaint.NONE;
    }

    private static String text(Context ctx, String name) {
        return ctx.formParamAsClass(name, String.class).getOrDefault("").strip();
    }
}
