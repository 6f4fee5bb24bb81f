package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import press.masthead.authors.Author;
import press.masthead.authors.Authors;
import press.masthead.following.FollowPages;
import press.masthead.following.Following;
import press.masthead.following.Kind;
import press.masthead.following.Subject;
import press.masthead.industries.Industries;
import press.masthead.industries.Industry;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.PageCache;
import press.masthead.platform.web.Problem;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.subscriptions.NewsletterHub;
import press.masthead.tagging.Entities;
import press.masthead.tagging.Entity;
import press.masthead.themes.Head;
import press.masthead.topics.Country;
import press.masthead.topics.Topic;
import press.masthead.topics.Topics;

/** Every list that is read page by page: topics, industries, countries, authors, memos, reports. */
public final class ListPages {
    private final Site site;
    private final Stories stories;
    private final Topics topics;
    private final Industries industries;
    private final Entities entities;
    private final Authors authors;
    private final Newsletters newsletters;
    private final FollowPages follow;
    private final NewsletterHub hub;
    private final PageCache cache;

    public ListPages(
            Site site,
            Stories stories,
            Topics topics,
            Industries industries,
            Entities entities,
            Authors authors,
            Newsletters newsletters,
            NewsletterHub hub,
            FollowPages follow,
            PageCache cache) {
        this.site = site;
        this.stories = stories;
        this.topics = topics;
        this.industries = industries;
        this.entities = entities;
        this.authors = authors;
        this.newsletters = newsletters;
        this.follow = follow;
        this.hub = hub;
        this.cache = cache;
    }

    /** GET /page/{page}/ */
    public void later(Context ctx) {
        list(ctx, "index", new HashMap<>(), List.of("index", "paged"), site.head(ctx, ""), stories::newest);
    }

    /** GET /topic/{slug}/ and /topic/{slug}/page/{page}/ */
    public void topic(Context ctx) {
        Optional<Topic> found = topics.bySlug(ctx.pathParam("slug"));
        if (found.isEmpty()) {
            elsewhere(ctx, "topic", topics.movedTo(ctx.pathParam("slug")));
            return;
        }
        Topic topic = found.get();
        var tag = new HashMap<>(Shapes.topic(topic));
        tag.put("kind", "topic");
        tag.put("feed", "/topic/" + topic.slug() + "/rss/");
        var context = new HashMap<String, Object>(Map.of("tag", tag));
        putFollow(ctx, context, new Subject(Kind.TOPIC, topic.slug(), topic.name()));
        newsletters.forTopic(topic.slug()).ifPresent(letter -> context.put("newsletter", Shapes.newsletter(letter)));
        Head head = site.head(ctx, topic.name(), topic.description())
                .withFeeds(site.feeds(topic.name(), "/topic/" + topic.slug() + "/"));
        list(
                ctx,
                site.theme().topicTemplate(topic.slug()),
                context,
                List.of("tag"),
                head,
                (most, skip) -> stories.underTopic(topic.slug(), most, skip));
    }

    /** GET /industry/{slug}/ and /industry/{slug}/page/{page}/ */
    public void industry(Context ctx) {
        Optional<Industry> found = industries.bySlug(ctx.pathParam("slug"));
        if (found.isEmpty()) {
            elsewhere(ctx, "industry", industries.movedTo(ctx.pathParam("slug")));
            return;
        }
        Industry industry = found.get();
        var tag = new HashMap<>(Shapes.industry(industry));
        tag.put("kind", "industry");
        tag.put("feed", "/industry/" + industry.slug() + "/rss/");
        industry.editorSlug().flatMap(authors::bySlug).ifPresent(editor -> tag.put("editor", Shapes.author(editor)));
        if (industry.retired()) tag.put("retired", true);
        var context = new HashMap<String, Object>(Map.of("tag", tag));
        putFollow(ctx, context, new Subject(Kind.INDUSTRY, industry.slug(), industry.name()));
        industry.newsletter()
                .flatMap(newsletters::bySlug)
                .filter(Newsletter::active)
                .ifPresent(letter -> context.put("letter", letter(ctx, letter)));
        list(
                ctx,
                site.theme().topicTemplate(industry.slug()),
                context,
                List.of("tag"),
                site.head(ctx, industry.name(), industry.description())
                        .withFeeds(site.feeds(industry.name(), "/industry/" + industry.slug() + "/")),
                (most, skip) -> stories.underIndustry(industry.slug(), most, skip));
    }

    private Map<String, Object> letter(Context ctx, Newsletter letter) {
        var map = new HashMap<>(Shapes.newsletter(letter));
        map.put("named", true);
        map.put("active", true);
        map.putAll(NewsletterPages.standing(ctx, hub, letter.slug()));
        return map;
    }

