package press.masthead.stories;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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
            String state,
            String kind,
            String words,
            int page,
            boolean more,
            Times times) {}

    /** GET /desk/stories?state=&kind=&q=&page= */
    public void list(Context ctx) {
        Reader staff = Visit.staff(ctx);
        String state = among(STATES, ctx.queryParam("state"));
        String kind = among(KINDS, ctx.queryParam("kind"));
        String words = Optional.ofNullable(ctx.queryParam("q")).orElse("").strip();
        int page = Math.max(1, (int) number(ctx.queryParam("page")));
        List<StoryList.Row> rows = list.find(state, kind, words, PAGE + 1, (page - 1) * PAGE);
        boolean more = rows.size() > PAGE;
        html.page(
                ctx,
                "stories/list",
                new ListPage(
                        staff,
                        Flash.take(ctx),
                        more ? rows.subList(0, PAGE) : rows,
                        list.counts(),
                        state,
                        kind,
                        words,
                        page,
                        more,
                        new Times(publication.settings().zone(), clock.instant())));
    }

    private static String among(List<String> allowed, @Nullable String given) {
        return given != null && allowed.contains(given) ? given : "";
    }

    private static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
