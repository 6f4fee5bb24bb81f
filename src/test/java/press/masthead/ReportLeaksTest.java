package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** The sample's reports hold their figures beyond the line: nobody outside the plan gets one by any address. */
class ReportLeaksTest {
    /** As a table, a file and a drawing say them. */
    private static final List<String> FIGURES = List.of(
            "2,317", ",2317", "1.317", "Eastern bank", "Calder Islands,", "the Ferrow Gradient", "the Anselin Window");

    private static Press press;

    @BeforeAll
    static void start() throws Exception {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    @Test
    void neither_a_visitor_nor_a_reader_without_a_plan_gets_a_figure_a_drawing_or_a_copy() throws Exception {
        Press.Person reader = press.person();
        reader.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse("eli@reader.example").orElseThrow()));
        for (Press.Person person : List.of(press.person(), reader))
            for (String report : List.of("the-delta-economy", "the-borrowed-grid")) {
                var page = person.get("/" + report + "/");
                assertThat(page.body()).contains("chapters", "chart").doesNotContain("data-chart", "class=\"chart");
                for (String path : List.of(
                        "/%s/",
                        "/%s/charts/1/csv",
                        "/%s/charts/2/csv",
                        "/%s/charts/99/csv",
                        "/%s/report.pdf",
                        "/%s/report.pdf?gift=x",
                        "/%s/charts/1/csv?gift=x",
                        "/content/images/%s.pdf",
                        "/reports/%s.pdf",
                        "/%s/charts/1/")) {
                    var answer = person.bytes(path.formatted(report));
                    String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
                    assertThat(body).as(path).doesNotContain(FIGURES).doesNotStartWith("%PDF");
                    if (path.contains("csv") || path.contains("pdf"))
                        assertThat(answer.statusCode()).isIn(403, 404);
                }
            }
    }

    @Test
    void a_member_of_staff_gets_all_of_it_so_the_test_above_can_fail() throws Exception {
        var ada = press.person();
        ada.post(java.net.URI.create(press.running.newsroom().newsroomLink()).getPath());
        assertThat(ada.get("/the-delta-economy/charts/1/csv").body()).contains(",2317", "Eastern bank");
        assertThat(ada.get("/the-delta-economy/").body()).contains("2,317", "the Ferrow Gradient");
        assertThat(new String(ada.bytes("/the-borrowed-grid/report.pdf").body(), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF");
    }
}
