package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/** A report is shown in the stories of its topic and on the front page: the newest, or the one that an editor wants. */
class ReportPlacesTest {
    private static Desk desk;
    private static long older;
    private static long newer;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.opened();
        older = publish("report", "older-report", List.of("energy"));
        newer = publish("report", "newer-report", List.of("energy"));
        publish("article", "on-energy", List.of("energy"));
        publish("article", "on-ports", List.of("ports"));
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static long publish(String kind, String slug, List<String> topics) {
        var drafts = desk.press.running.newsroom().drafts;
        return desk.jdbi.inTransaction(handle -> {
            var draft = new Draft(
                    kind,
                    slug,
                    "The story of " + slug,
                    "What it is about.",
                    "<h2>One</h2><p>Open.</p><!--members--><h2>Two <em>and</em> a half</h2><p>Secret words.</p>",
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    Rule.of(Audience.MEMBER),
                    false,
                    topics,
                    List.of(),
                    List.of(),
                    List.of(),
                    "");
            if (!(drafts.create(handle, draft, null) instanceof Drafts.Saved saved)) throw new AssertionError(slug);
            drafts.publishing().publish(handle, saved.id(), null);
            return saved.id();
        });
    }

    private static String shownIn(String path) throws Exception {
        desk.press.running.newsroom().storyPages.forget();
        desk.press.running.newsroom().pageCache.retire();
        var promo = Desk.page(desk.press.person().get(path)).selectFirst(".report-promo h2 a");
        return promo == null ? "" : promo.attr("href");
    }

    @Test
    void the_newest_report_of_a_topic_stands_in_its_stories_until_an_editor_chooses_another() throws Exception {
        assertThat(shownIn("/on-energy/")).isEqualTo("/newer-report/");
        assertThat(shownIn("/on-ports/")).isEmpty();
        assertThat(shownIn("/newer-report/")).isEmpty();

        var edda = desk.signedIn("edda");
        var saved = edda.post("/desk/reports", "place-energy", older + "", "place-", older + "");
        assertThat(saved.body()).contains("Saved. Readers see it now.");
        assertThat(Desk.page(saved).select("#place-energy option[selected]").eachText())
                .containsExactly("The story of older-report");
        assertThat(shownIn("/on-energy/")).isEqualTo("/older-report/");
        assertThat(Desk.page(desk.press.person().get("/"))
                        .select(".card-report h3 a")
                        .eachAttr("href"))
                .containsExactly("/older-report/", "/newer-report/");

        // One that is withdrawn leaves its place to the newest.
        edda.post(
                "/desk/stories/" + older,
                "title",
                "The story of older-report",
                "kind",
                "report",
                "revision",
                "1",
                "body",
                "<p>x</p>",
                "then",
                "withdraw");
        assertThat(shownIn("/on-energy/")).isEqualTo("/newer-report/");

        edda.post("/desk/reports", "place-energy", "0", "place-", "nonsense");
        assertThat(desk.value("select count(*) from report_place")).isEqualTo("0");
        assertThat(newer).isGreaterThan(older);
    }

    @Test
    void a_reporter_sees_the_places_and_cannot_change_them() throws Exception {
        var rae = desk.signedIn("rae");
        assertThat(rae.get("/desk/reports").body())
                .contains("The story of newer-report")
                .doesNotContain("Where a cover is shown");
        assertThat(rae.post("/desk/reports", "place-energy", "1").statusCode()).isEqualTo(403);
    }

    @Test
    void the_contents_are_told_to_all_and_nothing_else_beyond_the_line_is() throws Exception {
        var page = Desk.page(desk.press.person().get("/newer-report/"));
        assertThat(page.select(".chapters li").eachText()).containsExactly("One", "Two and a half");
        assertThat(page.select(".chapters li a").eachText()).containsExactly("One");
        assertThat(page.html()).doesNotContain("Secret words");
    }
}