    /** GET /author/{slug}/ and /author/{slug}/page/{page}/ */
    public void author(Context ctx) {
        Optional<Author> found = authors.bySlug(ctx.pathParam("slug"));
        if (found.isEmpty()) {
            elsewhere(ctx, "author", authors.movedTo(ctx.pathParam("slug")));
            return;
        }
        Author author = found.get();
        var person = Shapes.author(author);
        person.put("feed", "/author/" + author.slug() + "/rss/");
        var context = new HashMap<String, Object>(Map.of("author", person));
        putFollow(ctx, context, new Subject(Kind.AUTHOR, author.slug(), author.name()));
        list(
                ctx,
                site.theme().authorTemplate(author.slug()),
                context,
                List.of("author"),
                site.head(ctx, author.name(), author.bio())
                        .withFeeds(site.feeds(author.name(), "/author/" + author.slug() + "/")),
                (most, skip) -> stories.by(author.slug(), most, skip));
    }

    /** GET /country/{slug}/ and /country/{slug}/page/{page}/ */
    public void country(Context ctx) {
        Country country = Country.of(ctx.pathParam("slug"))
                .filter(known -> known.slug().equals(ctx.pathParam("slug")))
                .orElseThrow(() -> Problem.notFound("There is no country at this address."));
        var tag = new HashMap<>(Shapes.country(country, site.settings().language()));
        String name = country.name(site.settings().language());
        tag.put("kind", "country");
        var context = new HashMap<String, Object>(Map.of("tag", tag));
        putFollow(ctx, context, Following.subject(country));
        list(
                ctx,
                site.theme().topicTemplate(country.slug()),
                context,
                List.of("tag"),
                site.head(ctx, name),
                (most, skip) -> stories.about(country.code(), most, skip));
    }

    /** GET /who/{slug}/ and /who/{slug}/page/{page}/: a person or an organisation, and the stories that name it */
    public void named(Context ctx) {
        Optional<Entity> found = entities.bySlug(ctx.pathParam("slug"));
        if (found.isEmpty()) {
            elsewhere(ctx, "who", entities.movedTo(ctx.pathParam("slug")));
            return;
        }
        Entity entity = found.get();
        Map<String, Object> tag = Shapes.entity(entity.name(), entity.slug());
        tag.put("kind", entity.kind());
        if (!entity.description().isBlank()) tag.put("description", entity.description());
        boolean empty = stories.naming(entity.slug(), 1, 0).isEmpty();
        Head head = site.head(ctx, entity.name(), entity.description())
                .withSubject(new Head.Subject(entity.type(), entity.name()));
        list(
                ctx,
                "tag",
                new HashMap<>(Map.of("tag", tag)),
                List.of("tag"),
                empty ? head.notIndexed() : head,
                (most, skip) -> stories.naming(entity.slug(), most, skip));
    }

    private void putFollow(Context ctx, Map<String, Object> context, Subject subject) {
        follow.button(ctx, subject).ifPresent(button -> context.put("follow", button));
    }

    /** A page whose address was changed is found at its new one. */
    private static void elsewhere(Context ctx, String what, Optional<String> slug) {
        String now = slug.orElseThrow(() -> Problem.notFound("There is no " + what + " at this address."));
        ctx.redirect("/" + what + "/" + now + "/", HttpStatus.MOVED_PERMANENTLY);
    }

    /** GET /memos/ and /memos/page/{page}/ */
    public void memos(Context ctx) {
        kind(
                ctx,
                "memo",
                "Memos",
                "Short analysis for people who must decide, each with its sources and how sure we are.");
    }

    /** GET /reports/ and /reports/page/{page}/ */
    public void reports(Context ctx) {
        kind(ctx, "report", "Trend reports", "Long readings of one question, with the figures behind them.");
    }

    private void kind(Context ctx, String kind, String title, String description) {
        var context = new HashMap<String, Object>(Map.of("title", title, "description", description, "kind", kind));
        list(
                ctx,
                "custom-list",
                context,
                List.of("page"),
                site.head(ctx, title, description),
                (most, skip) -> stories.newestOf(kind, most, skip));
    }

    /** Reads one further than the page holds, so that it knows of a next page without counting them all. */
    private void list(
            Context ctx,
            String template,
            Map<String, Object> context,
            List<String> place,
            Head head,
            BiFunction<Integer, Integer, List<StoryCard>> read) {
        cache.begin(ctx);
        int limit = site.theme().postsPerPage();
        int page = page(ctx);
        List<StoryCard> cards = read.apply(limit + 1, (page - 1) * limit);
        if (cards.isEmpty() && page > 1) throw Problem.notFound("This list has no such page.");
        boolean more = cards.size() > limit;
        int pages = more ? page + 1 : page;
        context.put("posts", Shapes.cards(more ? cards.subList(0, limit) : cards));
        context.put("pagination", Shapes.pagination(page, pages, (page - 1) * limit + cards.size(), limit));
        site.publish(ctx, template, context, place, head);
    }

    static int page(Context ctx) {
        String text = ctx.pathParamMap().getOrDefault("page", "1");
        if (!text.matches("[1-9]\\d{0,4}")) throw Problem.notFound("This list has no such page.");
        return Integer.parseInt(text);
    }
}
