package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/**
 * A member follows a country, an editor publishes a memo filed there, the alert arrives, the member reads, notes, saves and sends it
 * to a colleague who reads it; another chose the daily letter and gets one; whoever is no member any more gets nothing.
 */
@Tag("browser")
class MemoWalkTest {
    private static final String TITLE = "The cable that Norway pays for twice";

    @Test
    void a_memo_finds_its_followers_and_goes_on_to_a_colleague() throws Exception {
        try (Press press = Press.started();
                Browser browser = new Browser()) {
            Jdbi jdbi = press.running.newsroom().database.jdbi();
            Page noor = browser.person(1200, 900);
            signIn(press, noor, "noor@ministry.example");
            noor.navigate(press.url() + "/country/no/");
            noor.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Follow"))
                    .click();
            assertThat(noor.locator("form.follow button")).hasText("✓ Following");

            Page tomas = browser.person(390, 800);
            signIn(press, tomas, "tomas@ministry.example");
            tomas.navigate(press.url() + "/country/no/");
            tomas.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Follow"))
                    .click();
            assertThat(tomas.locator("form.follow button")).hasText("✓ Following");
            tomas.navigate(press.url() + "/account/following/");
            tomas.getByText("Once a day").click();
            tomas.locator("#f-at").fill("18:30");
            tomas.locator("#f-zone").fill("Asia/Tokyo");
            tomas.getByRole(
                            AriaRole.BUTTON,
                            new GetByRoleOptions().setName("Save").setExact(true))
                    .click();
            assertThat(tomas.locator("[role=status]")).hasText("Saved. Alerts: daily at 18:30.");
            lapsed(jdbi);

            publish(press, browser);

            String alert = letterTo(jdbi, "noor@ministry.example", TITLE);
            assertThat(alert)
                    .contains(
                            "The second payment falls due in spring.",
                            "because you follow Norway",
                            "/unsubscribe/alerts/")
                    .doesNotContain("Nobody has budgeted");

            noor.navigate(press.url() + "/the-cable-that-norway-pays-for-twice/");
            assertThat(noor.locator(".story-body")).containsText("Nobody has budgeted for it.");
            noor.locator("#note summary").click();
            noor.locator("#note-text").fill("Ask the treasury.\nBefore Friday.");
            noor.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Save note"))
                    .click();
            assertThat(noor.locator("[data-note-said]")).hasText("Saved.");
            noor.locator("#save button").click();
            assertThat(noor.locator("#save button")).hasText("✓ Saved");
            noor.reload();
            assertThat(noor.locator("#note-text")).hasValue("Ask the treasury.\nBefore Friday.");
            noor.navigate(press.url() + "/account/saved/");
            assertThat(noor.locator(".shelf-list h2")).hasText(TITLE);

            // A word that the server has not got is still there after the page was closed.
            noor.navigate(press.url() + "/the-cable-that-norway-pays-for-twice/");
            noor.context().setOffline(true);
            noor.locator("#note-text").fill("Ask the treasury.\nBefore Friday.\nOn the train.");
            noor.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Save note"))
                    .click();
            assertThat(noor.locator("[data-note-said]")).containsText("You are offline.");
            noor.context().setOffline(false);
            assertThat(noor.locator("[data-note-said]")).hasText("Saved.");
            noor.navigate(press.url() + "/account/notes/?q=train");
            assertThat(noor.locator(".note-words")).containsText("On the train.");

            noor.navigate(press.url() + "/the-cable-that-norway-pays-for-twice/");
            noor.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Send to a colleague"))
                    .click();
            noor.locator("#c-to").fill("tomas@ministry.example");
            noor.locator("#c-line").fill("The spring payment is ours.");
            noor.getByRole(
                            AriaRole.BUTTON,
                            new GetByRoleOptions().setName("Send").setExact(true))
                    .click();
            assertThat(noor.locator("h1")).hasText("Sent to Tomas Ilves");

            byte[] sent = sourceTo(jdbi, "tomas@ministry.example", "Noor Vale sends you: " + TITLE);
            assertThat(message(sent).getReplyTo()[0].toString()).isEqualTo("noor@ministry.example");
            assertThat(text(sent))
                    .contains("The spring payment is ours.")
                    .doesNotContain("Nobody has budgeted", "falls due in spring");
            tomas.navigate(press.url() + "/the-cable-that-norway-pays-for-twice/");
            assertThat(tomas.locator(".story-body")).containsText("Nobody has budgeted for it.");

            jdbi.useHandle(handle -> {
                handle.execute("delete from member_read");
                handle.execute("update alert_choice set next_at = now() where how = 'daily'");
            });
            assertThat(letterTo(jdbi, "tomas@ministry.example", TITLE))
                    .contains("once a day", "The second payment falls due in spring.");
            assertThat(letters(jdbi, "noor@ministry.example")).isEqualTo(1);
            assertThat(letters(jdbi, "tomas@ministry.example")).isEqualTo(1);
            assertThat(letters(jdbi, "hana@reader.example")).isZero();
            assertThat(browser.complaints.stream().filter(line -> !line.contains("ERR_INTERNET_DISCONNECTED")))
                    .isEmpty();
        }
    }

