package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Cleo asks the archive with her keyboard alone, follows a source to its place, and asks on. */
class AskBrowserTest {
    @Test
    void a_member_asks_by_keyboard_and_follows_a_source() throws Exception {
        try (var evening = new Evening();
                var browser = new Browser()) {
            evening.member("cleo.asks@reader.example");
            Instant end = Instant.now().plus(Duration.ofSeconds(30));
            while (Instant.now().isBefore(end)
                    && !evening.press.running.newsroom().searchIndex.isReady()) Thread.onSpinWait();
            Page page = browser.person(1440, 900);
            page.navigate(evening.link("cleo.asks@reader.example"));
            page.locator("main button").first().click();
            page.navigate(evening.press.url() + "/pro/");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Ask the archive"))
                    .click();
            page.keyboard().type("How many votes did the carbon border levy pass by in the Great Basin assembly?");
            page.keyboard().press("Enter");
            assertThat(page.locator(".ask-answer p").first()).isVisible();
            assertThat(page.locator(".ask-sources li").first()).containsText("2026");
            assertThat(page.locator(".ask-send")).containsText("99 of 100 left this month");
            page.locator(".ask-helpful button").first().click();
            assertThat(page.locator(".good")).containsText("Thank you");
            page.locator("#ask-q").fill("Who won the Brindle chess cup in Almena?");
            page.locator("#ask-q").press("Enter");
            assertThat(page.locator(".ask-turn")).hasCount(2);
            assertThat(page.locator(".ask-absent")).containsText("Not in the archive");
            page.locator(".ask-cite").first().click();
            assertThat(page.locator("article h1, main h1").first()).isVisible();
            page.goBack();
            page.locator(".list-links a", new Page.LocatorOptions().setHasText("Your questions"))
                    .click();
            assertThat(page.locator(".ask-history li")).hasCount(2);
            org.assertj.core.api.Assertions.assertThat(browser.complaints).isEmpty();
            Page desk = browser.person(1440, 900);
            desk.navigate(evening.link("edda@masthead.example"));
            desk.locator("main button").first().click();
            desk.navigate(evening.press.url() + "/desk/asked");
            assertThat(desk.locator("#missing")).isVisible();
            Page visitor = browser.person(375, 800);
            visitor.navigate(evening.press.url() + "/pro/ask/");
            assertThat(visitor.locator(".ask-offer .button-pro")).isVisible();
        }
    }
}
