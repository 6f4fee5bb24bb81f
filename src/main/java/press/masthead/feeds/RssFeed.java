package press.masthead.feeds;

import com.rometools.rome.feed.module.DCModuleImpl;
import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndCategoryImpl;
import com.rometools.rome.feed.synd.SyndContentImpl;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndEntryImpl;
import com.rometools.rome.feed.synd.SyndFeedImpl;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedOutput;
import java.util.Date;
import java.util.List;
import org.jdom2.Element;
import org.jdom2.Namespace;
import press.masthead.publication.Publication;
import press.masthead.stories.StoryCard;

/** RSS 2.0 as its advisory board profiles it: its own address, names in Dublin Core, pictures in Media RSS. */
final class RssFeed {
    private static final Namespace ATOM = Namespace.getNamespace("atom", "http://www.w3.org/2005/Atom");
    private static final Namespace MEDIA = Namespace.getNamespace("media", "http://search.yahoo.com/mrss/");

    private RssFeed() {}

    static String write(Channel channel, Publication publication, String url) {
        var feed = new SyndFeedImpl();
        feed.setFeedType("rss_2.0");
        feed.setTitle(channel.title());
        feed.setDescription(channel.description());
        feed.setLink(url + channel.path());
        feed.setLanguage(publication.settings().language());
        feed.setGenerator("Masthead");
        if (!channel.cards().isEmpty())
            feed.setPublishedDate(Date.from(channel.cards().getFirst().publishedAt()));
        feed.getForeignMarkup()
                .add(new Element("link", ATOM)
                        .setAttribute("href", url + channel.path() + "rss/")
                        .setAttribute("rel", "self")
                        .setAttribute("type", "application/rss+xml"));
        feed.setEntries(channel.cards().stream().map(card -> entry(card, url)).toList());
        try {
            return new SyndFeedOutput().outputString(feed);
        } catch (FeedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SyndEntry entry(StoryCard card, String url) {
        var entry = new SyndEntryImpl();
        entry.setTitle(card.title());
        entry.setLink(url + card.path());
        entry.setUri(url + card.path());
        entry.setPublishedDate(Date.from(card.publishedAt()));
        var standfirst = new SyndContentImpl();
        standfirst.setType("text/plain");
        standfirst.setValue(card.standfirst());
        entry.setDescription(standfirst);
        entry.setCategories(card.topicNames().stream().map(RssFeed::category).toList());
        // RSS's own author must be an e-mail address; a name goes into Dublin Core.
        var core = new DCModuleImpl();
        core.setLanguage(card.language());
        core.setCreators(card.authorNames());
        entry.getModules().add(core);
        card.pictureName().ifPresent(name -> entry.getForeignMarkup().add(picture(card, url, name)));
        return entry;
    }

    private static SyndCategory category(String name) {
        var category = new SyndCategoryImpl();
        category.setName(name);
        return category;
    }

    private static Element picture(StoryCard card, String url, String name) {
        var picture = new Element("content", MEDIA)
                .setAttribute("url", url + "/content/images/size/w1000/" + name)
                .setAttribute("medium", "image");
        List.of(
                        new Element("description", MEDIA)
                                .setText(card.pictureAlt().orElse("")),
                        new Element("credit", MEDIA)
                                .setText(card.pictureCredit().orElse("")))
                .stream()
                .filter(part -> !part.getText().isEmpty())
                .forEach(picture::addContent);
        return picture;
    }
}
