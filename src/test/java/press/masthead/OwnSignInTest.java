package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/**
 * A bank wants its people by its own sign-in alone: from then on each other way in stays shut by itself, sessions that came by one end,
 * and who is locked out by a provider that fails has a way back.
 */
@Tag("browser")
class OwnSignInTest {
    private static final Pattern SECRET = Pattern.compile("/(?:signin|seat)/[A-Za-z0-9_-]{43}");
    private static final Pattern DIGITS = Pattern.compile("asks for it: (\\d{3} \\d{3})");
    private static final String SHUT = "Please come in by Sarrin Maritime Bank";

    private static FakeProvider fake;
    private static Press press;
    private static Press.Person petra;
    private static String team;
    private static long provider;

    @BeforeAll
    static void start() throws Exception {
        fake = new FakeProvider();
        press = Press.started(Map.of("MASTHEAD_FETCH_ALLOWED", "127.0.0.0/8"));
        team = value("select id from team where name = 'Sarrin Maritime Bank'");
        petra = byLetter("petra@bank.example");
        petra.post("/team/" + team + "/domains", "domain", "bank.example");
        sql("update team_domain set verified_at = now(), verified_by = 'dns' where domain = 'bank.example'");
        petra.post(
                "/team/" + team + "/sign-on",
                "issuer",
                fake.issuer(),
                "client",
                FakeProvider.CLIENT,
                "secret",
                FakeProvider.SECRET);
        fake.email = "petra@bank.example";
        fake.subject = "petra";
        petra.get("/team/" + team + "/sign-on/test");
        provider = Long.parseLong(value("select provider_id from team_sign_on where team_id = " + team));
    }

    @AfterAll
    static void stop() {
        press.close();
        fake.close();
    }

    /** Everyone may come in as they like, and nobody is signed in. */
    @BeforeEach
    void open() throws Exception {
        sql("delete from session");
        sql("delete from rate");
        sql("delete from caught_letter");
        sql("update team_sign_on set required = false");
        sql("insert into team_manager (team_id, reader_id, since) select " + team
                + ", id, now() from reader where email_key = 'petra@bank.example' on conflict do nothing");
        petra = byLetter("petra@bank.example");
        assertThat(switchOn(false).body()).contains("Single sign-on is on.");
    }

    private static HttpResponse<String> switchOn(boolean only) throws Exception {
        return only
                ? petra.post("/team/" + team + "/sign-on/open", "state", "on", "required", "yes")
                : petra.post("/team/" + team + "/sign-on/open", "state", "on");
    }

    private static void requireIt() throws Exception {
        assertThat(switchOn(true).body()).contains("Everyone comes in this way now");
    }

    private static Jdbi jdbi() {
        return press.running.newsroom().database.jdbi();
    }

    private static void sql(String sql) {
        jdbi().useHandle(handle -> handle.execute(sql));
    }

    private static String value(String sql) {
        return jdbi().withHandle(handle ->
                handle.createQuery(sql).mapTo(String.class).findOne().orElse(""));
    }

    private static String sessions(String email) {
        return value("select count(*) from session s join reader r on r.id = s.reader_id where r.email_key = '" + email
                + "'");
    }

    private static String welcome(String email, String next) throws Exception {
        press.running.newsroom().signIn.welcome(EmailAddress.parse(email).orElseThrow(), next, "test", "to sign in");
        return link(email);
    }

    private static Press.Person byLetter(String email) throws Exception {
        var person = press.person();
        assertThat(person.post(welcome(email, "")).statusCode()).isEqualTo(200);
        return person;
    }

    private static Press.Person byProvider(String email) throws Exception {
        fake.email = email;
        fake.subject = email;
        var person = press.person();
        assertThat(person.get("/signin/oidc/" + provider).statusCode()).isEqualTo(200);
        return person;
    }

    private static String link(String to) throws Exception {
        return inLetter(to, SECRET);
    }

