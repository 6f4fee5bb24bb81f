package press.masthead.business;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** What the nightly check found, and a button that runs it now. */
public final class CheckDesk {
    private final Checks checks;
    private final CheckBooks check;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public CheckDesk(Jdbi jdbi, CheckBooks check, Publication publication, Html html, Clock clock) {
        this.checks = new Checks(jdbi);
        this.check = check;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record Page(
            Reader staff,
            String notice,
            Optional<Checks.Run> last,
            Map<Difference.Kind, List<Difference>> found,
            List<Checks.Run> runs,
            Times times) {}

    /** GET /desk/business/check */
    public void show(Context ctx) {
        Reader staff = Visit.business(ctx);
        List<Checks.Run> runs = checks.latest();
        Optional<Checks.Run> last = runs.stream().findFirst();
        html.page(
                ctx,
                "business/check",
                new Page(
                        staff,
                        Flash.take(ctx),
                        last,
                        last.map(run -> checks.of(run.id())).orElse(List.of()).stream()
                                .collect(Collectors.groupingBy(Difference::kind, TreeMap::new, Collectors.toList())),
                        runs,
                        new Times(publication.settings().zone(), clock.instant())));
    }

    /** POST /desk/business/check */
    public void run(Context ctx) {
        Reader staff = Visit.business(ctx);
        List<Difference> found = check.now(Optional.of(staff.id()));
        Flash.put(ctx, found.isEmpty() ? "Checked: everything agrees." : "Checked: there is something to look at.");
        ctx.redirect("/desk/business/check", HttpStatus.SEE_OTHER);
    }
}
