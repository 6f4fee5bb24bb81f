package press.masthead.newsletters;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.industries.Industries;
import press.masthead.industries.Industry;
import press.masthead.newsletters.NewsletterForm.Flaw;
import press.masthead.platform.calendar.Zones;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.publication.Settings;
import press.masthead.readers.Reader;
import press.masthead.topics.Topic;
import press.masthead.topics.Topics;

/** Newsletters in the newsroom: what they are called and cover, when they come out, and the days on which they rest. */
public final class NewsletterDesk {
    private final Newsletters newsletters;
    private final NewsletterSettings settings;
    private final Topics topics;
    private final Industries industries;
    private final Publication publication;
    private final Runnable redraft;
    private final Html html;
    private final Clock clock;

    /** @param redraft has the coming editions follow what was just decided */
    public NewsletterDesk(
            Newsletters newsletters,
            NewsletterSettings settings,
            Topics topics,
            Industries industries,
            Publication publication,
            Runnable redraft,
            Html html,
            Clock clock) {
        this.newsletters = newsletters;
        this.settings = settings;
        this.topics = topics;
        this.industries = industries;
        this.publication = publication;
        this.redraft = redraft;
        this.html = html;
        this.clock = clock;
    }

    /** A newsletter in the list: when it comes next, or why it never does. */
    record Row(Newsletter newsletter, Optional<Instant> next, Optional<String> never) {}

    record ListPage(Reader staff, String notice, List<Row> coming, List<Newsletter> archived, Times times) {}

