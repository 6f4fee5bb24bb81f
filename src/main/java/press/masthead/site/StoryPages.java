package press.masthead.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Answer;
import press.masthead.access.Devices;
import press.masthead.access.Meter;
import press.masthead.access.Meters;
import press.masthead.access.Visit;
import press.masthead.access.Whose;
import press.masthead.following.FollowPages;
import press.masthead.following.Following;
import press.masthead.following.Kind;
import press.masthead.following.Subject;
import press.masthead.gifts.GiftPages;
import press.masthead.gifts.Gifts;
import press.masthead.memos.ColleaguePages;
import press.masthead.memos.Memos;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.PageCache;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;
import press.masthead.related.MoreOnThis;
import press.masthead.reports.ChartFigures;
import press.masthead.reports.Reports;
import press.masthead.shelf.ShelfPages;
import press.masthead.stories.MemoNotes;
import press.masthead.stories.ReportCover;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.stories.Teaser;
import press.masthead.themes.Head;
import press.masthead.topics.Country;

/** The page of one story, memo, report or page. What lies beyond the cut is read only for someone who may have it. */
public final class StoryPages {
    private final Site site;
    private final Stories stories;
    private final MoreOnThis moreOnThis;
    private final Meters meters;
    private final Gifts gifts;
    private final FollowPages follow;
    private final ChartFigures chartFigures;
    private final ShelfPages shelf;
    private final Memos memos;
    private final ColleaguePages colleagues;
    private final Reports reports;
    private final Limits limits;
    private final PageCache cache;
    private final Clock clock;
    private final Cache<Long, List<Map<String, Object>>> related = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();
    private final Cache<Long, List<Map<String, Object>>> relatedMemos = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    private final Cache<String, Optional<Map<String, Object>>> promoted = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    public StoryPages(
            Site site,
            Stories stories,
            MoreOnThis moreOnThis,
            Meters meters,
            Gifts gifts,
            FollowPages follow,
            ChartFigures chartFigures,
            ShelfPages shelf,
            Memos memos,
            ColleaguePages colleagues,
            Reports reports,
            Limits limits,
            PageCache cache,
            Clock clock) {
        this.site = site;
        this.stories = stories;
        this.moreOnThis = moreOnThis;
        this.meters = meters;
        this.gifts = gifts;
        this.follow = follow;
        this.chartFigures = chartFigures;
        this.shelf = shelf;
        this.memos = memos;
        this.colleagues = colleagues;
        this.reports = reports;
        this.limits = limits;
        this.cache = cache;
        this.clock = clock;
    }

    /** GET /{slug}/, and ?gift= with a link that a member gave */
    public void story(Context ctx) {
        String slug = ctx.pathParam("slug");
        cache.begin(ctx);
        Optional<Teaser> found = stories.teaser(slug);
        if (found.isEmpty()) {
            String moved = stories.movedTo(slug).orElseThrow(() -> absent(slug));
            String query = ctx.queryString() == null ? "" : "?" + ctx.queryString();
            ctx.redirect("/" + moved + "/" + query, HttpStatus.MOVED_PERMANENTLY);
            return;
        }
        Teaser teaser = found.orElseThrow();
        Instant now = clock.instant();
        // Kept, it would outlive its rule by as long as pages are kept.
        if (teaser.ruleTurnsAt().filter(now.plus(cache.longest())::isAfter).isPresent()) cache.passOver(ctx);
        show(ctx, teaser, reading(ctx, teaser.card(), now));
    }

    /** What one person brings to one story. A look at the count and at the gift changes neither. */
    Reading reading(Context ctx, StoryCard card, Instant now) {
        Meter meter = Meter.OFF;
        if (card.rule().metered()) {
            cache.differsByDevice(ctx);
            meter = meters.look(Whose.of(ctx), card.kind(), card.id(), now);
        }
        Optional<Gifts.Link> gift = Optional.ofNullable(ctx.queryParam("gift")).map(text -> {
            limits.spend("gift:" + Network.of(ctx), 120, Duration.ofHours(1));
            return Secret.read(text)
                    .map(token -> gifts.look(token, card.id(), Devices.of(ctx)))
                    .orElseGet(Gifts.Link.Nothing::new);
        });
        return new Reading(Visit.of(ctx), now, meter, gift);
    }

