package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** Moving an account to another address, and taking it back. */
class AddressChangeTest {
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

    private static Press.Person signedIn(String email) throws Exception {
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    private static String linkTo(String email, String kind) {
        String[] link = {""};
        TestSmtp.await(() -> {
            try {
                var found = Pattern.compile("(/signin/" + kind + "/[A-Za-z0-9_-]{43})")
                        .matcher(press.person()
                                .get("/mailbox/api/letters?to=" + email)
                                .body());
                link[0] = found.find() ? found.group(1) : "";
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
            return !link[0].isEmpty();
        });
        return link[0];
    }

    private static String addressOf(long id) {
        return jdbi().withHandle(handle -> handle.select("select email from reader where id = ?", id)
                .mapTo(String.class)
                .one());
    }

    private static long idOf(String key) {
        return jdbi().withHandle(handle -> handle.select("select id from reader where email_key = ?", key)
                .mapTo(Long.class)
                .one());
    }

    @Test
    void the_new_address_confirms_and_the_old_one_takes_back() throws Exception {
        long id = idOf("cleo@reader.example");
        var cleo = signedIn("cleo@reader.example");
        var phone = signedIn("cleo@reader.example");
        assertThat(cleo.post("/account/address/", "email", "Cleo@New.example").body())
                .contains("Check the new mailbox");
        assertThat(addressOf(id)).as("nothing yet").isEqualTo("cleo@reader.example");
        String confirm = linkTo("Cleo@New.example", "address");
        assertThat(press.person().get(confirm).body()).contains("Move to this address?");
        assertThat(addressOf(id)).as("a look changes nothing").isEqualTo("cleo@reader.example");
        assertThat(press.person().post(confirm).body()).contains("Your address is changed");
        assertThat(addressOf(id)).isEqualTo("Cleo@New.example");
        assertThat(press.person().post(confirm).statusCode()).isEqualTo(409);
        for (var device : java.util.List.of(cleo, phone))
            assertThat(device.get("/account/").uri().getPath())
                    .as("signed out everywhere")
                    .isEqualTo("/signin/");

        String undo = linkTo("cleo@reader.example", "undo");
        jdbi().useHandle(handle -> handle.execute(
                "insert into passkey (reader_id, credential_id, public_key, sign_count, name, created_at) values (?, '\\x01', '\\x01', 0, 'a stranger''s', now())",
                id));
        assertThat(press.person().get(undo).body()).contains("Take it back?");
        assertThat(addressOf(id)).isEqualTo("Cleo@New.example");
        assertThat(press.person().post(undo).body()).contains("Your old address is back");
        assertThat(addressOf(id)).isEqualTo("cleo@reader.example");
        assertThat(jdbi().<Long, RuntimeException>withHandle(
                                handle -> handle.select("select count(*) from passkey where reader_id = ?", id)
                                        .mapTo(Long.class)
                                        .one()))
                .isZero();
        assertThat(press.person().post(undo).statusCode()).isEqualTo(409);
    }

    @Test
    void after_a_week_it_is_not_taken_back() throws Exception {
        var eli = signedIn("eli@reader.example");
        eli.post("/account/address/", "email", "eli@new.example");
        press.person().post(linkTo("eli@new.example", "address"));
        String undo = linkTo("eli@reader.example", "undo");
        jdbi().useHandle(
                        handle -> handle.execute(
                                "update email_change set undo_until = now() - interval '1 second' where new_email = 'eli@new.example'"));
        assertThat(press.person().post(undo).statusCode()).isEqualTo(409);
    }

    @Test
    void an_address_that_has_an_account_gets_another_letter_and_the_page_says_the_same() throws Exception {
        var hana = signedIn("hana@reader.example");
        String free =
                hana.post("/account/address/", "email", "hana@new.example").body();
        String taken =
                hana.post("/account/address/", "email", "ben@reader.example").body();
        assertThat(org.jsoup.Jsoup.parse(taken).select("main").text().replace("ben@reader", "hana@new"))
                .isEqualTo(org.jsoup.Jsoup.parse(free).select("main").text());
        TestSmtp.await(() -> jdbi().withHandle(handle -> handle.createQuery(
                        "select exists (select from caught_letter where recipient = 'ben@reader.example' and subject like 'This address has an account%')")
                .mapTo(Boolean.class)
                .one()));
    }

    @Test
    void what_is_no_address_or_the_same_one_is_said_so() throws Exception {
        var faye = signedIn("faye@reader.example");
        var refused = faye.post("/account/address/", "email", "faye at home");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("value=\"faye at home\"", "does not look like an e-mail address");
        assertThat(faye.post("/account/address/", "email", "FAYE@reader.example")
                        .body())
                .contains("That is your address already.");
        jdbi().useHandle(handle -> handle.execute("update session set created_at = created_at - interval '2 hours'"));
        assertThat(faye.post("/account/address/", "email", "faye@new.example").body())
                .contains("First, is it you?", "faye@new.example");
    }
}
