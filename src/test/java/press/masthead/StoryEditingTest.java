package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Writing over HTTP, as a browser without script does it, and as two people or a hostile form do. */
class StoryEditingTest {
    private static Desk desk;
    private static Press.Person ada;
    private static Press.Person edda;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.opened();
        ada = desk.signedIn("ada");
        edda = desk.signedIn("edda");
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static HttpResponse<String> write(String title, String... more) throws IOException, InterruptedException {
        return ada.post(
                "/desk/stories/new", fields(List.of("revision", "0", "title", title, "access", "public"), more));
    }

    private static String[] fields(List<String> first, String... more) {
        var fields = new ArrayList<>(first);
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    private static HttpResponse<String> save(Press.Person who, long story, int revision, String title, String body)
            throws IOException, InterruptedException {
        return who.post(
                "/desk/stories/" + story,
                "revision",
                Integer.toString(revision),
                "title",
                title,
                "body",
                body,
                "access",
                "public");
    }

    private static String reader(String slug) throws IOException, InterruptedException {
        return desk.press.person().get("/" + slug + "/").body();
    }

    @Test
    void what_a_hostile_form_sends_is_clean_before_it_is_kept() throws Exception {
        var answer = write("A hostile form", "then", "publish", "body", """
                <p>Kept.</p><script>alert('one')</script><p onclick="two()">Also kept.</p>
                <img src=x onerror="alert('three')"><a href="javascript:alert('four')">a word</a>
                <style>body{display:none}</style><iframe src="https://elsewhere.example/five"></iframe>
                <svg onload="alert('six')"><script>alert('seven')</script></svg>
                <p style="position:fixed">Plain.</p><form action="https://elsewhere.example"><input name=q></form>
                """);
        assertThat(answer.body()).contains("Taken out, because a story can").contains("script");
        Document page = Desk.page(desk.press.person().get("/a-hostile-form/"));
        Element body = page.expectFirst(".story-body");
        assertThat(body.text()).contains("Kept.", "Also kept.", "a word", "Plain.");
        assertThat(body.select("script, style, iframe, svg, form, input, img")).isEmpty();
        assertThat(body.html())
                .doesNotContain("onclick", "onerror", "onload", "javascript:", "position:fixed", "alert");
        assertThat(desk.value("select opening from story where slug = 'a-hostile-form'"))
                .doesNotContain("alert", "style");
    }

    @Test
    void footnotes_tables_and_their_anchors_reach_the_reader_without_touching_the_pages_own() throws Exception {
        write("Notes and tables", "then", "publish", "body", """
                <p>A claim.<sup><a href="#fn1" id="fnref1">1</a></sup> <a href="#main">Up</a></p>
                <table id="main"><caption>Ships</caption><tr><th>Year</th><th scope="col">Ships</th></tr>
                <tr><th>2024</th><td colspan="2" rowspan="1000">7</td></tr></table>
                <section class="footnotes"><ol><li id="fn1"><p>The ledger. <a href="#fnref1">↩</a></p></li></ol></section>
                """);
        Document page = Desk.page(desk.press.person().get("/notes-and-tables/"));
        assertThat(page.select("[id=main]")).hasSize(1);
        assertThat(page.expectFirst("[id=main]").normalName()).isEqualTo("main");
        assertThat(page.select(".story-body a[href=#s-main]")).hasSize(1);
        assertThat(page.select("table#s-main > caption").text()).isEqualTo("Ships");
        assertThat(page.select("thead th[scope=col]")).hasSize(2);
        assertThat(page.select("tbody th[scope=row]").text()).isEqualTo("2024");
        assertThat(page.select("td[colspan=2]:not([rowspan])")).hasSize(1);
        assertThat(page.select("sup > a#fnref1[href=#fn1]")).hasSize(1);
        assertThat(page.select("section.footnotes li#fn1 a[href=#fnref1]")).hasSize(1);
    }

    @Test
    void a_reports_chapters_are_sections_that_can_be_linked_to() throws Exception {
        write(
                "Two chapters",
                "kind",
                "report",
                "then",
                "publish",
                "body",
                "<p>Before.</p><h2>The ground</h2><p>One.</p><h2>The ground</h2><p>Two.</p>");
        assertThat(desk.value("select opening from story where slug = 'two-chapters'"))
                .isEqualTo("<p>Before.</p><section id=\"s-the-ground\"><h2>The ground</h2><p>One.</p></section>"
                        + "<section id=\"s-the-ground-2\"><h2>The ground</h2><p>Two.</p></section>");
    }

    @Test
    void authors_and_topics_stand_in_the_order_in_which_they_were_chosen() throws Exception {
        write(
                "Three by-lines",
                "authors",
                "mo",
                "authors",
                "ada",
                "authors",
                "ivo",
                "authors",
                "",
                "topics",
                "ports",
                "topics",
                "energy",
                "then",
                "publish",
                "body",
                "<p>x</p>");
        assertThat(Desk.page(desk.press.person().get("/three-by-lines/")).text())
                .containsSubsequence("Mo Tarn", "Ada Rosmere", "Ivo Castellan");
        Document editor =
                Desk.page(ada.get("/desk/stories/" + desk.value("select id from story where slug = 'three-by-lines'")));
        assertThat(editor.select("select[name=authors]").eachAttr("id")).hasSize(4);
        assertThat(editor.select("select[name=topics] option[selected]").eachText())
                .containsExactly("Ports", "Energy");
    }

    @Test
    void two_people_who_save_the_same_story_see_both_versions_and_lose_neither() throws Exception {
        long story = Desk.story(write("The tide", "body", "<p>One.</p><p>Two.</p><p>Three.</p>"));
        save(edda, story, 1, "The tide, by Edda", "<p>One, said Edda.</p><p>Two.</p><p>Three.</p>");
        var conflict = save(ada, story, 1, "The tide", "<p>One.</p><p>Two.</p><p>Three, said Ada.</p>");

        assertThat(conflict.statusCode()).isEqualTo(409);
        Document page = Desk.page(conflict);
        assertThat(page.select("h1").text()).isEqualTo("Two versions of this story");
        assertThat(page.text()).contains("Edda saved", "One, said Edda.", "Three, said Ada.", "The tide, by Edda");
        assertThat(page.select("button[name=take]").eachAttr("value")).containsExactly("mine", "theirs", "mixed");

        var merged = ada.post("/desk/stories/" + story + "/merge", sent(page, "take", "mixed"));
        assertThat(merged.body()).contains("Both versions are kept in the history.");
        assertThat(desk.value("select title || opening from story where id = ?", story))
                .as("what only one of them changed is taken from that one")
                .isEqualTo("The tide, by Edda<p>One, said Edda.</p><p>Two.</p><p>Three, said Ada.</p>");
    }

    @Test
    void who_takes_the_others_version_finds_their_own_in_the_history() throws Exception {
        long story = Desk.story(write("The quay", "body", "<p>Old.</p>"));
        save(edda, story, 1, "The quay", "<p>Edda's.</p>");
        Document page = Desk.page(save(ada, story, 1, "The quay", "<p>Ada's.</p>"));
        ada.post("/desk/stories/" + story + "/merge", sent(page, "take", "theirs"));
        assertThat(desk.value("select opening from story where id = ?", story)).isEqualTo("<p>Edda's.</p>");
        assertThat(desk.value(
                        "select string_agg(opening, '' order by revision) from story_revision where story_id = ?",
                        story))
                .isEqualTo("<p>Old.</p><p>Edda's.</p><p>Ada's.</p><p>Edda's.</p>");
    }

    @Test
    void a_third_saving_while_someone_compares_is_compared_too() throws Exception {
        long story = Desk.story(write("The lock", "body", "<p>Old.</p>"));
        save(edda, story, 1, "The lock", "<p>Edda's.</p>");
        Document page = Desk.page(save(ada, story, 1, "The lock", "<p>Ada's.</p>"));
        save(edda, story, 2, "The lock", "<p>Edda's second.</p>");
        var again = ada.post("/desk/stories/" + story + "/merge", sent(page, "take", "mine"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Desk.page(again).text()).contains("Edda's second.", "Ada's.");
    }

    /** The fields that the page's form would send: those that are chosen in it, and the button. */
    private static String[] sent(Document page, String... button) {
        var fields = new ArrayList<String>();
        for (Element field : page.select("form[action$=/merge] [name]:not(button)")) {
            if (field.attr("type").equals("radio") && !field.hasAttr("checked")) continue;
            fields.add(field.attr("name"));
            fields.add(field.nameIs("textarea") ? field.wholeText() : field.attr("value"));
        }
        fields.addAll(List.of(button));
        return fields.toArray(String[]::new);
    }

    @Test
    void a_script_that_saves_by_itself_is_told_of_the_other_version() throws Exception {
        long story = Desk.story(write("The crane", "body", "<p>Old.</p>"));
        save(edda, story, 1, "The crane", "<p>Edda's.</p>");
        var answer = ada.json("/desk/stories/" + story, "revision", "1", "title", "The crane", "body", "<p>Ada's.</p>");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("\"compare\":true", "Edda has saved");
    }

    @Test
    void someone_whose_session_has_ended_keeps_every_word_and_sends_it_again() throws Exception {
        long story = Desk.story(write("The gate", "body", "<p>Old.</p>"));
        Press.Person away = desk.press.person();
        String body = "<p>Words & \"quotes\" </textarea><script>alert(1)</script> that must not be lost.</p>";
        var refused = save(away, story, 1, "The gate", body);
        assertThat(refused.statusCode()).isEqualTo(401);
        Document page = Desk.page(refused);
        assertThat(page.select("h1").text()).isEqualTo("Please sign in again");
        assertThat(page.expectFirst("textarea[name=body]").wholeText()).isEqualTo(body);
        assertThat(page.select("script")).isEmpty();
        assertThat(page.select("a[href^=/signin/]")).isNotEmpty();

        Element form = page.expectFirst("form[method=post]");
        var fields = new ArrayList<String>();
        for (Element field : form.select("textarea")) {
            fields.add(field.attr("name"));
            fields.add(field.wholeText());
        }
        ada.post(form.attr("action"), fields.toArray(String[]::new));
        assertThat(desk.value("select opening from story where id = ?", story)).contains("that must not be lost.");
        assertThat(away.json("/desk/stories/" + story, "revision", "1", "title", "x")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void an_address_that_is_taken_is_told_beside_its_field_with_one_that_is_free() throws Exception {
        write("Taken words", "slug", "taken-words");
        var answer = write("Other words", "slug", "taken-words", "body", "<p>Not lost.</p>");
        assertThat(answer.statusCode()).isEqualTo(422);
        Document page = Desk.page(answer);
        assertThat(page.select("#slug-error").text())
                .isEqualTo(
                        "Another story has the address /taken-words/. /taken-words-2/ is free and stands here now; save again to take it.");
        assertThat(page.select("#slug").attr("value")).isEqualTo("taken-words-2");
        assertThat(page.select("#slug").attr("aria-describedby")).isEqualTo("slug-error");
        assertThat(page.select("#body").text()).contains("Not lost.");
    }

    @Test
    void two_stories_with_the_same_headline_have_different_addresses() throws Exception {
        write("Twice told", "then", "publish", "body", "<p>First.</p>");
        write("Twice told", "then", "publish", "body", "<p>Second.</p>");
        assertThat(reader("twice-told")).contains("First.");
        assertThat(reader("twice-told-2")).contains("Second.");
    }

    @Test
    void drafts_that_are_saved_at_one_moment_under_one_headline_have_different_addresses() throws Exception {
        var together = new CyclicBarrier(6);
        var answers = new ArrayList<Future<HttpResponse<String>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                // Three leave the address to us; three have chosen one and the same.
                String[] more = i % 2 == 0 ? new String[] {} : new String[] {"slug", "chosen-at-once"};
                answers.add(threads.submit(() -> {
                    together.await();
                    return write("Written at once", more);
                }));
            }
        }
        var statuses = new ArrayList<Integer>();
        for (var answer : answers) statuses.add(answer.get().statusCode());
        assertThat(statuses)
                .containsOnly(200, 422)
                .filteredOn(status -> status == 422)
                .hasSize(2);
        assertThat(desk.value("""
                        select string_agg(slug, ' ' order by slug) from story
                        where title = 'Written at once'
                        """)).isEqualTo("chosen-at-once written-at-once written-at-once-2 written-at-once-3");
    }

    @Test
    void an_address_follows_the_headline_until_readers_have_it_and_then_keeps_leading_there() throws Exception {
        long story = Desk.story(write("Working title"));
        save(ada, story, 1, "The real headline", "<p>x</p>");
        assertThat(desk.value("select slug from story where id = ?", story)).isEqualTo("the-real-headline");
        ada.post("/desk/stories/" + story, "revision", "2", "title", "The real headline", "then", "publish");
        save(ada, story, 3, "A better headline", "<p>x</p>");
        assertThat(desk.value("select slug from story where id = ?", story)).isEqualTo("the-real-headline");
        ada.post(
                "/desk/stories/" + story,
                "revision",
                "4",
                "title",
                "A better headline",
                "slug",
                "better",
                "body",
                "<p>Here.</p>");
        assertThat(reader("the-real-headline")).contains("Here.");
    }

    @Test
    void a_story_without_a_headline_is_not_kept_and_the_field_says_so() throws Exception {
        var answer = write(" ", "body", "<p>Not lost.</p>");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Desk.page(answer).select("#title-error").text()).contains("needs a headline");
        assertThat(answer.body()).contains("Not lost.");
    }

    @Test
    void a_memo_keeps_its_points_and_notes_and_forgets_those_that_are_taken_out() throws Exception {
        long memo = Desk.story(write(
                "A memo",
                "kind",
                "memo",
                "key_points",
                "First point\r\n\r\n Second point ",
                "watch",
                "The vote",
                "confidence",
                "moderate",
                "confidence_why",
                "Two sources agree",
                "sources",
                "A ledger"));
        assertThat(desk.value("select details ->> 'key_points' from story where id = ?", memo))
                .isEqualTo("[\"First point\", \"Second point\"]");
        Document editor = Desk.page(ada.get("/desk/stories/" + memo));
        assertThat(editor.select("#confidence option[selected]").text()).isEqualTo("moderate");
        ada.post(
                "/desk/stories/" + memo,
                "revision",
                "1",
                "title",
                "A memo",
                "kind",
                "memo",
                "key_points",
                "Only one",
                "watch",
                "");
        assertThat(desk.value("select details::text from story where id = ?", memo))
                .isEqualTo("{\"key_points\": [\"Only one\"]}");
    }

    @Test
    void an_embargo_holds_until_its_time_by_the_clock_it_was_said_by() throws Exception {
        long story = Desk.story(write("Under wraps", "body", "<p>x</p>"));
        var set = ada.post(
                "/desk/stories/" + story,
                "revision",
                "1",
                "title",
                "Under wraps",
                "then",
                "embargo",
                "embargo",
                "2037-03-01T09:00",
                "zone",
                "Asia/Tokyo");
        assertThat(set.body()).contains("Under embargo until 1 Mar 2037, 09:00 (Asia/Tokyo).");
        assertThat(desk.value("select embargo_until at time zone 'UTC' from story where id = ?", story))
                .startsWith("2037-03-01 00:00");
        var refused = ada.post("/desk/stories/" + story, "revision", "2", "title", "Under wraps", "then", "publish");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("under embargo", "Your text is saved.");
        var early = ada.post(
                "/desk/stories/" + story,
                "revision",
                "3",
                "title",
                "Under wraps",
                "then",
                "schedule",
                "at",
                "2037-02-28T23:00",
                "zone",
                "UTC");
        assertThat(early.body()).contains("The embargo ends later than that.");
        ada.post("/desk/stories/" + story, "revision", "4", "title", "Under wraps", "then", "lift");
        ada.post("/desk/stories/" + story, "revision", "5", "title", "Under wraps", "then", "publish");
        assertThat(desk.value("select state from story where id = ?", story)).isEqualTo("published");
    }

    @Test
    void a_time_that_the_clocks_skip_is_refused_and_so_is_a_zone_that_is_none() throws Exception {
        long story = Desk.story(write("A night in March"));
        var skipped = ada.post(
                "/desk/stories/" + story,
                "revision",
                "1",
                "title",
                "A night in March",
                "then",
                "schedule",
                "at",
                "2037-03-29T02:30",
                "zone",
                "Europe/Brussels");
        assertThat(skipped.statusCode()).isEqualTo(422);
        assertThat(skipped.body()).contains("the clocks go forward then and skip that time");
        var nowhere = ada.post(
                "/desk/stories/" + story,
                "revision",
                "2",
                "title",
                "A night in March",
                "then",
                "schedule",
                "at",
                "2037-03-29T04:30",
                "zone",
                "Mars/Base");
        assertThat(nowhere.body()).contains("There is no time zone called “Mars/Base”.");
    }

    @Test
    void a_reporter_writes_and_asks_for_review_but_does_not_publish() throws Exception {
        Press.Person rae = desk.signedIn("rae");
        long story = Desk.story(
                rae.post("/desk/stories/new", "title", "By a reporter", "body", "<p>x</p>", "then", "review"));
        assertThat(desk.value("select state from story where id = ?", story)).isEqualTo("review");
        var refused = rae.post("/desk/stories/" + story, "revision", "1", "title", "By a reporter", "then", "publish");
        assertThat(refused.statusCode()).isEqualTo(403);
        ada.post(
                "/desk/stories/" + story,
                "revision",
                "2",
                "title",
                "By a reporter",
                "body",
                "<p>x</p>",
                "then",
                "publish");
        var late = save(rae, story, 3, "By a reporter", "<p>Words of hers.</p>");
        assertThat(late.statusCode()).isEqualTo(403);
        assertThat(late.body()).contains("an editor must change it", "Words of hers.");
    }

    @Test
    void an_older_version_comes_back_with_its_picture_of_the_words_and_the_newer_one_stays_kept() throws Exception {
        long story = Desk.story(write("Versions", "body", "<p>The first words.</p>", "dateline", "Sarrin"));
        save(ada, story, 1, "Versions", "<p>The second words.</p>");
        String history = ada.get("/desk/stories/" + story + "/history").body();
        assertThat(history).contains("<ins>second</ins>", "<del>first</del>");
        ada.post("/desk/stories/" + story + "/restore", "revision", "1");
        assertThat(desk.value("select dateline || opening from story where id = ?", story))
                .isEqualTo("Sarrin<p>The first words.</p>");
        assertThat(desk.value("select count(*)::text from story_revision where story_id = ?", story))
                .isEqualTo("3");
    }

    @Test
    void a_correction_is_shown_to_the_reader_with_its_time() throws Exception {
        long story = Desk.story(write("Wrong by a year", "body", "<p>x</p>", "then", "publish"));
        ada.post("/desk/stories/" + story + "/correct", "correction", "The year was 2024, not 2023.");
        assertThat(Desk.page(desk.press.person().get("/wrong-by-a-year/"))
                        .select(".corrections")
                        .text())
                .contains("The year was 2024, not 2023.");
    }
}
