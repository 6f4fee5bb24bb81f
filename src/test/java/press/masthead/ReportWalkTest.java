package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
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

    /** Someone who reads and is no member, or is one. */
    private static void reader(String name, boolean member) {
        desk.jdbi.useTransaction(handle -> {
            long id = desk.press
                    .running
                    .newsroom()
                    .readers
                    .meet(
                            handle,
                            EmailAddress.parse(name.toLowerCase(java.util.Locale.ROOT) + "@masthead.example")
                                    .orElseThrow());
            handle.execute("update reader set name = ?, confirmed_at = now() where id = ?", name + " Tarn", id);
            if (!member) return;
            handle.execute("""
                    insert into membership (reader_id, price_id, payment, started_at, until)
                    select ?, min(id), 'complimentary', now(), now() + interval '30 days' from price
                    """, id);
        });
    }

    @Test
    void a_report_from_its_first_word_to_the_copy_with_a_members_name() throws Exception {
        reader("Cleo", true);
        reader("Rita", false);
        Page ada = signedIn("ada", 1440, 1000);
        picture(ada);
        write(ada);
        chart(ada);
        ada.keyboard().type("## The price of an hour");
        ada.keyboard().press("Enter");
        ada.keyboard().type("An hour of tide is worth more than an hour of sun, for now.");
        ada.getByText("Twice a day the channel fills").click();
        ada.waitForFunction("() => getSelection().anchorNode?.textContent.includes('Twice a day')");
        ada.keyboard().press("Control+Alt+m");
        assertThat(ada.locator(".prose p:has-text('Twice a day') + hr")).isAttached();
        ada.getByLabel("Who may read it").selectOption("member");
        shoot(ada, "report-editor");
        button(ada, "Publish").click();
        assertThat(ada.getByText("Published. Readers see it now.")).isVisible();
        assertThat(ada.locator(".prose .chart-block svg.wide")).isVisible();

        visitorSeesTheTeaser();
        memberReads();
        var cleo = desk.signedIn("cleo");
        byte[] first = copy(cleo);
        assertThat(words(first))
                .contains(
                        "The tide ledger",
                        "Counted at the mouth of the channel.",
                        "Copy for Cleo Tarn",
                        "Power from sun and tide");
        assertThat(stampedPages(first)).isGreaterThan(2);
        String kept = desk.value("select version || ' ' || file from report_copy");
        copy(cleo);
        assertThat(desk.value("select version || ' ' || file from report_copy")).isEqualTo(kept);
        assertThat(
                        desk.value(
                                "select count(*) from report_download d join reader r on r.id = d.reader_id where r.name = 'Cleo Tarn'"))
                .isEqualTo("2");
        nobodyElseGetsOne();

        // After an edit it is another.
        ada.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Story"))
                .getByText("for now")
                .click();
        ada.keyboard().press("End");
        ada.keyboard().type(" Next year it is the other way round.");
        button(ada, "Update").click();
        assertThat(ada.locator("[data-saved]")).containsText("Saved");
        assertThat(words(copy(cleo))).contains("Next year it is the other way round.");
        assertThat(desk.value("select version || ' ' || file from report_copy")).isNotEqualTo(kept);
        ada.navigate(desk.press.url() + "/desk/reports");
        assertThat(ada.locator("tbody tr")).containsText("The tide ledger");
        shoot(ada, "desk-reports");
        assertThat(browser.complaints).filteredOn(said -> !said.contains("422")).isEmpty();
        ada.context().close();
    }

    private static void picture(Page ada) throws Exception {
        var image = new java.awt.image.BufferedImage(1600, 1200, java.awt.image.BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setPaint(new java.awt.GradientPaint(
                0, 0, new java.awt.Color(0x1d4c63), 1600, 1200, new java.awt.Color(0xd98b4a)));
        graphics.fillRect(0, 0, 1600, 1200);
        graphics.dispose();
        var bytes = new java.io.ByteArrayOutputStream();
        javax.imageio.ImageIO.write(image, "jpg", bytes);
        desk.press
                .running
                .newsroom()
                .pictures
                .add(
                        "tide.jpg",
                        bytes.toByteArray(),
                        "The channel at dusk",
                        "The channel at dusk.",
                        "Photo: sample",
                        null);
    }

    private static void write(Page ada) {
        ada.navigate(desk.press.url() + "/desk/stories/new");
        ada.getByLabel("Headline").fill("The tide ledger");
        ada.getByLabel("Standfirst").fill("What an hour of tide is worth, and to whom.");
        ada.getByLabel("Kind").selectOption("report");
        ada.getByLabel("Words on the cover picture").fill("On the cover the tide is out.");
        ada.locator("[name=topics]").first().selectOption("energy");
        button(ada, "Choose").click();
        ada.locator("#picture-chooser .card").first().click();
        ada.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Story"))
                .click();
        ada.keyboard().type("## The tide as a machine");
        ada.keyboard().press("Enter");
        ada.keyboard().type("Twice a day the channel fills, and twice it empties.");
        ada.keyboard().press("Enter");
        ada.keyboard().type("It carries four gigawatts at springs.");
        ada.keyboard().press("Control+Alt+f");
        ada.keyboard().type("Counted at the mouth of the channel.");
        ada.keyboard().press("Enter");
        ada.keyboard().press("End");
        ada.keyboard().press("Enter");
    }

    private static void chart(Page ada) {
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
    }

    private static void visitorSeesTheTeaser() {
        Page visitor = browser.person(1440, 1000);
        visitor.navigate(desk.press.url() + "/the-tide-ledger/");
        assertThat(visitor.locator(".cover")).containsText("What an hour of tide is worth");
        assertThat(visitor.locator(".cover figcaption")).containsText("On the cover the tide is out. Photo: sample");
        assertThat(visitor.locator(".chapters li"))
                .hasText(new String[] {"The tide as a machine", "The price of an hour"});
        assertThat(visitor.locator(".chapters-more")).containsText("2 chapters");
        assertThat(visitor.locator(".chapters-more")).containsText("1 chart");
        assertThat(visitor.locator(".offer")).containsText("This report goes on for members");
        assertThat(visitor.content())
                .doesNotContain(
                        "four gigawatts",
                        "Power from sun and tide",
                        "worth more than",
                        "mouth of the channel",
                        "report.pdf")
                // The seconds of a time of publishing may well read 48.1.
                .doesNotContainPattern("(?<!\\d)8\\.1(?!\\d)");
        shoot(visitor, "teaser-1440");
        visitor.setViewportSize(375, 800);
        shoot(visitor, "teaser-375");
        visitor.context().close();
    }

    private static void memberReads() {
        Page cleo = signedIn("cleo", 1440, 900);
        cleo.navigate(desk.press.url() + "/the-tide-ledger/");
        assertThat(cleo.locator("#chart-1 svg.wide")).isVisible();
        cleo.getByText("Show the figures").click();
        assertThat(cleo.locator("#chart-1 td").last()).hasText("8.1 TWh");
        assertThat(cleo.getByText("Download the figures (CSV)")).isVisible();
        shoot(cleo, "report-1440");
        cleo.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
        shoot(cleo, "report-1440-dark");
        cleo.locator("sup a").click();
        assertThat(cleo).hasURL(java.util.regex.Pattern.compile(".*#fn1"));
        cleo.getByLabel("Back to note 1 in the text").click();
        assertThat(cleo).hasURL(java.util.regex.Pattern.compile(".*#fnref1"));
        cleo.locator(".chapters a").last().click();
        assertThat(cleo.locator(".chapters a[aria-current]")).hasText("The price of an hour");
        cleo.setViewportSize(375, 800);
        cleo.locator(".chapters a").last().click();
        assertThat(cleo.locator(".chapters-top [data-chapter-now]")).hasText("The price of an hour");
        assertThat(cleo.locator(".chapters-top")).isInViewport();
        shoot(cleo, "report-375");
        assertThat(cleo.getByText("Download the PDF")).hasAttribute("href", "/the-tide-ledger/report.pdf");
        cleo.context().close();
    }

    private static void nobodyElseGetsOne() throws Exception {
        for (Press.Person other : List.of(desk.press.person(), desk.signedIn("rita"))) {
            var refused = other.get("/the-tide-ledger/report.pdf");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("This is for members.").doesNotContain("%PDF", "four gigawatts");
        }
        assertThat(desk.press
                        .person()
                        .get("/content/images/" + desk.value("select file from report_copy"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(desk.value("select count(*) from report_download")).isEqualTo("2");
    }

    private static byte[] copy(Press.Person person) throws Exception {
        var answer = person.bytes("/the-tide-ledger/report.pdf");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-store");
        return answer.body();
    }

    private static String words(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(document);
        }
    }

    private static int stampedPages(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                assertThat(stripper.getText(document)).as("page " + page).contains("Copy for Cleo Tarn");
            }
            return document.getNumberOfPages();
        }
    }
}
