package press.masthead.business;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.charts.About;
import press.masthead.charts.Chart;
import press.masthead.charts.ChartTable;
import press.masthead.charts.Figure;
import press.masthead.charts.Svg;
import press.masthead.charts.Unit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** How the business stands: its figures, each with the months behind it. The members behind those are in {@link MovesDesk}. */
public final class BusinessDesk {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH_IN_FULL = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);

    private final Sums sums;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public BusinessDesk(Jdbi jdbi, Publication publication, Html html, Clock clock) {
        this.sums = new Sums(jdbi);
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /**
     * A figure on the overview.
     *
     * @param change against the month before, in words; empty where there is nothing to compare with
     * @param tone {@code good}, {@code bad} or {@code same}
     */
    record Card(Measure measure, String value, String change, String tone, String spark) {}

    record Overview(
            Reader staff,
            String notice,
            List<Card> cards,
            Figure revenue,
            Figure movement,
            String month,
            long seats,
            long overdue,
            Standing standing,
            String asOf) {
        boolean isEmpty() {
            return standing.months().stream()
                    .allMatch(month -> month.paying() == 0
                            && month.trials() == 0
                            && month.given() == 0
                            && month.teams() == 0
                            && month.counts().isEmpty());
        }
    }

    /** GET /desk/business */
    public void overview(Context ctx) {
        Reader staff = Visit.business(ctx);
        Standing standing = standing();
        Sums.Now now = sums.now(clock.instant());
        html.page(
                ctx,
                "business/overview",
                new Overview(
                        staff,
                        Flash.take(ctx),
                        Arrays.stream(Measure.values())
                                .map(measure -> card(measure, standing))
                                .toList(),
                        new Figure(months(Measure.REVENUE, standing), "/desk/business/figures/revenue.csv"),
                        new Figure(movement(standing), "/desk/business/movement.csv"),
                        MONTH_IN_FULL.format(standing.now().month()),
                        now.seats(),
                        now.overdue(),
                        standing,
                        now.asOf().map(times()::near).orElse("")));
    }

    private Standing standing() {
        return Standing.of(
                sums.byMonth(),
                sums.teams(
                        thisMonth(),
                        Standing.SHOWN,
                        clock.instant(),
                        publication.settings().zone()),
                sums.rates(),
                thisMonth());
    }

    private YearMonth thisMonth() {
        return YearMonth.from(clock.instant().atZone(publication.settings().zone()));
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }

    private static Card card(Measure measure, Standing standing) {
        double now = measure.of(standing.now());
        double before = measure.of(standing.last());
        Unit unit = measure.unit(standing.currency());
        double difference = now - before;
        boolean known = Double.isFinite(difference);
        String change = !known
                ? ""
                : difference == 0
                        ? "as in " + MONTH.format(standing.last().month())
                        : (difference > 0 ? "▲ " : "▼ ") + size(measure, unit, Math.abs(difference)) + " against "
                                + MONTH.format(standing.last().month());
        String tone = !known || difference == 0 ? "same" : difference > 0 == measure.up ? "good" : "bad";
        return new Card(
                measure,
                unit.brief(now, Locale.ENGLISH),
                change,
                tone,
                Svg.spark(standing.months().stream().map(measure::of).toList()));
    }

    /** A share differs from a share by points. */
    private static String size(Measure measure, Unit unit, double difference) {
        return measure.kind == Measure.Kind.SHARE
                ? String.format(Locale.ENGLISH, "%.1f points", difference * 100)
                : unit.brief(difference, Locale.ENGLISH);
    }

    private static Chart.Labelled months(Measure measure, Standing standing) {
        var about = new About(
                "figure",
                measure.title,
                "By month; the last one is not over yet.",
                "Month",
                measure.unit(standing.currency()),
                Locale.ENGLISH);
        List<String> labels = labels(standing);
        List<Chart.Series> series = List.of(new Chart.Series(
                measure.title, standing.months().stream().map(measure::of).toList()));
        return measure.kind == Measure.Kind.SHARE || measure == Measure.NET_NEW
                ? new Chart.Bars(about, labels, series)
                : new Chart.Areas(about, labels, series);
    }

    private static List<String> labels(Standing standing) {
        return standing.months().stream()
                .map(month -> MONTH.format(month.month()))
                .toList();
    }

    private static Chart movement(Standing standing) {
        return new Chart.Stacked(
                new About(
                        "movement",
                        "What came and what went",
                        "Monthly revenue gained in each month above the line, lost below it.",
                        "Month",
                        new Unit.Money(standing.currency()),
                        Locale.ENGLISH),
                labels(standing),
                List.of(
                        gained("Joined or came back", standing, "began", "returned", "went_on"),
                        gained("Pay more", standing, "expanded"),
                        gained("Pay less", standing, "contracted"),
                        gained("Left or paused", standing, "left", "paused")));
    }

    private static Chart.Series gained(String name, Standing standing, String... what) {
        return new Chart.Series(
                name,
                standing.months().stream()
                        .map(month ->
                                Arrays.stream(what).mapToDouble(month::gain).sum())
                        .toList());
    }

    /** GET /desk/business/movement.csv */
    public void movementCsv(Context ctx) {
        Visit.business(ctx);
        csv(ctx, "movement", movement(standing()));
    }

    private static void csv(Context ctx, String name, Chart chart) {
        ctx.contentType("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + ".csv\"")
                .header("Cache-Control", "private, no-store")
                .result(ChartTable.csv(chart));
    }

    record MonthLine(String month, String label, String value, List<Counted> counted) {}

    record Counted(String words, String what, long count) {}

    record FigurePage(
            Reader staff, String notice, Measure measure, Figure figure, List<MonthLine> months, Standing standing) {}

    /** GET /desk/business/figures/{figure} */
    public void figure(Context ctx) {
        Reader staff = Visit.business(ctx);
        String name = ctx.pathParam("figure");
        Measure measure = Measure.named(name.replaceFirst("\\.csv$", ""))
                .orElseThrow(() -> Problem.notFound("There is no such figure."));
        Standing standing = standing();
        Chart chart = months(measure, standing);
        if (name.endsWith(".csv")) {
            csv(ctx, measure.slug(), chart);
            return;
        }
        Unit unit = measure.unit(standing.currency());
        List<MonthLine> lines = standing.months().reversed().stream()
                .map(month -> new MonthLine(
                        month.month().toString(),
                        MONTH_IN_FULL.format(month.month()),
                        unit.full(measure.of(month), Locale.ENGLISH),
                        measure.moves.stream()
                                .filter(what -> month.count(what) > 0)
                                .map(what -> new Counted(Moves.words(what), what, month.count(what)))
                                .toList()))
                .toList();
        html.page(
                ctx,
                "business/figure",
                new FigurePage(
                        staff,
                        Flash.take(ctx),
                        measure,
                        new Figure(chart, "/desk/business/figures/" + measure.slug() + ".csv"),
                        lines,
                        standing));
    }
}
