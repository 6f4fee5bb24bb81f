package press.masthead.memos;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.Progress;
import press.masthead.memos.AlertReach.Fallen;
import press.masthead.memos.AlertReach.Memo;
import press.masthead.memos.AlertReach.Way;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** How far the news of a memo has gone among its followers, for the newsroom: on the memo's own page, and on one beside it. */
public final class AlertDesk {
    private static final int NAMES = 50;

    private final AlertReach reach;
    private final Deliveries deliveries;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public AlertDesk(AlertReach reach, Deliveries deliveries, Publication publication, Html html, Clock clock) {
        this.reach = reach;
        this.deliveries = deliveries;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /**
     * The page.
     *
     * @param alert the letters that left at once; none before it is decided, and where nobody was to hear of it so
     * @param waiting who hears of it with their next daily letter, as things stand
     * @param wouldBe whom a memo that is not out yet would be told to at once
     */
    record AlertPage(
            Reader staff,
            Memo memo,
            Optional<Progress> alert,
            Way atOnce,
            Way daily,
            long waiting,
            long wouldBe,
            List<Fallen> fallen,
            Times times) {
        /** Whether letters about it are still to leave that need no daily hour. */
        boolean busy() {
            return memo.isOut() && (memo.decidedAt().isEmpty() || atOnce.open() + daily.open() > 0);
        }

        long share() {
            return atOnce.all() == 0 ? 100 : 100 * (atOnce.all() - atOnce.open()) / atOnce.all();
        }
    }

    /** GET /desk/stories/{id}/alert */
    public void show(Context ctx) {
        Reader staff = Visit.staff(ctx);
        String id = ctx.pathParam("id");
        Memo memo = Optional.of(id)
                .filter(digits -> digits.matches("\\d{1,18}"))
                .flatMap(digits -> reach.memo(Long.parseLong(digits)))
                .orElseThrow(() -> Problem.notFound("There is no such memo."));
        html.page(
                ctx,
                "memos/alert",
                new AlertPage(
                        staff,
                        memo,
                        memo.mailingId().flatMap(deliveries::progress),
                        reach.atOnce(memo),
                        reach.daily(memo),
                        reach.waiting(memo),
                        memo.isOut() ? 0 : reach.wouldBe(memo),
                        reach.fallen(memo, NAMES),
                        new Times(publication.settings().zone(), clock.instant())));
    }
}
