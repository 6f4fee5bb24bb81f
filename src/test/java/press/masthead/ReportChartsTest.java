package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.access.Audience;
import press.masthead.access.Rule;

/** Charts in a text: kept with their figures, drawn by the server, and given to those who may read them. */
class ReportChartsTest {
    private static final String OPEN =
            "<p>Open.</p><figure data-chart=\"bars\"><figcaption>Open chart</figcaption><pre>Year,Tide\n2024,1\n2025,2</pre></figure>";
    private static final String HIDDEN =
            "<h2>Second</h2><p>Hidden words.</p><figure data-chart=\"lines\" data-unit=\"%\"><figcaption>Hidden chart</figcaption><p>It rises.</p><cite>Sample ledger</cite><pre>Year;Sun\n2024;71,5\n2025;8642,5</pre></figure>";
    private static Desk desk;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.opened();
        Stage.story(desk.press, "charted", "report", Rule.of(Audience.MEMBER), OPEN, HIDDEN);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void a_member_sees_each_chart_with_its_name_its_table_and_its_file() throws Exception {
        var page = Desk.page(desk.signedIn("ada").get("/charted/"));
        var figure = page.expectFirst("#chart-2");
        assertThat(figure.select("svg[role=document] > title").eachText()).contains("Hidden chart");
        assertThat(figure.select("svg > desc").eachText()).contains("It rises.");
        assertThat(figure.select(".chart-figures td").eachText()).containsExactly("71.5%", "8,642.5%");
        assertThat(figure.expectFirst(".chart-source").text()).isEqualTo("Sample ledger");
        assertThat(figure.expectFirst(".chart-file").attr("href")).isEqualTo("/charted/charts/2/csv");
        assertThat(page.select("pre")).isEmpty();
    }

    @Test
    void the_figures_of_a_chart_go_to_whoever_may_read_the_chart_and_to_nobody_else() throws Exception {
        var visitor = desk.press.person();
        assertThat(visitor.get("/charted/").body())
                .contains("Open chart")
                .doesNotContain("Hidden chart", "8,642")
                .doesNotContainPattern("\\b8642\\b");
        assertThat(visitor.get("/charted/charts/1/csv").body()).isEqualTo("\uFEFFYear,Tide\r\n2024,1\r\n2025,2\r\n");
        var refused = visitor.get("/charted/charts/2/csv");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("This is for members.").doesNotContainPattern("\\b8642\\b");
        assertThat(visitor.get("/charted/charts/9/csv").statusCode()).isEqualTo(403);
        assertThat(visitor.get("/charted/charts/x/csv").statusCode()).isEqualTo(404);

        var ada = desk.signedIn("ada");
        var file = ada.bytes("/charted/charts/2/csv");
        assertThat(new String(file.body(), StandardCharsets.UTF_8))
                .isEqualTo("\uFEFFYear,Sun\r\n2024,71.5\r\n2025,8642.5\r\n");
        assertThat(file.headers().firstValue("Cache-Control")).contains("private, no-store");
        assertThat(ada.get("/charted/charts/9/csv").statusCode()).isEqualTo(404);
    }

    @Test
    void a_table_that_cannot_be_read_is_told_and_nothing_of_the_text_is_lost() throws Exception {
        var rae = desk.signedIn("rae");
        var answer = rae.post(
                "/desk/stories/new",
                "title",
                "Broken",
                "kind",
                "report",
                "body",
                "<p>Kept words.</p><figure data-chart=\"lines\"><figcaption>Tides</figcaption><pre>a,b\nx,many</pre></figure>",
                "access",
                "member");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Desk.page(answer).expectFirst(".note[role=alert]").text())
                .isEqualTo("The chart “Tides” can’t be drawn. Row 2, column “b”: “many” is not a number.");
        assertThat(answer.body()).contains("Kept words.", "x,many");

        var preview = rae.json("/desk/charts/preview", "kind", "bars", "title", "T", "table", "a\tb\nx\tmany");
        assertThat(preview.statusCode()).isEqualTo(422);
        assertThat(preview.body()).contains("Row 2, column “b”: “many” is not a number.");
        assertThat(desk.press
                        .person()
                        .json("/desk/charts/preview", "kind", "bars")
                        .statusCode())
                .isIn(401, 403);
    }

    @Test
    void a_chart_is_part_of_the_text_and_of_its_history() throws Exception {
        var rae = desk.signedIn("rae");
        String body =
                "<p>Words.</p><figure data-chart=\"bars\" data-unit=\"MWh\"><figcaption>Kept</figcaption><pre>Year\tTide\n2024\t%s</pre></figure>";
        var made = rae.post("/desk/stories/new", "title", "Versions", "kind", "report", "body", body.formatted("10"));
        long id = Desk.story(made);
        rae.post(
                "/desk/stories/" + id,
                "title",
                "Versions",
                "kind",
                "report",
                "revision",
                "1",
                "body",
                body.formatted("11"));
        assertThat(desk.value("select opening from story where id = ?", id))
                .isEqualTo(
                        "<p>Words.</p><figure data-chart=\"bars\" data-unit=\"MWh\"><figcaption>Kept</figcaption><pre>Year,Tide\n2024,11</pre></figure>");
        assertThat(desk.value("select words from story where id = ?", id)).isEqualTo("2");
        assertThat(rae.get("/desk/stories/" + id + "/history?from=1&to=2").body())
                .contains("2024,<del>10</del><ins>11</ins>");
    }

    @Test
    void a_script_in_a_table_is_words() throws Exception {
        Stage.story(
                desk.press,
                "scripted",
                "report",
                Rule.of(Audience.PUBLIC),
                "<figure data-chart=\"bars\" data-unit=\"&lt;i&gt;\"><figcaption>&lt;script&gt;alert(1)&lt;/script&gt;</figcaption><pre>&lt;script&gt;a&lt;/script&gt;,\"&lt;img src=x onerror=alert(1)&gt;\"\nx,1</pre></figure>",
                "<p>End.</p>");
        var page = Desk.page(desk.press.person().get("/scripted/"));
        assertThat(page.select(".data-chart script, .data-chart img, .data-chart i"))
                .isEmpty();
        assertThat(page.expectFirst(".chart-title").text()).isEqualTo("<script>alert(1)</script>");
    }
}
