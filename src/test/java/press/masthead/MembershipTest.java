package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.billing.EndTrials;
import press.masthead.billing.RemindTrials;
import press.masthead.plans.Memberships;
import press.masthead.readers.EmailAddress;

/** From the offer to the end of a membership, as a reader meets it. */
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

    private static Press.Person signedIn(String email) throws Exception {
        var person = press.person();
        String link = newsroom().signIn.linkFor(EmailAddress.parse(email).orElseThrow());
        assertThat(person.post(link).statusCode()).isEqualTo(200);
        return person;
    }

    private static long count(String sql) {
        return newsroom()
                .database
                .jdbi()
                .withHandle(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    @Test
    void a_visitor_sees_the_plan_and_keeps_what_was_typed() throws Exception {
        var visitor = press.person();
        assertThat(visitor.get("/pro/").body()).contains("/pro/trial", "Start your free week");
        var reply = visitor.post("/pro/trial", "email", "someone@nowhere");
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(reply.body()).contains("someone@nowhere", "does not look like an e-mail address");
        assertThat(visitor.post("/pro/trial", "email", "someone@reader.example").body())
                .contains("One more step");
    }

    @Test
    void a_trial_is_given_once_and_a_cancelled_trial_reads_to_its_end() throws Exception {
        var eli = signedIn("eli@reader.example");
        assertThat(eli.post("/pro/trial").body()).contains("Free week");
        assertThat(eli.post("/pro/trial").statusCode()).isEqualTo(409);

        assertThat(eli.post("/account/cancel").body()).contains("Cancel your membership?");
        assertThat(eli.get("/account/").body()).doesNotContain("state-cancelled");
        assertThat(eli.post("/account/cancel", "sure", "yes").body()).contains("state-cancelled");

        var reader = newsroom()
                .readers
                .byEmail(EmailAddress.parse("eli@reader.example").orElseThrow())
                .orElseThrow();
        var later = new Memberships(newsroom().database.jdbi(), after(Duration.ofDays(6)));
        assertThat(later.of(reader).toString()).startsWith("Member");
        var ended = new Memberships(newsroom().database.jdbi(), after(Duration.ofDays(8)));
        assertThat(ended.of(reader).toString()).startsWith("SignedIn");
        assertThat(eli.post("/account/resume").body()).contains("Free week");
    }

    @Test
    void a_trial_that_is_kept_is_reminded_once_and_invoiced_once() throws Exception {
        var jdbi = newsroom().database.jdbi();
        long before = count("select last from invoice_number");
        Clock near = after(Duration.ofDays(4));
        for (int i = 0; i < 2; i++)
            new RemindTrials(
                            jdbi,
                            near,
                            new Memberships(jdbi, near),
                            newsroom().outbox,
                            newsroom().html,
                            newsroom()::letterhead)
                    .run();
        assertThat(count("select count(*) from membership_event where what = 'reminded'"))
                .isOne();
        Clock past = after(Duration.ofDays(5).plusHours(1));
        for (int i = 0; i < 2; i++)
            new EndTrials(
                            jdbi,
                            past,
                            new Memberships(jdbi, past),
                            newsroom().invoices,
                            newsroom().outbox,
                            newsroom().html,
                            newsroom()::letterhead)
                    .run();
        assertThat(count("select last from invoice_number") - before).isOne();
        assertThat(count("select count(*) from invoice") - count("select max(number) from invoice"))
                .isZero();
        assertThat(signedIn("ben@reader.example").get("/account/").body()).contains("MH-0000");
    }

    private static Clock after(Duration time) {
        return Clock.offset(newsroom().clock, time);
    }

    @Test
    void the_cast_stands_where_the_sample_says() throws Exception {
        assertThat(signedIn("cleo@reader.example").get("/account/").body()).contains("state-active", "Paid");
        assertThat(signedIn("faye@reader.example").get("/account/").body()).contains("state-cancelled");
        assertThat(press.person().get("/newsletters/").statusCode()).isEqualTo(200);
    }
}
