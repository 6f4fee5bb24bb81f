package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;

/** The newsroom's list of people and organisations: kept by editors, found in text, linked by acceptance alone. */
class NamesTest {
    private static Desk desk;
    private static Press.Person ada;
    private static Press.Person rae;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.opened();
        ada = desk.signedIn("ada");
        rae = desk.signedIn("rae");
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static long add(String name, String kind, String aliases, String description) throws Exception {
        var answer =
                ada.post("/desk/names/new", "name", name, "kind", kind, "aliases", aliases, "description", description);
        assertThat(answer.body()).contains("Saved.");
        return Long.parseLong(answer.uri().getPath().replaceAll("\\D", ""));
    }

    private static Document panel(Press.Person who, String title, String text, String language, String... more)
            throws Exception {
        var fields = new ArrayList<>(List.of("title", title, "text", text, "language", language));
        fields.addAll(List.of(more));
        return Desk.page(who.post("/desk/assist", fields.toArray(String[]::new)));
    }

    private static List<String> named(Document panel) {
        return panel.select("[data-kind=entity]").eachAttr("data-value");
    }

    @Test
    void names_are_found_by_the_longest_alias_however_they_are_written_and_never_in_small_letters() throws Exception {
        add("Nordvik Tidal", "organisation", "Nordvik Tidal Power\nنوردفيك", "Builds turbines.");
        add("Nordvik", "place", "", "A town.");
        add("Éloïse Tarnand", "person", "Tarnand", "A minister.");
        add("Sail", "organisation", "", "A charity.");
        assertThat(named(panel(
                        rae,
                        "Tides",
                        "NORDVIK TIDAL POWER was told by Eloise Tarnand’s office to sail on. They sail by night and set no date for it.",
                        "en")))
                .containsExactlyInAnyOrder("nordvik-tidal", "eloise-tarnand");
        assertThat(named(panel(
                        rae,
                        "Tides",
                        "The mayor of Nordvik’s harbour spoke of a long winter and asked for patience from all who fish there.",
                        "en")))
                .containsExactly("nordvik");
        assertThat(named(panel(
                        rae,
                        "المد",
                        "قالت الشركة إن توربينات المد ستصل في الربيع، وإن العمل مع ونوردفيك وبنوردفيك يبدأ بعد أشهر قليلة من الآن.",
                        "ar")))
                .containsExactly("nordvik-tidal");
    }

    @Test
    void a_name_that_two_go_by_is_asked_about() throws Exception {
        add("Delta Bank", "organisation", "Delta", "Lends to ports.");
        add("Delta Line", "organisation", "Delta", "Runs ferries.");
        Document panel = panel(
                rae,
                "A loan",
                "On Monday the board of Delta met for nine hours and said nothing at all to those who waited outside.",
                "en");
        assertThat(named(panel)).containsExactlyInAnyOrder("delta-bank", "delta-line");
        assertThat(panel.expectFirst("[data-value=delta-bank]").text())
                .contains("may be this one or another of that name: choose", "Lends to ports.");
        assertThat(ada.get("/desk/names?q=delta").body()).contains("Delta Bank", "Delta Line");
        Element form = Desk.page(
                        ada.get("/desk/names/" + desk.value("select id from entity where slug = 'delta-bank'")))
                .expectFirst("main");
        assertThat(form.text()).contains("Shares a name with Delta Line");
    }

    @Test
    void a_story_is_linked_when_an_editor_takes_the_name_and_its_page_has_the_story() throws Exception {
        add("Ostara Fund", "organisation", "", "Pays for <b>bridges</b>.");
        assertThat(desk.press.person().get("/who/ostara-fund/").body())
                .contains("noindex", "No story here yet.", "CollectionPage");
        var answer = ada.post(
                "/desk/stories/new",
                "revision",
                "0",
                "title",
                "A bridge is paid for",
                "body",
                "<p>The Ostara Fund pays.</p>",
                "access",
                "public",
                "entities_asked",
                "yes",
                "entities",
                "ostara-fund",
                "then",
                "publish");
        assertThat(Desk.page(answer).select("input[name=entities][value=ostara-fund][checked]"))
                .hasSize(1);
        var page = desk.press.person().get("/who/ostara-fund/").body();
        assertThat(page)
                .contains("A bridge is paid for", "Organisation", "\"@type\":\"Organization\"")
                .doesNotContain("noindex", "<b>bridges");
        assertThat(desk.press.person().get("/a-bridge-is-paid-for/").body()).contains("href=\"/who/ostara-fund/\"");

        // A draft that names it is not on its page; nor is one that was withdrawn.
        ada.post(
                "/desk/stories/new",
                "revision",
                "0",
                "title",
                "Another bridge",
                "access",
                "public",
                "entities_asked",
                "yes",
                "entities",
                "ostara-fund");
        assertThat(desk.press.person().get("/who/ostara-fund/").body()).doesNotContain("Another bridge");
        long story = Desk.story(answer);
        ada.post(
                "/desk/stories/" + story,
                "revision",
                desk.value("select revision from story where id = ?", story),
                "title",
                "A bridge is paid for",
                "body",
                "<p>x</p>",
                "access",
                "public",
                "then",
                "withdraw");
        assertThat(desk.value("select count(*) from story_entity where story_id = ?", story))
                .isEqualTo("1");
        // Kept pages go as soon as the news of it has come round.
        TestSmtp.await(() -> page().contains("noindex"));
        assertThat(page()).doesNotContain("A bridge is paid for");
        ada.post(
                "/desk/stories/" + story,
                "revision",
                desk.value("select revision from story where id = ?", story),
                "title",
                "A bridge is paid for",
                "body",
                "<p>x</p>",
                "access",
                "public",
                "entities_asked",
                "yes");
        assertThat(desk.value("select count(*) from story_entity where story_id = ?", story))
                .isEqualTo("0");
    }

