package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.readers.EmailAddress;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/** What a member does with a memo: follows, saves, notes, prints, sends on; and what nobody else gets. */
class MemoReadingTest {
    private static final String MEMO = "accord-swap-price-of-water";
    private static final String HIDDEN = "the Tessary Threshold";
    private static Press press;

    @BeforeAll
    static void start() throws Exception {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Person signedIn(String email) throws Exception {
        Person person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    private static long count(String sql) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static String one(String sql) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    @Test
    void a_member_follows_from_the_page_itself_and_takes_it_back() throws Exception {
        Person cleo = signedIn("cleo@reader.example");
        for (String page : List.of("/topic/energy/", "/industry/banking/", "/author/lena-horvat/", "/country/no/")) {
            var form = Jsoup.parse(cleo.get(page).body()).expectFirst("form.follow");
            assertThat(form.select("button").attr("value")).as(page).isEqualTo("yes");
            String after = cleo.post(form.attr("action"), "follow", "yes", "next", page)
                    .body();
            assertThat(Jsoup.parse(after).expectFirst("form.follow button").attr("value"))
                    .isEqualTo("no");
        }
        assertThat(Jsoup.parse(cleo.get("/account/following/").body())
                        .select(".followed a")
                        .eachText())
                .containsExactly("Energy", "Norway", "Banking", "Lena Horvat");
        String left = cleo.post("/follow/country/no", "follow", "no", "next", "/account/following/?left=country/no")
                .body();
        assertThat(left).contains("You no longer follow Norway.", "Undo");
        cleo.post("/follow/country/no", "follow", "yes");
        assertThat(count("select count(*) from follow where country = 'NO'")).isEqualTo(1);
        assertThat(
                        count(
                                "select count(*) from consent c join consent_text t on t.hash = c.text_hash where t.wording like 'Follow:%' and c.reader_id = (select id from reader where email_key = 'cleo@reader.example')"))
                .isEqualTo(1);
    }

    @Test
    void every_memo_of_the_sample_is_filed_under_a_country_and_found_there() throws Exception {
        assertThat(
                        count(
                                "select count(*) from story s where s.kind = 'memo' and s.slug not like '%-ar' and s.state = 'published' and not exists (select from story_country c where c.story_id = s.id)"))
                .isZero();
        assertThat(press.person().get("/country/kz/").body()).contains("Kazakhstan", "/" + MEMO + "/");
    }

    @Test
    void letters_speak_the_language_that_a_member_chooses_for_them() throws Exception {
        Person ben = signedIn("ben@reader.example");
        assertThat(ben.post("/account/following/alerts", "how", "at_once", "language", "he")
                        .body())
                .contains("Saved. Alerts: at once.", "<option value=\"he\" lang=\"he\" selected>עברית");
        assertThat(one("select language from reader where email_key = 'ben@reader.example'"))
                .isEqualTo("he");
        assertThat(ben.post("/account/following/alerts", "how", "daily", "at", "x", "language", "ar")
                        .body())
                .as("with the form as it was")
                .contains("<option value=\"ar\" lang=\"ar\" selected>");
        ben.post("/account/following/alerts", "how", "at_once", "language", "en");
    }

    @Test
    void following_is_for_members_and_asks_for_something_that_is_there() throws Exception {
        for (Person person : List.of(press.person(), signedIn("eli@reader.example"))) {
            assertThat(person.get("/topic/energy/").body()).doesNotContain("class=\"follow\"");
            assertThat(person.post("/follow/topic/energy", "follow", "yes").statusCode())
                    .isEqualTo(403);
        }
        Person ben = signedIn("ben@reader.example");
        assertThat(ben.post("/follow/country/xx", "follow", "yes").statusCode()).isEqualTo(404);
        assertThat(ben.post("/follow/colour/red", "follow", "yes").statusCode()).isEqualTo(404);
    }

    @Test
    void alerts_are_chosen_and_a_wrong_time_or_zone_is_told_with_the_form_as_it_was() throws Exception {
        Person ben = signedIn("ben@reader.example");
        assertThat(ben.post("/account/following/alerts", "how", "daily", "at", "18:30", "zone", "Asia/Tokyo")
                        .body())
                .contains("Saved. Alerts: daily at 18:30.");
        var refused = ben.post("/account/following/alerts", "how", "daily", "at", "25:00", "zone", "Mars/Base");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("Please give a time such as 07:30", "value=\"Mars/Base\"", "value=\"25:00\"");
        assertThat(
                        one(
                                "select at || ' ' || zone from alert_choice c join reader r on r.id = c.reader_id where r.email_key = 'ben@reader.example'"))
                .isEqualTo("18:30:00 Asia/Tokyo");
    }

    @Test
    void a_letter_s_link_ends_the_alerts_by_one_click_and_by_a_button_that_can_be_undone() throws Exception {
        Person dina = signedIn("dina@ministry.example");
        dina.post("/follow/topic/energy", "follow", "yes");
        String path = "/unsubscribe/alerts/"
                + press.running
                        .newsroom()
                        .unsubscribeLinks
                        .token(0, count("select id from reader where email_key = 'dina@ministry.example'"));
        String how =
                "select how from alert_choice c join reader r on r.id = c.reader_id where r.email_key = 'dina@ministry.example'";
        Person anyone = press.person();
        assertThat(anyone.get(path).body()).contains("Stop alerts of new memos?");
        assertThat(one(how)).isEqualTo("at_once");
        assertThat(anyone.post(path, "List-Unsubscribe", "One-Click").body()).contains("The alerts are stopped");
        assertThat(one(how)).isEqualTo("none");
        anyone.post(path);
        assertThat(anyone.post(path + "/undo").body()).contains("The alerts are back");
        assertThat(one(how)).isEqualTo("at_once");
        assertThat(anyone.get("/unsubscribe/alerts/" + "A".repeat(43)).statusCode())
                .isEqualTo(404);
        assertThat(
                        count(
                                "select count(*) from follow f join reader r on r.id = f.reader_id where r.email_key = 'dina@ministry.example'"))
                .isEqualTo(1);
    }

    @Test
    void whoever_may_not_read_a_memo_is_told_what_it_answers_and_no_more() throws Exception {
        for (Person person : List.of(press.person(), signedIn("eli@reader.example"))) {
            String page = person.get("/" + MEMO + "/").body();
            assertThat(page)
                    .contains(
                            "What this memo answers",
                            "What is a cubic metre worth?",
                            "4 key points",
                            "4 sources",
                            "free week")
                    .doesNotContain(HIDDEN, "exchange rate in annex C", "memo.pdf");
        }
        assertThat(press.person().get("/" + MEMO + "/memo.pdf").uri().getPath()).isEqualTo("/signin/");
        var refused = signedIn("hana@reader.example").get("/" + MEMO + "/memo.pdf");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("for members").doesNotContain(HIDDEN);
        assertThat(signedIn("cleo@reader.example")
                        .get("/nine-days-halden-voss/memo.pdf")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_member_s_page_has_every_part_and_the_paper_bears_their_name_on_each_page() throws Exception {
        Person cleo = signedIn("cleo@reader.example");
        var page = Jsoup.parse(cleo.get("/" + MEMO + "/").body());
        assertThat(page.select(".key-points li")).hasSize(4);
        assertThat(page.select(".confidence").text()).contains("High", "Documents or several independent sources");
        assertThat(page.select("#memos-title").text()).isEqualTo("Related memos");
        assertThat(page.select(".follow-chips form")).hasSizeGreaterThan(3);
        assertThat(page.select(".memo-front")).isEmpty();

        byte[] pdf = cleo.bytes("/" + MEMO + "/memo.pdf").body();
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/memo.pdf"), pdf);
        try (var document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            for (int number = 1; number <= document.getNumberOfPages(); number++) {
                stripper.setStartPage(number);
                stripper.setEndPage(number);
                assertThat(stripper.getText(document))
                        .contains(
                                "This copy is for Cleo Marchetti (cleo@reader.example)",
                                number + " / " + document.getNumberOfPages());
            }
            stripper.setStartPage(1);
            assertThat(stripper.getText(document).replaceAll("\\s+", " "))
                    .containsSubsequence(
                            "Key points",
                            "annex C implies",
                            "Where the drought lands",
                            HIDDEN,
                            "What to watch",
                            "How sure we are",
                            "Sources");
        }
    }

    @Test
    void what_is_saved_waits_with_the_unread_first_and_comes_back_after_an_undo() throws Exception {
        Person faye = signedIn("faye@reader.example");
        faye.post("/saved/" + MEMO, "save", "yes");
        faye.post("/saved/nine-days-halden-voss", "save", "yes");
        press.running.newsroom().database.jdbi().useHandle(handle -> handle.execute("""
                insert into member_read (reader_id, story_id, at)
                select r.id, s.id, now() from reader r, story s where r.email_key = 'faye@reader.example' and s.slug = 'nine-days-halden-voss'
                on conflict do nothing
                """));
        var list = Jsoup.parse(faye.get("/account/saved/").body()).select(".shelf-list li");
        assertThat(list.select("h2 a").eachAttr("href")).containsExactly("/" + MEMO + "/", "/nine-days-halden-voss/");
        assertThat(list.get(1).hasClass("is-seen")).isTrue();
        assertThat(Jsoup.parse(faye.get("/" + MEMO + "/").body())
                        .expectFirst("#save button")
                        .text())
                .contains("Saved");
        String removed = faye.post("/saved/" + MEMO, "save", "no", "next", "/account/saved/?removed=" + MEMO)
                .body();
        assertThat(removed).contains("Taken off your list.", "action=\"/saved/" + MEMO + "\"");
        faye.post("/saved/" + MEMO, "save", "yes");
        assertThat(count("select count(*) from bookmark")).isGreaterThanOrEqualTo(2);
        assertThat(faye.post("/saved/no-such-story", "save", "yes").statusCode())
                .isEqualTo(404);
        assertThat(press.person().post("/saved/" + MEMO, "save", "yes").statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_note_is_kept_as_typed_for_its_writer_alone_and_two_tabs_lose_nothing() throws Exception {
        Person ben = signedIn("ben@reader.example");
        String typed = "  Ask <Otto> about 47 cents.\r\n\r\n\tThen \"annex C\" & مرحبا ";
        ben.post("/notes/" + MEMO, "text", typed, "revision", "0");
        var field = Jsoup.parse(ben.get("/" + MEMO + "/").body()).expectFirst("#note-text");
        assertThat(field.wholeText()).isEqualTo(typed.replace("\r\n", "\n"));
        assertThat(signedIn("cleo@reader.example").get("/" + MEMO + "/").body()).doesNotContain("47 cents.\n");
        assertThat(signedIn("ada@parallel.example").get("/account/notes/").body())
                .doesNotContain("Otto");

        ben.post("/notes/" + MEMO, "text", "Written on the phone.", "revision", "1");
        String both = ben.post("/notes/" + MEMO, "text", "Written on the laptop.", "revision", "1")
                .body();
        assertThat(both).contains("Both texts are kept", "Written on the phone.", "Written on the laptop.");

        assertThat(Jsoup.parse(ben.get("/account/notes/?q=LAPTOP").body()).select(".note-words"))
                .hasSize(1);
        assertThat(ben.get("/account/notes/?q=zebra").body()).contains("No note of yours has these words.");
        String longer = "x".repeat(20_001);
        var refused = ben.post("/notes/" + MEMO, "text", longer, "revision", "3");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("A note can have 20,000 characters", longer);

        var deleted = Jsoup.parse(ben.post("/notes/" + MEMO + "/delete").body()).expectFirst("form.undo");
        assertThat(
                        count(
                                "select count(*) from note n join reader r on r.id = n.reader_id where r.email_key = 'ben@reader.example'"))
                .isZero();
        ben.post(deleted.attr("action"), "text", deleted.select("[name=text]").val(), "next", "/account/notes/");
        assertThat(ben.get("/account/notes/").body()).contains("Written on the laptop.");
    }

    @Test
    void a_story_goes_to_a_colleague_of_the_team_and_to_nobody_else() throws Exception {
        String path = "/" + MEMO + "/colleague";
        Person noor = signedIn("noor@ministry.example");
        assertThat(noor.get("/" + MEMO + "/").body()).contains(path);
        var form = Jsoup.parse(noor.get(path).body());
        assertThat(form.select("#c-people option").eachAttr("value"))
                .contains("dina@ministry.example", "tomas@ministry.example")
                .doesNotContain("noor@ministry.example", "oskar@bank.example");

        assertThat(noor.post(path, "to", "Tomas@Ministry.example", "line", "For <Monday> & the minister.")
                        .body())
                .contains("Sent to Tomas Ilves", "Their answer comes to you.");
        String letter =
                "select body_text || reply_to from outbox where to_address = 'tomas@ministry.example' and subject like 'Noor Vale sends you:%'";
        if (count("select count(*) from outbox where to_address = 'tomas@ministry.example' and state = 'owed'") > 0)
            assertThat(one(letter))
                    .contains("For <Monday> & the minister.", "/" + MEMO + "/")
                    .doesNotContain(HIDDEN, "exchange rate in annex C");

        for (String outsider : List.of("oskar@bank.example", "cleo@reader.example", "someone@elsewhere.example")) {
            var refused = noor.post(path, "to", outsider, "line", "Keep this line.");
            assertThat(refused.statusCode()).as(outsider).isEqualTo(422);
            assertThat(refused.body()).contains("not one of your team", outsider, "Keep this line.");
            assertThat(count("select count(*) from outbox where to_address = '" + outsider
                            + "' and subject like '%sends you%'"))
                    .isZero();
        }
        assertThat(noor.post(path, "to", "leila@ministry.example").body()).contains("We have asked your manager");
        assertThat(
                        count(
                                "select count(*) from outbox where to_address = 'leila@ministry.example' and subject like '%sends you%'"))
                .isZero();
        assertThat(
                        count(
                                "select count(*) from outbox where to_address = 'dina@ministry.example' and subject like 'Noor Vale would like to send%'"))
                .isEqualTo(1);
        assertThat(noor.post(path, "to", "noor@ministry.example").body()).contains("That is your own address.");
        assertThat(noor.post(path, "to", "not an address").statusCode()).isEqualTo(422);
        assertThat(noor.post(path, "to", "tomas@ministry.example", "line", "x".repeat(501))
                        .statusCode())
                .isEqualTo(422);

        Person cleo = signedIn("cleo@reader.example");
        assertThat(cleo.get("/" + MEMO + "/").body()).doesNotContain(path);
        assertThat(cleo.get(path).statusCode()).isEqualTo(404);
        for (int i = 0; i < 20; i++) noor.post(path, "to", "tomas@ministry.example");
        assertThat(noor.post(path, "to", "tomas@ministry.example").statusCode()).isEqualTo(429);
    }

    @Test
    void a_country_s_page_lists_what_is_filed_there_and_the_editor_takes_names_and_tells_of_wrong_ones()
            throws Exception {
        var drafts = press.running.newsroom().drafts;
        press.running.newsroom().database.jdbi().useTransaction(handle -> {
            var draft = new Draft(
                    "article",
                    "fjord-ice",
                    "Ice in the fjord",
                    "",
                    "<p>Ice.</p>",
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    Rule.of(Audience.PUBLIC),
                    false,
                    List.of(),
                    List.of(),
                    List.of("NO", "SE"),
                    List.of(),
                    "");
            long id = ((Drafts.Saved) drafts.create(handle, draft, null)).id();
            drafts.publishing().publish(handle, id, null);
        });
        press.running.newsroom().pageCache.retire();
        assertThat(press.person().get("/country/se/").body()).contains("Sweden", "Ice in the fjord");
        assertThat(press.person().get("/fjord-ice/").body()).contains("href=\"/country/no/\">Norway");
        assertThat(press.person().get("/country/zz/").statusCode()).isEqualTo(404);

        Person ada = signedIn("ada@parallel.example");
        var saved = ada.post(
                "/desk/stories/new",
                "revision",
                "0",
                "title",
                "Filed by name",
                "countries",
                "norway",
                "countries",
                "Côte d’Ivoire",
                "countries",
                "JP",
                "countries",
                "");
        assertThat(one("select array_to_string(countries, ' ') from story where title = 'Filed by name'"))
                .isEqualTo("NO CI JP");
        assertThat(saved.body()).contains("value=\"Norway\"", "value=\"Japan\"");
        var wrong = ada.post("/desk/stories/new", "revision", "0", "title", "Filed wrongly", "countries", "Atlantis");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("We know no country called Atlantis.", "value=\"Atlantis\"", "Filed wrongly");
    }

    @Test
    void a_memo_in_arabic_is_set_from_the_right_on_the_page_and_on_paper() throws Exception {
        var drafts = press.running.newsroom().drafts;
        press.running.newsroom().database.jdbi().useTransaction(handle -> {
            var draft = new Draft(
                    "memo",
                    "water-ar",
                    "ثمن الماء",
                    "ما الذي تغيّره الاتفاقية في 2027",
                    "<p>مقدمة.</p><!--members--><h2>الرقم</h2><p>يساوي المتر 47 سنتًا.</p>",
                    "ar",
                    "rtl",
                    "",
                    Optional.empty(),
                    Rule.of(Audience.MEMBER),
                    false,
                    List.of("energy"),
                    List.of(),
                    List.of("NO"),
                    List.of(),
                    "{\"key_points\": [\"النقطة الأولى.\"], \"confidence\": \"low\"}");
            long id = ((Drafts.Saved) drafts.create(handle, draft, null)).id();
            drafts.publishing().publish(handle, id, null);
        });
        press.running.newsroom().pageCache.retire();
        Person cleo = signedIn("cleo@reader.example");
        var page = Jsoup.parse(cleo.get("/water-ar/").body());
        assertThat(page.expectFirst("article.memo").attr("dir")).isEqualTo("rtl");
        assertThat(page.select(".confidence").text()).contains("منخفض", "مصادر قليلة");
        assertThat(page.select(".topics").text()).contains("النرويج");
        byte[] pdf = cleo.bytes("/water-ar/memo.pdf").body();
        Files.write(Path.of("target/memo-ar.pdf"), pdf);
        try (var document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document))
                    .contains("47", "2027", "This copy is for Cleo Marchetti")
                    .doesNotContain("Key points", "How sure we are");
        }
    }
}
