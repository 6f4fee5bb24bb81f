package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each page has one address, and whoever comes by another is led to it or told what became of it. */
class AddressesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Press press;

    @BeforeAll
    static void start() throws Exception {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(press.url() + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static void sql(String statement) {
        press.running.newsroom().database.jdbi().useHandle(handle -> {
            handle.execute(statement);
            handle.execute("select pg_notify('published', '')");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/madinat-sahra-shade, /madinat-sahra-shade/",
        "/Madinat-Sahra-SHADE/, /madinat-sahra-shade/",
        "/topic/Energy, /topic/energy/",
        "/Topic/Energy/, /topic/energy/",
        "/tag/energy/, /topic/energy/",
        "/search?q=tide, /search/?q=tide",
        "/author/lena-horvat, /author/lena-horvat/",
    })
    void another_way_of_writing_an_address_leads_to_it_for_good(String written, String address) throws Exception {
        var answer = ask("GET", written);
        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("Location")).contains(address);
        assertThat(ask("GET", address).statusCode()).isEqualTo(200);
    }

    @Test
    void an_address_that_a_story_once_had_leads_to_where_it_is_now() throws Exception {
        sql("insert into former_slug select 'the-shade-builders', id from story where slug = 'madinat-sahra-shade'");
        var answer = ask("GET", "/the-shade-builders/");
        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("Location")).contains("/madinat-sahra-shade/");
    }

    @Test
    void a_story_that_was_taken_back_is_gone_and_says_so() throws Exception {
        sql("update story set state = 'withdrawn' where slug = 'last-ribbon-factory'");
        var answer = ask("GET", "/last-ribbon-factory/");
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(Jsoup.parse(answer.body()).select("h1").text()).isEqualTo("This story was withdrawn");
    }

    @Test
    void whoever_is_lost_can_search_and_is_shown_stories_that_share_words_with_the_address() throws Exception {
        var lost = ask("GET", "/tidal-auction-in-calder/");
        assertThat(lost.statusCode()).isEqualTo(404);
        var page = Jsoup.parse(lost.body());
        assertThat(page.select("main form[action=/search/] input[name=q]")).hasSize(1);
        assertThat(page.select("#lost-posts").text()).isEqualTo("Perhaps one of these");
        assertThat(page.select("main .card a[href=/calder-tidal-auction/]")).isNotEmpty();
        assertThat(Jsoup.parse(ask("GET", "/zzyzzx/").body())
                        .select("#lost-posts")
                        .text())
                .isEqualTo("Latest");
    }

    @ParameterizedTest
    @CsvSource({
        "/madinat-sahra-shade/, 200",
        "/rss/, 200",
        "/nowhere-at-all/, 404",
        "/signin/, 200",
        "/topic/Energy, 301"
    })
    void a_program_that_asks_for_the_head_alone_hears_what_the_page_would_say(String path, int status)
            throws Exception {
        for (int time = 1; time <= 2; time++) {
            var head = ask("HEAD", path);
            assertThat(head.statusCode()).isEqualTo(status);
            assertThat(head.body()).isEmpty();
            if (status != 301) assertThat(type(head)).isEqualTo(type(ask("GET", path)));
        }
    }

    /** With or without a space before its parameter, it says the same. */
    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").replace(" ", "");
    }
}
