package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;
import press.masthead.access.Rule;

/** A member asks the archive, asks on, keeps and shares the answer; and nobody learns by it what they may not read. */
class AskWalkTest {
    private static ArchiveRoom room;
    private static Evening evening;
    private static Person member;

    @BeforeAll
    static void start() throws Exception {
        room = new ArchiveRoom();
        evening = room.evening;
        member = evening.member("cleo.asks@reader.example");
        publish(
                "quarrach-2024",
                "The Quarrach dam in its last year",
                ArchiveRoom.OPEN,
                "<p>The Quarrach dam produced 310 gigawatt hours in 2024. Mira Holt runs the Quarrach dam for the water ministry.</p>");
        publish(
                "quarrach-2026",
                "Less water at Quarrach",
                ArchiveRoom.OPEN,
                "<p>The Quarrach dam produced 270 gigawatt hours in 2026, the ministry said.</p>");
        publish(
                "quarrach-sale",
                "What we hear of Quarrach",
                ArchiveRoom.PLAN,
                "<p>The Quarrach dam is talked about.</p><!--members-only--><p>The Quarrach dam will be sold to Zelvian Holdings for 900 million crowns.</p>");
        ArchiveRoom.soon(() ->
                ask(member, "What did the Quarrach dam produce in 2026?").text().contains("270 gigawatt hours"));
        evening.jdbi.useHandle(handle -> handle.execute("delete from rate"));
    }

    @AfterAll
    static void stop() {
        room.close();
    }

    private static void publish(String slug, String title, Rule rule, String body) {
        room.publish(slug, title, rule, body);
    }

    private static Document ask(Person person, String question, String... more) {
        return room.ask(person, question, more);
    }

    private static String id(Document page) {
        return page.select(".ask-turn").getLast().id().substring(1);
    }

    @Test
    void an_answer_is_quoted_dated_and_leads_to_its_place() {
        Document page = ask(member, "Who runs the Quarrach dam?");
        assertThat(page.select(".ask-answer").text())
                .contains("Mira Holt runs the Quarrach dam for the water ministry.");
        assertThat(page.select(".ask-dated").text()).startsWith("As of");
        assertThat(page.expectFirst(".ask-cite").attr("href")).startsWith("/quarrach-2024/#:~:text=Mira%20Holt");
        assertThat(page.select(".ask-sources li").text()).contains("The Quarrach dam in its last year");
        assertThat(page.select(".ask-send").text()).containsPattern("\\d+ of 100 left this month");
    }

    @Test
    void a_question_that_goes_on_is_understood_by_the_one_before() {
        Document first = ask(member, "What did the Quarrach dam produce in 2026?");
        assertThat(first.expectFirst(".ask-answer p").text()).contains("270 gigawatt hours");
        Document second = ask(member, "And in 2024?", "after", id(first));
        assertThat(second.select(".ask-turn")).hasSize(2);
        assertThat(second.select(".ask-turn")
                        .getLast()
                        .expectFirst(".ask-answer p")
                        .text())
                .contains("310 gigawatt hours in 2024");
    }

    @Test
    void sources_of_different_days_that_state_different_figures_are_said_to_and_both_are_given() {
        String counted = "<p>The Tarn bridge carries %s vehicles on a working day, the roads office said.</p>";
        publish("tarn-old", "A bridge is counted", ArchiveRoom.OPEN, counted.formatted("31,000"));
        publish("tarn-new", "The bridge is counted anew", ArchiveRoom.OPEN, counted.formatted("44,000"));
        evening.jdbi.useHandle(handle -> handle.execute(
                "update story set published_at = timestamptz '2025-02-03 09:00Z' where slug = 'tarn-old'"));
        String question = "How many vehicles does the Tarn bridge carry on a working day?";
        ArchiveRoom.soon(() -> !ask(member, question).select(".ask-differing").isEmpty());
        Document page = ask(member, question);
        assertThat(page.select(".ask-differing h3").text()).isEqualTo("The sources differ");
        assertThat(page.select(".ask-differing strong").eachText())
                .containsExactly("44,000 vehicles", "31,000 vehicles");
        assertThat(page.select(".ask-differing li").getLast().text()).contains("3 February 2025, A bridge is counted");
        assertThat(page.select(".ask-answer p")).hasSizeGreaterThan(1);
        assertThat(ask(member, "What did the Quarrach dam produce in 2026?").select(".ask-differing"))
                .as("figures of different years do not differ")
                .isEmpty();
    }

