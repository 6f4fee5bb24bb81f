package press.masthead.site;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import press.masthead.platform.web.PageCache;
import press.masthead.platform.web.Problem;
import press.masthead.stories.Stories;
import press.masthead.stories.Stories.Month;

/** Everything that was ever published, by month on the newsroom's clock. */
public final class ArchivePages {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("MMMM", Locale.ENGLISH);
    private static final int MOST = 500;

    private final Site site;
    private final Stories stories;
    private final PageCache cache;

    public ArchivePages(Site site, Stories stories, PageCache cache) {
        this.site = site;
        this.stories = stories;
        this.cache = cache;
    }

    /** GET /archive/ */
    public void all(Context ctx) {
        cache.begin(ctx);
        var context = new HashMap<String, Object>();
        context.put("title", "Archive");
        context.put("years", years());
        site.publish(ctx, "archive", context, List.of("page"), site.head(ctx, "Archive"));
    }

    /** GET /archive/{year}/{month}/ */
    public void month(Context ctx) {
        cache.begin(ctx);
        YearMonth month = month(ctx.pathParam("year"), ctx.pathParam("month"));
        var zone = site.settings().zone();
        Instant from = month.atDay(1).atStartOfDay(zone).toInstant();
        Instant until = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        var posts = stories.between(from, until, MOST);
        String title = month.format(NAME) + " " + month.getYear();
        var context = new HashMap<String, Object>();
        context.put("title", title);
        context.put("years", years());
        context.put("posts", Shapes.cards(posts));
        context.put("pagination", Shapes.pagination(1, 1, posts.size(), MOST));
        site.publish(ctx, "archive", context, List.of("page"), site.head(ctx, title));
    }

    private List<Map<String, Object>> years() {
        var months = new LinkedHashMap<Integer, List<Map<String, Object>>>();
        for (Month month : stories.months(site.settings().zone()))
            months.computeIfAbsent(month.year(), year -> new ArrayList<>())
                    .add(Map.of(
                            "name", YearMonth.of(month.year(), month.month()).format(NAME),
                            "url", "/archive/%d/%02d/".formatted(month.year(), month.month()),
                            "count", month.stories()));
        return months.entrySet().stream()
                .map(year -> Map.<String, Object>of("year", year.getKey(), "months", year.getValue()))
                .toList();
    }

    private static YearMonth month(String year, String month) {
        if (!year.matches("[12]\\d{3}") || !month.matches("0[1-9]|1[0-2]"))
            throw Problem.notFound("There is no such month.");
        return YearMonth.of(Integer.parseInt(year), Integer.parseInt(month));
    }
}
