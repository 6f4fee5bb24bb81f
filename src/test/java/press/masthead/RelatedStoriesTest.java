package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/** What stands under a story: editors read why, put one first, take one out, and undo both; readers see what came of it. */
class RelatedStoriesTest {
    private static final int DIMENSIONS = 384;

    private static Desk opened() throws IOException {
        return Desk.opened(Map.of("MASTHEAD_SAMPLE", "no", "MASTHEAD_MODEL", "no"));
    }

    private static long draft(Desk desk, String slug, String title, String topic) {
        return desk.jdbi.inTransaction(handle -> {
            var draft = new Draft(
                    "article",
                    slug,
                    title,
                    "A standfirst.",
                    "<p>The ferry leaves at dawn.</p>",
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    Rule.of(Audience.PUBLIC),
                    false,
                    List.of(topic),
                    List.of(),
                    List.of(),
                    List.of(),
                    "");
            return ((Drafts.Saved) desk.press.running.newsroom().drafts.create(handle, draft, null)).id();
        });
    }

    private static long publish(Desk desk, String slug, String title, String topic) {
        long id = draft(desk, slug, title, topic);
        desk.jdbi.useTransaction(
                handle -> desk.press.running.newsroom().drafts.publishing().publish(handle, id, null));
        return id;
    }

    /** As if a model had read the opening: at this cosine to the first of all directions, and else on an axis of its own. */
    private static void read(Desk desk, long story, double likeness, int axis) {
        double aside = Math.sqrt(1 - likeness * likeness);
        var direction = new byte[DIMENSIONS];
        for (int i = 0; i < 96; i++) {
            direction[i] = (byte) Math.round(52 * likeness);
            if (aside > 0) direction[axis * 96 + i] = (byte) Math.round(52 * aside);
        }
        desk.jdbi.useTransaction(handle -> {
            handle.execute(
                    "insert into story_meaning (story_id, model, digest, opening, rest) values (?, 'none', '', ?, '')",
                    story,
                    direction);
            handle.execute("insert into story_change (story_id) values (?)", story);
            handle.execute("notify story_changed");
        });
    }

    private static void opens(Desk desk, long story, int daysAgo, int opens) {
        desk.jdbi.useHandle(handle -> handle.execute(
                "insert into story_opens (story_id, day, opens) values (?, current_date - ?, ?)",
                story,
                daysAgo,
                opens));
    }

    private static List<String> shown(Document page) {
        return page.select("section[aria-labelledby=shown] .cell-title").eachText();
    }

    private static List<String> under(Press.Person reader, String slug) throws Exception {
        return Jsoup.parse(reader.get("/" + slug + "/").body())
                .select("section.related h3")
                .eachText();
    }

    private static List<String> why(Document page, String title) {
        for (Element row : page.select("section[aria-labelledby=shown] tbody tr"))
            if (row.expectFirst(".cell-title").text().equals(title))
                return row.select("li").eachText();
        throw new AssertionError(title + " does not stand there");
    }

    /** Nodes hear of a change a moment later. */
    private static <T> void soon(Callable<T> asked, T wanted) throws Exception {
        for (int again = 0; again < 100 && !wanted.equals(asked.call()); again++) LockSupport.parkNanos(150_000_000);
        assertThat(asked.call()).isEqualTo(wanted);
    }

    @Test
    void an_editor_reads_why_each_story_stands_there() throws Exception {
        try (var desk = opened()) {
            long main = publish(desk, "night-ferry", "The night ferry", "ports");
            long much = publish(desk, "ferry-fares", "Ferry fares", "money");
            long read = publish(desk, "ferry-crews", "Ferry crews", "ports");
            long somewhat = publish(desk, "harbour-cranes", "Harbour cranes", "energy");
            long filed = publish(desk, "pilot-boats", "Pilot boats", "ports");
            long far = publish(desk, "bread-ovens", "Bread ovens", "energy");
            read(desk, main, 1, 1);
            read(desk, much, 0.80, 1);
            read(desk, read, 0.78, 2);
            read(desk, somewhat, 0.45, 3);
            read(desk, far, 0.1, 1);
            opens(desk, read, 3, 900);
            opens(desk, read, 20, 334);
            opens(desk, much, 40, 90_000);
            desk.jdbi.useHandle(handle ->
                    handle.execute("update story set published_at = now() - interval '90 days' where id = ?", filed));

            var rae = desk.signedIn("rae");
            String path = "/desk/stories/" + main + "/related";
            soon(
                    () -> shown(Desk.page(rae.get(path))),
                    List.of("Ferry crews", "Ferry fares", "Harbour cranes", "Pilot boats"));
            Document page = Desk.page(rae.get(path));
            assertThat(why(page, "Ferry crews"))
                    .containsExactly(
                            "Opens much like it",
                            "On the same topic: Ports",
                            "New",
                            "Read a lot: opened 1,234 times in four weeks");
            assertThat(why(page, "Ferry fares")).containsExactly("Opens much like it", "New");
            assertThat(why(page, "Harbour cranes")).containsExactly("Opens somewhat like it", "New");
            assertThat(why(page, "Pilot boats")).containsExactly("On the same topic: Ports");
            assertThat(page.select("form[method=post][action*=related]")).isEmpty();
            assertThat(Desk.page(rae.get("/desk/stories/" + main)).select("a[href=" + path + "]"))
                    .hasSize(1);
            assertThat(under(desk.press.person(), "night-ferry")).isEqualTo(shown(page));
        }
    }

