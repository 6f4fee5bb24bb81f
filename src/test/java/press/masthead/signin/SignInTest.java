package press.masthead.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import press.masthead.account.TestSite;
import press.masthead.account.Visitor;
import press.masthead.account.Visitor.Reply;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;

class SignInTest {
    private static final TestSite site = new TestSite();

    @AfterAll
    static void close() {
        site.close();
    }

    private static String linkFor(String email) {
        site.clock.pass(Duration.ofHours(2)); // past every limit of the tests before
        assertThat(site.visitor().post("/signin", "email", email).status()).isEqualTo(200);
        return site.lastLetter(email).link();
    }

    @Test
    void a_link_signs_its_reader_in() {
        site.reader("eli@reader.example");
        Visitor eli = site.visitor();
        Reply reply = eli.post(linkFor("eli@reader.example"));
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.location()).isEqualTo("/account/");
        assertThat(reply.setCookie())
                .contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Secure");
        assertThat(eli.get("/signin").location()).isEqualTo("/account/");
    }

    @Test
    void a_link_works_once() {
        site.reader("ben@reader.example");
        String link = linkFor("ben@reader.example");
        assertThat(site.visitor().post(link).status()).isEqualTo(303);
        Reply second = site.visitor().post(link);
        assertThat(second.status()).isEqualTo(410);
        assertThat(second.text("error")).startsWith("This link was already used.");
        assertThat(second.setCookie()).isEmpty();
        assertThat(site.visitor().get(link).status()).isEqualTo(410);
    }

    @Test
    void of_many_requests_at_one_moment_one_is_signed_in() throws Exception {
        site.reader("cleo@reader.example");
        String link = linkFor("cleo@reader.example");
        var replies = new ArrayList<Future<Integer>>();
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++)
                replies.add(hands.submit(() -> site.visitor().post(link).status()));
        }
        int signedIn = 0;
        for (var reply : replies) if (reply.get() == 303) signedIn++;
        assertThat(signedIn).isOne();
    }

    @Test
    void a_get_never_uses_up_a_link() {
        site.reader("dina@ministry.example");
        String link = linkFor("dina@ministry.example");
        for (int i = 0; i < 3; i++) {
            Reply page = site.visitor().get(link);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.setCookie()).isEmpty();
        }
        assertThat(site.visitor().post(link).status()).isEqualTo(303);
    }

    @Test
    void a_link_expires_after_fifteen_minutes() {
        site.reader("faye@reader.example");
        String link = linkFor("faye@reader.example");
        site.clock.pass(Duration.ofMinutes(15));
        Reply reply = site.visitor().post(link);
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.text("error")).isEqualTo("This link has expired. Links work for 15 minutes.");
        assertThat(site.visitor().get(link).status()).isEqualTo(410);
    }

    @Test
    void an_expired_link_used_twice_says_the_same_twice_and_signs_nobody_in() {
        site.reader("twice@reader.example");
        String link = linkFor("twice@reader.example");
        site.clock.pass(Duration.ofMinutes(16));
        for (int i = 0; i < 2; i++) {
            Reply reply = site.visitor().post(link);
            assertThat(reply.status()).isEqualTo(410);
            assertThat(reply.text("error")).isEqualTo("This link has expired. Links work for 15 minutes.");
            assertThat(reply.setCookie()).isEmpty();
        }
        assertThat(
                        site.count(
                                "select count(*) from session s join reader r on r.id = s.reader_id where r.email_key = 'twice@reader.example'"))
                .isZero();
    }

    /** Medians of turns taken one after the other, so that a busy machine slows both alike. */
    @Test
    void the_answer_takes_as_long_for_an_unknown_address_as_for_a_known_one() {
        site.clock.pass(Duration.ofHours(2));
        var known = new ArrayList<Long>();
        var unknown = new ArrayList<Long>();
        for (int i = 0; i < 30; i++) {
            site.reader("known-" + i + "@reader.example");
            site.clock.pass(Duration.ofMinutes(10));
            known.add(nanosToAsk("known-" + i + "@reader.example"));
            unknown.add(nanosToAsk("unknown-" + i + "@reader.example"));
        }
        double ratio = (double) median(known) / median(unknown);
        assertThat(ratio).isBetween(0.4, 2.5);
    }

    private static long nanosToAsk(String email) {
        long began = System.nanoTime();
        assertThat(site.visitor().post("/signin", "email", email).status()).isEqualTo(200);
        return System.nanoTime() - began;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    @Test
    void an_old_link_offers_a_new_one_with_one_press_and_leads_to_the_same_page() {
        site.reader("nell@reader.example");
        site.clock.pass(Duration.ofHours(2));
        site.visitor().post("/signin", "email", "nell@reader.example", "next", "/some-memo/");
        String old = site.lastLetter("nell@reader.example").link();
        site.clock.pass(Duration.ofMinutes(20));
        Reply page = site.visitor().get(old);
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.text("action")).isEqualTo(old + "/again");
        assertThat(page.body())
                .as("whoever holds an old link learns no address")
                .doesNotContain("nell@");

        Reply sent = site.visitor().post(old + "/again");
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.body()).doesNotContain("nell@");
        String fresh = site.lastLetter("nell@reader.example").link();
        assertThat(fresh).isNotEqualTo(old);
        assertThat(site.visitor().post(fresh).location()).isEqualTo("/some-memo/");
        assertThat(site.visitor().get(fresh).text("action")).as("used by now").isEqualTo(fresh + "/again");
    }

    @Test
    void someone_new_whose_link_has_expired_is_not_told_that_there_is_no_account() {
        site.clock.pass(Duration.ofHours(2));
        site.signIn.welcome(EmailAddress.parse("new@reader.example").orElseThrow(), "/pro/", "203.0.113.9", "to join");
        String old = site.lastLetter("new@reader.example").link();
        site.clock.pass(Duration.ofMinutes(20));
        site.visitor().post(old + "/again");
        assertThat(site.visitor()
                        .post(site.lastLetter("new@reader.example").link())
                        .location())
                .isEqualTo("/pro/");
        assertThat(site.count("select count(*) from reader where email_key = 'new@reader.example'"))
                .isOne();
    }

    @Test
    void asking_for_new_links_is_limited_too() {
        site.reader("many@reader.example");
        String link = linkFor("many@reader.example");
        site.clock.pass(Duration.ofMinutes(61));
        for (int i = 0; i < 5; i++)
            assertThat(site.visitor().post(link + "/again").status()).isEqualTo(200);
        Reply refused = site.visitor().post(link + "/again");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.retryAfter()).matches("\\d+");
    }

    @Test
    void an_invented_link_is_an_old_one() {
        assertThat(site.visitor().post("/signin/" + Secret.fresh().reveal()).status())
                .isEqualTo(410);
        assertThat(site.visitor().get("/signin/short").status()).isEqualTo(410);
    }

    @Test
    void an_unknown_address_gets_the_same_answer() {
        site.reader("known@reader.example");
        site.clock.pass(Duration.ofHours(2));
        Reply known = site.visitor().post("/signin", "email", "known@reader.example");
        Reply unknown = site.visitor().post("/signin", "email", "other@reader.example");
        assertThat(unknown.status()).isEqualTo(known.status());
        assertThat(unknown.body().replace("other@", "known@")).isEqualTo(known.body());
        assertThat(site.lastLetter("other@reader.example").subject()).startsWith("No account");
        assertThat(site.count("select count(*) from reader where email_key = 'other@reader.example'"))
                .isZero();
    }

    @Test
    void a_stranger_gets_one_letter_a_day_however_often_someone_asks() {
        site.clock.pass(Duration.ofDays(2));
        for (int i = 0; i < 3; i++) site.visitor().post("/signin", "email", "stranger@reader.example");
        assertThat(site.letters("stranger@reader.example")).hasSize(1);
    }

    @Test
    void an_address_with_capitals_is_the_same_person() {
        long gus = site.reader("gus@reader.example");
        site.clock.pass(Duration.ofHours(2));
        site.visitor().post("/signin", "email", "  Gus@READER.example ");
        Visitor visitor = site.visitor();
        assertThat(visitor.post(site.lastLetter("gus@reader.example").link()).status())
                .isEqualTo(303);
        assertThat(site.count("select count(*) from session where reader_id = " + gus))
                .isOne();
    }

    @Test
    void a_malformed_address_is_kept_in_the_form() {
        Reply reply = site.visitor().post("/signin", "email", "gus at home", "next", "/pro/");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text("error")).isEqualTo("That does not look like an e-mail address. Please check it.");
        assertThat(reply.text("email")).isEqualTo("gus at home");
        assertThat(reply.text("next")).isEqualTo("/pro/");
    }

    @Test
    void asking_too_often_is_refused() {
        site.reader("often@reader.example");
        site.clock.pass(Duration.ofHours(2));
        for (int i = 0; i < 5; i++)
            assertThat(site.visitor()
                            .post("/signin", "email", "often@reader.example")
                            .status())
                    .isEqualTo(200);
        Reply refused = site.visitor().post("/signin", "email", "often@reader.example");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("error")).matches("That was tried too often\\. Please try again in .+\\.");
        assertThat(refused.text("email")).isEqualTo("often@reader.example");
        site.clock.pass(Duration.ofSeconds(Long.parseLong(refused.retryAfter())));
        assertThat(site.visitor()
                        .post("/signin", "email", "often@reader.example")
                        .status())
                .as("after as long as it said")
                .isEqualTo(200);
    }

    @Test
    void one_network_that_tries_many_addresses_is_refused() {
        site.clock.pass(Duration.ofHours(2));
        for (int i = 0; i < 30; i++)
            assertThat(site.visitor()
                            .post("/signin", "email", "guess" + i + "@reader.example")
                            .status())
                    .isEqualTo(200);
        Reply refused = site.visitor().post("/signin", "email", "guess30@reader.example");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Long.parseLong(refused.retryAfter())).isBetween(1L, 3600L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "@",
                "a@",
                "@b.example",
                "a b@reader.example",
                "a@reader",
                "a@@reader.example",
                "a..b@reader.example",
                "a@reader.example, b@reader.example",
                "a@reader.example\r\nBcc: b@reader.example",
                "<script>@reader.example"
            })
    void what_is_no_address_is_said_so_and_nothing_is_sent(String typed) {
        long letters = site.count("select count(*) from outbox");
        Reply reply = site.visitor().post("/signin", "email", typed);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(site.count("select count(*) from outbox")).isEqualTo(letters);
    }

    @Test
    void only_a_path_of_this_site_is_opened_next() {
        site.reader("next@reader.example");
        for (String evil :
                new String[] {"//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"}) {
            site.clock.pass(Duration.ofHours(2));
            site.visitor().post("/signin", "email", "next@reader.example", "next", evil);
            assertThat(site.visitor()
                            .post(site.lastLetter("next@reader.example").link())
                            .location())
                    .isEqualTo("/account/");
        }
        site.clock.pass(Duration.ofHours(2));
        site.visitor().post("/signin", "email", "next@reader.example", "next", "/pro/?from=memo");
        assertThat(site.visitor()
                        .post(site.lastLetter("next@reader.example").link())
                        .location())
                .isEqualTo("/pro/?from=memo");
    }

    @Test
    void a_link_shows_that_the_address_is_its_readers() {
        site.jdbi.useHandle(
                handle -> handle.execute(
                        "insert into reader (email, email_key, created_at) values ('Una@reader.example', 'una@reader.example', now())"));
        site.visitor().post(linkFor("una@reader.example"));
        assertThat(
                        site.count(
                                "select count(*) from reader where email_key = 'una@reader.example' and confirmed_at is not null"))
                .isOne();
    }

    @Test
    void a_session_slides_for_thirty_days_and_is_touched_once_an_hour() {
        site.reader("slow@reader.example");
        Visitor slow = site.signedIn("slow@reader.example");
        site.clock.pass(Duration.ofMinutes(59));
        assertThat(slow.get("/signin").setCookie()).isEmpty();
        site.clock.pass(Duration.ofMinutes(2));
        assertThat(slow.get("/signin").setCookie()).contains("Max-Age=2592000");
        site.clock.pass(Duration.ofDays(29));
        assertThat(slow.get("/signin").status()).isEqualTo(303);
        site.clock.pass(Duration.ofDays(29));
        assertThat(slow.get("/signin").status()).isEqualTo(303);
        site.clock.pass(Duration.ofDays(31));
        assertThat(slow.get("/signin").setCookie()).contains("1970");
        assertThat(slow.get("/signin").setCookie()).isEmpty();
    }

    @Test
    void each_sign_in_has_a_new_secret_and_ends_the_old_one() {
        site.reader("twice@reader.example");
        Visitor twice = site.signedIn("twice@reader.example");
        String first = twice.cookie();
        twice.post(linkFor("twice@reader.example"));
        assertThat(twice.cookie()).isNotEqualTo(first);
        assertThat(site.visitor().withCookie(first).get("/signin").status()).isEqualTo(200);
    }

    @Test
    void signing_out_ends_the_session_everywhere_the_cookie_went() {
        site.reader("out@reader.example");
        Visitor out = site.signedIn("out@reader.example");
        String cookie = out.cookie();
        assertThat(out.post("/signout").status()).isEqualTo(303);
        assertThat(site.visitor().withCookie(cookie).get("/signin").status()).isEqualTo(200);
    }

    @Test
    void neither_secrets_of_links_nor_of_sessions_are_kept() {
        site.reader("hash@reader.example");
        String link = linkFor("hash@reader.example");
        Visitor visitor = site.visitor();
        visitor.post(link);
        String secret = link.substring("/signin/".length());
        String cookie = visitor.cookie().substring(visitor.cookie().indexOf('=') + 1);
        assertThat(site.count("select count(*) from sign_in_link l where l::text like '%" + secret + "%'"))
                .isZero();
        assertThat(site.count("select count(*) from session s where s::text like '%" + cookie + "%'"))
                .isZero();
    }

    @Test
    void staff_come_into_the_newsroom() {
        long ada = site.reader("ada@parallel.example");
        site.jdbi.useHandle(handle -> handle.execute("insert into staff (reader_id, role) values (?, 'editor')", ada));
        assertThat(site.visitor().post(linkFor("ada@parallel.example")).location())
                .isEqualTo("/desk/stories");
    }
}