    /** Hana followed while she was a member. */
    private static void lapsed(Jdbi jdbi) {
        jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into follow (reader_id, country, since) select id, 'NO', now() from reader where email_key = 'hana@reader.example'
                    """);
            handle.execute("""
                    insert into alert_choice (reader_id, how, at, zone, since)
                    select id, 'at_once', '07:00', 'UTC', now() from reader where email_key = 'hana@reader.example'
                    """);
        });
    }

    private static void publish(Press press, Browser browser) {
        Page ada = browser.person(1440, 1000);
        signIn(press, ada, "ada@parallel.example");
        ada.navigate(press.url() + "/desk/stories/new");
        ada.locator("#title").fill(TITLE);
        ada.locator("#standfirst").fill("Who pays for the second crossing.");
        ada.locator("#kind").selectOption("memo");
        ada.locator("#answers").fill("Who pays?");
        ada.locator("#key_points").fill("The second payment falls due in spring.");
        ada.locator("#access").selectOption("member");
        ada.getByText("Countries").click();
        ada.locator("#country-0").fill("Norway");
        ada.locator("#country-0").press("Tab");
        assertThat(ada.locator("#country-1")).isVisible();
        ada.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName("Analysis"))
                .fill("The first crossing is paid for.");
        ada.keyboard().press("Control+End");
        ada.keyboard().press("Enter");
        ada.keyboard().type("Nobody has budgeted for it.");
        ada.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Publish").setExact(true))
                .click();
        assertThat(ada.locator(".editor-status .badge")).hasText("published");
    }

    private static void signIn(Press press, Page page, String address) {
        page.navigate(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(address).orElseThrow()));
        page.locator("form[action*='/signin/'] button").click();
        page.waitForURL(url -> !url.contains("/signin/"));
    }

    private static long letters(Jdbi jdbi, String address) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from caught_letter where recipient = :address and subject = :subject")
                .bind("address", address)
                .bind("subject", TITLE)
                .mapTo(Long.class)
                .one());
    }

    private static MimeMessage message(byte[] source) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
    }

    private static String text(byte[] source) throws Exception {
        return ((String) ((MimeMultipart) message(source).getContent())
                        .getBodyPart(0)
                        .getContent())
                .replaceAll("\\s+", " ");
    }

    private static String letterTo(Jdbi jdbi, String address, String subject) throws Exception {
        return text(sourceTo(jdbi, address, subject));
    }

    /** The letter as the built-in mailbox got it over SMTP. */
    private static byte[] sourceTo(Jdbi jdbi, String address, String subject) {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (System.nanoTime() < end) {
            var found = jdbi.withHandle(handle -> handle.createQuery("""
                            select source from caught_letter where recipient = :address and subject = :subject order by id desc limit 1
                            """)
                    .bind("address", address)
                    .bind("subject", subject)
                    .mapTo(byte[].class)
                    .findOne());
            if (found.isPresent()) return found.get();
            Thread.onSpinWait();
        }
        throw new AssertionError("no letter to " + address + " called " + subject);
    }
}