    /** The page as this reading gets it: for a reader, and for someone of the staff who looks over their shoulder. */
    void show(Context ctx, Teaser teaser, Reading reading) {
        StoryCard card = teaser.card();
        var post = new HashMap<>(Shapes.card(card));
        var context = new HashMap<String, Object>();
        context.put("post", post);
        Answer answer = reading.ask(card.rule());
        String html = switch (answer) {
            case Answer.Open pass -> {
                post.put("access", true);
                reading.note(pass.why()).ifPresent(note -> post.put("reading", note));
                if (GiftPages.mayGive(reading.visit(), card, reading.now())) post.put("can_give", true);
                if (card.kind().equals("memo")) putNotes(post, stories.notes(card.id(), pass));
                yield teaser.cut() ? teaser.opening() + beyond(card, reading.now(), pass) : teaser.opening();
            }
            case Answer.SignIn() -> withhold(post, context, teaser, offer(ctx, reading, "sign-in", card));
            case Answer.Upgrade() -> withhold(post, context, teaser, offer(ctx, reading, "upgrade", card));
            case Answer.Closed() -> withhold(post, context, teaser, offer(ctx, reading, "closed", card));
        };
        post.put("html", chartFigures.drawn(BodyMarkup.shown(html), card.path(), card.language()));
        if (card.kind().equals("report")) putReport(post, card, html, reading);
        furnish(post, context, teaser);
        shelf.beside(ctx, card).ifPresent(beside -> post.put("shelf", beside));
        colleagues.path(ctx, card).ifPresent(path -> post.put("colleague", path));
        if (card.kind().equals("memo")) {
            context.put("memos", relatedMemos.get(card.id(), id -> Shapes.cards(memos.relatedTo(id, 4))));
            if (!(answer instanceof Answer.Open)) post.put("front", front(memos.front(card.id())));
            else if (reading.visit().reader().isPresent() && !post.containsKey("reading"))
                post.put("pdf_url", card.path() + "memo.pdf");
            List<Map<String, Object>> buttons = follow.buttons(ctx, subjects(teaser));
            if (!buttons.isEmpty()) context.put("follows", buttons);
        }
        Head head = head(card, reading.now());
        site.publish(
                ctx,
                template(card),
                context,
                List.of(card.kind().equals("page") ? "page" : "post"),
                reading.gift().isPresent() ? head.notIndexed() : head,
                reading.isEveryones());
    }

    /** What a memo says of itself where its text is held back. */
    private static Map<String, Object> front(Memos.Front front) {
        var map = new HashMap<String, Object>();
        if (!front.answers().isEmpty()) map.put("answers", front.answers());
        if (front.points() > 0) map.put("points", front.points());
        if (front.watch() > 0) map.put("watch", front.watch());
        if (front.sources() > 0) map.put("sources", front.sources());
        return map;
    }

    /** What a memo is filed under, as things to follow. */
    private static List<Subject> subjects(Teaser teaser) {
        StoryCard card = teaser.card();
        var subjects = new ArrayList<Subject>();
        teaser.countries()
                .forEach(code -> Country.of(code).map(Following::subject).ifPresent(subjects::add));
        add(subjects, Kind.TOPIC, card.topicSlugs(), card.topicNames());
        add(subjects, Kind.INDUSTRY, teaser.industrySlugs(), teaser.industryNames());
        add(subjects, Kind.AUTHOR, card.authorSlugs(), card.authorNames());
        return subjects;
    }

    private static void add(List<Subject> subjects, Kind kind, List<String> slugs, List<String> names) {
        for (int i = 0; i < slugs.size(); i++) subjects.add(new Subject(kind, slugs.get(i), names.get(i)));
    }

    private String beyond(StoryCard card, Instant now, Answer.Open pass) {
        String rest = stories.rest(card.id(), pass);
        return card.rule().isFree(now) ? rest : BodyMarkup.paywalled(rest);
    }

    /** A story that was published and taken back is gone for good as far as readers and search engines are concerned. */
    private Problem absent(String slug) {
        return stories.isWithdrawn(slug)
                ? Problem.gone("This story was withdrawn.")
                : Problem.notFound("There is no story at this address.");
    }

    /** A gift's button sends the link's secret on, which the page's own address holds already. */
    private static Map<String, Object> offer(Context ctx, Reading reading, String state, StoryCard card) {
        Map<String, Object> offer = reading.offer(state, card);
        if (offer.containsKey("gift")) offer.put("token", String.valueOf(ctx.queryParam("gift")));
        return offer;
    }

    /** Leaves the opening, and says what the rest asks of the reader. */
    private static String withhold(
            Map<String, Object> post, Map<String, Object> context, Teaser teaser, Map<String, Object> offer) {
        post.put("access", false);
        context.put("offer", offer);
        post.put("offer", offer);
        return teaser.opening();
    }

    private static void putNotes(Map<String, Object> post, MemoNotes notes) {
        if (!notes.keyPoints().isEmpty()) post.put("key_points", notes.keyPoints());
        if (!notes.watch().isEmpty()) post.put("watch", notes.watch());
        if (!notes.sources().isEmpty()) post.put("sources", notes.sources());
        notes.confidence().filter(level -> !level.isBlank()).ifPresent(level -> post.put("confidence", level));
        notes.confidenceWhy().filter(why -> !why.isBlank()).ifPresent(why -> post.put("confidence_why", why));
    }

