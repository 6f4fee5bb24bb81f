package press.masthead.business;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.charts.ChartTable;
import press.masthead.plans.Money;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** How long those who joined in a month stay, and what sells: sources, stories, plans and offers. */
public final class CohortDesk {
    private static final int MONTHS = 13;
    private static final int MOST = 100;
    private static final int MOST_IN_FILE = 100_000;

    private static final Map<String, String> BY = new LinkedHashMap<>();

    static {
        BY.put("source", "Source or campaign");
        BY.put("story", "Story");
        BY.put("plan", "Plan");
        BY.put("interval", "Interval");
        BY.put("currency", "Currency");
        BY.put("offer", "Offer");
        BY.put("payment", "Way of paying");
    }

    private final Cohorts cohorts;
    private final Brought brought;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public CohortDesk(Jdbi jdbi, Publication publication, Html html, Clock clock) {
        this.cohorts = new Cohorts(jdbi);
        this.brought = new Brought(jdbi);
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record CohortPage(Reader staff, String notice, List<Cohorts.Cohort> cohorts, int months) {
        String label(Cohorts.Cohort cohort) {
            return java.time.format.DateTimeFormatter.ofPattern("MMM yyyy", java.util.Locale.ENGLISH)
                    .format(cohort.joined());
        }

        /** Four shades; the figure stands in each cell. */
        int heat(Cohorts.Cohort cohort, int months) {
            long share = cohort.share(months);
            return share >= 95 ? 4 : share >= 80 ? 3 : share >= 50 ? 2 : 1;
        }
    }

    /** GET /desk/business/cohorts */
    public void cohorts(Context ctx) {
        Reader staff = Visit.business(ctx);
        List<Cohorts.Cohort> all = all();
        html.page(ctx, "business/cohorts", new CohortPage(staff, Flash.take(ctx), all, months(all)));
    }

    /** GET /desk/business/cohorts.csv */
    public void cohortsCsv(Context ctx) {
        Visit.business(ctx);
        List<Cohorts.Cohort> all = all();
        var text = new StringBuilder("Joined,Members");
        for (int month = 0; month < months(all); month++) text.append(",After ").append(month);
        for (Cohorts.Cohort cohort : all) {
            text.append("\r\n").append(cohort.joined()).append(',').append(cohort.members());
            cohort.left().forEach(left -> text.append(',').append(left));
        }
        csv(ctx, "cohorts", text.append("\r\n").toString());
    }

    private List<Cohorts.Cohort> all() {
        ZoneId zone = publication.settings().zone();
        return cohorts.all(zone, YearMonth.from(clock.instant().atZone(zone)), MONTHS);
    }

    private static int months(List<Cohorts.Cohort> all) {
        return all.stream().mapToInt(cohort -> cohort.left().size()).max().orElse(0);
    }

    private static void csv(Context ctx, String name, String text) {
        ctx.contentType("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + ".csv\"")
                .header("Cache-Control", "private, no-store")
                .result(text);
    }

    /** @param days how far back; 0 for all time */
    record SellsPage(
            Reader staff,
            String notice,
            String by,
            int days,
            Map<String, String> kinds,
            List<Brought.Row> rows,
            String csv) {
        String money(Brought.Row row) {
            return Money.words(row.yearly(), row.currency());
        }
    }

    /** GET /desk/business/sells?by=story&days=90 */
    public void sells(Context ctx) {
        Reader staff = Visit.business(ctx);
        String by = by(ctx);
        int days = days(ctx);
        html.page(
                ctx,
                "business/sells",
                new SellsPage(
                        staff,
                        Flash.take(ctx),
                        by,
                        days,
                        BY,
                        brought.by(by, from(days), MOST),
                        "/desk/business/sells.csv?by=" + by + "&days=" + days));
    }

    /** GET /desk/business/sells.csv?by=story&days=90 */
    public void sellsCsv(Context ctx) {
        Visit.business(ctx);
        String by = by(ctx);
        var text = new StringBuilder(BY.get(by))
                .append(",Trials,Stayed after the trial,Trials ended,Joined,Still paying,A year,Currency");
        for (Brought.Row row : brought.by(by, from(days(ctx)), MOST_IN_FILE))
            text.append("\r\n")
                    .append(Stream.of(
                                    row.name(),
                                    row.trials(),
                                    row.converted(),
                                    row.ended(),
                                    row.joined(),
                                    row.paying(),
                                    new Money(row.yearly(), row.currency())
                                            .figure()
                                            .replace(",", ""),
                                    row.currency())
                            .map(String::valueOf)
                            .map(ChartTable::cell)
                            .collect(Collectors.joining(",")));
        csv(ctx, "what-sells-by-" + by, text.append("\r\n").toString());
    }

    private static String by(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("by")).filter(BY::containsKey).orElse("source");
    }

    private static int days(Context ctx) {
        return switch (String.valueOf(ctx.queryParam("days"))) {
            case "30" -> 30;
            case "90" -> 90;
            case "365" -> 365;
            default -> 0;
        };
    }

    private LocalDate from(int days) {
        return days == 0
                ? LocalDate.EPOCH
                : LocalDate.ofInstant(clock.instant(), publication.settings().zone())
                        .minusDays(days);
    }
}
