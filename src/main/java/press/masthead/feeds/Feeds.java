package press.masthead.feeds;

import com.rometools.rome.feed.module.DCModuleImpl;
import com.rometools.rome.feed.synd.SyndCategoryImpl;
import com.rometools.rome.feed.synd.SyndContentImpl;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndEntryImpl;
import com.rometools.rome.feed.synd.SyndFeedImpl;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedOutput;
import io.javalin.http.Context;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import press.masthead.platform.web.Problem;
import press.masthead.publication.Publication;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.topics.Topic;
import press.masthead.topics.Topics;

/** RSS 2.0 of the whole publication and of each topic: headline, standfirst and address, never a body. */
public final class Feeds {
    private static final int MOST = 40;

    private final Stories stories;
    private final Topics topics;
    private final Publication publication;
    private final Supplier<String> url;

    public Feeds(Stories stories, Topics topics, Publication publication, Supplier<String> url) {
        this.stories = stories;
        this.topics = topics;
        this.publication = publication;
        this.url = url;
    }

    /** GET /rss/ */
    public void all(Context ctx) {
        write(ctx, publication.settings().name(), publication.settings().description(), "/", stories.newest(MOST, 0));
    }

    /** GET /topic/{slug}/rss/ */
    public void topic(Context ctx) {
        Topic topic = topics.bySlug(ctx.pathParam("slug"))
                .orElseThrow(() -> Problem.notFound("There is no topic at this address."));
        write(
                ctx,
                publication.settings().name() + ": " + topic.name(),
                topic.description(),
                "/topic/" + topic.slug() + "/",
                stories.underTopic(topic.slug(), MOST, 0));
    }

    private void write(Context ctx, String title, String description, String path, List<StoryCard> cards) {
        var feed = new SyndFeedImpl();
        feed.setFeedType("rss_2.0");
        feed.setTitle(title);
        feed.setDescription(description.isEmpty() ? title : description);
        feed.setLink(url.get() + path);
        feed.setLanguage(publication.settings().language());
        if (!cards.isEmpty()) feed.setPublishedDate(Date.from(cards.getFirst().publishedAt()));
        feed.setEntries(cards.stream().map(this::entry).toList());
        try {
            ctx.contentType("application/rss+xml; charset=utf-8")
                    .header("Cache-Control", "public, max-age=60")
                    .result(new SyndFeedOutput().outputString(feed));
        } catch (FeedException e) {
            throw new IllegalStateException(e);
        }
    }

    private SyndEntry entry(StoryCard card) {
        var entry = new SyndEntryImpl();
        entry.setTitle(card.title());
        entry.setLink(url.get() + card.path());
        entry.setUri(url.get() + card.path());
        entry.setPublishedDate(Date.from(card.publishedAt()));
        entry.setAuthor(String.join(", ", card.authorNames()));
        var standfirst = new SyndContentImpl();
        standfirst.setType("text/plain");
        standfirst.setValue(card.standfirst());
        entry.setDescription(standfirst);
        entry.setCategories(card.topicNames().stream()
                .map(name -> {
                    var category = new SyndCategoryImpl();
                    category.setName(name);
                    return (com.rometools.rome.feed.synd.SyndCategory) category;
                })
                .toList());
        var core = new DCModuleImpl();
        core.setLanguage(card.language());
        core.setCreators(card.authorNames());
        entry.getModules().add(core);
        return entry;
    }
}
