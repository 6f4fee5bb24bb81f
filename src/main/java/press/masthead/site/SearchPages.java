package press.masthead.site;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import press.masthead.access.Answer;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.authors.Authors;
import press.masthead.industries.Industries;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Network;
import press.masthead.search.Excerpt;
import press.masthead.search.Hit;
import press.masthead.search.Search;
import press.masthead.search.SearchAway;
import press.masthead.search.Wanted;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.topics.Topics;

/** Search: one box for everyone, over what each may read. */
public final class SearchPages {
    private static final int LIMIT = 20;
    private static final int SUGGESTED = 6;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Site site;
    private final Search search;
    private final Stories stories;
    private final Occasions occasions;
    private final Topics topics;
    private final Industries industries;
    private final Authors authors;
    private final Limits limits;
    private final Clock clock;

    public SearchPages(
            Site site,
            Search search,
            Stories stories,
            Occasions occasions,
            Topics topics,
            Industries industries,
            Authors authors,
            Limits limits,
            Clock clock) {
        this.site = site;
        this.search = search;
        this.stories = stories;
        this.occasions = occasions;
        this.topics = topics;
        this.industries = industries;
        this.authors = authors;
        this.limits = limits;
        this.clock = clock;
    }

    /** GET /search/?q= */
    public void search(Context ctx) {
        var form = SearchForm.of(ctx);
        var context = new HashMap<String, Object>();
        context.put("query", form.query());
        context.put("title", form.query().isEmpty() ? "Search" : "Search: " + form.query());
        context.put("narrow", narrow(form));
        Found found = new Found(List.of(), 0, State.WELL);
        if (!form.query().isEmpty()) {
            limits.spend("search:" + Network.of(ctx), 60, MINUTE);
            found = found(form, Visit.of(ctx), clock.instant());
            if (found.total < 3 && found.state == State.WELL && form.page() == 1)
                search.spelledBetter(form.query())
                        .ifPresent(
                                better -> context.put("better", Map.of("query", better, "url", form.address(better))));
            if (form.page() == 1) {
                var named = named(form.query().toLowerCase(Locale.ROOT));
                if (!named.isEmpty()) context.put("topics", named);
            }
        }
        context.put("posts", found.posts);
        boolean more = form.page() * LIMIT < found.total;
        var pagination = Shapes.pagination(form.page(), more ? form.page() + 1 : form.page(), found.total, LIMIT);
        pagination.put("url_pattern", form.address(form.query()) + "&page={page}");
        context.put("pagination", pagination);
        switch (found.state) {
            case WELL -> {}
            case PREPARING -> context.put("preparing", true);
            case AWAY -> {
                context.put("away", true);
                ctx.header("Retry-After", "60");
            }
        }
        site.show(ctx, found.state == State.AWAY ? 503 : 200, "custom-search", context);
    }

    /** GET /search/suggest?q= : headlines, sections and authors that begin like this, as JSON. */
    public void suggest(Context ctx) {
        String typed = SearchForm.of(ctx).query();
        ctx.header("Cache-Control", "private, max-age=60");
        if (typed.length() < 2) {
            ctx.json(List.of());
            return;
        }
        limits.spend("suggest:" + Network.of(ctx), 240, MINUTE);
        var suggested = new ArrayList<Map<String, Object>>();
        named(typed.toLowerCase(Locale.ROOT)).stream()
                .limit(3)
                .forEach(named ->
                        suggested.add(Map.of("text", named.get("name"), "url", named.get("url"), "section", true)));
        List<Long> begin = search.beginningWith(typed, SUGGESTED);
        var links = occasions.links(begin);
        for (StoryCard card : stories.cards(begin))
            links.put(card.id(), Map.of("text", card.title(), "url", card.path(), "section", false));
        begin.stream().map(links::get).filter(Objects::nonNull).forEach(suggested::add);
        ctx.json(suggested);
    }

    /** Of what is asked: an index, the database while there is none yet, or nothing for the moment. */
    private enum State {
        WELL,
        PREPARING,
        AWAY
    }

