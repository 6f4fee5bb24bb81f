package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.module.DCModule;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.WireFeedInput;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The news as feed readers and search engines take it. */
class FeedsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Press press;
    private static Press.Person visitor;

    @BeforeAll
    static void start() throws Exception {
        press = Press.started();
        visitor = press.person();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static SyndFeed parsed(String path) throws Exception {
        return new SyndFeedInput().build(new StringReader(visitor.get(path).body()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/topic/energy/", "/industry/banking/", "/author/lena-horvat/"})
    void a_feed_reader_takes_rss_with_every_story_named_dated_and_signed(String of) throws Exception {
        assertThat(visitor.get(of + "rss/").headers().firstValue("Content-Type"))
                .contains("application/rss+xml; charset=utf-8");
        SyndFeed feed = parsed(of + "rss/");
        assertThat(feed.getFeedType()).isEqualTo("rss_2.0");
        assertThat(feed.getTitle()).contains("The Parallel");
        assertThat(feed.getLink()).isEqualTo(press.url() + of);
        assertThat(feed.getEntries()).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.getTitle()).isNotBlank();
            assertThat(entry.getLink()).startsWith(press.url() + "/").endsWith("/");
            assertThat(entry.getPublishedDate()).isNotNull();
            assertThat(entry.getDescription().getValue()).isNotBlank();
            assertThat(((DCModule) entry.getModule(DCModule.URI)).getCreators()).isNotEmpty();
        });
        assertThat(feed.getEntries()).extracting(SyndEntry::getUri).doesNotHaveDuplicates();
        Document xml = Jsoup.parse(visitor.get(of + "rss/").body(), Parser.xmlParser());
        assertThat(xml.select("channel > atom|link[rel=self]").attr("href")).isEqualTo(press.url() + of + "rss/");
        assertThat(xml.select("item > author"))
                .as("RSS allows an e-mail address there, and no name")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/topic/energy/", "/industry/banking/", "/author/lena-horvat/"})
    void a_feed_reader_takes_atom_with_what_rfc_4287_demands(String of) throws Exception {
        Feed feed = (Feed) new WireFeedInput()
                .build(new StringReader(visitor.get(of + "atom/").body()));
        assertThat(feed.getFeedType()).isEqualTo("atom_1.0");
        assertThat(feed.getId()).isEqualTo(press.url() + of);
        assertThat(feed.getUpdated()).isNotNull();
        assertThat(feed.getOtherLinks()).anyMatch(link -> link.getRel().equals("self"));
        assertThat(feed.getEntries()).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.getId()).startsWith(press.url());
            assertThat(entry.getTitle()).isNotBlank();
            assertThat(entry.getUpdated()).isAfterOrEqualTo(entry.getPublished());
            assertThat(entry.getAuthors()).isNotEmpty();
            assertThat(entry.getContents()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/topic/energy/", "/industry/banking/", "/author/lena-horvat/"})
    void a_feed_reader_takes_json_feed_with_what_its_version_1_1_demands(String of) throws Exception {
        HttpResponse<String> answer = visitor.get(of + "feed.json");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/feed+json; charset=utf-8");
        JsonNode feed = JSON.readTree(answer.body());
        assertThat(feed.get("version").asText()).isEqualTo("https://jsonfeed.org/version/1.1");
        assertThat(feed.get("title").asText()).contains("The Parallel");
        assertThat(feed.get("feed_url").asText()).isEqualTo(press.url() + of + "feed.json");
        assertThat(feed.get("items")).isNotEmpty().allSatisfy(item -> {
            assertThat(item.get("id").asText()).isEqualTo(item.get("url").asText());
            assertThat(item.get("content_text").asText()).isNotBlank();
            assertThat(Instant.parse(item.get("date_published").asText())).isBefore(Instant.now());
            assertThat(item.get("authors").get(0).get("name").asText()).isNotBlank();
            assertThat(item.has("content_html")).isFalse();
        });
    }

    @Test
    void a_page_names_its_feeds_so_that_readers_find_them() throws Exception {
        var links = Jsoup.parse(visitor.get("/topic/energy/").body()).select("link[rel=alternate]");
        assertThat(links.eachAttr("type"))
                .containsExactly("application/rss+xml", "application/atom+xml", "application/feed+json");
        for (String href : links.eachAttr("href"))
            assertThat(visitor.get(href).statusCode()).isEqualTo(200);
    }

    @Test
    void the_map_of_the_site_has_every_section_and_every_story_with_its_picture() throws Exception {
        Document map = Jsoup.parse(visitor.get("/sitemap.xml").body(), Parser.xmlParser());
        List<String> addresses = map.select("url > loc").eachText();
        assertThat(addresses)
                .doesNotHaveDuplicates()
                .contains(
                        press.url() + "/",
                        press.url() + "/topic/energy/",
                        press.url() + "/author/lena-horvat/",
                        press.url() + "/ilmar-flat-rounds/",
                        press.url() + "/about/")
                .hasSizeGreaterThan(100);
        for (Element changed : map.select("lastmod"))
            assertThat(Instant.parse(changed.text())).isBefore(Instant.now());
        assertThat(map.select("image|loc").first()).isNotNull();
        assertThat(visitor.get("/robots.txt").body()).contains("Sitemap: " + press.url() + "/sitemap.xml");
    }

    @Test
    void a_month_has_a_map_of_its_own_and_no_other_name_has() throws Exception {
        Document sections = Jsoup.parse(visitor.get("/sitemap-sections.xml").body(), Parser.xmlParser());
        assertThat(sections.select("loc").eachText()).contains(press.url() + "/topic/energy/");
        String month = Instant.now().minus(Duration.ofDays(3)).toString().substring(0, 7);
        Document stories = Jsoup.parse(visitor.get("/sitemap-" + month + ".xml").body(), Parser.xmlParser());
        assertThat(stories.select("url")).isNotEmpty();
        assertThat(visitor.get("/sitemap-2026-13.xml").statusCode()).isEqualTo(404);
    }

    @Test
    void search_engines_for_news_are_told_of_the_last_two_days_and_no_more() throws Exception {
        Document map = Jsoup.parse(visitor.get("/sitemap-news.xml").body(), Parser.xmlParser());
        var news = map.select("news|news");
        assertThat(news).isNotEmpty();
        for (Element story : news) {
            assertThat(story.select("news|name").text()).isEqualTo("The Parallel");
            assertThat(story.select("news|title").text()).isNotBlank();
            assertThat(Instant.parse(story.select("news|publication_date").text()))
                    .isAfter(Instant.now().minus(Duration.ofDays(2)));
        }
    }

    @Test
    void a_browser_can_search_from_its_address_bar() throws Exception {
        Document description = Jsoup.parse(visitor.get("/opensearch.xml").body(), Parser.xmlParser());
        assertThat(description.select("ShortName").text()).isEqualTo("The Parallel");
        assertThat(description.select("Url").attr("template")).isEqualTo(press.url() + "/search/?q={searchTerms}");
    }
}
