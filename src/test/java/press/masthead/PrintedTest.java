package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.access.Audience;
import press.masthead.access.Rule;

/** A report and a memo as a browser prints them: charts with their words, tables over pages with their heads, nothing of the site around. */
@Tag("browser")
class PrintedTest {
    @Test
    void a_report_s_chart_and_its_long_table_are_printed_whole() throws Exception {
        try (Press press = Press.started();
                Browser browser = new Browser()) {
            String rows = IntStream.rangeClosed(1, 120)
                    .mapToObj(i -> "<tr><th scope=\"row\">District " + i + "</th><td>" + i * 3 + "</td></tr>")
                    .collect(Collectors.joining());
            Stage.story(
                    press,
                    "printed",
                    "report",
                    Rule.of(Audience.PUBLIC),
                    "<h2>The tide</h2><p>Twice a day the channel fills.</p>",
                    "<figure data-chart=\"lines\" data-unit=\"TWh\"><figcaption>Power from sun and tide</figcaption><cite>Sample ledger</cite><pre>Year,Tide,Sun\n2023,3.9,4.4\n2024,4.2,6.8\n2025,4.6,8.1</pre></figure><table><caption>All districts</caption><thead><tr><th scope=\"col\">District</th><th scope=\"col\">Loans</th></tr></thead><tbody>"
                            + rows + "</tbody></table><p>After the table.</p>");
            Page reader = browser.person(1280, 900);
            String report = print(reader, press.url() + "/printed/", "report");
            assertThat(report).contains("Power from sun and tide", "Sample ledger", "District 120", "After the table.");
            int pages = (int) IntStream.range(0, report.length())
                    .filter(i -> report.charAt(i) == '\f')
                    .count();
            assertThat(pages).as("pages").isGreaterThan(3);
            int headed = report.split("District\\s+Loans", -1).length - 1;
            assertThat(headed)
                    .as("the head stands anew on each page of the table")
                    .isGreaterThan(2);
            assertThat(report).doesNotContain("Your account", "Newsletters\n", "Download the PDF");
            assertThat(print(reader, press.url() + "/halden-voss-who-gets-paid/", "memo")
                            .replaceAll("\\s+", " "))
                    .contains("who gets paid, and who only thinks so");
        }
    }

    /** The words of the printed pages, a form feed behind each; the pages lie in target/shots as pictures. */
    private static String print(Page page, String address, String name) throws Exception {
        page.navigate(address);
        byte[] pdf = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true).setFormat("A4"));
        Files.createDirectories(Path.of("target/shots"));
        Files.write(Path.of("target/shots/printed-" + name + ".pdf"), pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var renderer = new PDFRenderer(document);
            for (int i = 0; i < Math.min(3, document.getNumberOfPages()); i++)
                ImageIO.write(
                        renderer.renderImageWithDPI(i, 60),
                        "png",
                        new File("target/shots/printed-" + name + "-" + (i + 1) + ".png"));
            var stripper = new PDFTextStripper();
            stripper.setPageEnd("\f");
            return stripper.getText(document);
        }
    }
}
