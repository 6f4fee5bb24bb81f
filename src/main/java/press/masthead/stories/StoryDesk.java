package press.masthead.stories;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** The newsroom's list of stories. */
public final class StoryDesk {
    private static final int PAGE = 40;
    static final List<String> STATES = List.of("draft", "review", "scheduled", "published", "withdrawn");
    static final List<String> KINDS = List.of("article", "memo", "report", "page");

    private final StoryList list;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public StoryDesk(Jdbi jdbi, Publication publication, Html html, Clock clock) {
        this.list = new StoryList(jdbi);
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record ListPage(
            Reader staff,
            String notice,
            List<StoryList.Row> rows,
            List<StoryList.Count> counts,
            StoryList.Filter filter,
            List<StoryList.Choice> topics,
            List<StoryList.Choice> authors,
            String more,
            boolean first,
            Times times) {}

    /** GET /desk/stories?state=&kind=&author=&topic=&q=&after= */
    public void list(Context ctx) {
        Reader staff = Visit.staff(ctx);
        var filter = new StoryList.Filter(
                among(STATES, ctx.queryParam("state")),
                among(KINDS, ctx.queryParam("kind")),
                text(ctx.queryParam("author")),
                text(ctx.queryParam("topic")),
                text(ctx.queryParam("q")));
        String after = text(ctx.queryParam("after"));
        List<StoryList.Row> rows = list.find(filter, StoryList.Place.read(after), PAGE + 1);
        boolean full = rows.size() > PAGE;
        if (full) rows = rows.subList(0, PAGE);
        html.page(
                ctx,
                "stories/list",
                new ListPage(
                        staff,
                        Flash.take(ctx),
                        rows,
                        list.counts(),
                        filter,
                        list.topics(),
                        list.authors(),
                        full
                                ? "/desk/stories" + filter.query(filter.state()) + "&after="
                                        + rows.getLast().place()
                                : "",
                        after.isEmpty(),
                        new Times(publication.settings().zone(), clock.instant())));
    }

    private static String among(List<String> allowed, @Nullable String given) {
        return given != null && allowed.contains(given) ? given : "";
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
