package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** The plan, the account and what they say, on the whole site. */
class MembershipTest {
    private static Press press;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Newsroom newsroom() {
        return press.running.newsroom();
    }

    private static Jdbi jdbi() {
        return newsroom().database.jdbi();
    }

    private static Press.Person signedIn(String email) throws Exception {
        var person = press.person();
        String link = newsroom().signIn.linkFor(EmailAddress.parse(email).orElseThrow());
        assertThat(person.post(link).statusCode()).isEqualTo(200);
        return person;
    }

    @Test
    void a_visitor_sees_the_plan_and_keeps_what_was_typed() throws Exception {
        var visitor = press.person();
        assertThat(visitor.get("/pro/").body())
                .contains("/pro/trial", "Start your free week", "USD 300 billed yearly, after 7 days free.");
        var reply = visitor.post("/pro/trial", "email", "someone@nowhere");
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(reply.body()).contains("someone@nowhere", "does not look like an e-mail address");
        assertThat(visitor.post("/pro/trial", "email", "someone@reader.example").body())
                .contains("One more step");
    }

    @Test
    void every_word_about_the_plan_comes_from_its_row() throws Exception {
        String memo = "/accord-swap-price-of-water/";
        var visitor = press.person();
        try {
            jdbi().useHandle(handle -> {
                handle.execute(
                        "update price set amount = 1800, currency = 'EUR', \"interval\" = 'month', trial_days = 14, active = id = (select min(id) from price)");
                handle.execute("update plan set name = 'INSIDE'");
            });
            TestSmtp.await(() -> text(visitor, memo).contains("EUR 18 a month"));
            assertThat(text(visitor, "/pro/"))
                    .contains("INSIDE", "<strong>EUR 18</strong> a month", "Billed monthly, after 14 days free.")
                    .contains("Start your 14 free days", "Do I need a card for the 14 free days?")
                    .doesNotContain("USD", "free week", "yearly");
            assertThat(text(visitor, memo)).contains("Start your 14 free days").doesNotContain("free week", "USD");
            var eli = signedIn("eli@reader.example");
            eli.post("/pro/trial");
            assertThat(eli.get("/account/").body()).contains("INSIDE", "14 free days", "Then EUR 18, by invoice");

            jdbi().useHandle(handle -> handle.execute("update price set trial_days = 0"));
            TestSmtp.await(() -> text(visitor, memo).contains("Become a member"));
            assertThat(text(visitor, "/pro/"))
                    .contains("Billed monthly. Cancel any time", "Become a member")
                    .doesNotContain("free days", "days free");
        } finally {
            jdbi().useHandle(handle -> {
                handle.execute(
                        "update price set amount = 30000, currency = 'USD', \"interval\" = 'year', trial_days = 7");
                handle.execute("update plan set name = 'PRO'");
            });
        }
    }

    private static String text(Press.Person person, String path) {
        try {
            HttpResponse<String> reply = person.get(path);
            return reply.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void behind_a_proxy_each_reader_has_limits_of_their_own() throws Exception {
        int status = 200;
        for (int i = 0; i < 31; i++) status = signInBehindProxy("198.51.100.1", "guess" + i);
        assertThat(status).isEqualTo(429);
        assertThat(signInBehindProxy("198.51.100.2", "someone")).isEqualTo(200);
    }

    private static int signInBehindProxy(String reader, String name) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(press.url() + "/signin"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Forwarded-For", "192.0.2.99, " + reader)
                .POST(HttpRequest.BodyPublishers.ofString("email=" + name + "@crowd.example"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void the_cast_stands_where_the_sample_says() throws Exception {
        assertThat(signedIn("ben@reader.example").get("/account/").body()).contains("state-trialing", "free week");
        assertThat(signedIn("cleo@reader.example").get("/account/").body()).contains("state-active", "Paid");
        assertThat(signedIn("faye@reader.example").get("/account/").body()).contains("state-cancelled");
        assertThat(signedIn("hana@reader.example").get("/account/").body()).contains("state-ended", "welcome back");
        assertThat(signedIn("idris@reader.example").get("/account/").body())
                .contains("state-complimentary")
                .doesNotContain("/account/cancel");
    }

    @Test
    void the_account_says_what_an_unpaid_invoice_means_and_that_a_membership_ended_over_it() throws Exception {
        jdbi().useHandle(handle -> handle.execute("""
                insert into reader (email, email_key, created_at, confirmed_at)
                values ('otto@reader.example', 'otto@reader.example', now(), now())"""));
        jdbi().useHandle(handle ->
                handle.execute("insert into trial_given (seal, at) values (trial_seal('otto@reader.example'), now())"));
        var otto = signedIn("otto@reader.example");
        otto.post("/pro/trial");
        assertThat(otto.get("/account/").body()).contains("state-active", "Open");
        jdbi().useHandle(handle -> handle.execute(
                "update invoice set due_at = now() - interval '3 days' where email = 'otto@reader.example'"));
        assertThat(otto.get("/account/").body())
                .contains("state-past_due", "Overdue", "If it is not paid, your membership ends on");
        jdbi().useHandle(handle -> handle.execute(
                "update invoice set due_at = now() - interval '15 days' where email = 'otto@reader.example'"));
        newsroom().endMemberships.run();
        assertThat(otto.get("/account/").body())
                .contains("state-ended", "was not paid. Pay it or write to us", "Nothing owed");
        var refused = otto.post("/pro/trial");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("your last membership ended", "plan-price");
    }

    @Test
    void who_has_been_a_member_is_offered_no_second_free_week() throws Exception {
        var hana = signedIn("hana@reader.example");
        assertThat(hana.get("/pro/").body())
                .contains("Join for USD 300", "payable within 14 days", "USD 300 billed yearly. Cancel any time")
                .doesNotContain("Start your free week", "days free");
        for (String running : List.of("ben@reader.example", "cleo@reader.example", "idris@reader.example"))
            assertThat(signedIn(running).post("/pro/trial").statusCode()).isEqualTo(409);
    }

    @Test
    void an_invoice_is_a_page_that_only_its_reader_gets() throws Exception {
        var cleo = signedIn("cleo@reader.example");
        String account = cleo.get("/account/").body();
        String path = account.replaceAll("(?s).*?(/account/invoices/\\d+).*", "$1");
        assertThat(cleo.get(path).body()).contains("Invoice MH-0000", "USD 300.00", "Paid on", "Cleo Marchetti");
        assertThat(signedIn("faye@reader.example").get(path).statusCode()).isEqualTo(404);
        assertThat(press.person().get(path).statusCode()).isEqualTo(403);
        assertThat(cleo.get("/account/invoices/99999").statusCode()).isEqualTo(404);
        assertThat(cleo.get("/account/invoices/0x1").statusCode()).isEqualTo(404);
    }
}
