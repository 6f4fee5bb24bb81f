package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import press.masthead.search.Place;

/** What is suggested to whoever writes: out of the archive, with a reason, and differently after editors have answered. */
@ParameterizedClass
@EnumSource(Place.class)
class SuggestionsTest {
    @SuppressWarnings("NullAway.Init") // set before each place's turn
    private static Quay quay;

    @SuppressWarnings("NullAway.Init")
    private static Desk desk;

    @SuppressWarnings("NullAway.Init")
    private static Press.Person ada;

    @SuppressWarnings("NullAway.Init")
    private static Press.Person rae;

    SuggestionsTest(Place place) {
        assertThat(place).isNotNull();
    }

    @BeforeParameterizedClassInvocation
    static void open(Place place) throws Exception {
        quay = new Quay(place.settings());
        desk = quay.desk;
        ada = quay.ada;
        rae = desk.signedIn("rae");
        Quay.soon(() ->
                suggested("New cranes for the quay", Quay.PORTS.get(1), "en").contains("topic:ports"));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        quay.close();
    }

    private static Document panel(String title, String text, String language, String... more) {
        var fields = new ArrayList<>(List.of("title", title, "text", text, "language", language));
        fields.addAll(List.of(more));
        try {
            var answer = rae.post("/desk/assist", fields.toArray(String[]::new));
            assertThat(answer.statusCode()).isEqualTo(200);
            return Jsoup.parse(answer.body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> suggested(String title, String text, String language, String... more) {
        return panel(title, text, language, more).select("[data-suggestion]").stream()
                .map(one -> one.attr("data-kind") + ":" + one.attr("data-value"))
                .toList();
    }

    private static void answer(Element suggestion, String story, String answer) throws Exception {
        var fields = new ArrayList<>(List.of(
                "story",
                story,
                "kind",
                suggestion.attr("data-kind"),
                "value",
                suggestion.attr("data-value"),
                "answer",
                answer));
        for (String word : suggestion.attr("data-words").split(" ")) fields.addAll(List.of("word", word));
        assertThat(rae.post("/desk/assist/answer", fields.toArray(String[]::new))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void topics_and_industries_are_suggested_as_earlier_stories_were_filed_and_say_why() {
        Document panel = panel(
                "Night shift",
                "Two cranes stand still at the quay since dockers and pilots left the container berth at midnight.",
                "en");
        Element ports = panel.expectFirst("[data-value=ports]");
        assertThat(ports.text()).matches("Ports .*[56] earlier stories with “.+”, “.+” or “.+” are filed there\\.");
        assertThat(panel.select("[data-value=shipping]")).hasSize(1);
        assertThat(panel.select("[data-value=energy], [data-value=power], [data-value=money]"))
                .isEmpty();
    }

    @Test
    void what_a_story_has_already_is_not_suggested() {
        String text =
                "Two cranes stand still at the quay since dockers and pilots left the container berth at midnight.";
        assertThat(suggested("Night shift", text, "en", "topic", "ports"))
                .doesNotContain("topic:ports")
                .contains("industry:shipping");
        assertThat(suggested(
                        "Oslo and Norway wait",
                        "Norway and its harbour in Oslo wait for a long time for ships and more of them.",
                        "en",
                        "country",
                        "Norway"))
                .doesNotContain("country:NO");
    }

    @Test
    void nothing_is_suggested_where_the_evidence_is_thin() {
        assertThat(suggested(
                        "A walk",
                        "Children painted the fence of the orchard in three colours, and nobody minded the rain that came on Sunday.",
                        "en"))
                .isEmpty();
        assertThat(suggested("", "", "en")).isEmpty();
        assertThat(panel("", "", "en").text()).contains("Suggestions come as the story grows.");
    }

    @Test
    void what_editors_answer_changes_what_is_suggested_next() throws Exception {
        String like =
                "The grid hums. Batteries and turbines hold the wind of a night, and households pay for the grid by the hour.";
        assertThat(suggested("Hum", like, "en")).contains("topic:energy");
        int dismissed = 0;
        while (dismissed < 8 && suggested("Hum", like, "en").contains("topic:energy")) {
            answer(panel("Hum", like, "en").expectFirst("[data-value=energy]"), "", "dismissed");
            dismissed++;
        }
        // One dismissal does not silence it, eight at the most do, and editors who take it bring it back.
        assertThat(dismissed).isBetween(2, 7);
        assertThat(suggested("Hum", like, "en")).doesNotContain("topic:energy").contains("industry:power");
        for (int i = 0; i < 24; i++)
            rae.post(
                    "/desk/assist/answer",
                    "kind",
                    "topic",
                    "value",
                    "energy",
                    "answer",
                    "taken",
                    "word",
                    "en:grid",
                    "word",
                    "en:turbin",
                    "word",
                    "en:batteri",
                    "word",
                    "en:wind",
                    "word",
                    "en:household");
        assertThat(suggested("Hum", like, "en")).contains("topic:energy");
    }

    @Test
    void what_was_dismissed_for_a_story_stays_dismissed_for_it_alone() throws Exception {
        String text =
                "Two cranes stand still at the quay since dockers and pilots left the container berth at midnight.";
        String story = Long.toString(Desk.story(ada.post(
                "/desk/stories/new", "revision", "0", "title", "Night shift at the berth", "access", "public")));
        rae.post("/desk/assist/answer", "story", story, "kind", "industry", "value", "shipping", "answer", "dismissed");
        assertThat(suggested("Night shift", text, "en", "story", story))
                .doesNotContain("industry:shipping")
                .contains("topic:ports");
        assertThat(suggested("Night shift", text, "en")).contains("industry:shipping");
    }

    @Test
    void countries_are_known_by_their_names_their_peoples_and_their_capitals() {
        assertThat(suggested(
                        "Norwegian ferries",
                        "The ministry in Oslo said on Monday that ferries run by night again. Lisbon is far away from all of that.",
                        "en"))
                .contains("country:NO", "country:PT");
        assertThat(suggested(
                        "Ferries",
                        "Said Michael Jordan, who lives in Springfield and has sailed on every ferry of the coast since March.",
                        "en"))
                .noneMatch(one -> one.startsWith("country:"));
        assertThat(suggested(
                        "Ferries",
                        "Jordan and its capital Amman wait for the ferry to the other coast, and so do the Jordanian dockers.",
                        "en"))
                .contains("country:JO");
        assertThat(suggested(
                        "Roast turkey and fine china",
                        "They ate turkey off fine china, and drank to the guinea fowl that had come to a good end.",
                        "en"))
                .noneMatch(one -> one.startsWith("country:"));
        assertThat(suggested(
                        "ميناء جديد",
                        "قالت الوزارة في أوسلو إن النرويج ستوسّع الميناء، وإن السفن المصرية ستصل إليه من القاهرة وبالنرويج يبدأ العمل في الربيع.",
                        "ar"))
                .contains("country:NO", "country:EG");
        assertThat(panel(
                                "Norwegian ferries",
                                "The ministry in Oslo said on Monday that ferries run by night again, and so it is now.",
                                "en")
                        .expectFirst("[data-value=NO]")
                        .text())
                .contains("Norway", "Norwegian", "Oslo");
    }

    @Test
    void a_text_very_like_a_published_story_is_warned_of_and_drafts_are_told_to_nobody() throws Exception {
        String text =
                "The night ferry to the outer skerries will not sail before spring, because its engine waits for a part that nobody makes any more."
                        + " The company that runs the boat has asked three yards, and each of them said that the engine is older than its drawings.";
        ada.post(
                "/desk/stories/new",
                "revision",
                "0",
                "title",
                "No night ferry before spring",
                "body",
                "<p>" + text + "</p>",
                "access",
                "public",
                "then",
                "publish");
        ada.post(
                "/desk/stories/new",
                "revision",
                "0",
                "title",
                "A hidden draft of the ferry",
                "body",
                "<p>" + text + "</p>",
                "access",
                "public");
        String again = text.replace("nobody makes any more", "no one makes now") + " Islanders are angry.";
        Quay.soon(() -> panel("Ferry", again, "en").text().contains("Very like"));
        assertThat(panel("Ferry", again, "en").text())
                .contains("Very like “No night ferry before spring”, published ")
                .doesNotContain("hidden draft");
        assertThat(panel(
                                "Ferry",
                                "A ferry of the harbour carries containers in winter, and the company that runs it has asked pilots and dockers for patience. Its crew plays cards, and its captain reads long books about whales and the men who hunted them.",
                                "en")
                        .text())
                .doesNotContain("Very like");
        assertThat(rae.get("/desk/assist/found?q=night+ferry").body())
                .contains("No night ferry before spring")
                .doesNotContain("hidden draft");
        assertThat(rae.get("/desk/assist/found?q=").body()).contains("Nothing in the archive.");
        assertThat(desk.press.person().get("/desk/assist/found?q=ferry").body()).doesNotContain("night ferry");
    }

    @Test
    void headlines_and_standfirsts_are_offered_in_the_texts_own_words_while_there_are_none() {
        String text =
                "The harbour closes its northern quay for two years. He blamed silt. Silt has narrowed the channel at the northern quay by nine metres since spring. Pilots of the harbour will be paid until the northern quay opens again, and ferries sail from the south. Nobody knows what the dredging costs. The port authority asks three companies for their price by the end of the year.";
        Document offered = panel("", text, "en");
        assertThat(offered.select("[data-kind=title]").eachAttr("data-name"))
                .contains("The harbour closes its northern quay for two years");
        assertThat(offered.select("[data-kind=standfirst]").attr("data-name"))
                .startsWith("The harbour closes its northern quay")
                .doesNotContain("He blamed");
        Document written = panel("A headline", text, "en", "standfirst", "A standfirst of our own.");
        assertThat(written.select("[data-kind=title], [data-kind=standfirst]")).isEmpty();
    }

    @Test
    void odd_texts_are_answered_all_the_same() {
        String script = "<script>alert('one')</script> Norway's \"quay\" & <b>Oslo</b> 🚢🚢 ".repeat(20);
        assertThat(panel("<i>x</i> 🚢", script, "en").select("script, b, i")).isEmpty();
        assertThat(suggested("Norway", "word ".repeat(200_000), "en")).contains("country:NO");
        assertThat(panel("مختلط mixed 混合", "Norway والنرويج and 挪威 מעורב текст ".repeat(30), "zz-ZZ")
                        .select("[data-suggestion]"))
                .isNotEmpty();
        assertThat(panel(
                        "x",
                        "\ud800 lone \u0000surrogate and a zero \uFFFF with enough words to be read by someone here",
                        "not a language"))
                .isNotNull();
    }

    @Test
    void what_is_not_published_teaches_nothing_and_what_is_unknown_is_refused() throws Exception {
        ada.post(
                "/desk/stories/new",
                "revision",
                "0",
                "title",
                "Quokka quokka",
                "body",
                "<p>Embargoed zeppelin, quokka and marzipan.</p>",
                "access",
                "public",
                "topics",
                "money");
        assertThat(panel(
                                "Draft",
                                "Zeppelin, quokka and marzipan are what this whole story is about from its first word to the last.",
                                "en")
                        .text())
                .doesNotContain("Money", "quokka");
        assertThat(rae.post("/desk/assist/answer", "kind", "topic", "value", "nowhere", "answer", "taken")
                        .statusCode())
                .isEqualTo(422);
        assertThat(rae.post("/desk/assist/answer", "kind", "spell", "value", "ports", "answer", "taken")
                        .statusCode())
                .isEqualTo(422);
        assertThat(rae.post("/desk/assist/answer", "kind", "topic", "value", "ports", "answer", "maybe")
                        .statusCode())
                .isEqualTo(422);
        assertThat(desk.press.person().post("/desk/assist", "title", "x").body())
                .doesNotContain("data-suggestion", "assist-keys");
    }
}
