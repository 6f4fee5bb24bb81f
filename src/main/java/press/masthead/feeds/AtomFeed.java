package press.masthead.feeds;

import com.rometools.rome.feed.atom.Category;
import com.rometools.rome.feed.atom.Content;
import com.rometools.rome.feed.atom.Entry;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.atom.Generator;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.feed.synd.SyndPerson;
import com.rometools.rome.feed.synd.SyndPersonImpl;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedOutput;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import press.masthead.publication.Publication;
import press.masthead.stories.StoryCard;

/** Atom 1.0, RFC 4287. A story is known by its address; the feed has the publication as its author. */
final class AtomFeed {
    private AtomFeed() {}

    static String write(Channel channel, Publication publication, String url) {
        var settings = publication.settings();
        var feed = new Feed("atom_1.0");
        feed.setId(url + channel.path());
        feed.setTitle(channel.title());
        feed.setSubtitle(text(channel.description()));
        feed.setXmlBase(url + "/");
        feed.setUpdated(Date.from(channel.cards().stream()
                .map(StoryCard::updatedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH)));
        var generator = new Generator();
        generator.setValue("Masthead");
        feed.setGenerator(generator);
        feed.setAuthors(List.of(person(settings.name(), url + "/")));
        feed.setAlternateLinks(List.of(link("alternate", "text/html", url + channel.path())));
        feed.setOtherLinks(List.of(link("self", "application/atom+xml", url + channel.path() + "atom/")));
        feed.setEntries(channel.cards().stream().map(card -> entry(card, url)).toList());
        try {
            return new WireFeedOutput().outputString(feed);
        } catch (FeedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Entry entry(StoryCard card, String url) {
        var entry = new Entry();
        entry.setId(url + card.path());
        entry.setTitle(card.title());
        entry.setAlternateLinks(List.of(link("alternate", "text/html", url + card.path())));
        entry.setPublished(Date.from(card.publishedAt()));
        entry.setUpdated(Date.from(card.updatedAt()));
        if (!card.standfirst().isEmpty()) entry.setSummary(text(card.standfirst()));
        entry.setAuthors(IntStream.range(0, card.authorNames().size())
                .mapToObj(i -> person(
                        card.authorNames().get(i),
                        url + "/author/" + card.authorSlugs().get(i) + "/"))
                .toList());
        entry.setCategories(IntStream.range(0, card.topicNames().size())
                .mapToObj(i ->
                        category(card.topicSlugs().get(i), card.topicNames().get(i)))
                .toList());
        return entry;
    }

    private static Content text(String words) {
        var text = new Content();
        text.setType(Content.TEXT);
        text.setValue(words);
        return text;
    }

    private static Link link(String rel, String type, String href) {
        var link = new Link();
        link.setRel(rel);
        link.setType(type);
        link.setHref(href);
        return link;
    }

    private static SyndPerson person(String name, String uri) {
        var person = new SyndPersonImpl();
        person.setName(name);
        person.setUri(uri);
        return person;
    }

    private static Category category(String term, String label) {
        var category = new Category();
        category.setTerm(term);
        category.setLabel(label);
        return category;
    }
}
