package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;

/** Whoever has just become a member is asked for their industries once; a team's order stands in until they choose. */
class AskedForIndustriesTest {
    private static final String ASKED = "Which industries matter to you?";
    private static Press press;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Jdbi jdbi() {
        return press.running.newsroom().database.jdbi();
    }

    /** Whoever is not known yet has an account from now on. */
    private static Press.Person signedIn(String email) throws Exception {
        run(
                "insert into reader (email, email_key, created_at, confirmed_at) values (?, ?, now(), now()) on conflict (email_key) do nothing",
                email,
                email);
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    private static String value(String sql, Object... values) {
        return jdbi().withHandle(handle -> {
            var query = handle.createQuery(sql);
            for (int i = 0; i < values.length; i++) query.bind(i, values[i]);
            return query.mapTo(String.class).findOne().orElse("");
        });
    }

    private static void run(String sql, Object... values) {
        jdbi().useHandle(handle -> handle.execute(sql, values));
    }

    @Test
    void a_trial_asks_and_the_answer_is_an_order_and_a_letter() throws Exception {
        var ivy = signedIn("ivy@reader.example");
        var asked = ivy.post("/pro/trial", "next", "/memos/");
        assertThat(asked.uri().getPath()).isEqualTo("/pro/industries/");
        assertThat(asked.body())
                .contains(ASKED, "Save, and send me the review", "Yes, send me ", "It is part of your membership")
                .contains("name=\"next\" value=\"/memos/\"", "action=\"/pro/industries/later\"");

        var wrong = ivy.post("/pro/industries/", "welcome", "yes", "next", "/memos/", "rank-banking", "one");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("whole numbers from 1 to 99", "value=\"one\"", ASKED, "value=\"/memos/\"");

        var done = ivy.post(
                "/pro/industries/",
                "welcome",
                "yes",
                "next",
                "/memos/",
                "letter",
                "yes",
                "rank-banking",
                "1",
                "rank-oil-gas",
                "2");
        assertThat(done.uri().getPath()).isEqualTo("/memos/");
        assertThat(value("""
                select string_agg(i.slug, ' ' order by k.rank) from industry_rank k join industry i on i.id = k.industry_id
                join reader r on r.id = k.reader_id where r.email_key = ?
                """, "ivy@reader.example")).isEqualTo("banking oil-gas");
        assertThat(value("""
                select s.source from subscription s join newsletter n on n.id = s.newsletter_id join reader r on r.id = s.reader_id
                where n.slot = 'personal' and r.email_key = ?
                """, "ivy@reader.example")).isEqualTo("industries");
        assertThat(value("""
                select t.wording from consent c join consent_text t on t.hash = c.text_hash join reader r on r.id = c.reader_id
                where r.email_key = ? and c.place = '/pro/industries/'
                """, "ivy@reader.example"))
                .as("the very words that stood beside the button")
                .startsWith("Yes, send me ")
                .endsWith("ends it with one click.")
                .matches(words -> asked.body().contains(words));
        assertThat(ivy.get("/pro/industries/").body())
                .contains("Your review comes to ivy@reader.example")
                .doesNotContain("Save without the letter", ASKED);
    }

    @Test
    void who_says_not_now_goes_on_and_is_not_asked_again() throws Exception {
        var jo = signedIn("jo@reader.example");
        assertThat(jo.post("/pro/trial").body()).contains(ASKED);
        assertThat(jo.post("/pro/industries/later", "next", "/account/?saved=trial")
                        .uri()
                        .toString())
                .endsWith("/account/?saved=trial");
        assertThat(value("""
                select count(*) from subscription s join newsletter n on n.id = s.newsletter_id join reader r on r.id = s.reader_id
                where n.slot = 'personal' and r.email_key = ?
                """, "jo@reader.example"))
                .as("nothing is sent to someone who did not ask for it")
                .isEqualTo("0");
        run(
                "update membership set ended_at = now() where reader_id = (select id from reader where email_key = 'jo@reader.example')");
        assertThat(jo.post("/pro/trial").uri().getPath())
                .as("back as a member, and asked already")
                .isEqualTo("/account/");
    }

    @Test
    void a_gift_asks() throws Exception {
        Secret secret = Secret.fresh();
        run("""
                insert into gift_membership (giver_email, to_email, price_id, months, amount, deliver_on, bought_at, paid_at, token_hash, delivered_at)
                select 'lena@reader.example', 'kim@reader.example', id, 12, 0, current_date, now(), now(), ?, now() from price limit 1
                """, (Object) secret.hash());
        var kim = signedIn("kim@reader.example");
        assertThat(kim.post("/gift/" + secret.reveal()).body()).contains(ASKED);
    }

    @Test
    void a_seat_asks_and_shows_the_order_of_the_team_until_there_is_an_own_one() throws Exception {
        String ministry = value("select id from team where name like 'Ministry%'");
        var dina = signedIn("dina@ministry.example");
        var refused = dina.post("/team/" + ministry + "/industries", "rank-banking", "100");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("whole numbers from 1 to 99", "value=\"100\"");
        assertThat(dina.post("/team/" + ministry + "/industries", "rank-supply-chain", "1", "rank-banking", "7")
                        .body())
                .contains(
                        "Members without an order of their own get this one",
                        "data-slug=\"supply-chain\" data-rank=\"1\"");

        Secret secret = Secret.fresh();
        run("""
                insert into seat (team_id, email, email_key, came_by, created_at, token_hash, sent_at, expires_at)
                values (?, 'lin@ministry.example', 'lin@ministry.example', 'invitation', now(), ?, now(), now() + interval '9 days')
                """, Long.parseLong(ministry), secret.hash());
        var lin = signedIn("lin@ministry.example");
        var seated = lin.post("/seat/" + secret.reveal());
        assertThat(seated.body()).contains("Choose your industries", "/pro/industries/?welcome=yes");
        var asked = lin.get("/pro/industries/?welcome=yes&next=%2Fmemos%2F");
        assertThat(asked.body())
                .contains(
                        ASKED,
                        "This is the order of Ministry of Ports and Waterways",
                        "data-slug=\"banking\" data-rank=\"2\"");

        lin.post("/pro/industries/", "by", "order", "rank", "leading-edge-tech");
        String own = lin.get("/pro/industries/").body();
        assertThat(own)
                .contains("data-slug=\"leading-edge-tech\" data-rank=\"1\"", "Use the order of Ministry of Ports")
                .doesNotContain("This is the order of", "data-slug=\"banking\" data-rank");
        lin.post("/pro/industries/", "by", "order");
        assertThat(lin.get("/pro/industries/").body()).contains("This is the order of Ministry of Ports");

        run("update seat set ended_at = now() where email_key = 'lin@ministry.example'");
        run("""
                insert into membership (reader_id, price_id, payment, started_at, until)
                select r.id, p.id, 'complimentary', now(), now() + interval '1 year' from reader r, price p where r.email_key = 'lin@ministry.example' limit 1
                """);
        assertThat(lin.get("/pro/industries/").body())
                .as("who has left the team has its order no more")
                .doesNotContain("Ministry of Ports");
    }

    @Test
    void a_seat_granted_on_request_asks_from_the_letter_that_tells_of_it() throws Exception {
        String ministry = value("select id from team where name like 'Ministry%'");
        var mira = signedIn("mira@ministry.example");
        run("""
                insert into seat_request (team_id, reader_id, why, asked_at)
                select ?, id, 'approval', now() from reader where email_key = 'mira@ministry.example'
                """, Long.parseLong(ministry));
        var dina = signedIn("dina@ministry.example");
        run("delete from caught_letter");
        String request = value(
                "select q.id from seat_request q join reader r on r.id = q.reader_id where r.email_key = 'mira@ministry.example'");
        var granted = dina.post("/team/" + ministry + "/requests/" + request, "decision", "free");
        assertThat(granted.statusCode()).isEqualTo(200);
        assertAskedFromTheLetter(mira, "mira@ministry.example");
    }

    @Test
    void a_membership_given_from_the_desk_asks_from_the_letter_that_tells_of_it() throws Exception {
        var nell = signedIn("nell@reader.example");
        String number = value("select id from reader where email_key = 'nell@reader.example'");
        var ada = signedIn("ada@parallel.example");
        run("delete from caught_letter");
        assertThat(ada.post("/desk/readers/" + number + "/give", "until", "2099-12-31", "why", "A jury seat")
                        .statusCode())
                .isEqualTo(200);
        assertAskedFromTheLetter(nell, "nell@reader.example");
    }

    /** Its button leads to the step, once; whoever has been through it goes on. */
    private static void assertAskedFromTheLetter(Press.Person person, String email) throws Exception {
        TestSmtp.await(() -> value("select count(*) from caught_letter where recipient = ?", email)
                .equals("1"));
        var letters =
                new ObjectMapper().readTree(person.get("/mailbox/api/letters").body());
        assertThat(letters.findValuesAsText("text")).anyMatch(text -> text.contains("/pro/welcome/"));
        run("delete from caught_letter");
        assertThat(press.person().get("/pro/welcome/").uri().getPath()).isEqualTo("/signin/");
        var asked = person.get("/pro/welcome/");
        assertThat(asked.uri().getPath()).isEqualTo("/pro/industries/");
        assertThat(asked.body()).contains(ASKED, "name=\"next\" value=\"/pro/\"");
        person.post("/pro/industries/later", "next", "/pro/");
        assertThat(person.get("/pro/welcome/").uri().getPath())
                .as("once for each person")
                .isEqualTo("/pro/");
    }

    @Test
    void another_teams_manager_can_neither_see_nor_set_its_order() throws Exception {
        String bank = value("select id from team where name like '%Bank'");
        var dina = signedIn("dina@ministry.example");
        assertThat(dina.get("/team/" + bank + "/industries/").statusCode()).isEqualTo(404);
        assertThat(dina.post("/team/" + bank + "/industries", "rank-banking", "1")
                        .statusCode())
                .isEqualTo(404);
        assertThat(value("select count(*) from team_industry_rank where team_id = ?", Long.parseLong(bank)))
                .isEqualTo("0");
        var noor = signedIn("noor@ministry.example");
        for (String path :
                List.of("/team/" + bank, "/team/" + value("select id from team where name like 'Ministry%'")))
            assertThat(noor.get(path + "/industries/").statusCode())
                    .as("a member manages nothing")
                    .isEqualTo(404);
    }
}