    @Test
    void the_same_story_is_told_once_and_never_under_itself() throws Exception {
        try (var desk = opened()) {
            long main = publish(desk, "night-ferry", "The night ferry", "ports");
            long again = publish(desk, "night-ferry-2", "A ferry by night", "ports");
            publish(desk, "night-ferry-3", "The Night Ferry", "ports");
            long crews = publish(desk, "ferry-crews", "Ferry crews", "ports");
            long crewsAgain = publish(desk, "ferry-crews-2", "Crews of ferries", "ports");
            publish(desk, "pilot-boats", "Pilot boats", "ports");
            read(desk, main, 1, 1);
            read(desk, again, 0.995, 1);
            read(desk, crews, 0.8, 2);
            read(desk, crewsAgain, 0.79, 2);
            var edda = desk.signedIn("edda");
            String path = "/desk/stories/" + main + "/related";
            soon(() -> shown(Desk.page(edda.get(path))), List.of("Ferry crews", "Pilot boats"));

            edda.post(path + "/first", "other", "" + again);
            assertThat(shown(Desk.page(edda.get(path))))
                    .as("unless an editor wants it")
                    .containsExactly("A ferry by night", "Ferry crews", "Pilot boats");
        }
    }

    @Test
    void what_an_editor_puts_first_or_takes_out_is_what_readers_see_and_both_can_be_undone() throws Exception {
        try (var desk = opened()) {
            long main = publish(desk, "night-ferry", "The night ferry", "ports");
            long crews = publish(desk, "ferry-crews", "Ferry crews", "ports");
            long boats = publish(desk, "pilot-boats", "Pilot boats", "ports");
            long ovens = publish(desk, "bread-ovens", "Bread ovens", "energy");
            var edda = desk.signedIn("edda");
            var reader = desk.press.person();
            String path = "/desk/stories/" + main + "/related";
            soon(() -> under(reader, "night-ferry"), List.of("Pilot boats", "Ferry crews"));

            for (String asked : List.of("bread ovens", "/bread-ovens/", desk.press.url() + "/bread-ovens/?from=letter"))
                assertThat(Desk.page(edda.get(
                                        path + "?q=" + asked.replace(" ", "+").replace("?", "%3F")))
                                .select("section[aria-labelledby=another] .cell-title")
                                .eachText())
                        .as(asked)
                        .containsExactly("Bread ovens");
            var page = Desk.page(edda.post(path + "/first", "other", "" + ovens));
            assertThat(shown(page)).containsExactly("Bread ovens", "Pilot boats", "Ferry crews");
            assertThat(why(page, "Bread ovens")).startsWith("Put first by an editor");
            soon(() -> under(reader, "night-ferry"), List.of("Bread ovens", "Pilot boats", "Ferry crews"));

            page = Desk.page(edda.post(path + "/out", "other", "" + boats));
            assertThat(page.select("section[aria-labelledby=out] td a").eachText())
                    .containsExactly("Pilot boats");
            soon(() -> under(reader, "night-ferry"), List.of("Bread ovens", "Ferry crews"));
            assertThat(under(reader, "ferry-crews")).as("elsewhere it stays").contains("Pilot boats");

            edda.post(path + "/undo", "other", "" + ovens);
            edda.post(path + "/undo", "other", "" + boats);
            soon(() -> under(reader, "night-ferry"), List.of("Pilot boats", "Ferry crews"));
            edda.post(path + "/first", "other", "" + crews);
            soon(() -> under(reader, "night-ferry"), List.of("Ferry crews", "Pilot boats"));
        }
    }

    @Test
    void what_is_not_published_stands_under_no_story_however_it_was_chosen() throws Exception {
        try (var desk = opened()) {
            long main = publish(desk, "night-ferry", "The night ferry", "ports");
            long ovens = publish(desk, "bread-ovens", "Bread ovens", "energy");
            long embargoed = draft(desk, "secret-merger", "Secret merger", "ports");
            desk.jdbi.useHandle(handle -> handle.execute("""
                    update story set state = 'scheduled', published_at = now() + interval '1 day',
                      embargo_until = now() + interval '1 day', embargo_zone = 'UTC' where id = ?
                    """, embargoed));
            var edda = desk.signedIn("edda");
            String path = "/desk/stories/" + main + "/related";

            for (String other : List.of("" + embargoed, "" + main, "999999", "", "x"))
                for (String choice : List.of("/first", "/out")) {
                    var answer = edda.post(path + choice, "other", other);
                    assertThat(answer.statusCode()).as(other).isEqualTo(422);
                    assertThat(Desk.page(answer).select("[role=alert]").text())
                            .isEqualTo("Choose another story that is published.");
                }
            assertThat(edda.get(path + "?q=secret+merger").body()).doesNotContain("Secret merger");
            assertThat(edda.get("/desk/stories/999999/related").statusCode()).isEqualTo(404);
            assertThat(desk.signedIn("rae")
                            .post(path + "/first", "other", "" + ovens)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(desk.value("select count(*) from related_choice")).isEqualTo("0");

            edda.post(path + "/first", "other", "" + ovens);
            var reader = desk.press.person();
            soon(() -> under(reader, "night-ferry"), List.of("Bread ovens"));
            desk.jdbi.useHandle(handle -> {
                handle.execute("update story set state = 'withdrawn' where id = ?", ovens);
                handle.execute("select pg_notify('published', '')");
            });
            soon(() -> under(reader, "night-ferry"), List.of());
            assertThat(Desk.page(edda.get(path))
                            .select("section[aria-labelledby=waiting] td a")
                            .eachText())
                    .containsExactly("Bread ovens");
            assertThat(Desk.page(edda.post(path + "/undo", "other", "" + ovens)).select("#waiting"))
                    .isEmpty();
        }
    }
}
