package press.masthead.feeds;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import press.masthead.authors.Authors;
import press.masthead.industries.Industries;
import press.masthead.platform.web.Problem;
import press.masthead.publication.Publication;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.topics.Topics;

/** Which stories each feed has, by its address: those of the publication, of a topic, an industry, an author. */
public final class Channels {
    private static final int MOST = 40;

    private final Stories stories;
    private final Topics topics;
    private final Industries industries;
    private final Authors authors;
    private final Publication publication;

    public Channels(Stories stories, Topics topics, Industries industries, Authors authors, Publication publication) {
        this.stories = stories;
        this.topics = topics;
        this.industries = industries;
        this.authors = authors;
        this.publication = publication;
    }

    Channel of(Context ctx) {
        Optional<String> slug = Optional.ofNullable(ctx.pathParamMap().get("slug"));
        if (slug.isEmpty()) return everything();
        return switch (ctx.path().substring(1, ctx.path().indexOf('/', 1))) {
            case "topic" -> topic(slug.get());
            case "industry" -> industry(slug.get());
            default -> author(slug.get());
        };
    }

    private Channel everything() {
        var settings = publication.settings();
        return new Channel(
                settings.name(), orElse(settings.description(), settings.name()), "/", stories.newest(MOST, 0));
    }

    private Channel topic(String slug) {
        var topic = topics.bySlug(slug).orElseThrow(() -> Problem.notFound("There is no topic at this address."));
        return named(topic.name(), topic.description(), "/topic/" + slug + "/", stories.underTopic(slug, MOST, 0));
    }

    private Channel industry(String slug) {
        var industry =
                industries.bySlug(slug).orElseThrow(() -> Problem.notFound("There is no industry at this address."));
        return named(
                industry.name(),
                industry.description(),
                "/industry/" + slug + "/",
                stories.underIndustry(slug, MOST, 0));
    }

    private Channel author(String slug) {
        var author = authors.bySlug(slug).orElseThrow(() -> Problem.notFound("There is no author at this address."));
        return named(author.name(), author.bio(), "/author/" + slug + "/", stories.by(slug, MOST, 0));
    }

    private Channel named(String name, String description, String path, List<StoryCard> cards) {
        return new Channel(publication.settings().name() + ": " + name, orElse(description, name), path, cards);
    }

    private static String orElse(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }
}
