package press.masthead.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestSite;
import press.masthead.account.Visitor;
import press.masthead.account.Visitor.Reply;

/** Reading the letter on the phone and signing in on the laptop; and those who would like to guess. */
class CodeTest {
    private static final TestSite site = new TestSite();
    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1";

    @AfterAll
    static void close() {
        site.close();
    }

    /** A browser that has asked for a letter to this address. */
    private static Visitor asking(String email) {
        site.clock.pass(Duration.ofHours(2)); // past every limit of the tests before
        Visitor browser = site.visitor();
        Reply page = browser.post("/signin", "email", email, "next", "/pro/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text("state")).isEqualTo("sent");
        return browser;
    }

    private static String wrong(String code) {
        return code.startsWith("1") ? "2" + code.substring(1) : "1" + code.substring(1);
    }

    @Test
    void the_code_of_the_letter_signs_in_where_it_was_asked_for() {
        site.reader("eli@reader.example");
        Visitor laptop = asking("eli@reader.example");
        Reply reply = laptop.post(
                "/signin/code", "code", site.lastLetter("eli@reader.example").code());
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.location()).as("where they were going").isEqualTo("/pro/");
        assertThat(laptop.get("/signin").location()).as("signed in").isEqualTo("/account/");
    }

    @Test
    void digits_of_any_script_and_with_anything_between_are_read() {
        site.reader("layla@reader.example");
        Visitor laptop = asking("layla@reader.example");
        String code = site.lastLetter("layla@reader.example").code().replace(" ", "");
        StringBuilder arabic = new StringBuilder();
        for (char digit : code.toCharArray())
            arabic.append((char) (digit - '0' + '\u0660')).append('-');
        assertThat(laptop.post("/signin/code", "code", " " + arabic).status()).isEqualTo(303);
    }

    @Test
    void link_and_code_end_each_other() {
        site.reader("ben@reader.example");
        Visitor laptop = asking("ben@reader.example");
        var letter = site.lastLetter("ben@reader.example");
        assertThat(site.visitor().post(letter.link()).status()).isEqualTo(303);
        Reply late = laptop.post("/signin/code", "code", letter.code());
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.text("error")).isEqualTo("This code no longer works. Please ask for a new letter.");

