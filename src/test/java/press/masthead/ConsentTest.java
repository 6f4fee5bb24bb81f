package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;

/** Who agreed to which words, when and from where: by each button by which someone agrees to something. */
class ConsentTest {
    private static Press press;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Press.Person signedIn(String email) throws Exception {
        var newsroom = press.running.newsroom();
        newsroom.database
                .jdbi()
                .useTransaction(handle -> newsroom.readers.confirm(
                        handle,
                        newsroom.readers.meet(handle, EmailAddress.parse(email).orElseThrow())));
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    private static List<String> agreed(String email) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select c.place || ': ' || t.wording || ' | ' || coalesce(p.version, 'no page') || ' | ' || (c.network <> '')
                        from consent c join consent_text t on t.hash = c.text_hash
                        left join consent_text p on p.hash = c.privacy_hash
                        join reader r on r.id = c.reader_id where r.email_key = :email order by c.id
                        """)
                        .bind("email", email)
                        .mapTo(String.class)
                        .list());
    }

    private static void run(String sql) {
        press.running.newsroom().database.jdbi().useHandle(handle -> handle.execute(sql));
    }

    @Test
    void ticking_newsletters_in_the_hub_and_in_the_account_is_kept_with_its_words_and_unticking_is_no_consent()
            throws Exception {
        String email = "eli@reader.example";
        var eli = signedIn(email);
        run(
                "delete from subscription where reader_id = (select id from reader where email_key = 'eli@reader.example')");
        eli.post("/account/newsletters", "shown", "morning", "shown", "weekend", "newsletter", "morning");
        assertThat(agreed(email)).singleElement().asString().startsWith("/account/newsletters/: Yes, send me ");
        eli.post("/account/newsletters", "shown", "morning", "newsletter", "morning");
        eli.post("/account/newsletters", "shown", "morning");
        assertThat(agreed(email)).as("nothing new was ticked").hasSize(1);
        eli.post("/newsletters/choose", "shown", "morning", "newsletter", "morning");
        assertThat(agreed(email)).hasSize(2).last().asString().startsWith("/newsletters/: ");
    }

    private static List<String> agreedToGive(String giver) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select c.place || ': ' || t.wording || ' | ' || (c.network <> '') || ' | ' || coalesce(r.email_key, 'nobody')
                        from consent c join consent_text t on t.hash = c.text_hash join gift_membership g on g.id = c.gift_id
                        left join reader r on r.id = c.reader_id where g.giver_email = :giver order by c.id
                        """)
                        .bind("giver", giver)
                        .mapTo(String.class)
                        .list());
    }

    private static void give(Press.Person person, String giver, String to) throws Exception {
        assertThat(person.post(
                                "/pro/gift/",
                                "price",
                                Long.toString(
                                        press.running.newsroom().plans.offered().id()),
                                "months",
                                "3",
                                "to_email",
                                to,
                                "giver_email",
                                giver,
                                "on",
                                java.time.LocalDate.now().plusDays(1).toString())
                        .body())
                .contains("Thank you for your gift");
    }

    @Test
    void buying_a_gift_and_taking_it_are_kept_with_their_words_whether_or_not_the_giver_has_an_account()
            throws Exception {
        give(press.person(), "gil@reader.example", "omar@reader.example");
        assertThat(agreedToGive("gil@reader.example"))
                .singleElement()
                .asString()
                .matches(
                        "/pro/gift/: PRO for three months, a gift: USD [0-9.]+\\. The gift is delivered once it is paid, and until"
                                + " that morning you can have your money back\\. \\| true \\| nobody");
        var gil = signedIn("gil@reader.example");
        give(gil, "gil@reader.example", "omar@reader.example");
        assertThat(agreedToGive("gil@reader.example")).last().asString().endsWith("| gil@reader.example");
        assertThat(gil.get("/account/data/").body().split("PRO for three months, a gift: USD", -1))
                .as("both are shown to whoever has shown that the address is theirs")
                .hasSize(3);

        Secret secret = Secret.fresh();
        press.running
                .newsroom()
                .database
                .jdbi()
                .useHandle(handle ->
                        handle.createUpdate("""
                        update gift_membership set paid_at = now(), delivered_at = now(), token_hash = :hash
                        where id = (select min(id) from gift_membership where giver_email = 'gil@reader.example')
                        """).bind("hash", secret.hash()).execute());
        var omar = signedIn("omar@reader.example");
        assertThat(omar.get("/gift/" + secret.reveal()).body()).contains("There is nothing to pay");
        assertThat(agreed("omar@reader.example")).as("a look is no consent").isEmpty();
        omar.post("/gift/" + secret.reveal());
        assertThat(agreed("omar@reader.example"))
                .singleElement()
                .asString()
                .startsWith("/gift/: PRO for three months, a gift. There is nothing to pay. It ends by itself.")
                .endsWith("| true");
        omar.post("/gift/" + secret.reveal());
        assertThat(agreed("omar@reader.example")).as("it was taken once").hasSize(1);

        // Gone with the giver, and the gift goes on.
        var newsroom = press.running.newsroom();
        newsroom.deleteAccount.run(newsroom.readers
                .byEmail(EmailAddress.parse("gil@reader.example").orElseThrow())
                .orElseThrow());
        long kept = newsroom.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select count(*) from consent c join consent_text t on t.hash = c.text_hash where t.wording like '%a gift: USD%'
                        """).mapTo(Long.class).one());
        assertThat(kept).isZero();
    }

    @Test
    void buying_and_taking_a_seat_name_what_stood_beside_the_button_and_the_privacy_page_as_it_stood()
            throws Exception {
        run("update story set revision = 7 where slug = 'privacy'");
        var nora = signedIn("nora@reader.example");
        nora.post(
                "/pro/trial",
                "price",
                Long.toString(press.running.newsroom().plans.offered().id()));
        assertThat(agreed("nora@reader.example"))
                .singleElement()
                .asString()
                .startsWith("/pro/: ")
                .contains("Cancel any time, by yourself.", " | 7 | true");
        run("update story set revision = 8, opening = opening || '<p>We changed a line.</p>' where slug = 'privacy'");
        Secret secret = Secret.fresh();
        press.running
                .newsroom()
                .database
                .jdbi()
                .useHandle(handle ->
                        handle.createUpdate("""
                        update seat set email = 'mara@ministry.example', email_key = 'mara@ministry.example', token_hash = :hash,
                               expires_at = now() + interval '7 days', reader_id = null, taken_at = null, ended_at = null
                        where id = (select min(id) from seat where reader_id is null and ended_at is null)
                        """).bind("hash", secret.hash()).execute());
        var mara = signedIn("mara@ministry.example");
        assertThat(mara.get("/seat/" + secret.reveal()).body())
                .contains("Its managers see that the seat is yours", "never what");
        assertThat(agreed("mara@ministry.example")).as("a look is no consent").isEmpty();
        mara.post("/seat/" + secret.reveal());
        assertThat(agreed("mara@ministry.example"))
                .singleElement()
                .asString()
                .startsWith("/seat/: A seat of Ministry of Ports and Waterways. Its managers see")
                .contains(" | 8 | true");
        assertThat(mara.get("/account/data/").body()).contains("The privacy page stood at version 8.");
        assertThat(agreed("nora@reader.example").getFirst())
                .as("what was agreed to before stays as it was")
                .contains(" | 7 | ");
    }
}
