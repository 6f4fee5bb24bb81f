package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** An address that is refused today may stand in the table from before: its owner comes in and goes on as everybody does. */
class OldAddressTest {
    /** With a Cyrillic о among Latin letters, and one that is no address at all by any rule. */
    private static final String MIXED = "cleоpatra@old.example";

    private static final String ODD = "two..dots.@old.example";

    private static Press press;
    private static Jdbi jdbi;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
        jdbi = press.running.newsroom().database.jdbi();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static long planted(String address) {
        return jdbi.withHandle(handle -> handle.select(
                        "insert into reader (email, email_key, name, created_at, confirmed_at) values (?, ?, 'Cleo', now(), now()) returning id",
                        address,
                        address)
                .mapTo(Long.class)
                .one());
    }

    private static Press.Person signedIn(String address) throws Exception {
        var person = press.person();
        person.post(URI.create(press.running.newsroom().signIn.linkFor(EmailAddress.kept(address)))
                .getPath());
        return person;
    }

    private static String value(String sql, Object... parameters) {
        return jdbi.withHandle(handle ->
                handle.select(sql, parameters).mapTo(String.class).findOne().orElse(""));
    }

    @Test
    void who_had_a_mixed_address_before_it_was_refused_signs_in_and_does_what_everybody_does() throws Exception {
        assertThat(EmailAddress.parse(MIXED)).as("a new one is refused").isEmpty();
        long id = planted(MIXED);
        assertThat(press.person().post("/signin", "email", MIXED).body()).contains("Check your e-mail");
        assertThat(value("select subject from outbox where to_address = ? order by id limit 1", MIXED))
                .as("a way in, and not the letter for strangers")
                .startsWith("Sign in to");
        assertThat(press.person().post("/pro/trial", "email", MIXED).statusCode())
                .as("where an account would be made, such an address is still refused")
                .isEqualTo(422);

        var cleo = signedIn(MIXED);
        assertThat(cleo.get("/account/").body()).contains(MIXED);
        assertThat(cleo.post("/newsletters/join", "newsletter", "morning").body())
                .contains("You are on the list");
        assertThat(cleo.post("/newsletters/join", "newsletter", "morning", "email", MIXED)
                        .body())
                .contains("You are on the list");
        assertThat(cleo.post("/account/address/", "email", MIXED).statusCode())
                .as("nobody moves to such an address")
                .isEqualTo(422);
        assertThat(cleo.get("/account/export").statusCode()).isEqualTo(200);
        assertThat(cleo.post("/account/export").statusCode()).isEqualTo(200);
        assertThat(cleo.get("/seat/join/").statusCode()).isEqualTo(404);
        assertThat(cleo.post("/signin/fresh/letter", "fresh-path", "/account/export", "fresh-method", "GET")
                        .statusCode())
                .isLessThan(500);
        var ada = press.person();
        ada.post(URI.create(press.running.newsroom().newsroomLink()).getPath());
        assertThat(ada.get("/desk/readers/" + id).body()).contains(MIXED);
        assertThat(cleo.post("/account/delete", "sure", "yes").statusCode()).isEqualTo(200);
        assertThat(value("select count(*) from reader where id = ?", id)).isEqualTo("0");
    }

    @Test
    void nothing_that_stands_in_the_table_can_break_a_page() throws Exception {
        long id = planted(ODD);
        var odd = signedIn(ODD);
        assertThat(odd.get("/account/").body()).contains(ODD);
        assertThat(odd.get("/account/data/").statusCode()).isEqualTo(200);
        var newsroom = press.running.newsroom();
        newsroom.deleteAccount.run(newsroom.readers.byId(id).orElseThrow());
        assertThat(value("select count(*) from reader where id = ?", id)).isEqualTo("0");
        // The last letter can go nowhere, and holds up nobody else's.
        press.person().post("/signin", "email", "eli@reader.example");
        TestSmtp.await(
                () -> value("select state from outbox where to_address = 'eli@reader.example' order by id desc limit 1")
                        .equals("accepted"));
        assertThat(value("select state from outbox where reply = '' and forget order by id desc limit 1"))
                .isEqualTo("refused");
    }
}