    @Test
    void an_address_stays_with_its_seat_while_the_team_has_its_people_come_in_its_own_way() throws Exception {
        var rosa = byProvider("rosa@bank.example");
        String asked =
                "select count(*) from email_change c join reader r on r.id = c.reader_id where r.email_key = 'rosa@bank.example'";
        // Before it is required, she may; she does not confirm it yet.
        assertThat(rosa.post("/account/address/", "email", "rosa@private.example")
                        .body())
                .contains("Check the new mailbox");
        String confirm = inLetter("rosa@private.example", Pattern.compile("/signin/address/[A-Za-z0-9_-]{43}"));
        requireIt();
        String refusal = "Your seat of Sarrin Maritime Bank goes with your address at work. Please ask ";
        var late = press.person().post(confirm);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains(refusal);
        assertThat(value("select email from reader where email_key = 'rosa@bank.example'"))
                .isEqualTo("rosa@bank.example");

        rosa = byProvider("rosa@bank.example");
        String before = value(asked);
        var refused = rosa.post("/account/address/", "email", "rosa2@private.example");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains(refusal, "petra@bank.example", "to take the seat back first", "rosa2@private.example");
        assertThat(value(asked)).as("no letter is on its way").isEqualTo(before);
        assertThat(rosa.post("/account/address/", "email", "rosa.b@bank.example")
                        .body())
                .as("another address of the team's own")
                .contains("Check the new mailbox");
        String seat = value(
                "select k.id from seat k join reader r on r.id = k.reader_id where r.email_key = 'rosa@bank.example'");
        petra = byLetter("petra@bank.example");
        String history = petra.get("/team/" + team + "/seats/" + seat + "/").body();
        assertThat(history).contains("Wanted to move to an address elsewhere").doesNotContain("private.example");

        sql(
                "update seat set ended_at = now() where reader_id = (select id from reader where email_key = 'rosa@bank.example') and ended_at is null");
        assertThat(rosa.post("/account/address/", "email", "rosa3@private.example")
                        .body())
                .as("without a seat nothing holds her")
                .contains("Check the new mailbox");
    }

    @Test
    void a_seat_that_comes_by_the_teams_own_sign_in_is_written_down_with_the_words_that_stood_before_it()
            throws Exception {
        String words = "Its managers see that the seat is yours and in which month you last read, never what.";
        assertThat(press.person()
                        .post("/signin", "email", "quentin@bank.example")
                        .body())
                .contains(words);
        byProvider("quentin@bank.example");
        byProvider("quentin@bank.example");
        assertThat(value("""
                        select string_agg(c.place || ': ' || t.wording || ' | ' || (c.network <> '') || ' | ' || (c.at >= s.taken_at), '; ')
                        from consent c join consent_text t on t.hash = c.text_hash
                        join reader r on r.id = c.reader_id join seat s on s.reader_id = r.id and s.came_by = 'sign_on'
                        where r.email_key = 'quentin@bank.example'"""))
                .as("once, though they came twice")
                .isEqualTo("/signin/oidc/: A seat of Sarrin Maritime Bank. " + words + " | true | true");
        requireIt();
        assertThat(press.person()
                        .post("/signin", "email", "quentin@bank.example")
                        .body())
                .contains(SHUT, words);
    }

