package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** Hana comes back on her phone; Ada finds her without a mouse and notes that she has paid; Hana takes her data and goes. */
@Tag("browser")
class MembersWalkTest {
    private String site = "";

    @Test
    void a_member_comes_back_pays_takes_her_data_and_goes() throws Exception {
        try (var press = Press.started();
                var browser = new Browser()) {
            site = press.url();
            Page hana = browser.person(375, 812);
            signIn(press, hana, "hana@reader.example");
            hana.navigate(site + "/pro/");
            button(hana, "Join for GBP 240 a year").click();
            assertThat(hana.locator("h1")).hasText("Welcome. Which industries matter to you?");
            button(hana, "Not now").click();
            assertThat(hana.locator("main")).containsText("Welcome. You can read everything from now on.");
            assertThat(hana.locator(".panel tr").last()).containsText("MH-");
            hana.navigate(site + "/account/industries/");
            hana.getByLabel("Banking").fill("1");
            hana.getByLabel("Oil and gas").fill("2");
            button(hana, "Save order").click();
            assertThat(hana.locator(".ranks li").first()).containsText("Banking");

            Page ada = browser.person(1440, 900);
            signIn(press, ada, "ada@parallel.example");
            adaFindsHanaByKeyboardAndMarksTheInvoiceAsPaid(ada);

            hana.navigate(site + "/account/");
            String invoice = hana.locator(".panel td a").first().getAttribute("href");
            for (String path : List.of(
                    "/account/",
                    "/account/newsletters/",
                    "/account/industries/",
                    "/account/name/",
                    "/account/devices/",
                    "/account/data/",
                    "/account/address/",
                    "/account/passkeys/new",
                    "/pro/",
                    "/account/delete",
                    invoice)) narrow(hana, path);
            Page phone = browser.person(375, 812);
            signIn(press, phone, "ada@parallel.example");
            for (String path : List.of("/desk/readers", ada.url().substring(site.length()))) narrow(phone, path);

            hana.navigate(site + "/account/");
            assertThat(hana.locator(".panel table")).containsText("Paid");
            hana.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Your data"))
                    .first()
                    .click();
            hana.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download my data"))
                    .click();
            Download copy = hana.waitForDownload(() -> button(hana, "Download").click());
            assertThat(copy.suggestedFilename()).isEqualTo("your-data.zip");
            hana.navigate(site + "/account/data/");
            hana.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Delete my account"))
                    .click();
            button(hana, "Yes, delete it for good").click();
            assertThat(hana.locator("h1")).hasText("Your account is deleted");
            hana.navigate(site + "/account/");
            assertThat(hana.locator("h1")).hasText("Sign in");
            assertThat(browser.complaints)
                    .as("what the browser's console complained of")
                    .isEmpty();
        }
    }

    private void adaFindsHanaByKeyboardAndMarksTheInvoiceAsPaid(Page ada) {
        ada.navigate(site + "/desk/readers");
        ada.keyboard().press("/");
        ada.keyboard().type("lindq");
        ada.keyboard().press("Enter");
        assertThat(ada.locator("[data-row-link]")).hasCount(1);
        ada.locator("h1").click();
        ada.keyboard().press("j");
        ada.keyboard().press("Enter");
        assertThat(ada.locator("h1")).containsText("Hana Lindqvist");
        assertThat(ada.locator("section[aria-labelledby=letters]"))
                .containsText("You are a member of The Parallel PRO");
        button(ada, "Mark as paid").click();
        assertThat(ada.locator("[data-toast]")).containsText("Marked as paid.");
        assertThat(ada.locator("section[aria-labelledby=history]")).containsText("Ada Rosmere");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void narrow(Page page, String path) {
        page.navigate(site + path);
        Number overflow = (Number) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow.intValue())
                .as("pixels that %s is wider than the phone", path)
                .isLessThanOrEqualTo(0);
    }

    private static void signIn(Press press, Page page, String email) {
        page.navigate(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        page.locator("main button").first().click();
        page.waitForLoadState();
    }
}