        Visitor again = asking("ben@reader.example");
        letter = site.lastLetter("ben@reader.example");
        assertThat(again.post("/signin/code", "code", letter.code()).status()).isEqualTo(303);
        assertThat(site.visitor().post(letter.link()).status()).isEqualTo(410);
    }

    @Test
    void a_code_is_worth_nothing_in_another_browser() {
        site.reader("cleo@reader.example");
        asking("cleo@reader.example");
        String code = site.lastLetter("cleo@reader.example").code();
        assertThat(site.visitor().post("/signin/code", "code", code).status()).isEqualTo(422);
        site.reader("other@reader.example");
        Visitor stranger = asking("other@reader.example");
        assertThat(stranger.post("/signin/code", "code", code).status()).isEqualTo(422);
    }

    @Test
    void five_tries_are_all() {
        site.reader("dina@ministry.example");
        Visitor laptop = asking("dina@ministry.example");
        String code = site.lastLetter("dina@ministry.example").code();
        for (int left = 4; left > 0; left--)
            assertThat(laptop.post("/signin/code", "code", wrong(code)).text("error"))
                    .contains(left == 1 ? "one try is left" : left + " tries are left");
        assertThat(laptop.post("/signin/code", "code", wrong(code)).text("error"))
                .contains("no longer works");
        assertThat(laptop.post("/signin/code", "code", code).status())
                .as("the right one")
                .isEqualTo(422);
        assertThat(site.visitor()
                        .post(site.lastLetter("dina@ministry.example").link())
                        .status())
                .as("whoever guesses locks nobody out")
                .isEqualTo(303);
    }

    @Test
    void what_is_no_code_costs_no_try() {
        site.reader("faye@reader.example");
        Visitor laptop = asking("faye@reader.example");
        for (String typed : List.of("", "12345", "1234567", "abcdef", "9".repeat(100)))
            assertThat(laptop.post("/signin/code", "code", typed).text("error"))
                    .isEqualTo("Please enter the six digits from the letter.");
        assertThat(laptop.post(
                                "/signin/code",
                                "code",
                                site.lastLetter("faye@reader.example").code())
                        .status())
                .isEqualTo(303);
    }

    @Test
    void a_code_is_good_for_a_quarter_of_an_hour() {
        site.reader("gus@reader.example");
        Visitor laptop = asking("gus@reader.example");
        site.clock.pass(Duration.ofMinutes(15));
        assertThat(laptop.post(
                                "/signin/code",
                                "code",
                                site.lastLetter("gus@reader.example").code())
                        .status())
                .isEqualTo(422);
    }

    @Test
    void trying_codes_says_nothing_about_who_has_an_account() {
        site.reader("known@reader.example");
        Visitor known = asking("known@reader.example");
        String code = site.lastLetter("known@reader.example").code();
        Visitor unknown = site.visitor();
        unknown.post("/signin", "email", "unknown@reader.example");
        for (int i = 0; i < 7; i++) {
            Reply of = known.post("/signin/code", "code", wrong(code), "email", "x@reader.example");
            Reply none = unknown.post("/signin/code", "code", "123456", "email", "x@reader.example");
            assertThat(none.status()).isEqualTo(of.status());
            assertThat(none.body()).isEqualTo(of.body());
        }
    }

    @Test
    void one_network_that_tries_many_codes_is_refused() {
        site.clock.pass(Duration.ofHours(2));
        Reply last = site.visitor().get("/signin");
        for (int i = 0; i < 101; i++) {
            if (i % 25 == 0)
                site.jdbi.useHandle(handle -> handle.execute("delete from rate where subject like 'signin:network%'"));
            last = asked(i).post("/signin/code", "code", "123456");
        }
        assertThat(last.status()).isEqualTo(429);
    }

    private static Visitor asked(int i) {
        Visitor browser = site.visitor();
        browser.post("/signin", "email", "nobody" + i + "@reader.example");
        return browser;
    }

    @Test
    void neither_codes_nor_what_browsers_keep_are_kept() {
        site.reader("hash@reader.example");
        asking("hash@reader.example");
        String code = site.lastLetter("hash@reader.example").code().replace(" ", "");
        assertThat(site.count("select count(*) from sign_in_code c where c::text like '%" + code + "%'"))
                .isZero();
    }

    @Test
    void a_session_that_someone_else_has_prepared_is_not_signed_in() {
        site.reader("ida@reader.example");
        Visitor ida = asking("ida@reader.example").withCookie("masthead_session=" + "A".repeat(43));
        ida.post("/signin/code", "code", site.lastLetter("ida@reader.example").code());
        assertThat(ida.cookie()).isNotEqualTo("masthead_session=" + "A".repeat(43));
        assertThat(site.visitor()
                        .withCookie("masthead_session=" + "A".repeat(43))
                        .get("/signin")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_new_device_is_told_once_and_the_letter_ends_it() {
        site.reader("jo@reader.example");
        Visitor laptop = site.signedIn("jo@reader.example");
        long before = site.letters("jo@reader.example").size();
        Visitor phone = asking("jo@reader.example").named(PHONE);
        phone.post("/signin/code", "code", site.lastLetter("jo@reader.example").code());
        var letter = site.lastLetter("jo@reader.example");
        assertThat(letter.subject()).isEqualTo("New sign-in on Safari on iPhone");
        assertThat(letter.bodyText()).contains("from this machine");
        assertThat(site.letters("jo@reader.example")).hasSize((int) before + 2);

        assertThat(site.visitor().get(letter.link()).status()).isEqualTo(200);
        assertThat(phone.get("/signin").status()).as("a look ends nothing").isEqualTo(303);
        site.visitor().post(letter.link());
        assertThat(phone.get("/signin").status()).isEqualTo(200);
        assertThat(laptop.get("/signin").status()).as("the other stays").isEqualTo(303);

        phone.post("/signin", "email", "jo@reader.example");
        phone.post("/signin/code", "code", site.lastLetter("jo@reader.example").code());
        assertThat(site.lastLetter("jo@reader.example").subject()).startsWith("Sign in to");
    }

    @Test
    void an_address_with_dots_or_of_another_script_is_someone_else() {
        site.reader("anna.lind@reader.example");
        for (String typed : List.of("annalind@reader.example", "anna.lind+x@reader.example")) {
            asking(typed);
            assertThat(site.lastLetter(typed).subject()).startsWith("No account");
        }
        int before = site.letters("anna.lind@reader.example").size();
        assertThat(site.visitor()
                        .post("/signin", "email", "\u0430nna.lind@reader.example", "next", "/pro/")
                        .status())
                .as("one Cyrillic letter among Latin ones is nobody's address, and is answered as any other")
                .isEqualTo(200);
        assertThat(site.letters("anna.lind@reader.example")).hasSize(before);
        asking("ANNA.Lind@READER.example");
        assertThat(site.lastLetter("anna.lind@reader.example").subject()).startsWith("Sign in to");
        asking("\uff41nna.lind@reader.example");
        assertThat(site.lastLetter("anna.lind@reader.example").subject())
                .as("letters of full width are the same letters, and the letter goes to the address that is known")
                .startsWith("Sign in to");
    }
}
