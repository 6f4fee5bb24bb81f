package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a newsroom sets up once: its subjects, its authors, its staff. */
class SetUpTest {
    private static Desk desk;
    private static Press.Person ada;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.opened();
        desk.press.holdingLetters();
        ada = desk.signedIn("ada");
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static String id(String table, String slug) {
        return desk.value("select id::text from " + table + " where slug = ?", slug);
    }

    @Test
    void a_topic_is_added_renamed_and_found_at_its_old_address_too() throws Exception {
        ada.post("/desk/topics/new", "name", "Öl & Gas", "slug", "", "description", "Wells and pipes.");
        String id = id("topic", "ol-gas");
        var changed = ada.post("/desk/topics/" + id, "name", "Oil and gas", "slug", "oil", "description", "Wells.");
        assertThat(changed.body()).contains("Saved. Readers see it now.", "Oil and gas");
        var reader = desk.press.person().get("/topic/ol-gas/");
        assertThat(reader.uri().getPath()).isEqualTo("/topic/oil/");
        assertThat(reader.body()).contains("Oil and gas");
        assertThat(ada.get("/desk/staff").body())
                .contains("Ada added the topic Öl &amp; Gas", "Ada changed the topic Oil and gas");
    }

    @Test
    void a_topics_stories_offer_the_newsletter_that_was_chosen_as_its_briefing() throws Exception {
        desk.jdbi.useHandle(handle -> handle.execute("""
                insert into newsletter (slug, name, sender_name, days, at, zone, position)
                values ('quay-notes', 'Quay Notes', 'Quay', '{mon}', '07:00', 'UTC', 0), ('daily', 'Daily', 'Daily', '{mon}', '07:00', 'UTC', 1)
                """));
        ada.post("/desk/topics/" + id("topic", "ports"), "name", "Ports", "slug", "ports", "briefing", "quay-notes");
        ada.post(
                "/desk/stories/new",
                "title",
                "Offers a briefing",
                "topics",
                "ports",
                "body",
                "<p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p>",
                "then",
                "publish");
        assertThat(desk.press.person().get("/offers-a-briefing/").body()).contains("Quay Notes");
    }

    @Test
    void the_order_of_topics_is_changed_by_one_button() throws Exception {
        Document before = Desk.page(ada.get("/desk/topics"));
        assertThat(before.select(".cell-title").eachText()).containsSubsequence("Energy", "Ports", "Money");
        Document after = Desk.page(ada.post("/desk/topics", "up", id("topic", "money")));
        assertThat(after.select(".cell-title").eachText()).containsSubsequence("Energy", "Money", "Ports");
    }

    @Test
    void what_is_wrong_with_a_topic_is_told_beside_its_field_and_nothing_is_lost() throws Exception {
        var nameless = ada.post("/desk/topics/new", "name", " ", "description", "Kept words.");
        assertThat(nameless.statusCode()).isEqualTo(422);
        assertThat(Desk.page(nameless).select("#name-error").text()).isEqualTo("A topic needs a name.");
        assertThat(nameless.body()).contains("Kept words.");
        var taken = ada.post("/desk/topics/new", "name", "Other", "slug", "energy");
        assertThat(Desk.page(taken).select("#slug-error").text())
                .isEqualTo("Another topic has the address /topic/energy/.");
    }

    @Test
    void a_topic_with_stories_is_not_removed_and_one_without_is() throws Exception {
        ada.post("/desk/stories/new", "title", "Filed", "topics", "energy");
        var refused = ada.post("/desk/topics/" + id("topic", "energy") + "/remove");
        assertThat(refused.statusCode()).isEqualTo(422);
        ada.post("/desk/topics/new", "name", "Short-lived");
        ada.post("/desk/topics/" + id("topic", "short-lived") + "/remove");
        assertThat(desk.value("select count(*)::text from topic where slug = 'short-lived'"))
                .isEqualTo("0");
    }

    @Test
    void an_industry_has_an_editor_and_an_author_has_a_page_that_follows_their_name() throws Exception {
        ada.post("/desk/industries/new", "name", "Banking", "editor", "ivo");
        assertThat(desk.value(
                        "select a.slug from industry i join author a on a.id = i.editor_id where i.slug = 'banking'"))
                .isEqualTo("ivo");
        ada.post(
                "/desk/authors/" + id("author", "mo"),
                "name",
                "Mo Tarnquist",
                "slug",
                "mo-tarnquist",
                "role",
                "Ports",
                "bio",
                "Writes of ships.",
                "location",
                "Sarrin",
                "portrait",
                "");
        var page = desk.press.person().get("/author/mo/");
        assertThat(page.uri().getPath()).isEqualTo("/author/mo-tarnquist/");
        assertThat(page.body()).contains("Mo Tarnquist", "Writes of ships.");
        var wrong = ada.post(
                "/desk/authors/" + id("author", "ada"),
                "name",
                "Ada Rosmere",
                "slug",
                "ada",
                "portrait",
                "nowhere.jpg");
        assertThat(Desk.page(wrong).select("#portrait-error").text()).contains("no longer in the library");
    }

    @Test
    void an_owner_invites_by_address_and_whoever_comes_works_here_until_removed() throws Exception {
        var invited = ada.post(
                "/desk/staff", "email", "Noor@Masthead.example", "role", "reporter", "author", id("author", "ivo"));
        assertThat(invited.body()).contains("A letter is on its way to Noor@Masthead.example.");
        assertThat(desk.value("select subject from outbox where to_address = 'Noor@Masthead.example'"))
                .startsWith("Ada invites you to the newsroom of ");
        assertThat(desk.value("select body_text from outbox where to_address = 'Noor@Masthead.example'"))
                .contains("/signin/?next=/desk/stories");
        Press.Person noor = desk.signedIn("noor");
        assertThat(Desk.page(noor.get("/desk/stories/new"))
                        .select("select[name=authors] option[selected]")
                        .text())
                .isEqualTo("Ivo Castellan");
        String id = desk.value("select id::text from reader where email_key = 'noor@masthead.example'");
        assertThat(ada.post("/desk/staff", "email", "noor@masthead.example", "role", "editor")
                        .body())
                .contains("This person works here already.");
        ada.post("/desk/staff/" + id + "/remove");
        var turnedAway = noor.get("/desk/stories/new");
        assertThat(turnedAway.statusCode()).isEqualTo(403);
        assertThat(turnedAway.body()).contains("Noor@Masthead.example is not on it.");
        assertThat(ada.get("/desk/staff").body())
                .contains(
                        "Ada invited Noor@Masthead.example as reporter",
                        "Ada took Noor@Masthead.example off the staff");
    }

    @Test
    void the_last_owner_stays_one_and_nobody_but_an_owner_changes_the_staff() throws Exception {
        String adasId = desk.value("select id::text from reader where email_key = 'ada@masthead.example'");
        var refused = ada.post("/desk/staff/" + adasId, "role", "editor");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("The newsroom needs an owner.");
        assertThat(ada.post("/desk/staff/" + adasId + "/remove").statusCode()).isEqualTo(422);
        Press.Person edda = desk.signedIn("edda");
        assertThat(edda.post("/desk/staff", "email", "x@masthead.example", "role", "owner")
                        .statusCode())
                .isEqualTo(403);
        assertThat(Desk.page(edda.get("/desk/staff")).select("form[action^=/desk/staff]"))
                .isEmpty();
        assertThat(ada.post("/desk/staff", "email", "not an address", "role", "editor")
                        .statusCode())
                .isEqualTo(422);
    }
}
