package press.masthead.business;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.plans.Money;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** How long those who joined in a month stay, and what sells: sources, stories, plans and offers. */
public final class CohortDesk {
    private static final int MONTHS = 13;
    private static final int MOST = 100;

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
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public CohortDesk(Jdbi jdbi, Publication publication, Html html, Clock clock) {
        this.cohorts = new Cohorts(jdbi);
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
        ZoneId zone = publication.settings().zone();
        List<Cohorts.Cohort> all =
                cohorts.all(zone, YearMonth.from(clock.instant().atZone(zone)), MONTHS);
        html.page(
                ctx,
                "business/cohorts",
                new CohortPage(
                        staff,
                        Flash.take(ctx),
                        all,
                        all.stream()
                                .mapToInt(cohort -> cohort.left().size())
                                .max()
                                .orElse(0)));
    }

    record SellsPage(Reader staff, String notice, String by, Map<String, String> kinds, List<Cohorts.Brought> rows) {
        String money(Cohorts.Brought row) {
            return Money.words(row.yearly(), row.currency());
        }
    }

    /** GET /desk/business/sells?by=story */
    public void sells(Context ctx) {
        Reader staff = Visit.business(ctx);
        String by = Optional.ofNullable(ctx.queryParam("by"))
                .filter(BY::containsKey)
                .orElse("source");
        html.page(ctx, "business/sells", new SellsPage(staff, Flash.take(ctx), by, BY, cohorts.brought(by, MOST)));
    }
}
