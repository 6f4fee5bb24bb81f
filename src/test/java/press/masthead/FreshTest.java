package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** What an open laptop must not do: each of these asks first who is there, and keeps the form. */
class FreshTest {
    private static Press press;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Press.Person signedInTwoHoursAgo(String email) throws Exception {
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        press.running
                .newsroom()
                .database
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update session set created_at = created_at - interval '2 hours', fresh_at = null"));
        return person;
    }

    private static void asksFirst(Press.Person person, List<String> paths) throws Exception {
        for (String path : paths) {
            var asked = person.post(path, "company", "Lantern & Sons");
            assertThat(asked.statusCode()).as(path).isEqualTo(403);
            assertThat(asked.body())
                    .as(path)
                    .contains("First, is it you?", "name=\"company\" value=\"Lantern &amp; Sons\"", "value=\"" + path);
        }
    }

    @Test
    void a_change_of_plan_or_payment() throws Exception {
        asksFirst(
                signedInTwoHoursAgo("cleo@reader.example"),
                List.of("/account/membership/change", "/account/membership/payment", "/account/card"));
    }

    @Test
    void money_given_back_and_the_list_of_members_as_a_file() throws Exception {
        asksFirst(
                signedInTwoHoursAgo("ada@parallel.example"),
                List.of("/desk/business/payments/1/refund", "/desk/business/members.csv"));
    }

    @Test
    void a_teams_own_sign_in() throws Exception {
        var newsroom = press.running.newsroom();
        String team = newsroom.database
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                        select m.team_id from team_manager m join reader r on r.id = m.reader_id
                        where r.email_key = 'petra@bank.example'
                        """).mapTo(String.class).one());
        asksFirst(
                signedInTwoHoursAgo("petra@bank.example"),
                List.of(
                        "/team/" + team + "/sign-on",
                        "/team/" + team + "/sign-on/open",
                        "/team/" + team + "/sign-on/remove"));
    }
}