    /** What the newest letter to them holds, once it has come. */
    private static String inLetter(String to, Pattern what) throws Exception {
        var found = new String[] {""};
        var reader = press.person();
        TestSmtp.await(() -> {
            try {
                for (var letter : new ObjectMapper()
                        .readTree(reader.get("/mailbox/api/letters").body())) {
                    var match = what.matcher(letter.get("text").asText());
                    if (found[0].isEmpty() && letter.get("to").asText().equals(to) && match.find())
                        found[0] = match.group(match.groupCount());
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
            return !found[0].isEmpty();
        });
        sql("delete from caught_letter where recipient = '" + to + "'");
        return found[0];
    }

    private static boolean isIn(Press.Person person) throws Exception {
        return person.get("/account/").uri().getPath().equals("/account/");
    }

    private static void shut(HttpResponse<String> answer, Press.Person person) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains(SHUT, "/signin/oidc/" + provider);
        assertThat(isIn(person)).isFalse();
    }

    @Test
    void a_link_that_was_sent_before_signs_nobody_in_and_leads_on_to_where_it_would_have_led() throws Exception {
        String link = welcome("oskar@bank.example", "/memos/");
        requireIt();
        var oskar = press.person();
        var answer = oskar.post(link);
        shut(answer, oskar);
        assertThat(answer.body()).contains("next=%2Fmemos%2F");
    }

    @Test
    void a_new_colleague_passes_the_step_that_asks_for_industries_once() throws Exception {
        fake.email = "nadia@bank.example";
        fake.subject = "nadia";
        var nadia = press.person();
        var asked = nadia.get("/signin/oidc/" + provider + "?next=%2Freports%2F");
        assertThat(asked.uri().getPath()).isEqualTo("/pro/industries/");
        assertThat(asked.body()).contains("Which industries matter to you?");
        nadia.post("/pro/industries/later", "next", "/reports/");
        assertThat(press.person().get("/signin/oidc/" + provider).uri().getPath())
                .isNotEqualTo("/pro/industries/");
        sql("delete from seat where email_key = 'nadia@bank.example'");
        assertThat(press.person().get("/signin/oidc/" + provider).uri().getPath())
                .as("on a new seat, and asked before")
                .isNotEqualTo("/pro/industries/");
    }

    @Test
    void six_digits_sign_nobody_in() throws Exception {
        var oskar = press.person();
        oskar.post("/signin", "email", "oskar@bank.example", "letter", "yes");
        String code = inLetter("oskar@bank.example", DIGITS);
        requireIt();
        shut(oskar.post("/signin/code", "code", code, "email", "oskar@bank.example"), oskar);
    }

    @Test
    void a_session_that_was_planted_is_never_the_one_after_a_passkey_or_the_own_sign_in() throws Exception {
        try (var browser = new Browser()) {
            Page eve = browser.person(375, 800);
            eve.navigate(press.url() + welcome("eve@elsewhere.example", ""));
            click(eve, "Sign in");
            for (String planted : new String[] {"A".repeat(43), session(eve)}) {
                Page mirela = browser.person(375, 800);
                withPasskey(mirela, "mirela@bank.example");
                mirela.context().clearCookies();
                plant(mirela, planted);
                // Whoever brings a session that counts is signed in as its owner, and goes out first.
                mirela.navigate(press.url() + "/signin/");
                if (!mirela.url().contains("/signin")) {
                    sql(
                            "update session set expires_at = now() - interval '1 minute' where reader_id = (select id from reader where email_key = 'eve@elsewhere.example')");
                    mirela.navigate(press.url() + "/signin/");
                }
                click(mirela, "Sign in with a passkey");
                mirela.waitForURL("**/account/");
                isTheirsAlone(browser, mirela, "mirela@bank.example", planted);

                Page olena = browser.person(375, 800);
                plant(olena, planted);
                fake.email = "olena@bank.example";
                fake.subject = "olena@bank.example";
                olena.navigate(press.url() + "/signin/oidc/" + provider + "?next=/account/");
                if (olena.url().contains("/pro/industries")) olena.navigate(press.url() + "/account/");
                isTheirsAlone(browser, olena, "olena@bank.example", planted);
                sql("update session set expires_at = now() + interval '1 day'");
            }
        }
    }

    /** Signed in by a letter, with a passkey in the window's own authenticator. */
    private static void withPasskey(Page page, String email) throws Exception {
        CDPSession devtools = page.context().newCDPSession(page);
        devtools.send("WebAuthn.enable");
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        for (String has :
                new String[] {"hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation"})
            options.addProperty(has, true);
        var all = new JsonObject();
        all.add("options", options);
        devtools.send("WebAuthn.addVirtualAuthenticator", all);
        page.addInitScript(
                "if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false");
        page.navigate(press.url() + welcome(email, "/account/passkeys/new"));
        click(page, "Sign in");
        click(page, "Set up a passkey");
        page.waitForURL("**/account/devices/?saved=passkey");
    }

    private static String session(Page page) {
        return page.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("masthead_session"))
                .map(cookie -> cookie.value)
                .findFirst()
                .orElse("");
    }

