package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import press.masthead.stories.Drafts;
import press.masthead.stories.FirstPages;

/** A newsroom that begins with nothing has the pages that each page's foot leads to, until its own stand there. */
class FirstPagesTest {
    private static final List<String> PAGES = List.of("about", "corrections", "privacy", "terms");

    private final Desk desk = Desk.opened();

    FirstPagesTest() throws Exception {}

    @AfterEach
    void close() {
        desk.close();
    }

    /** What each further start does. */
    private void startAgain() {
        new FirstPages(desk.jdbi, new Drafts(Clock.systemUTC()), Clock.systemUTC()).run();
    }

    @Test
    void every_link_at_the_foot_of_an_empty_newsroom_leads_to_a_page() throws Exception {
        var reader = desk.press.person();
        var links =
                Jsoup.parse(reader.get("/").body()).select("footer a[href^=/]").eachAttr("href");
        assertThat(links).contains("/about/", "/corrections/", "/privacy/", "/terms/");
        for (String link : links)
            assertThat(reader.get(link).statusCode()).as(link).isEqualTo(200);
        for (String slug : PAGES)
            for (String link : Jsoup.parse(reader.get("/" + slug + "/").body())
                    .select("main a[href^=/]")
                    .eachAttr("href"))
                assertThat(reader.get(link).statusCode()).as(slug + " " + link).isEqualTo(200);
        assertThat(reader.get("/privacy/").body()).contains("What we keep about you", "What you can do");
        assertThat(reader.get("/terms/").body()).contains("stands beside the button that you press");
    }

    @Test
    void an_editor_sees_that_a_page_is_to_be_replaced_until_it_is_and_no_start_undoes_it() throws Exception {
        var edda = desk.signedIn("edda");
        assertThat(Jsoup.parse(edda.get("/desk/stories").body()).select("tr:contains(to be replaced)"))
                .hasSize(PAGES.size());
        String id = desk.value("select id from story where slug = 'privacy'");
        assertThat(edda.get("/desk/stories/" + id).body()).contains("To be replaced: this page came with the program");
        var saved = edda.post(
                "/desk/stories/" + id,
                "revision",
                "1",
                "kind",
                "page",
                "slug",
                "privacy",
                "title",
                "Privacy at the Lantern",
                "standfirst",
                "Ours.",
                "body",
                "<p>We keep next to nothing.</p>",
                "language",
                "en",
                "access",
                "public");
        assertThat(saved.body()).contains("Saved.").doesNotContain("To be replaced");
        assertThat(Jsoup.parse(edda.get("/desk/stories").body()).select("tr:contains(to be replaced)"))
                .hasSize(PAGES.size() - 1);
        desk.jdbi.useHandle(handle -> handle.execute("update story set state = 'withdrawn' where slug = 'about'"));
        startAgain();
        assertThat(desk.press.person().get("/privacy/").body())
                .contains("We keep next to nothing.")
                .doesNotContain("What we keep about you");
        assertThat(desk.value("select count(*) from story")).isEqualTo("4");
        assertThat(desk.value("select state from story where slug = 'about'")).isEqualTo("withdrawn");
    }
}