    @Test
    void what_is_asked_of_a_year_is_not_answered_with_another_years_figure() {
        assertThat(ask(member, "What did the Quarrach dam produce in 2024?")
                        .select(".ask-answer")
                        .text())
                .contains("310 gigawatt hours");
        Document page = ask(member, "What did the Quarrach dam produce in 2019?");
        assertThat(page.select(".ask-absent").text()).contains("Not in the archive.");
    }

    @Test
    void what_the_archive_does_not_hold_it_does_not_say_and_editors_hear_of_it_without_a_name() {
        Document page = ask(member, "Who won the Brindle chess cup in Almena?");
        assertThat(page.select(".ask-absent").text()).contains("Not in the archive.");
        assertThat(page.select(".ask-answer")).isEmpty();
    }

    @Test
    void whoever_may_not_ask_gets_the_offer_and_nothing_else() throws Exception {
        Person visitor = evening.press.person();
        evening.jdbi.useHandle(handle -> handle.execute("""
                insert into reader (email, email_key, name, created_at, confirmed_at)
                values ('gwen.reads@reader.example', 'gwen.reads@reader.example', 'Gwen', now(), now())
                """));
        for (Person person : List.of(visitor, evening.signedIn("gwen.reads@reader.example"))) {
            var page = person.get("/pro/ask/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("See the plan").doesNotContain("ask-form");
            var asked = person.post("/pro/ask/", "question", "Who buys the Quarrach dam?");
            assertThat(asked.statusCode()).isEqualTo(403);
            assertThat(asked.body()).contains("See the plan").doesNotContain("Zelvian", "Quarrach");
        }
        assertThat(
                        evening.one(
                                "select count(*) from archive_question q join reader r on r.id = q.reader_id where r.email = 'gwen.reads@reader.example'"))
                .isEqualTo("0");
    }

    @Test
    void a_plan_without_it_and_a_member_are_told_by_what_they_may_read() throws Exception {
        Document mine = ask(member, "Who will the Quarrach dam be sold to?");
        assertThat(mine.select(".ask-answer").text()).contains("Zelvian Holdings");
        Jdbi jdbi = evening.jdbi;
        jdbi.useHandle(handle -> {
            handle.execute("insert into plan (slug, name) values ('lite', 'Lite') on conflict do nothing");
            handle.execute("""
                    insert into price (plan_id, amount, currency, "interval", trial_days) select id, 100, 'USD', 'month', 0 from plan where slug = 'lite'
                    """);
        });
        Person lite = evening.member("lena.lite@reader.example");
        jdbi.useHandle(handle -> handle.execute("""
                update membership set price_id = (select p.id from price p join plan on plan.id = p.plan_id where plan.slug = 'lite')
                where reader_id = (select id from reader where email = 'lena.lite@reader.example')
                """));
        assertThat(lite.get("/pro/ask/").body()).contains("See the plan").doesNotContain("ask-form");
        assertThat(lite.post("/pro/ask/", "question", "Who buys the Quarrach dam?")
                        .statusCode())
                .isEqualTo(403);
        jdbi.useHandle(handle -> handle.execute("update archive_setting set plans = '{pro,lite}'"));
        try {
            Document theirs = ask(lite, "Who will the Quarrach dam be sold to?");
            assertThat(theirs.text()).doesNotContain("Zelvian", "900 million");
            assertThat(ask(lite, "Zelvian Holdings 900 million crowns")
                            .select(".ask-turn")
                            .text()
                            .replace("Zelvian Holdings 900 million crowns", ""))
                    .doesNotContain("Zelvian", "900 million", "What we hear of Quarrach");
            share(lite, mine);
        } finally {
            jdbi.useHandle(handle -> handle.execute("update archive_setting set plans = '{pro}'"));
        }
    }

    /** Both on one team: the answer is shared, and each sees of it what they may read. */
    private static void share(Person lite, Document mine) throws Exception {
        evening.jdbi.useHandle(handle -> {
            handle.execute("insert into team (name, zone, created_at) values ('Harbour Bank', 'Europe/Zurich', now())");
            handle.execute(
                    "insert into team_manager (team_id, reader_id, since) select t.id, r.id, now() from team t, reader r where t.name = 'Harbour Bank' and r.email in ('cleo.asks@reader.example', 'lena.lite@reader.example')");
        });
        String team = evening.one("select id from team where name = 'Harbour Bank'");
        String path = "/pro/ask/" + id(mine) + "/";
        assertThat(lite.get(path).statusCode()).isEqualTo(404);
        assertThat(member.post(path + "share", "team", "999999").body()).contains("No longer shared.");
        assertThat(member.post(path + "share", "team", team).body())
                .contains("Shared with your team.", "Stop sharing in Harbour Bank");
        assertThat(lite.get("/pro/ask/").body())
                .contains("Shared in your team", "Who will the Quarrach dam be sold to?");
        var seen = lite.get(path);
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(seen.body()).contains("shared in Harbour Bank").doesNotContain("Zelvian", "900 million");
        assertThat(member.get(path).body()).contains("Zelvian");
        for (String verb : List.of("helpful", "save", "share", "delete"))
            assertThat(lite.post(path + verb).statusCode()).isEqualTo(404);
        evening.jdbi.useHandle(
                handle -> handle.execute(
                        "delete from team_manager where reader_id = (select id from reader where email = 'lena.lite@reader.example')"));
        assertThat(lite.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void an_answer_is_judged_saved_listed_and_deleted() throws Exception {
        Document page = ask(member, "Who runs the Quarrach dam?");
        String path = "/pro/ask/" + id(page) + "/";
        assertThat(member.post(path + "helpful", "helpful", "no", "note", "Since when?")
                        .body())
                .contains("Thank you.", "Since when?");
        assertThat(member.post(path + "save", "save", "yes").body()).contains("Saved.");
        assertThat(member.get("/pro/ask/history/?saved=yes").body()).contains("Who runs the Quarrach dam?");
        assertThat(member.post(path + "delete").body()).contains("The question is deleted.");
        assertThat(member.get(path).statusCode()).isEqualTo(404);
        assertThat(member.get("/pro/ask/history/?saved=yes").body()).doesNotContain("Who runs the Quarrach dam?");
    }

    @Test
    void a_story_that_is_withdrawn_takes_its_sentences_along() throws Exception {
        publish(
                "vannic",
                "The Vannic line",
                ArchiveRoom.OPEN,
                "<p>The Vannic line carries 80,000 tonnes of barley each spring.</p>");
        String[] path = {""};
        ArchiveRoom.soon(() -> {
            Document page = ask(member, "How many tonnes of barley does the Vannic line carry?");
            path[0] = "/pro/ask/" + id(page) + "/";
            return page.select(".ask-answer").text().contains("80,000 tonnes");
        });
        evening.jdbi.useHandle(handle -> handle.execute("update story set state = 'withdrawn' where slug = 'vannic'"));
        assertThat(member.get(path[0]).body())
                .contains("can’t be shown here any more")
                .doesNotContain("80,000 tonnes");
    }

    @Test
    void bad_input_gets_a_sentence_and_loses_nothing() throws Exception {
        assertThat(member.post("/pro/ask/", "question", "  ?! ").statusCode()).isEqualTo(422);
        String lengthy = "Why " + "does it ".repeat(100) + "take so long?";
        var refused = member.post("/pro/ask/", "question", lengthy);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("500 characters", "take so long?");
        assertThat(member.get("/pro/ask/999999999/").statusCode()).isEqualTo(404);
        assertThat(member.get("/pro/ask/nonsense/").statusCode()).isEqualTo(404);
        Person busy = evening.member("bo.busy@reader.example");
        evening.jdbi.useHandle(handle -> handle.execute("""
                insert into archive_use (reader_id, month, asked) select id, date_trunc('month', now())::date, 100 from reader where email = 'bo.busy@reader.example'
                """));
        var spent = busy.post("/pro/ask/", "question", "Who runs the Quarrach dam?");
        assertThat(spent.statusCode()).isEqualTo(429);
        assertThat(spent.body())
                .contains("You have asked all of this month", "Who runs the Quarrach dam?", "0 of 100 left")
                .as("nothing is offered that can't be had")
                .doesNotContain("ask-example");
    }
}
