package press.masthead.reports;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.charts.Plot;
import press.masthead.charts.Sheet;

/** Draws a chart while someone is making it. */
public final class ChartDesk {
    private final ChartFigures figures;

    public ChartDesk(ChartFigures figures) {
        this.figures = figures;
    }

    /** POST /desk/charts/preview: how it will look, and as what it is kept; 422 with one sentence where its table can't be read */
    public void preview(Context ctx) {
        Visit.staff(ctx);
        try {
            var plot = Plot.read(
                    field(ctx, "kind"),
                    field(ctx, "title"),
                    field(ctx, "description"),
                    field(ctx, "source"),
                    field(ctx, "unit"),
                    field(ctx, "table"));
            String language = field(ctx, "language");
            ctx.json(Map.of(
                    "shown", figures.preview(plot, language.isEmpty() ? "en" : language),
                    "kept", plot.html(),
                    "table", plot.sheet().csv()));
        } catch (Sheet.Unreadable unreadable) {
            ctx.status(422).json(Map.of("problem", unreadable.sentence()));
        }
    }

    private static String field(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("");
    }
}
