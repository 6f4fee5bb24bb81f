package press.masthead.site;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import press.masthead.authors.Authors;
import press.masthead.industries.Industries;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Network;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.topics.Topics;

/** Search over the words that everyone may read. */
public final class SearchPages {
    private static final int LIMIT = 20;
    private static final int LONGEST = 200;

    private final Site site;
    private final Stories stories;
    private final Topics topics;
    private final Industries industries;
    private final Authors authors;
    private final Limits limits;

    public SearchPages(
            Site site, Stories stories, Topics topics, Industries industries, Authors authors, Limits limits) {
        this.site = site;
        this.stories = stories;
        this.topics = topics;
        this.industries = industries;
        this.authors = authors;
        this.limits = limits;
    }

    /** GET /search/?q= */
    public void search(Context ctx) {
        String query = ctx.queryParamAsClass("q", String.class).getOrDefault("").strip();
        if (query.length() > LONGEST) query = query.substring(0, LONGEST);
        int page = page(ctx.queryParam("page"));
        List<StoryCard> found = List.of();
        if (!query.isEmpty()) {
            limits.spend("search:" + Network.of(ctx), 60, Duration.ofMinutes(1));
            found = stories.search(query, LIMIT + 1, (page - 1) * LIMIT);
        }
        boolean more = found.size() > LIMIT;
        var pagination = Shapes.pagination(page, more ? page + 1 : page, (page - 1) * LIMIT + found.size(), LIMIT);
        pagination.put(
                "url_pattern", "/search/?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&page={page}");
        var context = new HashMap<String, Object>();
        context.put("title", query.isEmpty() ? "Search" : "Search: " + query);
        context.put("query", query);
        context.put("posts", Shapes.cards(more ? found.subList(0, LIMIT) : found));
        context.put("pagination", pagination);
        if (page == 1 && !query.isEmpty()) context.put("topics", named(query.toLowerCase(Locale.ROOT)));
        site.show(ctx, 200, "custom-search", context);
    }

    /** Sections and authors whose names hold what was asked for: whoever asks for "energy" may mean all of it. */
    private List<Map<String, Object>> named(String query) {
        return Stream.of(
                        topics.all().stream().map(Shapes::topic),
                        industries.all().stream().map(Shapes::industry),
                        authors.all().stream().map(Shapes::author))
                .flatMap(shapes -> shapes)
                .filter(shape -> String.valueOf(shape.get("name"))
                        .toLowerCase(Locale.ROOT)
                        .contains(query))
                .limit(6)
                .toList();
    }

    /** The page asked for, from 1 to 50; whatever else stands there means the first. */
    private static int page(@Nullable String asked) {
        return asked != null && asked.matches("[1-9]|[1-4]\\d|50") ? Integer.parseInt(asked) : 1;
    }
}
