package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/**
 * A piece that can't be rendered keeps the letters here that have it, by name and with why, and no other; once it is mended they are
 * made again. And an editor looks at the week's letter as others get it, and sends it to herself.
 */
class HeldReviewTest {
    private static Press.Person signedIn(Press press, String email) throws Exception {
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    private static String value(Press press, String sql) {
        Jdbi jdbi = press.running.newsroom().database.jdbi();
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).findOne().orElse(""));
    }

    private static void run(Press press, String sql) {
        press.running.newsroom().database.jdbi().useHandle(handle -> handle.execute(sql));
    }

    private static String week(Press press) {
        run(press, """
                insert into edition (newsletter_id, day, due_at, subject, drafted_at, since)
                select id, current_date, now(), name, now(), now() - interval '7 days' from newsletter where slug = 'weekly-review'
                on conflict (newsletter_id, day) do update set due_at = now(), since = now() - interval '7 days'
                """);
        return value(
                press,
                "select id from edition where day = current_date and newsletter_id = (select id from newsletter where slug = 'weekly-review')");
    }

    @Test
    void a_letter_that_cannot_be_made_waits_by_name_and_the_rest_leave() throws Exception {
        try (Press press = Press.started()) {
            run(press, "insert into industry (slug, name, position) values ('rare', 'Rare earths', 99)");
            run(press, """
                    with added as (
                      insert into story (slug, title, standfirst, state, kind, access, published_at, created_at, updated_at, words, opening)
                      values ('far-too-long', 'Far too long', repeat('word ', 9000), 'published', 'memo', 'member', now() - interval '1 hour', now(), now(), 480, '')
                      returning id)
                    insert into story_industry (story_id, industry_id, published_at) select added.id, i.id, now() from added, industry i where i.slug = 'rare'
                    """);
            run(press, """
                    update industry_rank set rank = rank + 1 where reader_id = (select id from reader where email_key = 'cleo@reader.example')
                    """);
            run(press, """
                    insert into industry_rank (reader_id, industry_id, rank)
                    select r.id, i.id, 1 from reader r, industry i where r.email_key = 'cleo@reader.example' and i.slug = 'rare'
                    """);
            // Ben would get what most members rank, and that is what Cleo ranks
            run(press, """
                    insert into industry_rank (reader_id, industry_id, rank)
                    select r.id, i.id, i.position + 1 from reader r, industry i where r.email_key = 'ben@reader.example' and i.position < 9
                    """);
            String edition = week(press);
            var ada = signedIn(press, "ada@parallel.example");
            assertThat(ada.post("/desk/editions/" + edition + "/send", "revision", "1")
                            .body())
                    .contains("On its way");

            TestSmtp.await(() -> value(press, """
                    select count(*) filter (where l.state = 'accepted') || ' ' || count(*) filter (where l.state = 'deferred')
                    from letter l join edition e on e.mailing_id = l.mailing_id where e.id = %s
                    """.formatted(edition)).matches("[1-9]\\d* 1"));
            String page = ada.get("/desk/editions/" + edition).body();
            assertThat(page).contains("One letter could not be made, and the others leave", "Try to make them again");
            assertThat(ada.get("/desk/editions/" + edition + "/letters/deferred")
                            .body())
                    .contains("Cleo Marchetti", "cleo@reader.example")
                    .containsPattern("This letter can(.{1,6})t be made");

            var still = ada.post("/desk/editions/" + edition + "/letters", "what", "mend");
            assertThat(still.statusCode()).isEqualTo(422);
            assertThat(still.body()).contains("Far too long", "still can’t be made part of a letter");

            run(press, "update story set standfirst = 'Short and good.' where slug = 'far-too-long'");
            assertThat(ada.post("/desk/editions/" + edition + "/letters", "what", "mend")
                            .body())
                    .contains("1 letter is made again and owed.");
            TestSmtp.await(() -> value(
                            press,
                            "select count(*) from caught_letter where recipient = 'cleo@reader.example' and subject = 'Far too long'")
                    .equals("1"));
            assertThat(ada.post("/desk/editions/" + edition + "/letters", "what", "mend")
                            .statusCode())
                    .isEqualTo(409);
        }
    }

    @Test
    void an_editor_looks_at_it_as_others_get_it_and_sends_herself_a_test() throws Exception {
        try (Press press = Press.started()) {
            String edition = week(press);
            var ada = signedIn(press, "ada@parallel.example");
            String look = "/desk/editions/" + edition + "/look";
            assertThat(ada.get("/desk/editions/" + edition).body())
                    .contains("Send a test to me", "composed for you", "the headline of its first piece")
                    .as("a field that would change nothing")
                    .doesNotContain("name=\"subject\"");
            assertThat(ada.get(look).body()).contains("As a new member", "Plain text");
            assertThat(ada.get("/desk/editions/" + edition + "/preview").body())
                    .contains("Make this review yours", "</html>");
            assertThat(ada.get("/desk/editions/" + edition + "/preview.txt?as=member&address=cleo@reader.example")
                            .body())
                    .contains("GREEN ENERGY")
                    .doesNotContain("Make this review yours");
            assertThat(ada.get(look + "?as=member&address=cleo@reader.example").body())
                    .contains("Why each piece is there");
            assertThat(ada.get(look + "?as=member&address=nobody@nowhere.example")
                            .body())
                    .contains("Nobody has the address nobody@nowhere.example");
            assertThat(ada.get(look + "?as=member&address=eli@reader.example").body())
                    .contains("they are no member");

            assertThat(ada.post("/desk/editions/" + edition + "/test", "as", "self")
                            .body())
                    .contains("A test letter is on its way to ada@parallel.example");
            TestSmtp.await(() -> value(
                            press,
                            "select count(*) from caught_letter where recipient = 'ada@parallel.example' and subject like '[Test] %'")
                    .equals("1"));
            assertThat(value(press, "select count(*) from member_review")).isEqualTo("0");
            var ben = signedIn(press, "ben@reader.example");
            assertThat(ben.get("/desk/editions/" + edition + "/preview?as=member&address=cleo@reader.example")
                            .body())
                    .doesNotContain("Green energy</h2>");
        }
    }
}
