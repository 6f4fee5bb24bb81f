package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** Ada brings members along in a file with mistakes, sees them, takes the others in, finds them, and takes it all back. */
@Tag("browser")
class ImportWalkTest {
    @Test
    void a_file_with_mistakes_is_looked_at_taken_in_found_in_the_list_and_taken_back() throws Exception {
        try (var press = Press.started();
                var browser = new Browser()) {
            Page ada = browser.person(375, 812);
            signIn(press, ada, "ada@parallel.example");
            ada.navigate(press.url() + "/desk/business/members");
            ada.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Import").setExact(true))
                    .click();
            assertThat(ada.locator("main")).containsText("Nothing imported yet");
            handOver(ada, "old.csv", file());

            assertThat(ada.getByLabel("Address")).hasValue("E-mail");
            assertThat(ada.getByLabel("Paid or given until")).hasValue("");
            ada.getByLabel("Paid or given until").selectOption("Betaald tot");
            ada.getByLabel("Plan").selectOption("Tarief");
            fits(ada);
            button(ada, "Look at it").click();
            assertThat(ada.locator("#found")).hasText("1,500 people would become members");
            assertThat(ada.locator("#bad")).hasText("3 lines can't be taken");
            assertThat(ada.locator("section[aria-labelledby=bad] tbody")).containsText("This is no e-mail address.");
            fits(ada);
            Download left = ada.waitForDownload(
                    () -> ada.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download those left out"))
                            .click());
            assertThat(Files.readString(left.path()))
                    .contains("Line,Reason,E-mail,Naam,Tarief,Betaald tot")
                    .contains("1502,This is no e-mail address.,no address,Nobody,,2099-01-31")
                    .contains("1503,\"There is no plan called \"\"gold\"\".\",gold@old.example,Gold,gold,2099-01-31")
                    .contains("1504,It was over on 2020-01-31.,late@old.example,Late,,2020-01-31");

            button(ada, "Take in 1,500 people").click();
            assertThat(ada.locator("#result")).hasText("1,500 people became members");
            fits(ada);
            ada.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See them in the list"))
                    .click();
            assertThat(ada.locator(".page-head")).containsText("200+ people");
            ada.getByLabel("Search members").fill("m1500@old.example");
            ada.keyboard().press("Enter");
            assertThat(ada.locator("tbody tr")).hasCount(1);
            assertThat(ada.locator("tbody")).containsText("Member 1500");

            ada.navigate(press.url() + "/desk/business/import");
            ada.locator("[data-row-link]").click();
            button(ada, "Take it back").click();
            ada.locator("#confirm [data-confirm-yes]").click();
            assertThat(ada.locator("#undone")).hasText("Taken back");
            assertThat(ada.locator("main")).containsText("1,500 people are no longer members.");
            ada.navigate(press.url() + "/desk/business/members?q=m1500@old.example");
            assertThat(ada.locator("main")).containsText("Nobody found");
            assertThat(browser.complaints)
                    .as("what the browser's console complained of")
                    .isEmpty();
        }
    }

    @Test
    void what_is_no_table_is_told_in_a_sentence_beside_the_field() throws Exception {
        try (var press = Press.started();
                var browser = new Browser()) {
            Page ada = browser.person(1440, 900);
            signIn(press, ada, "ada@parallel.example");
            ada.navigate(press.url() + "/desk/business/import");
            handOver(ada, "members.xlsx", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 1});
            assertThat(ada.locator("[role=alert]")).containsText("choose \"Save as\" and then CSV");
            handOver(ada, "empty.csv", " ".getBytes(StandardCharsets.UTF_8));
            assertThat(ada.locator("[role=alert]")).hasText("The file is empty.");
            handOver(ada, "head.csv", "address,until\n".getBytes(StandardCharsets.UTF_8));
            button(ada, "Look at it").click();
            assertThat(ada.locator("[role=alert]")).hasText("The file has a head row and no members.");
        }
    }

    private static byte[] file() {
        var text = new StringBuilder("\uFEFFE-mail;Naam;Tarief;Betaald tot\r\n");
        for (int i = 1; i <= 1_500; i++) text.append("M%1$d@old.example;Member %1$d;;2099-01-31\r\n".formatted(i));
        text.append("no address;Nobody;;2099-01-31\r\n");
        text.append("gold@old.example;Gold;gold;2099-01-31\r\n");
        text.append("late@old.example;Late;;2020-01-31\r\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void handOver(Page page, String name, byte[] content) {
        page.getByLabel("File").setInputFiles(new FilePayload(name, "text/csv", content));
        button(page, "Hand over").click();
    }

    private static void fits(Page page) {
        Number overflow = (Number) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow.intValue())
                .as("pixels that %s is wider than the phone", page.url())
                .isLessThanOrEqualTo(0);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
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
