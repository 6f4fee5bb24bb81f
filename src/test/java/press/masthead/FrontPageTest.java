package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;

/** The front page as an editor would want it made. */
class FrontPageTest {
    private static Press press;

    @BeforeAll
    static void start() throws Exception {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Document front() {
        try {
            return Jsoup.parse(press.person().get("/").body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void no_story_and_no_picture_stands_twice() {
        var page = front();
        assertThat(page.select("main .card .head a").eachAttr("href"))
                .hasSizeGreaterThan(40)
                .doesNotHaveDuplicates();
        assertThat(page.select("main .card img").eachAttr("src"))
                .hasSizeGreaterThan(15)
                .doesNotHaveDuplicates();
    }

    @Test
    void an_editors_pick_leads_with_a_large_picture_that_is_fetched_first() {
        var page = front();
        var lead = page.expectFirst(".front-lead .card-lead");
        assertThat(lead.select("img").attr("fetchpriority")).isEqualTo("high");
        assertThat(lead.select("img").hasAttr("loading")).isFalse();
        assertThat(page.select("main img[fetchpriority]")).hasSize(1);
        assertThat(page.select("main img:not([fetchpriority]):not([loading=lazy])"))
                .isEmpty();
    }

    @Test
    void memos_reports_newsletters_and_every_topic_have_their_place() {
        var page = front();
        assertThat(page.select(".memo-desk .card")).hasSize(4);
        assertThat(page.select(".memo-desk figcaption.credit").text()).startsWith("Illustration:");
        assertThat(page.select(".card-report")).hasSize(2);
        assertThat(page.select(".strip input[name=newsletter]")).hasSize(5);
        assertThat(page.select("main .section-head a[href^=/topic/]")).hasSize(12);
    }

    @Test
    void what_is_read_most_is_listed_once_anything_was_read() {
        assertThat(front().select(".most-read")).isEmpty();
        press.running.newsroom().database.jdbi().useHandle(handle -> {
            handle.execute("""
                    insert into story_opens (story_id, day, opens)
                    select id, current_date, 100 - row_number() over (order by slug)
                    from story where kind = 'article' and state = 'published' order by slug limit 5
                    """);
            handle.execute("select pg_notify('published', '')");
        });
        TestSmtp.await(() -> !front().select(".most-read").isEmpty());
        List<String> read = front().select(".most-read a").eachAttr("href");
        assertThat(read).hasSize(5).first().isEqualTo("/a-bench-every-two-hundred-steps/");
    }

    @Test
    void the_same_news_told_again_goes_behind_the_others_unless_an_editor_picked_it() {
        var jdbi = press.running.newsroom().database.jdbi();
        List<String> slugs = jdbi.withHandle(
                handle -> handle.createQuery("""
                        select slug from story where kind = 'article' and state = 'published' and not featured
                        order by published_at desc, id desc limit 12
                        """).mapTo(String.class).list());
        String first = slugs.get(2);
        String again = slugs.get(4);
        assertThat(top()).contains("/" + first + "/", "/" + again + "/");
        var opening = new byte[384];
        Arrays.fill(opening, (byte) 26);
        jdbi.useHandle(handle -> {
            handle.execute("""
                    update story set published_at = (select published_at from story where slug = ?) - interval '1 minute' where slug = ?
                    """, first, again);
            for (String slug : List.of(first, again))
                handle.createUpdate("""
                                insert into story_meaning (story_id, model, digest, opening, rest)
                                select id, 'tried', '', :opening, '' from story where slug = :slug
                                """)
                        .bind("opening", opening)
                        .bind("slug", slug)
                        .execute();
            handle.execute("select pg_notify('published', '')");
        });
        TestSmtp.await(() -> !top().contains("/" + again + "/"));
        assertThat(top()).contains("/" + first + "/");

        jdbi.useHandle(handle -> {
            handle.execute("update story set featured = true where slug = ?", again);
            handle.execute("select pg_notify('published', '')");
        });
        TestSmtp.await(() -> top().contains("/" + again + "/"));
    }

    /** What stands at the top of the front page. */
    private static List<String> top() {
        return front().select("section.front .card .head a").eachAttr("href");
    }
}
