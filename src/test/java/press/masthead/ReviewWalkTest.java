package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** A member puts industries in order, sees the next review, gets it on Friday, and next Friday's has none of it again. */
@Tag("browser")
class ReviewWalkTest {
    @Test
    void a_member_ranks_industries_and_the_letter_and_the_page_follow() throws Exception {
        try (Press press = Press.started();
                Browser browser = new Browser()) {
            Jdbi jdbi = press.running.newsroom().database.jdbi();
            Page cleo = browser.person(1200, 900);
            signIn(press, cleo, "cleo@reader.example");
            cleo.navigate(press.url() + "/pro/industries/");
            List<String> before = titles(cleo);
            assertThat(cleo.locator(".ranks .is-ranked .rank-name").first().textContent())
                    .isEqualTo("Green energy");

            cleo.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Move up: Banking"))
                    .click();
            cleo.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Move up: Banking"))
                    .press("Enter");
            cleo.waitForCondition(() -> cleo.locator("[data-preview] .review-industry")
                    .first()
                    .textContent()
                    .contains("Banking"));
            assertThat(titles(cleo)).isNotEqualTo(before).hasSizeBetween(7, 12).doesNotHaveDuplicates();
            cleo.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Save this order"))
                    .click();
            assertThat(cleo.locator("[role=status]").first().textContent()).contains("Saved");
            List<String> promised = titles(cleo);

            long edition = jdbi.withHandle(
                    handle -> handle.createQuery("""
                            insert into edition (newsletter_id, day, due_at, subject, drafted_at, since)
                            select id, current_date, now(), name, now(), now() - interval '7 days' from newsletter where slug = 'weekly-review'
                            on conflict (newsletter_id, day) do update set due_at = now(), since = now() - interval '7 days' returning id
                            """).mapTo(Long.class).one());
            Page ada = browser.person(1200, 900);
            signIn(press, ada, "ada@parallel.example");
            ada.navigate(press.url() + "/desk/reviews/" + edition);
            ada.getByLabel("Foreword").first().fill("A week in which the lenders blinked.");
            ada.locator("form.form button").first().click();
            ada.navigate(press.url() + "/desk/reviews/" + edition + "/member?address=cleo@reader.example");
            assertThat(ada.content()).contains("rank 1", "New since the last review");
            ada.navigate(press.url() + "/desk/editions/" + edition);
            ada.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Send now"))
                    .click();
            ada.locator("form[action$='/send'] button.primary").click();

            cleo.navigate(press.url() + "/pro/review/");
            List<String> sent = cleo.locator(".review-body h3").allTextContents().stream()
                    .map(String::strip)
                    .toList();
            assertThat(sent).isEqualTo(promised);
            String letter = letterTo(press, "cleo@reader.example", sent.getFirst());
            assertThat(letter).containsSubsequence(sent);
            assertThat(letter).contains("/pro/review/").contains("/unsubscribe/");

            cleo.navigate(press.url() + "/pro/industries/");
            assertThat(titles(cleo)).doesNotContainAnyElementsOf(sent);

            var visitor = press.person();
            assertThat(visitor.get(cleo.url().replace(press.url(), "")).uri().getPath())
                    .isEqualTo("/signin/");
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void someone_who_joins_is_asked_once_and_a_manager_sets_the_order_of_a_team() throws Exception {
        try (Press press = Press.started();
                Browser browser = new Browser()) {
            Page dina = browser.person(1200, 900);
            signIn(press, dina, "dina@ministry.example");
            dina.navigate(press.url() + "/team/");
            dina.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Industries"))
                    .first()
                    .click();
            dina.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Move up: Supply chain"))
                    .press("Enter");
            dina.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Save for the team"))
                    .click();
            assertThat(dina.locator("[role=status]").first().textContent())
                    .contains("Members without an order of their own get this one");
            Page noor = browser.person(375, 800);
            signIn(press, noor, "noor@ministry.example");
            noor.navigate(press.url() + "/pro/industries/");
            assertThat(noor.locator(".ranks .is-ranked .rank-name").allTextContents())
                    .containsExactly("Supply chain");
            assertThat(noor.locator(".ranking-team").textContent()).contains("Ministry of Ports");

            Page eli = browser.person(375, 800);
            signIn(press, eli, "eli@reader.example");
            eli.navigate(press.url() + "/pro/");
            eli.locator(".plan-box form[action='/pro/trial'] button").click();
            eli.waitForURL(url -> url.contains("/pro/industries/?welcome=yes"));
            eli.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Move up: Oil and gas"))
                    .click();
            eli.waitForCondition(() -> eli.locator("[data-preview] .review-industry")
                    .first()
                    .textContent()
                    .contains("Oil and gas"));
            eli.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Save, and send me the review"))
                    .click();
            eli.waitForURL(url -> url.contains("/account/"));
            eli.navigate(press.url() + "/pro/industries/");
            assertThat(eli.locator(".ranking-form").textContent())
                    .contains("Your review comes to eli@reader.example")
                    .doesNotContain("Not now");
            assertThat(eli.locator(".ranks .is-ranked .rank-name").allTextContents())
                    .containsExactly("Oil and gas");
            assertThat(browser.complaints).isEmpty();
        }
    }

    private static List<String> titles(Page page) {
        return page.locator("[data-preview] h3").allTextContents().stream()
                .map(String::strip)
                .toList();
    }

    private static void signIn(Press press, Page page, String address) {
        page.navigate(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(address).orElseThrow()));
        page.locator("form[action*='/signin/'] button").click();
        page.waitForURL(url -> !url.contains("/signin/"));
    }

    private static String text(byte[] source) throws Exception {
        var letter = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
        return ((String) ((MimeMultipart) letter.getContent()).getBodyPart(0).getContent()).replaceAll("\\s+", " ");
    }

    /** The letter's text as the built-in mailbox got it over SMTP. */
    private static String letterTo(Press press, String address, String subject) throws Exception {
        Jdbi jdbi = press.running.newsroom().database.jdbi();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            var found = jdbi.withHandle(handle -> handle.createQuery("""
                            select source from caught_letter where recipient = :address and subject = :subject order by id desc limit 1
                            """)
                    .bind("address", address)
                    .bind("subject", subject)
                    .mapTo(byte[].class)
                    .findOne());
            if (found.isPresent()) return text(found.get());
            Thread.onSpinWait();
        }
        throw new AssertionError("no letter to " + address + " called " + subject);
    }
}
