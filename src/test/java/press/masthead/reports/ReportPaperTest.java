package press.masthead.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import press.masthead.platform.web.Html;

/** A report on paper: read back as text, and looked at as pages. */
class ReportPaperTest {
    private static final String CHART =
            "<figure data-chart=\"%s\" data-unit=\"TWh\"><figcaption>%s</figcaption><p>%s</p><cite>%s</cite><pre>%s</pre></figure>";

    private static ReportPaper.Paper paper(String title, String language, boolean rtl, String body) {
        return new ReportPaper.Paper(
                title,
                "A subtitle in two or three words more",
                "What the report finds, in a sentence that says it.",
                "Lena Horvat, Danil Orveth",
                "Energy",
                "The Parallel",
                "https://parallel.example",
                "3 November 2026",
                language,
                rtl,
                "cover.jpg",
                "A grid",
                "A line from the desert to the mountains.",
                "Illustration: sample",
                body,
                List.of(),
                List.of("3 November 2026: a figure was put right."),
                (key, tongue) -> tongue.equals("ar") && key.equals("Contents") ? "المحتويات" : key);
    }

    private static byte[] made(ReportPaper.Paper paper) {
        return new ReportPaper(new Html()).pdf(paper, name -> Optional.of(picture()));
    }

    private static byte[] picture() {
        try {
            var image = new BufferedImage(1600, 1000, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 1000; y++)
                for (int x = 0; x < 1600; x++) image.setRGB(x, y, (x / 40 + y / 40) % 2 * 0x224466 + 0x335577);
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** As people's programs read it, where poppler is installed; else as PDFBox does. */
    private static String text(byte[] pdf, int from, int to) throws IOException {
        Path file = Files.createTempFile("paper", ".pdf");
        Files.write(file, pdf);
        try {
            var program = new ProcessBuilder(
                    "pdftotext", "-enc", "UTF-8", "-f", from + "", "-l", to + "", file.toString(), "-");
            String text = new String(program.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // marks of direction, which a terminal needs
            return Normalizer.normalize(text.replaceAll("[\u200E\u200F\u202A-\u202E]", ""), Normalizer.Form.NFKC);
        } catch (IOException none) {
            return byPdfbox(pdf, from, to);
        } finally {
            Files.delete(file);
        }
    }

    private static String byPdfbox(byte[] pdf, int from, int to) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            stripper.setStartPage(from);
            stripper.setEndPage(to);
            return stripper.getText(document);
        }
    }

    /** What a program that checks the whole structure of a file has against it, where one is installed. */
    private static String complaints(byte[] pdf) throws IOException {
        Path file = Files.createTempFile("paper", ".pdf");
        Files.write(file, pdf);
        try {
            Process check = new ProcessBuilder("qpdf", "--check", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.contains("No syntax or stream encoding errors found") ? "" : said;
        } catch (IOException none) {
            return "";
        } finally {
            Files.delete(file);
        }
    }

    private static int pages(byte[] pdf) {
        return Stamp.pages(pdf);
    }

    private static void look(byte[] pdf, String name) throws IOException {
        String folder = System.getenv("MASTHEAD_SHOTS");
        if (folder == null) return;
        Files.write(Path.of(folder, name + ".pdf"), pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var renderer = new PDFRenderer(document);
            for (int page = 0; page < Math.min(9, document.getNumberOfPages()); page++)
                ImageIO.write(
                        renderer.renderImageWithDPI(page, 60),
                        "png",
                        new File(folder, name + "-" + (page + 1) + ".png"));
        }
    }

    private static String english() {
        String words =
                "<p>" + "The line makes money from a difference in price between its ends, and abolishes it. ".repeat(9)
                        + "</p>";
        String rows = IntStream.rangeClosed(1, 300)
                .mapToObj(i ->
                        "<tr><th scope=\"row\">District " + i + "</th><td class=\"figure\">" + i * 3 + "</td></tr>")
                .collect(Collectors.joining());
        return "<section id=\"s-weather\"><h2>Weather as a trading partner</h2>" + words
                + "<p>It is 31 per cent.<sup><a href=\"#fn1\" id=\"fnref1\">1</a></sup> And <a href=\"/memo/\">a memo</a> says more.</p>"
                + CHART.formatted(
                        "lines",
                        "Power from sun and tide",
                        "Sun overtakes tide.",
                        "Sample figures",
                        "Year,Tide,Sun\n2021,3.1,1.2\n2022,3.4,2.9\n2023,3.9,4.4\n2024,4.2,6.8")
                + "<aside class=\"pull-quote\"><p>If it is large enough it abolishes the difference.</p></aside>"
                + words.repeat(3)
                + "</section><section id=\"s-contract\"><h2>The contract behind the cable</h2>" + words
                + CHART.formatted("stacked", "Who pays", "", "", "Line,Buyer,Builder,State\nA,3,2,1\nB,4,1,2\nC,2,2,2")
                + CHART.formatted(
                        "multiples", "One by one", "", "", "Year,Tide,Sun,Wind\n2021,3,1,2\n2022,4,2,2\n2023,5,4,1")
                + CHART.formatted("dots", "Loans", "", "", "Bank,Loans,Losses\nA,1,2\nB,3,4\nC,5,1")
                + "<h3>Late and idle</h3>" + words
                + "<p>A second claim.<sup><a href=\"#fn2\" id=\"fnref2\">2</a></sup></p><table><caption>All districts</caption><thead><tr><th scope=\"col\">District</th><th scope=\"col\" class=\"figure\">Loans</th></tr></thead><tbody>"
                + rows + "</tbody></table></section>"
                + "<section class=\"footnotes\"><ol><li id=\"fn1\"><p>Hourly figures of five years.</p><a href=\"#fnref1\">↩</a></li><li id=\"fn2\"><p>Two of the contracts are drafts.</p><a href=\"#fnref2\">↩</a></li></ol></section>";
    }

    @Test
    void a_report_has_a_cover_contents_with_pages_heads_notes_at_the_foot_and_tables_that_break() throws IOException {
        byte[] pdf = made(paper("The Borrowed Grid", "en", false, english()));
        look(pdf, "paper");
        assertThat(text(pdf, 1, 1)).contains("Trend report", "The Borrowed Grid", "Lena Horvat, Danil Orveth");
        assertThat(text(pdf, 2, 2))
                .contains("Contents", "Weather as a trading partner", "The contract behind the cable");
        String contents = text(pdf, 2, 2).replaceAll("\\s+", " ");
        assertThat(contents).contains("1 Weather as a trading partner 3 2 The contract behind the cable 5");
        String third = text(pdf, 3, 3);
        assertThat(third).contains("Weather as a trading partner", "It is 31 per cent.1");
        // A note stands at the foot of the page that has its mark.
        int marked = pageWith(pdf, "It is 31 per cent.1");
        assertThat(text(pdf, marked, marked)).contains("1 Hourly figures of five years.");
        int second = pageWith(pdf, "A second claim.2");
        assertThat(text(pdf, second, second)).contains("2 Two of the contracts are drafts.");
        // Running heads: the report's and the chapter's.
        assertThat(text(pdf, 4, 4)).contains("The Borrowed Grid", "Weather as a trading partner");
        assertThat(text(pdf, pages(pdf), pages(pdf))).contains("The contract behind the cable");
        // Heads of a long table stand again on each page.
        int from = pageWith(pdf, "District 100");
        assertThat(text(pdf, from, from)).contains("Loans");
        assertThat(text(pdf, pages(pdf), pages(pdf))).contains("District 300");
        // Words of a chart are text.
        assertThat(text(pdf, 1, pages(pdf))).contains("Sun overtakes tide.", "2024", "8 TWh");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("The Borrowed Grid");
            assertThat(document.getDocumentInformation().getAuthor()).isEqualTo("Lena Horvat, Danil Orveth");
            var outline = document.getDocumentCatalog().getDocumentOutline();
            var names = new ArrayList<String>();
            outline.children().forEach(item -> names.add(item.getTitle()));
            assertThat(names).containsExactly("Weather as a trading partner", "The contract behind the cable");
            assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en");
            assertThat(document.getPage(1).getAnnotations().stream().filter(PDAnnotationLink.class::isInstance))
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void arabic_is_shaped_and_runs_from_the_right_with_its_figures_in_order() throws Exception {
        String body =
                "<section id=\"s-a\"><h2>الطقس شريكاً تجارياً في 2024</h2><p>ارتفعت الصادرات بنسبة 31 في المئة خلال عام 2024.<sup><a href=\"#fn1\" id=\"fnref1\">1</a></sup></p>"
                        + CHART.formatted(
                                "bars", "نمو الطاقة", "", "أرقام نموذجية", "عام,مد,شمس\nعام 2021,3,1\nعام 2022,4,2")
                        + "</section><section class=\"footnotes\"><ol><li id=\"fn1\"><p>أرقام خمس سنوات.</p></li></ol></section>";
        byte[] pdf = made(paper("الشبكة المستعارة", "ar", true, body));
        look(pdf, "arabic");
        String text = text(pdf, 1, pages(pdf));
        assertThat(text).contains("الشبكة المستعارة", "المحتويات", "الطقس شريكاً تجارياً في 2024");
        // Where a figure meets Arabic words, a program may put the space on either side of it.
        assertThat(text.replaceAll("\\s+", "")).contains("ارتفعتالصادراتبنسبة31فيالمئةخلالعام2024");
        assertThat(text).contains("أرقام خمس سنوات", "نمو الطاقة");
        byte[] hebrew = made(paper(
                "הרשת השאולה",
                "he",
                true,
                "<section id=\"s-a\"><h2>מזג האוויר</h2>" + "<p>הייצוא עלה בשנת 2024 לעומת השנה שלפניה.</p>".repeat(6)
                        + "</section>"));
        assertThat(text(hebrew, 1, pages(hebrew)))
                .contains("הרשת השאולה", "מזג האוויר")
                .containsPattern("בשנת\\s+2024\\s*לעומת השנה שלפניה");
    }

    @Test
    void a_kept_paper_is_stamped_on_each_page_in_any_of_the_scripts_and_grows_by_little() throws IOException {
        byte[] pdf = made(paper("The Borrowed Grid", "en", false, english()));
        byte[] stamped = Stamp.on(pdf, "Copy of Cleo Tarn, 3 November 2026");
        look(stamped, "stamped");
        for (int page = 1; page <= pages(pdf); page++)
            assertThat(text(stamped, page, page)).contains("Copy of Cleo Tarn, 3 November 2026");
        assertThat(stamped.length - pdf.length).isLessThan(40_000);
        assertThat(byPdfbox(stamped, 2, 2)).contains("Copy of Cleo Tarn, 3 November 2026");
        try (PDDocument before = Loader.loadPDF(pdf);
                PDDocument after = Loader.loadPDF(stamped)) {
            assertThat(after.getNumberOfPages()).isEqualTo(before.getNumberOfPages());
            assertThat(after.getDocumentInformation().getTitle()).isEqualTo("The Borrowed Grid");
            assertThat(after.getDocumentCatalog().getLanguage())
                    .isEqualTo(before.getDocumentCatalog().getLanguage());
            assertThat(after.getPage(1)
                            .getResources()
                            .getXObject(COSName.getPDFName("MastheadStamp"))
                            .getCOSObject())
                    .as("one form for all pages")
                    .isSameAs(after.getPage(0)
                            .getResources()
                            .getXObject(COSName.getPDFName("MastheadStamp"))
                            .getCOSObject());
        }
        assertThat(complaints(stamped)).isEmpty();
        assertThat(text(Stamp.on(pdf, "נעמה כהן · 3 November 2026"), 2, 2)).contains("נעמה כהן");
        assertThat(text(Stamp.on(pdf, "ليلى حداد"), 3, 3)).contains("ليلى حداد");
        assertThat(Stamp.canWrite("Cleo Ταρν Тарн")).isTrue();
        assertThat(Stamp.canWrite("田中")).isFalse();
        look(stamped, "stamped");
    }

    private static int pageWith(byte[] pdf, String words) throws IOException {
        for (int page = 1; page <= pages(pdf); page++) if (text(pdf, page, page).contains(words)) return page;
        throw new AssertionError("no page has: " + words);
    }
}