    /** A report's cover, what is inside it, and the way through the chapters that this reader has before them. */
    private void putReport(Map<String, Object> post, StoryCard card, String html, Reading reading) {
        ReportCover cover = stories.cover(card.id());
        Shapes.unlessEmpty(post, "subtitle", cover.subtitle());
        if (post.containsKey("feature_image")) {
            Shapes.unlessEmpty(post, "feature_image_caption", cover.caption());
            Shapes.unlessEmpty(post, "feature_image_credit", cover.credit());
        }
        Reports.Inside inside = reports.inside(card.id());
        if (cover.chapters() > 0) post.put("chapter_count", cover.chapters());
        if (cover.tables() > 0) post.put("table_count", cover.tables());
        if (inside.charts() > 0) post.put("chart_count", inside.charts());
        if (inside.pages() > 0) post.put("page_count", inside.pages());
        List<Map<String, Object>> chapters = BodyMarkup.chapters(html);
        if (!chapters.isEmpty()) post.put("chapters", chapters);
        if (inside.contents().size() > chapters.size())
            post.put(
                    "chapters_beyond",
                    inside.contents().subList(chapters.size(), inside.contents().size()));
        if (ReportPages.byRight(reading.visit(), card.rule(), reading.now()) instanceof Answer.Open)
            post.put("pdf_url", card.path() + "report.pdf");
    }

    private void furnish(Map<String, Object> post, Map<String, Object> context, Teaser teaser) {
        StoryCard card = teaser.card();
        if (!card.dateline().isEmpty()) post.put("dateline", card.dateline());
        if (card.updatedAt().isAfter(card.publishedAt().plusSeconds(60))) post.put("updated_at", card.updatedAt());
        var corrections = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < teaser.correctionTexts().size(); i++)
            corrections.add(Map.of(
                    "text",
                    teaser.correctionTexts().get(i),
                    "at",
                    teaser.correctionTimes().get(i)));
        if (!corrections.isEmpty()) post.put("corrections", corrections);
        if (!teaser.industrySlugs().isEmpty())
            post.put("industries", Shapes.links(teaser.industryNames(), teaser.industrySlugs(), "/industry/"));
        if (!teaser.countries().isEmpty())
            post.put(
                    "countries",
                    teaser.countries().stream()
                            .flatMap(code -> Country.of(code).stream())
                            .map(country -> Shapes.country(country, card.language()))
                            .toList());
        var named = stories.namedIn(card.id()).stream()
                .map(one -> Shapes.entity(one.name(), one.slug()))
                .toList();
        if (!named.isEmpty()) post.put("named", named);
        if (card.kind().equals("page")) return;
        if (!card.kind().equals("report"))
            card.topicSlugs().stream()
                    .flatMap(topic ->
                            promoted.get(topic, slug -> reports.shownUnder(slug).map(Shapes::card)).stream())
                    .findFirst()
                    .ifPresent(report -> context.put("report", report));
        context.put("related", related.get(card.id(), id -> Shapes.cards(moreOnThis.under(id))));
        card.topicSlugs().stream()
                .findFirst()
                .flatMap(site::newsletterFor)
                .ifPresent(newsletter -> context.put("newsletter", newsletter));
    }

    /** Forgets which stories stand near which, and which report a topic shows; called when something was published. */
    public void forget() {
        related.invalidateAll();
        relatedMemos.invalidateAll();
        promoted.invalidateAll();
    }

    private String template(StoryCard card) {
        return switch (card.kind()) {
            case "memo" -> site.theme().storyTemplate(card.slug(), Optional.of("custom-memo"));
            case "report" -> site.theme().storyTemplate(card.slug(), Optional.of("custom-report"));
            case "page" -> site.theme().pageTemplate(card.slug(), Optional.empty());
            default -> site.theme().storyTemplate(card.slug(), Optional.empty());
        };
    }

    private Head head(StoryCard card, Instant now) {
        String base = site.url();
        var settings = site.settings();
        var authors = new ArrayList<Head.Person>();
        for (int i = 0; i < card.authorNames().size(); i++)
            authors.add(new Head.Person(
                    card.authorNames().get(i),
                    base + "/author/" + card.authorSlugs().get(i) + "/"));
        var article = new Head.Article(
                card.title(),
                card.publishedAt(),
                card.updatedAt(),
                card.topicNames().isEmpty() ? "" : card.topicNames().getFirst(),
                card.topicNames(),
                authors,
                card.rule().isFree(now),
                site.logo());
        Head head = site.head(base + card.path(), card.language(), card.title(), card.standfirst())
                .withFeeds(site.feeds(settings.name(), "/"));
        if (!card.kind().equals("page")) head = head.withArticle(article);
        if (card.pictureName().isEmpty()) return head;
        return head.withPicture(new Head.Picture(
                base + "/content/images/size/w1000/" + card.pictureName().orElseThrow(),
                1000,
                1000 * card.pictureHeight().orElse(1000) / card.pictureWidth().orElse(1600),
                card.pictureAlt().orElse("")));
    }
}
