package press.masthead.site;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.PageCache;
import press.masthead.readership.Readership;
import press.masthead.reports.Reports;
import press.masthead.search.Openings;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.themes.Head;
import press.masthead.topics.Topic;
import press.masthead.topics.Topics;

/** The front page: a lead, what stands around it, then each topic's best of what is left. Nothing stands there twice. */
public final class FrontPage {
    private static final int POOL = 32;

    /** The lead and what stands around it. */
    private static final int TOP = 10;

    private static final int PER_TOPIC = 4;
    private static final int LATEST = 8;
    private static final int MOST_READ = 5;
    private static final int DAYS_READ = 2;

    /** So near two stories' openings are when they tell the same news, if they came out within these days of each other. */
    private static final double RETOLD = 0.8;

    private static final Duration RETOLD_WITHIN = Duration.ofDays(3);

    private final Site site;
    private final Jdbi jdbi;
    private final Stories stories;
    private final Reports reports;
    private final Topics topics;
    private final Readership readership;
    private final PageCache cache;

    public FrontPage(
            Site site,
            Jdbi jdbi,
            Stories stories,
            Reports reports,
            Topics topics,
            Readership readership,
            PageCache cache) {
        this.site = site;
        this.jdbi = jdbi;
        this.stories = stories;
        this.reports = reports;
        this.topics = topics;
        this.readership = readership;
        this.cache = cache;
    }

    /** GET / */
    public void front(Context ctx) {
        cache.begin(ctx);
        var context = new HashMap<String, Object>();
        var shown = new Shown();
        List<StoryCard> newest = leadFirst(eachNewsFirst(stories.newestOf("article", POOL, 0)));
        int top = Math.min(TOP, newest.size());
        List<StoryCard> rest = newest.subList(top, newest.size());
        context.put(
                "posts",
                Stream.concat(shown.take(newest.subList(0, top)).stream(), Shapes.cards(rest).stream())
                        .toList());
        context.put("memos", shown.take(stories.newestOf("memo", 4, 0)));
        List<StoryCard> reports = this.reports.onTheFront(2);
        reports.forEach(shown::note);
        context.put("reports", Shapes.cards(reports));
        context.put("sections", sections(shown));
        context.put(
                "latest",
                shown.take(rest.stream().filter(shown::isNew).limit(LATEST).toList()));
        List<StoryCard> read = readership.mostRead(DAYS_READ, MOST_READ);
        if (read.size() == MOST_READ) context.put("most_read", Shapes.cards(read));
        Head head = site.head(ctx, "")
                .withFeeds(site.feeds(site.settings().name(), "/"))
                .withSite(new Head.Site(site.logo(), site.url() + "/search/?q={search_term_string}"));
        site.publish(ctx, site.theme().frontTemplate(1), context, List.of("home", "index"), head);
    }

    private List<Map<String, Object>> sections(Shown shown) {
        var sections = new ArrayList<Map<String, Object>>();
        for (Topic topic : topics.all()) {
            List<StoryCard> fresh = best(topic, shown);
            if (!fresh.isEmpty())
                sections.add(Map.of("tag", Shapes.topic(topic), "posts", shown.take(shown.picturedFirst(fresh))));
        }
        return sections;
    }

    /** What is filed under the topic first; where that is little, what touches it fills the row. */
    private List<StoryCard> best(Topic topic, Shown shown) {
        List<StoryCard> fresh = stories.underTopic(topic.slug(), POOL, 0).stream()
                .filter(shown::isNew)
                .toList();
        List<StoryCard> own = fresh.stream()
                .filter(card -> card.topicSlugs().getFirst().equals(topic.slug()))
                .limit(PER_TOPIC)
                .toList();
        var others = fresh.stream().filter(card -> !own.contains(card));
        return Stream.concat(own.stream(), others.limit(Math.max(0, 3 - own.size())))
                .toList();
    }

    /** What tells the same news as a newer story goes behind all others, unless an editor picked it. */
    private List<StoryCard> eachNewsFirst(List<StoryCard> newest) {
        var openings = jdbi.withHandle(
                handle -> Openings.of(handle, newest.stream().map(StoryCard::id).toList()));
        var told = new ArrayList<StoryCard>();
        var retold = new ArrayList<StoryCard>();
        for (StoryCard card : newest) {
            boolean again = !card.featured() && told.stream().anyMatch(other -> isRetold(openings, card, other));
            (again ? retold : told).add(card);
        }
        return Stream.concat(told.stream(), retold.stream()).toList();
    }

    private static boolean isRetold(Openings openings, StoryCard card, StoryCard other) {
        return Duration.between(card.publishedAt(), other.publishedAt()).abs().compareTo(RETOLD_WITHIN) <= 0
                && openings.likeness(card.id(), other.id()).orElse(0) >= RETOLD;
    }

    /** An editor's pick of the last day leads; otherwise the newest does. */
    private static List<StoryCard> leadFirst(List<StoryCard> newest) {
        return newest.stream()
                .limit(12)
                .filter(card -> card.featured() && card.pictureName().isPresent())
                .findFirst()
                .map(lead -> first(lead, newest))
                .orElse(newest);
    }

    private static List<StoryCard> first(StoryCard lead, List<StoryCard> cards) {
        return Stream.concat(Stream.of(lead), cards.stream().filter(card -> card != lead))
                .toList();
    }

    /** What stands higher up the page: a story filed under three topics is seen once, and so is a picture of two stories. */
    private static final class Shown {
        private final Set<Long> stories = new HashSet<>();
        private final Set<String> pictures = new HashSet<>();

        boolean isNew(StoryCard card) {
            return !stories.contains(card.id());
        }

        /** Remembers the story; false when its picture has been seen. */
        boolean note(StoryCard card) {
            stories.add(card.id());
            return card.pictureName().map(pictures::add).orElse(true);
        }

        List<Map<String, Object>> take(List<StoryCard> cards) {
            return cards.stream()
                    .map(card -> {
                        Map<String, Object> shape = Shapes.card(card);
                        if (!note(card)) shape.keySet().removeIf(key -> key.startsWith("feature_image"));
                        return shape;
                    })
                    .toList();
        }

        /** The first that brings a picture of its own comes first. */
        List<StoryCard> picturedFirst(List<StoryCard> cards) {
            return cards.stream()
                    .filter(card -> card.pictureName()
                            .filter(name -> !pictures.contains(name))
                            .isPresent())
                    .findFirst()
                    .map(card -> first(card, cards))
                    .orElse(cards);
        }
    }
}