    @Test
    void merging_takes_names_stories_and_visitors_along_and_retiring_ends_suggestions_alone() throws Exception {
        long old = add("Brenna Hall Trust", "organisation", "BHT", "");
        long now = add("Brenna Trust", "organisation", "", "");
        ada.post(
                "/desk/stories/new",
                "revision",
                "0",
                "title",
                "A hall reopens",
                "body",
                "<p>x</p>",
                "access",
                "public",
                "entities_asked",
                "yes",
                "entities",
                "brenna-hall-trust",
                "then",
                "publish");
        assertThat(ada.post("/desk/names/" + old + "/merge", "into", "Nobody at all")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ada.post("/desk/names/" + old + "/merge", "into", "brenna-hall-trust")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ada.post("/desk/names/" + old + "/merge", "into", "brenna trust")
                        .uri()
                        .getPath())
                .endsWith("/" + now);
        var moved = desk.press.person().get("/who/brenna-hall-trust/");
        assertThat(moved.uri().getPath()).isEqualTo("/who/brenna-trust/");
        assertThat(moved.body()).contains("A hall reopens");
        String text =
                "What BHT wants from the town is a roof, and a door that shuts, said its treasurer on Tuesday evening.";
        assertThat(named(panel(rae, "Roof", text, "en"))).containsExactly("brenna-trust");
        ada.post("/desk/names/" + now + "/retire");
        assertThat(named(panel(rae, "Roof", text, "en"))).isEmpty();
        assertThat(desk.press.person().get("/who/brenna-trust/").body()).contains("A hall reopens");
        assertThat(desk.press.person().get("/who/nobody/").statusCode()).isEqualTo(404);
    }

    @Test
    void an_older_version_brings_the_names_that_it_was_linked_to_along() throws Exception {
        add("Torvald Ness", "person", "", "");
        add("Ingrid Ness", "person", "", "");
        var first = ada.post(
                "/desk/stories/new",
                "revision",
                "0",
                "title",
                "Ness and Ness",
                "body",
                "<p>Torvald Ness.</p>",
                "access",
                "public",
                "entities_asked",
                "yes",
                "entities",
                "torvald-ness");
        long story = Desk.story(first);
        ada.post(
                "/desk/stories/" + story,
                "revision",
                "1",
                "title",
                "Ness and Ness",
                "body",
                "<p>Ingrid Ness.</p>",
                "access",
                "public",
                "entities_asked",
                "yes",
                "entities",
                "ingrid-ness");
        String named =
                "select string_agg(e.slug, ' ') from story_entity s join entity e on e.id = s.entity_id where s.story_id = ?";
        assertThat(desk.value(named, story)).isEqualTo("ingrid-ness");
        Element then = Desk.page(ada.get("/desk/stories/" + story + "/history?revision=1"))
                .expectFirst("#named");
        assertThat(then.text()).isEqualTo("People and organisations: Torvald Ness");
        assertThat(then.select("ins, del")).isEmpty();
        Element changed =
                Desk.page(ada.get("/desk/stories/" + story + "/history")).expectFirst("#named");
        assertThat(changed.select("ins").eachText()).containsExactly("Ingrid Ness");
        assertThat(changed.select("del").eachText()).containsExactly("Torvald Ness");
        ada.post("/desk/stories/" + story + "/restore", "revision", "1");
        assertThat(desk.value(named, story)).isEqualTo("torvald-ness");
        ada.post("/desk/stories/" + story + "/restore", "revision", "2");
        assertThat(desk.value(named, story)).isEqualTo("ingrid-ness");
    }