    private static void plant(Page page, String secret) {
        page.context()
                .addCookies(java.util.List.of(
                        new com.microsoft.playwright.options.Cookie("masthead_session", secret).setUrl(press.url())));
    }

    private static void isTheirsAlone(Browser browser, Page page, String email, String planted) {
        assertThat(session(page)).isNotEmpty().isNotEqualTo(planted);
        assertThat(page.content()).contains(email);
        Page attacker = browser.person(375, 800);
        plant(attacker, planted);
        attacker.navigate(press.url() + "/account/");
        assertThat(attacker.content()).doesNotContain(email);
    }

    @Test
    void a_passkey_signs_nobody_in() throws Exception {
        try (var browser = new Browser()) {
            Page mirela = browser.person(375, 800);
            withPasskey(mirela, "mirela@bank.example");
            requireIt();
            mirela.navigate(press.url() + "/signin/");
            click(mirela, "Sign in with a passkey");
            mirela.getByText("wants its people to sign in with their account at work")
                    .waitFor();
            assertThat(sessions("mirela@bank.example")).isEqualTo("0");
        }
    }

    private static void click(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    @Test
    void an_invitation_is_taken_by_the_provider_and_by_no_letter() throws Exception {
        petra.post("/team/" + team + "/invite", "addresses", "lena@bank.example");
        takenByTheProviderAlone("lena@bank.example");
    }

    @Test
    void a_seat_that_is_handed_on_is_taken_by_the_provider_and_by_no_letter() throws Exception {
        String seat = value("select id from seat where ended_at is null and email_key = 'yusuf@bank.example'");
        petra.post("/team/" + team + "/seats/" + seat + "/hand-on", "email", "rolf@bank.example");
        takenByTheProviderAlone("rolf@bank.example");
    }

    private static void takenByTheProviderAlone(String email) throws Exception {
        String seat = link(email);
        assertThat(seat).startsWith("/seat/");
        requireIt();
        var person = press.person();
        person.post(seat + "/sign-in");
        var answer = person.post(link(email));
        shut(answer, person);
        String taken = "select count(*) from seat where taken_at is not null and ended_at is null and email_key = '"
                + email + "'";
        assertThat(value(taken)).isEqualTo("0");
        fake.email = email;
        fake.subject = email;
        assertThat(person.get("/signin/oidc/" + provider + "?next=" + seat).statusCode())
                .isLessThan(500);
        assertThat(isIn(person)).isTrue();
        assertThat(value(taken)).isEqualTo("1");
    }

    @Test
    void joining_by_the_domain_needs_the_provider() throws Exception {
        requireIt();
        var ola = press.person();
        assertThat(ola.post("/signin", "email", "ola@bank.example", "next", "/seat/join/", "letter", "yes")
                        .body())
                .contains(SHUT);
        shut(ola.post(welcome("ola@bank.example", "/seat/join/")), ola);
        assertThat(value("select count(*) from seat where email_key = 'ola@bank.example'"))
                .isEqualTo("0");
        assertThat(isIn(byProvider("ola@bank.example"))).isTrue();
        assertThat(value("select count(*) from seat where ended_at is null and email_key = 'ola@bank.example'"))
                .isEqualTo("1");
    }

    @Test
    void a_recovery_code_opens_no_session_by_itself() throws Exception {
        requireIt();
        var oskar = press.person();
        assertThat(oskar.post("/signin/factor", "code", "abcd-efgh-ijkl").statusCode())
                .isEqualTo(403);
        assertThat(oskar.post("/account/factor/recovery").statusCode()).isEqualTo(403);
        assertThat(isIn(oskar)).isFalse();
        assertThat(sessions("oskar@bank.example")).isEqualTo("0");
    }

    @Test
    void sessions_that_came_another_way_end_and_those_by_the_provider_go_on() throws Exception {
        var oskar = byLetter("oskar@bank.example");
        var mirela = byProvider("mirela@bank.example");
        var cleo = byLetter("cleo@reader.example");
        var page = petra.get("/team/" + team + "/sign-on/").body();
        assertThat(page)
                .as("managers are told before")
                .contains("whoever came in another way is signed out", "1 on your seats", "You too");
        requireIt();
        assertThat(isIn(oskar)).isFalse();
        assertThat(isIn(mirela)).isTrue();
        assertThat(isIn(cleo)).as("whose address is elsewhere").isTrue();
        assertThat(sessions("oskar@bank.example")).isEqualTo("0");
        assertThat(inLetter("petra@bank.example", Pattern.compile("(Whoever had come in another way was signed out)")))
                .isNotEmpty();
        assertThat(isIn(petra)).as("who switched it on had come by a letter").isFalse();
    }

    @Test
    void who_switches_it_on_having_come_that_way_stays() throws Exception {
        petra = byProvider("petra@bank.example");
        assertThat(petra.get("/team/" + team + "/sign-on/").body()).doesNotContain("You too");
        requireIt();
        assertThat(petra.get("/team/" + team + "/").statusCode()).isEqualTo(200);
        assertThat(petra.get("/team/" + team + "/sign-on/").body()).contains("checked");
    }

    @Test
    void another_provider_does_not_stand_for_this_one() throws Exception {
        var oskar = byProvider("oskar@bank.example");
        requireIt();
        assertThat(isIn(oskar)).isTrue();
        sql("update session set provider_id = provider_id + 1000");
        assertThat(isIn(oskar)).isFalse();
    }

    @Test
    void a_manager_who_no_longer_is_one_has_no_way_of_their_own() throws Exception {
        sql("insert into team_manager (team_id, reader_id, since) select " + team
                + ", id, now() from reader where email_key = 'mirela@bank.example'");
        requireIt();
        var back = byLetter("petra@bank.example");
        assertThat(back.get("/team/" + team + "/sign-on/").statusCode()).isEqualTo(200);
        sql(
                "delete from team_manager where reader_id = (select id from reader where email_key = 'petra@bank.example')");
        assertThat(isIn(back)).as("from the next request on").isFalse();
    }

    @Test
    void business_staff_lift_it_where_the_provider_fails_and_it_is_written_down() throws Exception {
        requireIt();
        var ada = press.person();
        ada.post(press.running.newsroom().newsroomLink());
        String path = "/desk/teams/" + team;
        assertThat(ada.get(path).body()).contains("Their own sign-in", "The only way in");
        assertThat(ada.post(path + "/sign-on/lift", "why", " ").statusCode()).isEqualTo(422);
        assertThat(value("select required from team_sign_on where team_id = " + team))
                .isEqualTo("t");
        assertThat(ada.post(path + "/sign-on/lift", "why", "Petra called from the number we know")
                        .body())
                .contains("Letters, codes and passkeys work again for Sarrin Maritime Bank");
        assertThat(value("select what from audit_event order by id desc limit 1"))
                .isEqualTo(
                        "let the people of Sarrin Maritime Bank sign in by letter again: Petra called from the number we know");
        assertThat(inLetter("petra@bank.example", Pattern.compile("(as you asked: Petra called)")))
                .isNotEmpty();
        assertThat(isIn(byLetter("oskar@bank.example"))).isTrue();
        assertThat(ada.post(path + "/sign-on/lift", "why", "again").statusCode())
                .isEqualTo(409);
        assertThat(ada.get("/desk/staff").body()).contains("sign in by letter again");
    }
}
