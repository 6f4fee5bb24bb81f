package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** Passkeys as people meet them: a real browser with an authenticator of its own. */
@Tag("browser")
class PasskeyTest {
    private static Press press;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
        press.close();
    }

    private static Jdbi jdbi() {
        return press.running.newsroom().database.jdbi();
    }

    private static CDPSession authenticator(Page page) {
        CDPSession devtools = page.context().newCDPSession(page);
        devtools.send("WebAuthn.enable");
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        var all = new JsonObject();
        all.add("options", options);
        devtools.send("WebAuthn.addVirtualAuthenticator", all);
        return devtools;
    }

    private static void signIn(Page page, String email) {
        String link = press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow());
        page.navigate(link);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    private static void age(String email) {
        jdbi().useHandle(handle -> handle.execute(
                "update session set created_at = created_at - interval '2 hours', fresh_at = null where reader_id = (select id from reader where email_key = ?)",
                email));
    }

    @Test
    void a_passkey_is_offered_set_up_used_and_removed() {
        Page page = browser.person(375, 800);
        authenticator(page);
        signIn(page, "cleo@reader.example");
        assertThat(page.getByText("Sign in with your face or fingerprint next time")
                        .isVisible())
                .isTrue();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Set up a passkey"))
                .click();
        press(page, "Set up a passkey");
        page.waitForURL("**/account/devices/?saved=passkey");
        assertThat(page.getByText("Chrome on Linux").first().isVisible()).isTrue();
        page.navigate(press.url() + "/account/");
        assertThat(page.getByText("Sign in with your face or fingerprint next time")
                        .count())
                .isZero();

        press(page, "Sign out");
        // The browser offers the passkey where the address is typed, and the test's authenticator agrees at once.
        page.navigate(press.url() + "/signin/?next=/newsletters/");
        page.waitForURL(press.url() + "/newsletters/");
        page.navigate(press.url() + "/account/");
        press(page, "Sign out");
        // A browser that offers nothing by itself, from here on.
        page.addInitScript("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
        page.navigate(press.url() + "/signin/?next=/newsletters/");
        press(page, "Sign in with a passkey");
        page.waitForURL(press.url() + "/newsletters/");
        page.navigate(press.url() + "/account/devices/");
        assertThat(page.content()).contains("with a passkey", "Last used");

        age("cleo@reader.example");
        page.navigate(press.url() + "/account/export");
        assertThat(page.content()).contains("First, is it you?");
        press(page, "Use your passkey");
        page.getByText("Download your data").first().waitFor();

        page.navigate(press.url() + "/account/devices/");
        page.locator("summary", new Page.LocatorOptions().setHasText("Change")).click();
        page.getByLabel("Name").fill("My phone");
        press(page, "Save");
        assertThat(page.getByText("My phone").first().isVisible()).isTrue();
        page.locator("summary", new Page.LocatorOptions().setHasText("Change")).click();
        press(page, "Remove this passkey");
        assertThat(page.getByText("That passkey no longer works here.").isVisible())
                .isTrue();
        page.context().clearCookies();
        page.navigate(press.url() + "/signin/");
        press(page, "Sign in with a passkey");
        page.getByText("That passkey could not be used here").waitFor();
        assertThat(page.url()).contains("/signin/");
    }

    @Test
    void a_form_that_had_to_wait_arrives_whole() {
        Page page = browser.person(1440, 900);
        authenticator(page);
        signIn(page, "faye@reader.example");
        page.navigate(press.url() + "/account/passkeys/new");
        press(page, "Set up a passkey");
        page.waitForURL("**/account/devices/?saved=passkey");
        page.navigate(press.url() + "/account/delete");
        age("faye@reader.example");
        press(page, "Yes, delete it for good");
        assertThat(page.content()).contains("First, is it you?");
        assertThat(count("select count(*) from reader where email_key = 'faye@reader.example'"))
                .isOne();
        press(page, "Use your passkey");
        page.getByText("Your account is deleted").first().waitFor();
        assertThat(count("select count(*) from reader where email_key = 'faye@reader.example'"))
                .isZero();
        assertThat(count("select count(*) from passkey p left join reader r on r.id = p.reader_id where r.id is null"))
                .isZero();
    }

    @Test
    void not_now_is_for_three_months() {
        Page page = browser.person(375, 800);
        signIn(page, "hana@reader.example");
        press(page, "Not now");
        assertThat(page.getByText("Sign in with your face or fingerprint next time")
                        .count())
                .isZero();
        jdbi().useHandle(handle ->
                handle.execute("update passkey_holder set not_now_at = not_now_at - interval '91 days'"));
        page.reload();
        assertThat(page.getByText("Sign in with your face or fingerprint next time")
                        .isVisible())
                .isTrue();
    }

    @Test
    void what_was_not_signed_by_a_passkey_of_theirs_signs_nobody_in() throws Exception {
        var visitor = press.person();
        String nonsense = visitor.json("/signin/passkey", "signed", "{}").body();
        assertThat(nonsense).contains("That took too long.");
        visitor.json("/signin/passkey/begin");
        for (String signed : List.of(
                "", "{}", "{\"id\":\"AAAA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{}}")) {
            visitor.json("/signin/passkey/begin");
            var refused = visitor.json("/signin/passkey", "signed", signed);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("could not be used here");
        }
        assertThat(visitor.json("/account/passkeys/begin").statusCode()).isEqualTo(403);
    }

    private static long count(String sql) {
        return jdbi().withHandle(
                        handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
