package press.masthead.feeds;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import press.masthead.authors.Authors;
import press.masthead.editions.PastEditions;
import press.masthead.industries.Industries;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.PageCache;
import press.masthead.platform.web.Problem;
import press.masthead.publication.Publication;
import press.masthead.stories.Stories;
import press.masthead.stories.Stories.Address;
import press.masthead.stories.StoryCard;
import press.masthead.topics.Topics;

/** Where everything is, for search engines: addresses and times alone. One map while all fits in it, then an index of months. */
public final class Sitemaps {
    /** The protocol's own bound for one file. */
    private static final int MOST = 50_000;

    private static final String TYPE = "application/xml; charset=utf-8";
    private static final List<String> FIXED =
            List.of("/", "/memos/", "/reports/", "/newsletters/", "/pro/", "/events/", "/live/", "/archive/");

    private final Stories stories;
    private final Topics topics;
    private final Industries industries;
    private final Authors authors;
    private final Newsletters newsletters;
    private final PastEditions editions;
    private final Publication publication;
    private final PageCache cache;
    private final Supplier<String> url;
    private final Clock clock;
    private final Supplier<List<String>> events;
    private final int fits;

    /**
     * @param events the paths of events, live sessions and names that everyone is told of
     * @param fits how many stories and letters one file may have before there is an index; up to 49,000
     */
    public Sitemaps(
            Stories stories,
            Topics topics,
            Industries industries,
            Authors authors,
            Newsletters newsletters,
            PastEditions editions,
            Publication publication,
            PageCache cache,
            Supplier<String> url,
            Clock clock,
            Supplier<List<String>> events,
            int fits) {
        this.stories = stories;
        this.topics = topics;
        this.industries = industries;
        this.authors = authors;
        this.newsletters = newsletters;
        this.editions = editions;
        this.publication = publication;
        this.cache = cache;
        this.url = url;
        this.clock = clock;
        this.events = events;
        this.fits = fits;
    }

    /** GET /sitemap.xml */
    public void all(Context ctx) {
        cache.begin(ctx);
        List<Address> addresses = stories.addresses(fits + 1);
        List<PastEditions.Address> letters = editions.addresses(fits + 1);
        if (addresses.size() + letters.size() > fits) index(ctx);
        else
            urls(ctx, xml -> {
                sections().forEach(path -> xml.url(url.get() + path));
                addresses.forEach(address -> story(xml, address));
                letters.forEach(address -> letter(xml, address));
            });
    }

    private void index(Context ctx) {
        var parts = new ArrayList<String>(List.of("sections"));
        var months = new TreeSet<YearMonth>(editions.months());
        stories.months(publication.settings().zone())
                .forEach(month -> months.add(YearMonth.of(month.year(), month.month())));
        months.descendingSet().forEach(month -> parts.add(month.toString()));
        answer(ctx, SitemapXml.index(xml -> {
            parts.forEach(part -> xml.map(url.get() + "/sitemap-" + part + ".xml"));
            xml.map(url.get() + "/sitemap-news.xml");
        }));
    }

    /** GET /sitemap-{part}.xml: {@code sections}, or a month such as 2026-11 on the newsroom's clock */
    public void part(Context ctx) {
        cache.begin(ctx);
        String part = ctx.pathParam("part");
        if (part.equals("sections")) {
            urls(ctx, xml -> sections().forEach(path -> xml.url(url.get() + path)));
            return;
        }
        if (!part.matches("[12]\\d{3}-(0[1-9]|1[0-2])")) throw Problem.notFound("There is no such map.");
        var zone = publication.settings().zone();
        YearMonth month = YearMonth.parse(part);
        Instant from = month.atDay(1).atStartOfDay(zone).toInstant();
        Instant until = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        urls(ctx, xml -> {
            List<Address> addresses = stories.addresses(from, until, MOST);
            addresses.forEach(address -> story(xml, address));
            editions.addresses(month, MOST - addresses.size()).forEach(address -> letter(xml, address));
        });
    }

    private Stream<String> sections() {
        return Stream.of(
                        FIXED.stream(),
                        topics.all().stream().map(topic -> "/topic/" + topic.slug() + "/"),
                        industries.all().stream().map(industry -> "/industry/" + industry.slug() + "/"),
                        authors.all().stream().map(author -> "/author/" + author.slug() + "/"),
                        newsletters.active().stream().map(letter -> "/newsletters/" + letter.slug() + "/"),
                        events.get().stream())
                .flatMap(paths -> paths);
    }

    private void story(SitemapXml xml, Address address) {
        xml.url(
                url.get() + "/" + address.slug() + "/",
                address.updatedAt(),
                address.picture().map(name -> url.get() + "/content/images/" + name));
    }

    private void letter(SitemapXml xml, PastEditions.Address address) {
        xml.url(url.get() + address.path(), address.updatedAt(), Optional.empty());
    }

    /** GET /sitemap-news.xml: what was published in the last two days, as Google asks. */
    public void news(Context ctx) {
        cache.begin(ctx);
        Instant now = clock.instant();
        List<StoryCard> fresh = stories.between(now.minus(Duration.ofDays(2)), now.plusSeconds(1), 1_000);
        String name = publication.settings().name();
        urls(ctx, xml -> fresh.forEach(card -> xml.news(url.get() + card.path(), name, card)));
    }

    /** GET /robots.txt */
    public void robots(Context ctx) {
        ctx.contentType("text/plain; charset=utf-8").result("""
                        User-agent: *
                        Disallow: /desk/
                        Disallow: /account/
                        Disallow: /search/
                        Disallow: /signin/
                        Disallow: /unsubscribe/
                        Disallow: /mailbox/

                        Sitemap: %1$s/sitemap.xml
                        Sitemap: %1$s/sitemap-news.xml
                        """.formatted(url.get()));
    }

    private void urls(Context ctx, Consumer<SitemapXml> write) {
        answer(ctx, SitemapXml.urls(write));
    }

    private void answer(Context ctx, byte[] map) {
        ctx.contentType(TYPE).header("Cache-Control", "public, max-age=60").result(map);
        cache.keep(ctx, TYPE, map);
    }
}
