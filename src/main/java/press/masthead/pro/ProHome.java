package press.masthead.pro;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.industries.IndustryRanks;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Reader;
import press.masthead.reviews.Reviews;
import press.masthead.shelf.Bookmarks;
import press.masthead.site.Shapes;
import press.masthead.stories.Stories;

/** /pro/: a member's own front page; for everyone else, and where a plan is asked for, the page that sells it. */
public final class ProHome {
    private static final int INDUSTRIES = 6;
    private static final int EACH = 4;
    private static final int FOLLOWED = 8;
    private static final int SAVED = 5;
    private static final int REPORTS = 2;

    private final HomeLists lists;
    private final IndustryRanks ranks;
    private final Bookmarks bookmarks;
    private final Reviews reviews;
    private final Stories stories;
    private final Supplier<ZoneId> zone;
    private final Handler plan;
    private final PublicPages pages;

    /** @param plan the page that sells */
    public ProHome(
            Jdbi jdbi,
            IndustryRanks ranks,
            Bookmarks bookmarks,
            Reviews reviews,
            Stories stories,
            Supplier<ZoneId> zone,
            Handler plan,
            PublicPages pages) {
        lists = new HomeLists(jdbi);
        this.ranks = ranks;
        this.bookmarks = bookmarks;
        this.reviews = reviews;
        this.stories = stories;
        this.zone = zone;
        this.plan = plan;
        this.pages = pages;
    }

    /** GET /pro/ */
    public void home(Context ctx) throws Exception {
        Visit visit = Visit.of(ctx);
        Optional<Reader> reader = visit.reader();
        boolean member = Paywall.ask(visit.standing(), Audience.MEMBER) instanceof Answer.Open;
        if (reader.isPresent() && member && ctx.queryString() == null) show(ctx, reader.get());
        else plan.handle(ctx);
    }

    private void show(Context ctx, Reader reader) {
        IndustryRanks.Ranking ranking = ranks.counting(reader.id());
        boolean chosen = ranking.whose() != IndustryRanks.Whose.NOBODY;
        List<IndustryRanks.Ranked> industries = ranking.industries().stream()
                .filter(industry -> !chosen || industry.rank() > 0)
                .limit(INDUSTRIES)
                .toList();
        var context = new HashMap<String, Object>(Map.of("title", "Your front page", "ranked", chosen));
        if (!reader.name().isBlank()) context.put("name", reader.name().strip().split("\\s")[0]);
        Set<Long> shown = new HashSet<>();
        context.put("blocks", blocks(reader, industries, shown));
        context.put(
                "following",
                lists.followed(reader.id(), FOLLOWED).stream()
                        .map(piece -> shape(Shapes.card(piece.card()), piece.seen()))
                        .toList());
        context.put(
                "saved",
                bookmarks.of(reader.id(), SAVED).stream()
                        .map(saved -> shape(Shapes.card(saved.card()), saved.seen()))
                        .toList());
        context.put("reports", Shapes.cards(stories.newestOf("report", REPORTS, 0)));
        reviews.days(reader.id(), 1).stream()
                .findFirst()
                .flatMap(day -> review(reader, day))
                .ifPresent(review -> context.put("review", review));
        pages.show(ctx, 200, "custom-pro-home", context);
    }

    /** Four of each industry; what stands under one does not stand under the next again. */
    private List<Map<String, Object>> blocks(Reader reader, List<IndustryRanks.Ranked> industries, Set<Long> shown) {
        var filed = new LinkedHashMap<String, List<Map<String, Object>>>();
        List<String> slugs = industries.stream().map(IndustryRanks.Ranked::slug).toList();
        for (HomeLists.Filed one : lists.industries(reader.id(), slugs, 2 * EACH)) {
            List<Map<String, Object>> posts = filed.computeIfAbsent(one.industry(), slug -> new ArrayList<>());
            if (posts.size() < EACH && shown.add(one.card().id()))
                posts.add(shape(Shapes.card(one.card()), one.seen()));
        }
        return industries.stream()
                .map(industry -> Map.<String, Object>of(
                        "name", industry.name(),
                        "slug", industry.slug(),
                        "url", "/industry/" + industry.slug() + "/",
                        "posts", filed.getOrDefault(industry.slug(), List.of())))
                .toList();
    }

    private Optional<Map<String, Object>> review(Reader reader, LocalDate day) {
        return reviews.sent(reader.id(), day).map(sent -> {
            List<Map<String, Object>> posts = sent.blocks().stream()
                    .flatMap(block -> block.cards().stream())
                    .limit(3)
                    .map(Shapes::card)
                    .toList();
            return Map.of(
                    "day",
                    day.atStartOfDay(zone.get()).toInstant(),
                    "url",
                    "/pro/review/" + day + "/",
                    "length",
                    sent.length(),
                    "posts",
                    posts);
        });
    }

    private static Map<String, Object> shape(Map<String, Object> card, boolean seen) {
        card.put("seen", seen);
        return card;
    }
}
