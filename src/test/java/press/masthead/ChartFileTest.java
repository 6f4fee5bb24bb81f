package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** An author gives a chart its figures as a file: wrong files are told of in a sentence and lose nothing, a right one is drawn. */
@Tag("browser")
class ChartFileTest {
    @Test
    void a_wrong_file_is_told_of_and_a_right_one_is_drawn() throws Exception {
        try (Desk desk = Desk.opened();
                Browser browser = new Browser()) {
            Page ada = browser.person(1440, 1000);
            ada.navigate(desk.press
                    .running
                    .newsroom()
                    .signIn
                    .linkFor(EmailAddress.parse("ada@masthead.example").orElseThrow()));
            ada.locator("main button").first().click();
            ada.waitForLoadState();
            ada.navigate(desk.press.url() + "/desk/stories/new");
            ada.getByLabel("Headline").fill("The tide ledger");
            ada.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Story"))
                    .click();
            ada.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Chart").setExact(true))
                    .click();
            Locator dialog = ada.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Chart"));
            Locator file = dialog.getByLabel("Or a CSV file");
            Locator alert = dialog.getByRole(AriaRole.ALERT);

            file.setInputFiles(csv("Year,Tide\n2024,3.1\n2025,many\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(alert).hasText("Row 3, column “Tide”: “many” is not a number.");
            assertThat(dialog.getByLabel("Figures")).hasValue("Year,Tide\n2024,3.1\n2025,many\n");

            file.setInputFiles(
                    new FilePayload("tide.xlsx", "application/octet-stream", new byte[] {'P', 'K', 3, 4, 0, 0}));
            assertThat(alert).hasText("This is not a CSV file. Save the sheet as CSV and choose that file.");
            assertThat(dialog.getByLabel("Figures")).hasValue("Year,Tide\n2024,3.1\n2025,many\n");

            file.setInputFiles(csv("1,2\n".repeat(300_000).getBytes(StandardCharsets.UTF_8)));
            assertThat(alert).hasText("This file is larger than 1 MB.");

            // as a spreadsheet of the German kind writes it: a mark at its head, semicolons, decimal commas
            file.setInputFiles(csv(
                    "\uFEFFJahr;Gezeiten;Sonne\r\n2024;3,1;2,9\r\n2025;4,6;8,1\r\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(dialog.locator(".data-chart svg.wide")).isVisible();
            assertThat(alert).isHidden();
            dialog.locator("#chart-title").fill("Power from sun and tide");
            assertThat(dialog.locator(".chart-title")).hasText("Power from sun and tide");
            ada.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions()
                                    .setName("Put it in the story")
                                    .setExact(true))
                    .click();
            assertThat(ada.locator(".prose .chart-block svg.wide")).isVisible();
            ada.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Publish").setExact(true))
                    .click();
            assertThat(ada.getByText("Published. Readers see it now.")).isVisible();
            assertThat(desk.press.person().get("/the-tide-ledger/charts/1/csv").body())
                    .isEqualTo("\uFEFFJahr,Gezeiten,Sonne\r\n2024,3.1,2.9\r\n2025,4.6,8.1\r\n");
            assertThat(browser.complaints).allMatch(one -> one.contains("422"), "the refused drawing alone");
        }
    }

    private static FilePayload csv(byte[] bytes) {
        return new FilePayload("tide.csv", "text/csv", bytes);
    }
}