    record FormPage(
            Reader staff,
            String notice,
            Optional<Newsletter> newsletter,
            NewsletterForm form,
            Optional<Flaw> flaw,
            List<Topic> topics,
            List<Industry> industries,
            List<Holiday> shared,
            Settings settings,
            Optional<Instant> next,
            Times times) {
        boolean flawed(String field) {
            return flaw.filter(wrong -> wrong.field().equals(field)).isPresent();
        }

        List<String> zones() {
            return Zones.ids().stream()
                    .filter(zone -> zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
                    .sorted()
                    .toList();
        }
    }

    record HolidayPage(Reader staff, String notice, String problem, HolidayRows holidays) {}

    /** GET /desk/newsletters */
    public void list(Context ctx) {
        Reader staff = Visit.staff(ctx);
        List<Newsletter> all = settings.all();
        html.page(
                ctx,
                "newsletters/list",
                new ListPage(
                        staff,
                        Flash.take(ctx),
                        all.stream().filter(Newsletter::active).map(this::row).toList(),
                        all.stream().filter(newsletter -> !newsletter.active()).toList(),
                        times()));
    }

    private Row row(Newsletter newsletter) {
        Holidays holidays = newsletters.holidays(newsletter.id());
        Instant now = clock.instant();
        return new Row(
                newsletter,
                newsletter.cadence().next(now, holidays).map(Cadence.Run::due),
                newsletter.cadence().never(now, holidays));
    }

    /** GET /desk/newsletters/new */
    public void blank(Context ctx) {
        Settings of = publication.settings();
        show(ctx, 200, Optional.empty(), NewsletterForm.blank(of.name(), of.zone()), Optional.empty());
    }

    /** POST /desk/newsletters/new */
    public void create(Context ctx) {
        Visit.editor(ctx);
        NewsletterForm form = NewsletterForm.read(ctx);
        Optional<Flaw> flaw = flaw(form, Optional.empty());
        if (flaw.isPresent()) show(ctx, 422, Optional.empty(), form, flaw);
        else done(ctx, settings.create(form), "Begun. Readers find it among the newsletters now.");
    }

    /** GET /desk/newsletters/{id} */
    public void form(Context ctx) {
        Newsletter newsletter = find(ctx);
        long id = newsletter.id();
        var form = NewsletterForm.of(
                newsletter, settings.topics(id), settings.industries(id), settings.holidays(Optional.of(id)));
        Optional<Flaw> never = newsletter.active()
                ? newsletter
                        .cadence()
                        .never(clock.instant(), newsletters.holidays(id))
                        .map(sentence -> new Flaw("days", sentence))
                : Optional.empty();
        show(ctx, 200, Optional.of(newsletter), form, never);
    }

    /** POST /desk/newsletters/{id} */
    public void save(Context ctx) {
        Visit.editor(ctx);
        Newsletter newsletter = find(ctx);
        NewsletterForm form = NewsletterForm.read(ctx);
        Optional<Flaw> flaw = flaw(form, Optional.of(newsletter.id()));
        if (flaw.isPresent()) {
            show(ctx, 422, Optional.of(newsletter), form, flaw);
            return;
        }
        settings.save(newsletter.id(), form);
        done(ctx, newsletter.id(), "Saved. Coming editions that nobody has touched follow.");
    }

    private Optional<Flaw> flaw(NewsletterForm form, Optional<Long> id) {
        Optional<Flaw> flaw = form.flaw();
        if (flaw.isPresent()) return flaw;
        if (settings.taken(form.slug(), id))
            return Optional.of(new Flaw("slug", "Another newsletter has the address “" + form.slug() + "”."));
        var all = new java.util.ArrayList<>(settings.holidays(Optional.empty()));
        all.addAll(form.holidays().holidays());
        return form.cadence().never(clock.instant(), new Holidays(all)).map(sentence -> new Flaw("days", sentence));
    }

    /** POST /desk/newsletters/{id}/archive */
    public void archive(Context ctx) {
        Visit.editor(ctx);
        Newsletter newsletter = find(ctx);
        settings.archive(newsletter.id());
        done(ctx, newsletter.id(), newsletter.name() + " is archived. Nothing more goes out.");
    }

    /** POST /desk/newsletters/{id}/restore */
    public void restore(Context ctx) {
        Visit.editor(ctx);
        Newsletter newsletter = find(ctx);
        settings.restore(newsletter.id());
        done(ctx, newsletter.id(), newsletter.name() + " comes out again.");
    }

    /** GET /desk/newsletters/holidays */
    public void holidays(Context ctx) {
        showHolidays(ctx, 200, HolidayRows.of(settings.holidays(Optional.empty())), "");
    }

    /** POST /desk/newsletters/holidays */
    public void saveHolidays(Context ctx) {
        Visit.editor(ctx);
        HolidayRows rows = HolidayRows.read(ctx);
        if (!rows.problem().isEmpty()) {
            showHolidays(ctx, 422, rows, rows.problem());
            return;
        }
        settings.saveShared(rows.holidays());
        redraft.run();
        Flash.put(ctx, "Saved. Every newsletter keeps these holidays.");
        ctx.redirect("/desk/newsletters/holidays", HttpStatus.SEE_OTHER);
    }

    private void showHolidays(Context ctx, int status, HolidayRows rows, String problem) {
        ctx.status(status);
        html.page(ctx, "newsletters/holidays", new HolidayPage(Visit.staff(ctx), Flash.take(ctx), problem, rows));
    }

    private void show(
            Context ctx, int status, Optional<Newsletter> newsletter, NewsletterForm form, Optional<Flaw> flaw) {
        Reader staff = Visit.staff(ctx);
        ctx.status(status);
        html.page(
                ctx,
                "newsletters/form",
                new FormPage(
                        staff,
                        Flash.take(ctx),
                        newsletter,
                        form,
                        flaw,
                        topics.all(),
                        industries.every(),
                        settings.holidays(Optional.empty()),
                        publication.settings(),
                        newsletter.flatMap(known -> row(known).next()),
                        times()));
    }

    private void done(Context ctx, long id, String notice) {
        redraft.run();
        Flash.put(ctx, notice);
        ctx.redirect("/desk/newsletters/" + id, HttpStatus.SEE_OTHER);
    }

    private Newsletter find(Context ctx) {
        String id = ctx.pathParam("id");
        return (id.matches("\\d{1,18}") ? newsletters.byId(Long.parseLong(id)) : Optional.<Newsletter>empty())
                .orElseThrow(() -> Problem.notFound("There is no such newsletter."));
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }
}
