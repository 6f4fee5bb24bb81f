package press.masthead.reports;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** Reports in the newsroom: how often each was taken as a PDF, and which one each place shows. */
public final class ReportDesk {
    private static final int SHOWN = 100;

    private final Jdbi jdbi;
    private final Reports reports;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public ReportDesk(Jdbi jdbi, Reports reports, Publication publication, Html html, Clock clock) {
        this.jdbi = jdbi;
        this.reports = reports;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record ListPage(Reader staff, String notice, List<Reports.Row> rows, List<Reports.Place> places, Times times) {}

    /** GET /desk/reports */
    public void list(Context ctx) {
        html.page(
                ctx,
                "reports/list",
                new ListPage(
                        Visit.staff(ctx),
                        Flash.take(ctx),
                        reports.newest(SHOWN),
                        reports.places(),
                        new Times(publication.settings().zone(), clock.instant())));
    }

    /** POST /desk/reports: fields {@code place-TOPIC}, and {@code place-} for the front page */
    public void place(Context ctx) {
        Visit.editor(ctx);
        var chosen = new HashMap<String, Long>();
        for (Reports.Place place : reports.places()) {
            String value =
                    Optional.ofNullable(ctx.formParam("place-" + place.topic())).orElse("");
            chosen.put(place.topic(), value.matches("\\d{1,18}") ? Long.parseLong(value) : 0L);
        }
        jdbi.useTransaction(handle -> reports.place(handle, chosen));
        Flash.put(ctx, "Saved. Readers see it now.");
        ctx.redirect("/desk/reports", HttpStatus.SEE_OTHER);
    }
}
