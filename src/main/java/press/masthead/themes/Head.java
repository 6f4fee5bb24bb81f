package press.masthead.themes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a page says of itself to machines; {@code {{ghost_head}}} writes it. All addresses are absolute.
 *
 * @param title of the page, without the site's name where Open Graph wants it alone
 * @param article present for stories, memos and reports only
 * @param alternates the same story in other languages
 * @param site present on the front page only
 * @param event present on an event's page only
 * @param indexed false keeps search engines out (account, sign-in, search results)
 */
public record Head(
        String siteName,
        String locale,
        String canonical,
        String title,
        String description,
        Optional<Picture> picture,
        Optional<Article> article,
        List<Feed> feeds,
        List<Alternate> alternates,
        Optional<String> previous,
        Optional<String> next,
        Optional<Site> site,
        boolean indexed,
        Optional<Gathering> event,
        Optional<Subject> subject) {

    public record Picture(String url, int width, int height, String alt) {}

    public record Feed(String title, String type, String url) {
        public static Feed rss(String title, String url) {
            return new Feed(title, "application/rss+xml", url);
        }
    }

    public record Alternate(String language, String url) {}

    public record Person(String name, String url) {}

    /**
     * A story for NewsArticle and Open Graph.
     *
     * @param free whether everyone may read all of it; if not, the paywall markup says so, as search engines ask
     * @param logo of the publisher, absolute; empty when there is none
     */
    public record Article(
            String headline,
            Instant published,
            Instant modified,
            String section,
            List<String> topics,
            List<Person> authors,
            boolean free,
            Optional<String> logo) {}

    /**
     * The whole publication, for the front page's WebSite.
     *
     * @param search where a search leads, absolute, with {@code {search_term_string}} for the words
     */
    public record Site(Optional<String> logo, String search) {}

    /**
     * An event for schema.org.
     *
     * @param starts, ends with their offsets, as ISO 8601 says them
     * @param place what everyone may know of it; may be empty
     * @param online whether one can take part from elsewhere
     * @param price in whole and parts, such as 45.00; 0 where it is free; empty where nothing is said of it
     * @param free whether everyone may come or watch
     * @param recording what can be seen of it afterwards
     */
    public record Gathering(
            String name,
            String starts,
            String ends,
            String place,
            String address,
            boolean online,
            boolean calledOff,
            String price,
            String currency,
            boolean free,
            Optional<Recording> recording) {}

    /** @param duration as ISO 8601 says it, such as PT42M10S */
    public record Recording(Instant uploaded, String duration) {}

    /**
     * Whom or what a page of stories is about.
     *
     * @param type as schema.org names it, such as {@code Person}
     */
    public record Subject(String type, String name) {}

    /** The least a page needs. */
    public static Head page(String siteName, String locale, String canonical, String title, String description) {
        return new Head(
                siteName,
                locale,
                canonical,
                title,
                description,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    public Head withPicture(Picture picture) {
        return with(more -> more.picture = Optional.of(picture));
    }

    public Head withArticle(Article article) {
        return with(more -> more.article = Optional.of(article));
    }

    public Head withFeeds(List<Feed> feeds) {
        return with(more -> more.feeds = feeds);
    }

    public Head withAlternates(List<Alternate> alternates) {
        return with(more -> more.alternates = alternates);
    }

    public Head withNeighbours(Optional<String> previous, Optional<String> next) {
        return with(more -> {
            more.previous = previous;
            more.next = next;
        });
    }

    public Head withSite(Site site) {
        return with(more -> more.site = Optional.of(site));
    }

    public Head notIndexed() {
        return with(more -> more.indexed = false);
    }

    public Head withEvent(Gathering event) {
        return with(more -> more.event = Optional.of(event));
    }

    public Head withSubject(Subject subject) {
        return with(more -> more.subject = Optional.of(subject));
    }

    private Head with(Consumer<More> change) {
        var more = new More();
        change.accept(more);
        return new Head(
                siteName,
                locale,
                canonical,
                title,
                description,
                more.picture,
                more.article,
                more.feeds,
                more.alternates,
                more.previous,
                more.next,
                more.site,
                more.indexed,
                more.event,
                more.subject);
    }

    /** What a page may say beyond the least, while it changes. */
    private final class More {
        Optional<Picture> picture = Head.this.picture;
        Optional<Article> article = Head.this.article;
        List<Feed> feeds = Head.this.feeds;
        List<Alternate> alternates = Head.this.alternates;
        Optional<String> previous = Head.this.previous;
        Optional<String> next = Head.this.next;
        Optional<Site> site = Head.this.site;
        boolean indexed = Head.this.indexed;
        Optional<Gathering> event = Head.this.event;
        Optional<Subject> subject = Head.this.subject;
    }
}