    @Test
    void an_address_is_changed_and_the_old_one_leads_to_it_for_readers_and_for_whoever_is_writing() throws Exception {
        long id = add("Vesna Marrow", "person", "", "Runs the tram company.");
        add("Vesna Other", "person", "", "");
        var linked = ada.post(
                "/desk/stories/new",
                "revision",
                "0",
                "title",
                "Trams at night",
                "body",
                "<p>Vesna Marrow runs them.</p>",
                "access",
                "public",
                "entities_asked",
                "yes",
                "entities",
                "vesna-marrow",
                "then",
                "publish");
        assertThat(desk.press.person().get("/sitemap.xml").body())
                .contains("/who/vesna-marrow/</loc>")
                .doesNotContain("/who/vesna-other/");
        assertThat(Desk.page(desk.press.person().get("/who/vesna-marrow/"))
                        .select("link[rel=canonical]")
                        .attr("href"))
                .isEqualTo(desk.press.url() + "/who/vesna-marrow/");

        String path = "/desk/names/" + id;
        var taken = ada.post(path, "name", "Vesna Marrow", "kind", "person", "slug", "vesna-other");
        assertThat(taken.statusCode()).isEqualTo(422);
        assertThat(taken.body()).contains("Another one has the address /who/vesna-other/.");
        assertThat(ada.post(path, "name", "Vesna Marrow", "kind", "person", "slug", "V. Marrow")
                        .body())
                .contains("value=\"v-marrow\"");

        assertThat(leadsTo("/who/v-marrow/", "/who/vesna-marrow/").body()).contains("Trams at night");
        assertThat(desk.press.person().get("/sitemap.xml").body())
                .contains("/who/v-marrow/</loc>")
                .doesNotContain("/who/vesna-marrow/");
        long story = Desk.story(linked);
        ada.post(
                "/desk/stories/" + story,
                "revision",
                desk.value("select revision from story where id = ?", story),
                "title",
                "Trams at night",
                "body",
                "<p>Vesna Marrow runs them.</p>",
                "access",
                "public",
                "entities_asked",
                "yes",
                "entities",
                "vesna-marrow");
        assertThat(desk.press.person().get("/who/v-marrow/").body())
                .as("saved from a page that was open meanwhile")
                .contains("Trams at night");

        add("Vesna Marrow", "person", "", "Another one of that name.");
        assertThat(desk.press.person().get("/who/vesna-marrow/").uri().getPath())
                .as("a former address is given to nobody else")
                .isEqualTo("/who/v-marrow/");
        ada.post(path, "name", "Vesna Marrow", "kind", "person", "slug", "vesna-marrow");
        leadsTo("/who/vesna-marrow/", "/who/v-marrow/");
    }

    /** Kept pages hear of a change a moment later. */
    private static HttpResponse<String> leadsTo(String wanted, String path) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(15));
        var there = desk.press.person().get(path);
        while (!there.uri().getPath().equals(wanted) && Instant.now().isBefore(end))
            there = desk.press.person().get(path);
        assertThat(there.uri().getPath()).isEqualTo(wanted);
        return there;
    }

    @Test
    void new_names_are_offered_to_editors_and_added_by_nobody_else() throws Exception {
        String text =
                "The plan of Marit Solbakke failed. On Friday Marit Solbakke said so herself. The Ministry agreed with her in the end.";
        Document offered = panel(ada, "A plan", text, "en");
        assertThat(offered.select("a[href='/desk/names/new?name=Marit+Solbakke']"))
                .hasSize(1);
        assertThat(panel(rae, "A plan", text, "en").text()).doesNotContain("New names");
        assertThat(desk.value("select count(*) from entity where name like 'Marit%'"))
                .isEqualTo("0");
        assertThat(Desk.page(ada.get("/desk/names/new?name=Marit+Solbakke"))
                        .expectFirst("#name")
                        .val())
                .isEqualTo("Marit Solbakke");
        assertThat(rae.post("/desk/names/new", "name", "Marit Solbakke").statusCode())
                .isEqualTo(403);
    }

    @Test
    void what_is_wrong_with_a_name_is_said_and_nothing_typed_is_lost() throws Exception {
        var nameless = ada.post(
                "/desk/names/new", "name", " … ", "kind", "person", "aliases", "Keep me", "description", "And me");
        assertThat(nameless.statusCode()).isEqualTo(422);
        assertThat(nameless.body()).contains("Write a name, with letters in it.", "Keep me", "And me");
        assertThat(ada.post("/desk/names/new", "name", "x".repeat(121)).statusCode())
                .isEqualTo(422);
        assertThat(ada.post("/desk/names/new", "name", "Someone", "aliases", "x")
                        .body())
                .contains("too short to be found");
        var script = ada.post("/desk/names/new", "name", "<script>alert(1)</script> & Sons", "kind", "spell");
        assertThat(Desk.page(script).select("main script")).isEmpty();
        assertThat(desk.press.person().get("/who/script-alert-1-script-sons/").body())
                .doesNotContain("<script>alert");
        assertThat(ada.get("/desk/names/999999").statusCode()).isEqualTo(404);
        assertThat(ada.get("/desk/names?q=%3Cscript%3E&page=-1").statusCode()).isEqualTo(200);
    }

    private static String page() {
        try {
            return desk.press.person().get("/who/ostara-fund/").body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
