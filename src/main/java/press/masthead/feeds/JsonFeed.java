package press.masthead.feeds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.stream.IntStream;
import press.masthead.publication.Publication;
import press.masthead.stories.StoryCard;

/** JSON Feed 1.1 (jsonfeed.org). An item must have content, and the standfirst is all that is given away. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(Include.NON_EMPTY)
record JsonFeed(
        String version,
        String title,
        String homePageUrl,
        String feedUrl,
        String description,
        String language,
        List<Person> authors,
        List<Item> items) {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Person(String name, String url) {}

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(Include.NON_EMPTY)
    record Item(
            String id,
            String url,
            String title,
            String contentText,
            String image,
            String datePublished,
            String dateModified,
            List<Person> authors,
            List<String> tags,
            String language) {}

    static String write(Channel channel, Publication publication, String url) {
        var settings = publication.settings();
        var feed = new JsonFeed(
                "https://jsonfeed.org/version/1.1",
                channel.title(),
                url + channel.path(),
                url + channel.path() + "feed.json",
                channel.description(),
                settings.language(),
                List.of(new Person(settings.name(), url + "/")),
                channel.cards().stream().map(card -> item(card, url)).toList());
        try {
            return JSON.writeValueAsString(feed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Item item(StoryCard card, String url) {
        return new Item(
                url + card.path(),
                url + card.path(),
                card.title(),
                card.standfirst().isEmpty() ? card.title() : card.standfirst(),
                card.pictureName()
                        .map(name -> url + "/content/images/size/w1000/" + name)
                        .orElse(""),
                card.publishedAt().toString(),
                card.updatedAt().toString(),
                IntStream.range(0, card.authorNames().size())
                        .mapToObj(i -> new Person(
                                card.authorNames().get(i),
                                url + "/author/" + card.authorSlugs().get(i) + "/"))
                        .toList(),
                card.topicNames(),
                card.language());
    }
}