    private record Found(List<Map<String, Object>> posts, int total, State state) {}

    private Found found(SearchForm form, Visit visit, Instant now) {
        var wanted = new Wanted(
                form.query(),
                List.of(),
                form.narrowed(site.settings().zone()),
                visit.standing(),
                now,
                form.order(),
                200);
        try {
            return search.find(wanted)
                    .map(hits -> new Found(
                            posts(page(hits, form.page()), form.query(), visit, now), hits.size(), State.WELL))
                    .orElseGet(() -> unindexed(form));
        } catch (SearchAway e) {
            return new Found(List.of(), 0, State.AWAY);
        }
    }

    /** While the first index is being made, the database finds words, a little worse. */
    private Found unindexed(SearchForm form) {
        var cards = stories.search(form.query(), LIMIT + 1, (form.page() - 1) * LIMIT);
        return new Found(
                Shapes.cards(cards.subList(0, Math.min(LIMIT, cards.size()))),
                (form.page() - 1) * LIMIT + cards.size(),
                State.PREPARING);
    }

    private static List<Hit> page(List<Hit> hits, int page) {
        int from = Math.min(hits.size(), (page - 1) * LIMIT);
        return hits.subList(from, Math.min(hits.size(), from + LIMIT));
    }

    /** Each with the sentence that was found, out of what this reader may read. */
    private List<Map<String, Object>> posts(List<Hit> hits, String typed, Visit visit, Instant now) {
        var cards = stories.cards(hits.stream().map(Hit::piece).toList());
        var openings = stories.openings(cards.stream().map(StoryCard::id).toList());
        var passes = new HashMap<Long, Answer.Open>();
        for (StoryCard card : cards)
            if (Paywall.ask(visit.standing(), card.rule(), now, Meter.OFF, Gift.NONE) instanceof Answer.Open open)
                passes.put(card.id(), open);
        var rests = stories.rests(passes);
        var byPiece = hits.stream().collect(Collectors.toMap(Hit::piece, hit -> hit, (one, other) -> one));
        Map<Long, Map<String, Object>> posts = occasions.posts(hits, typed, visit);
        cards.forEach(card -> {
            var post = Shapes.card(card);
            var excerpt = Excerpt.of(
                    Optional.ofNullable(byPiece.get(card.id())),
                    card.standfirst(),
                    openings.getOrDefault(card.id(), ""),
                    rests.getOrDefault(card.id(), ""),
                    typed,
                    card.language());
            if (!excerpt.isEmpty())
                post.put(
                        "excerpt_runs",
                        excerpt.stream()
                                .map(run -> Map.of("text", run.text(), "marked", run.marked()))
                                .toList());
            posts.put(card.id(), post);
        });
        return hits.stream()
                .map(hit -> posts.get(hit.piece()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The form's choices, with those that are made. */
    private Map<String, Object> narrow(SearchForm form) {
        var narrow = new HashMap<String, Object>();
        narrow.put("open", form.isNarrow());
        narrow.put(
                "kinds",
                choices(SearchForm.KINDS.stream().map(kind -> Map.of("slug", kind, "name", kind)), form, "kind"));
        narrow.put("topics", choices(topics.all().stream().map(Shapes::topic), form, "topic"));
        narrow.put("industries", choices(industries.all().stream().map(Shapes::industry), form, "industry"));
        for (String name : List.of("from", "to", "country", "author", "order"))
            if (form.fields().containsKey(name)) narrow.put(name, form.fields().get(name));
        return narrow;
    }

    private static List<Map<String, Object>> choices(
            Stream<? extends Map<String, ? extends Object>> all, SearchForm form, String field) {
        String chosen = form.fields().getOrDefault(field, "");
        return all.map(one -> Map.<String, Object>of(
                        "slug", one.get("slug"), "name", one.get("name"), "chosen", chosen.equals(one.get("slug"))))
                .toList();
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
}
