package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;

/** What a page says of itself to networks and search engines, and the publication's own pictures. */
class LookTest {
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

    private static Document page(String path) throws Exception {
        return Jsoup.parse(visitor.get(path).body());
    }

    private static String meta(Document page, String property) {
        return page.select("meta[property=" + property + "]").attr("content");
    }

    private static JsonNode data(Document page) throws Exception {
        return new ObjectMapper()
                .readTree(page.expectFirst("script[type=application/ld+json]").data());
    }

    @Test
    void a_shared_link_shows_the_storys_picture_or_the_publications_card() throws Exception {
        Document story = page("/madinat-sahra-shade/");
        assertThat(meta(story, "og:image")).contains("/content/images/size/w1000/madinat-shade-");
        assertThat(story.select("meta[name=twitter:card]").attr("content")).isEqualTo("summary_large_image");
        Document front = page("/");
        assertThat(meta(front, "og:image")).startsWith(press.url() + "/content/images/card-");
        assertThat(meta(front, "og:image:width")).isEqualTo("1200");
        assertThat(visitor.get(meta(front, "og:image")).statusCode()).isEqualTo(200);
    }

    @Test
    void a_memo_tells_search_engines_that_a_part_of_it_is_paid_for_and_which() throws Exception {
        Document page = page("/ilmar-flat-rounds/");
        JsonNode memo = data(page);
        assertThat(memo.get("@type").asText()).isEqualTo("NewsArticle");
        assertThat(memo.get("isAccessibleForFree").asBoolean(true)).isFalse();
        assertThat(memo.get("hasPart").get("isAccessibleForFree").asBoolean(true))
                .isFalse();
        assertThat(page.select(memo.get("hasPart").get("cssSelector").asText())).hasSize(1);
        assertThat(memo.get("headline").asText()).isEqualTo("In Ilmar, the flat round is not flat");
        assertThat(memo.get("publisher").get("logo").get("url").asText()).startsWith(press.url() + "/content/emblems/");
        assertThat(data(page("/madinat-sahra-shade/"))
                        .get("isAccessibleForFree")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void the_front_page_tells_search_engines_what_the_publication_is_and_how_to_search_it() throws Exception {
        JsonNode site = data(page("/"));
        assertThat(site.get("@type").asText()).isEqualTo("WebSite");
        assertThat(site.get("potentialAction").get("target").get("urlTemplate").asText())
                .isEqualTo(press.url() + "/search/?q={search_term_string}");
    }

    @Test
    void the_logo_and_the_icon_are_the_publications_own() throws Exception {
        Document page = page("/");
        var sign = visitor.get(page.select(".foot-sign").attr("src"));
        assertThat(sign.headers().firstValue("Content-Type")).contains("image/svg+xml");
        assertThat(sign.body()).startsWith("<svg").contains("#c8402f");
        assertThat(visitor.get(page.select("link[rel=icon]").attr("href"))
                        .headers()
                        .firstValue("Content-Type"))
                .contains("image/png");
    }

    @Test
    void a_visitor_is_offered_the_plan_with_a_picture_and_its_credit_and_a_member_is_not() throws Exception {
        var promotion = page("/madinat-sahra-shade/").expectFirst(".promo");
        assertThat(promotion.select("img").attr("alt")).isNotBlank();
        assertThat(promotion.select(".credit").text()).startsWith("Illustration:");
        assertThat(promotion.select("a[href=/pro/]")).hasSize(1);
        var ada = press.person();
        ada.post(URI.create(press.running.newsroom().newsroomLink()).getPath());
        assertThat(Jsoup.parse(ada.get("/madinat-sahra-shade/").body()).select(".promo"))
                .isEmpty();
    }

    @Test
    void an_editor_words_the_promotion_and_readers_see_it_at_once() throws Exception {
        var ada = press.person();
        ada.post(URI.create(press.running.newsroom().newsroomLink()).getPath());
        assertThat(ada.get("/desk/settings/look").body()).contains("Promotion", "Logo", "Icon", "Card");
        ada.post("/desk/settings/promotion", "headline", "Read on with us", "text", "Memos by noon.", "button", "Join");
        TestSmtp.await(() -> promotionOn("/madinat-sahra-shade/").contains("Read on with us"));
    }

    private static String promotionOn(String path) {
        try {
            return page(path).select(".promo").text();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
