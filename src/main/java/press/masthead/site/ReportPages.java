package press.masthead.site;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import press.masthead.access.Answer;
import press.masthead.access.Visit;
import press.masthead.platform.web.Problem;
import press.masthead.reports.ChartFigures;
import press.masthead.stories.Stories;
import press.masthead.stories.Teaser;

/** What is fetched beside a report's page: the figures of its charts. */
public final class ReportPages {
    private final Stories stories;
    private final StoryPages storyPages;
    private final ChartFigures figures;
    private final Clock clock;

    public ReportPages(Stories stories, StoryPages storyPages, ChartFigures figures, Clock clock) {
        this.stories = stories;
        this.storyPages = storyPages;
        this.figures = figures;
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
        return switch (storyPages
                .reading(ctx, teaser.card(), clock.instant())
                .ask(teaser.card().rule())) {
            case Answer.Open pass ->
                teaser.opening() + stories.rest(teaser.card().id(), pass);
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
