package press.masthead.site;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import press.masthead.access.Answer;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Visit;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.reports.ChartFigures;
import press.masthead.reports.ReportCopies;
import press.masthead.stories.Stories;
import press.masthead.stories.Teaser;

/** What is fetched beside a report's page: the figures of its charts, and a typeset copy. */
public final class ReportPages {
    private final Stories stories;
    private final StoryPages storyPages;
    private final ChartFigures figures;
    private final ReportCopies copies;
    private final Limits limits;
    private final Clock clock;

    public ReportPages(
            Stories stories,
            StoryPages storyPages,
            ChartFigures figures,
            ReportCopies copies,
            Limits limits,
            Clock clock) {
        this.stories = stories;
        this.storyPages = storyPages;
        this.figures = figures;
        this.copies = copies;
        this.limits = limits;
        this.clock = clock;
    }

    /** GET /{slug}/charts/{number}/csv: to whoever may read the chart itself */
    public void csv(Context ctx) {
        Teaser teaser = teaser(ctx);
        String asked = ctx.pathParam("number");
        int number = asked.matches("[1-9]\\d{0,3}") ? Integer.parseInt(asked) : 0;
        String html = number <= ChartFigures.count(teaser.opening()) ? teaser.opening() : whole(ctx, teaser);
        String csv = figures.csv(html, number).orElseThrow(() -> Problem.notFound("There is no such chart."));
        boolean everyones =
                html.equals(teaser.opening()) && Visit.of(ctx).reader().isEmpty();
        ctx.contentType("text/csv; charset=utf-8")
                .header("Cache-Control", everyones ? "public, max-age=60" : "private, no-store")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"%s-%d.csv\""
                                .formatted(teaser.card().slug(), number))
                // With a mark in front (U+FEFF) spreadsheets read other scripts as what they are.
                .result(("\uFEFF" + csv).getBytes(StandardCharsets.UTF_8));
    }

    private String whole(Context ctx, Teaser teaser) {
        Answer answer = storyPages
                .reading(ctx, teaser.card(), clock.instant())
                .ask(teaser.card().rule());
        return teaser.opening() + stories.rest(teaser.card().id(), passed(answer));
    }

    /** GET /{slug}/report.pdf: a typeset copy with the reader's name on each page; to whoever has a right to the whole report */
    public void pdf(Context ctx) {
        Teaser teaser = teaser(ctx);
        if (!teaser.card().kind().equals("report")) throw Problem.notFound("There is no report at this address.");
        Visit visit = Visit.of(ctx);
        Answer.Open pass = passed(byRight(visit, teaser.card().rule(), clock.instant()));
        String who = visit.reader().map(reader -> "reader:" + reader.id()).orElseGet(() -> Network.of(ctx));
        limits.spend("report:" + who, 60, Duration.ofHours(1));
        byte[] pdf = copies.take(teaser, visit.reader(), pass);
        ctx.contentType("application/pdf")
                .header("Cache-Control", "private, no-store")
                .header("X-Robots-Tag", "noindex")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"%s.pdf\""
                                .formatted(teaser.card().slug()))
                .result(pdf);
    }

    /** What someone may take with them: a free story of the month, or a gift, is for reading on the page. */
    static Answer byRight(Visit visit, Rule rule, Instant now) {
        return Paywall.ask(visit.standing(), rule, now, Meter.OFF, Gift.NONE);
    }

    private static Answer.Open passed(Answer answer) {
        return switch (answer) {
            case Answer.Open pass -> pass;
            case Answer.SignIn() -> throw Problem.forbidden("Please sign in to read this.");
            case Answer.Upgrade() -> throw Problem.forbidden("This is for members.");
            case Answer.Closed() -> throw Problem.forbidden("This can’t be read just now.");
        };
    }

    private Teaser teaser(Context ctx) {
        return stories.teaser(ctx.pathParam("slug"))
                .orElseThrow(() -> Problem.notFound("There is no story at this address."));
    }
}
