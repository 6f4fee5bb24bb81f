package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** A trend report from its first word to the member's copy, in a real browser. */
@Tag("browser")
class ReportWalkTest {
    private static Desk desk;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.opened();
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        browser.close();
        desk.close();
    }

    private static Page signedIn(String name, int width, int height) {
        Page page = browser.person(width, height);
        page.navigate(desk.press
                .running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(name + "@masthead.example").orElseThrow()));
        page.locator("main button").first().click();
        page.waitForLoadState();
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void shoot(Page page, String name) {
        String folder = System.getenv("MASTHEAD_SHOTS");
        if (folder != null)
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(java.nio.file.Path.of(folder, name + ".png"))
                    .setFullPage(true));
    }

    @Test
    void a_reporter_writes_a_report_with_a_chart_from_a_spreadsheet() {
        Page ada = signedIn("ada", 1440, 1000);
        ada.navigate(desk.press.url() + "/desk/stories/new");
        ada.getByLabel("Headline").fill("The tide ledger");
        ada.getByLabel("Kind").selectOption("report");
        ada.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Story"))
                .click();
        ada.keyboard().type("## The tide as a machine");
        ada.keyboard().press("Enter");
        ada.keyboard().type("Twice a day the channel fills.");
        ada.keyboard().press("Enter");
        button(ada, "Chart").click();
        Locator dialog = ada.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Chart"));
        dialog.getByLabel("Figures").fill("Year\tTide\tSun\n2021\t3,1\t1,2\n2022\t3,4\t2.9");
        assertThat(dialog.getByRole(AriaRole.ALERT))
                .hasText(
                        "Row 3, column “Sun”: “2.9” has a decimal point, where row 2 has a decimal comma. Use one of the two in the whole table.");
        dialog.getByLabel("Figures")
                .fill(
                        "Year\tTide\tSun\n2021\t3.1\t1.2\n2022\t3.4\t2.9\n2023\t3.9\t4.4\n2024\t4.2\t6.8\n2025\t4.6\t8.1");
        assertThat(dialog.locator(".data-chart svg.wide")).isVisible();
        dialog.locator("#chart-title").fill("Power from sun and tide");
        dialog.locator("#chart-unit").fill("TWh");
        dialog.locator("#chart-source").fill("Sample figures of the harbour office");
        assertThat(dialog.locator(".chart-title")).hasText("Power from sun and tide");
        shoot(ada, "chart-dialog");
        button(ada, "Put it in the story").click();
        assertThat(ada.locator(".prose .chart-block svg.wide")).isVisible();
        shoot(ada, "chart-editor");
        button(ada, "Publish").click();
        assertThat(ada.getByText("Published. Readers see it now.")).isVisible();
        assertThat(desk.value("select opening from story where slug = 'the-tide-ledger'"))
                .contains("<figure data-chart=\"lines\" data-unit=\"TWh\">", "2025,4.6,8.1");
        assertThat(ada.locator(".prose .chart-block svg.wide")).isVisible();
        assertThat(browser.complaints).filteredOn(said -> !said.contains("422")).isEmpty();
        ada.context().close();
    }
}
