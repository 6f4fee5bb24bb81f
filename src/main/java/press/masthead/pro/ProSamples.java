package press.masthead.pro;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import press.masthead.charts.Plot;
import press.masthead.industries.Industries;
import press.masthead.memos.Memos;
import press.masthead.reports.ChartFigures;
import press.masthead.site.Shapes;
import press.masthead.stories.ReportCover;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;

/**
 * What the page that sells shows of each product: the opening of the latest memo, the cover of the latest report and a chart of its opening, a review as it
 * would be for someone who has chosen nothing, the next event as it is announced. All of it is what everyone may read. The same for everyone, so asked for once a minute.
 */
public final class ProSamples {
    private static final int INDUSTRIES = 3;

    private final HomeLists lists;
    private final Stories stories;
    private final Memos memos;
    private final Industries industries;
    private final ChartFigures charts;
    private final Supplier<Optional<Map<String, Object>>> nextEvent;
    private final LoadingCache<String, Map<String, Object>> kept =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).build(key -> made());

    /** @param nextEvent as lists show it */
    public ProSamples(
            Jdbi jdbi,
            Stories stories,
            Memos memos,
            Industries industries,
            ChartFigures charts,
            Supplier<Optional<Map<String, Object>>> nextEvent) {
        this.nextEvent = nextEvent;
        lists = new HomeLists(jdbi);
        this.stories = stories;
        this.memos = memos;
        this.industries = industries;
        this.charts = charts;
    }

    /** For the theme; what there is none of yet is left out. */
    public Map<String, Object> shown() {
        return Objects.requireNonNull(kept.get("samples"));
    }

    private Map<String, Object> made() {
        var samples = new HashMap<String, Object>();
        memo().ifPresent(memo -> samples.put("memo", memo));
        report().ifPresent(report -> samples.put("report", report));
        List<Map<String, Object>> review = review();
        if (!review.isEmpty()) samples.put("review", review);
        nextEvent.get().ifPresent(event -> samples.put("event", event));
        return Map.copyOf(samples);
    }

    private Optional<Map<String, Object>> memo() {
        return stories.newestOf("memo", 1, 0).stream()
                .findFirst()
                .flatMap(card -> stories.teaser(card.slug()))
                .map(teaser -> {
                    StoryCard card = teaser.card();
                    var shape = new HashMap<>(Shapes.card(card));
                    String first = Jsoup.parseBodyFragment(teaser.opening()).select("p").stream()
                            .map(paragraph -> paragraph.text().strip())
                            .filter(text -> !text.isEmpty())
                            .findFirst()
                            .orElse("");
                    if (!first.isEmpty()) shape.put("opening", first);
                    List<String> answers = memos.front(card.id()).answers();
                    if (!answers.isEmpty()) shape.put("answers", answers);
                    return shape;
                });
    }

    private Optional<Map<String, Object>> report() {
        return stories.newestOf("report", 1, 0).stream()
                .findFirst()
                .flatMap(card -> stories.teaser(card.slug()))
                .map(teaser -> {
                    StoryCard card = teaser.card();
                    var shape = new HashMap<>(Shapes.card(card));
                    ReportCover cover = stories.cover(card.id());
                    if (cover.chapters() > 0) shape.put("chapter_count", cover.chapters());
                    // Of its opening alone: what lies beyond the cut is not a sample.
                    Optional.ofNullable(
                                    Jsoup.parseBodyFragment(teaser.opening()).selectFirst(Plot.SELECTOR))
                            .map(figure -> charts.drawn(figure.outerHtml(), card.path(), card.language()))
                            .ifPresent(chart -> shape.put("chart", chart));
                    return shape;
                });
    }

    private List<Map<String, Object>> review() {
        var names = new LinkedHashMap<String, String>();
        industries.all().stream().limit(INDUSTRIES).forEach(industry -> names.put(industry.slug(), industry.name()));
        var posts = new HashMap<String, List<Map<String, Object>>>();
        var shown = new HashSet<Long>();
        for (HomeLists.Filed one : lists.industries(0, List.copyOf(names.keySet()), 4)) {
            List<Map<String, Object>> of = posts.computeIfAbsent(one.industry(), slug -> new ArrayList<>());
            if (of.size() < 2 && shown.add(one.card().id())) of.add(Shapes.card(one.card()));
        }
        return names.entrySet().stream()
                .filter(industry ->
                        !posts.getOrDefault(industry.getKey(), List.of()).isEmpty())
                .map(industry -> Map.<String, Object>of(
                        "name", industry.getValue(), "posts", posts.getOrDefault(industry.getKey(), List.of())))
                .toList();
    }
}
