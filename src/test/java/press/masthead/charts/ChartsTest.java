package press.masthead.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** A chart can be read with eyes, keyboard and ears, and says the same as its table. */
class ChartsTest {
    private static final List<String> MONTHS = List.of("September", "October", "November");

    private static About about(Locale locale) {
        return new About("money", "Revenue", "It grew in each month", "Month", new Unit.Money("USD"), locale);
    }

    private static Chart.Lines lines(Locale locale) {
        return new Chart.Lines(
                about(locale),
                MONTHS,
                List.of(
                        new Chart.Series("Yearly <plans>", List.of(1200.5, 1300.0, 1500.0)),
                        new Chart.Series("Monthly", List.of(90.0, Double.NaN, 140.0))));
    }

    private static Document xml(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<all>" + svg + "</all>")));
    }

    private static List<Element> all(Document document, String name) {
        var nodes = document.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    @Test
    void a_drawing_names_itself_and_every_place_on_it_can_be_reached_and_says_its_values() throws Exception {
        Document drawn = xml(Svg.wide(lines(Locale.ENGLISH)));
        Element svg = all(drawn, "svg").getFirst();
        assertThat(svg.getAttribute("aria-labelledby")).isEqualTo("money-wide-t");
        assertThat(all(drawn, "title").getFirst().getTextContent()).isEqualTo("Revenue");
        assertThat(all(drawn, "desc").getFirst().getTextContent()).isEqualTo("It grew in each month");
        assertThat(all(drawn, "g").stream()
                        .filter(g -> g.getAttribute("tabindex").equals("0"))
                        .map(g -> g.getAttribute("aria-label")))
                .containsExactly(
                        "September: Yearly <plans> USD 1,200.50, Monthly USD 90.00",
                        "October: Yearly <plans> USD 1,300.00, Monthly –",
                        "November: Yearly <plans> USD 1,500.00, Monthly USD 140.00");
        assertThat(Svg.wide(lines(Locale.ENGLISH))).doesNotContain("style=", "#1f4ed0", "onload");
    }

    @Test
    void where_one_reads_from_the_right_the_axis_stands_there_and_time_runs_from_it() throws Exception {
        double ltr = tick(Locale.ENGLISH);
        double rtl = tick(Locale.of("ar"));
        assertThat(ltr).isLessThan(100);
        assertThat(rtl).isGreaterThan(600);
        Document drawn = xml(Svg.wide(lines(Locale.of("he"))));
        assertThat(all(drawn, "svg").getFirst().getAttribute("direction")).isEqualTo("rtl");
        List<Double> hits = all(drawn, "rect").stream()
                .filter(rect -> rect.getAttribute("class").equals("hit"))
                .map(rect -> Double.valueOf(rect.getAttribute("x")))
                .toList();
        assertThat(hits.get(0)).isGreaterThan(hits.get(1));
        assertThat(hits.get(1)).isGreaterThan(hits.get(2));
    }

    private static double tick(Locale locale) throws Exception {
        return all(xml(Svg.wide(lines(locale))), "text").stream()
                .filter(text -> text.getAttribute("text-anchor").equals("end"))
                .mapToDouble(text -> Double.parseDouble(text.getAttribute("x")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_table_and_the_csv_say_what_the_drawing_says() {
        ChartTable table = ChartTable.of(lines(Locale.GERMAN));
        assertThat(table.head()).containsExactly("Month", "Yearly <plans>", "Monthly");
        assertThat(table.rows().getFirst()).containsExactly("September", "USD 1.200,50", "USD 90,00");
        assertThat(ChartTable.csv(lines(Locale.GERMAN)))
                .isEqualTo(
                        "Month,Yearly <plans>,Monthly\r\nSeptember,1200.5,90\r\nOctober,1300,\r\nNovember,1500,140\r\n");
    }

    @Test
    void a_cell_that_a_spreadsheet_would_run_is_made_harmless_and_a_number_stays_one() {
        assertThat(ChartTable.cell("=HYPERLINK(\"x\")")).isEqualTo("\"'=HYPERLINK(\"\"x\"\")\"");
        assertThat(ChartTable.cell("-12.5")).isEqualTo("-12.5");
        assertThat(ChartTable.cell("@sum, 2")).isEqualTo("\"'@sum, 2\"");
    }

    @Test
    void axes_count_in_steps_that_people_count_in() {
        assertThat(Scale.over(DoubleStream.of(0, 97), 5, true, true).ticks())
                .containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
        assertThat(Scale.over(DoubleStream.of(1, 2, 3), 5, true, true).ticks()).containsExactly(0.0, 1.0, 2.0, 3.0);
        assertThat(Scale.over(DoubleStream.of(-40, 120), 4, false, true).ticks())
                .containsExactly(-50.0, 0.0, 50.0, 100.0, 150.0);
        assertThat(Scale.over(DoubleStream.of(0, 0), 5, true, true).ticks()).hasSizeGreaterThan(1);
        assertThat(Scale.over(DoubleStream.empty(), 5, false, true).ticks()).hasSizeGreaterThan(1);
        assertThat(Scale.over(DoubleStream.of(Double.NaN, 5), 5, true, true).high())
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void every_kind_of_chart_is_drawn_whole_with_nothing_one_or_much_in_it() throws Exception {
        for (int size : List.of(0, 1, 2, 60))
            for (Chart chart : kinds(size)) {
                Document drawn = xml(Svg.both(chart));
                for (Element element : all(drawn, "*"))
                    for (int i = 0; i < element.getAttributes().getLength(); i++)
                        assertThat(element.getAttributes().item(i).getNodeValue())
                                .doesNotContain("NaN", "Infinity");
                assertThat(ChartTable.csv(chart)).isNotEmpty();
            }
    }

    private static List<Chart> kinds(int size) {
        List<String> labels = IntStream.range(0, size).mapToObj(i -> "Day " + i).toList();
        List<Chart.Series> series = List.of(
                new Chart.Series(
                        "a", IntStream.range(0, size).mapToObj(i -> i * 1.5).toList()),
                new Chart.Series(
                        "b",
                        IntStream.range(0, size)
                                .mapToObj(i -> i % 3 == 0 ? Double.NaN : -i * 2.0)
                                .toList()));
        About about = new About("k", "Kinds", "", "Day", new Unit.Count(), Locale.ENGLISH);
        var bars = new Chart.Bars(about, labels, series);
        return List.of(
                bars,
                new Chart.Stacked(about, labels, series),
                new Chart.Lines(about, labels, series),
                new Chart.Areas(about, labels, series),
                new Chart.Scatter(
                        about,
                        "Hours",
                        new Unit.Measure("h"),
                        "Loss",
                        List.of(new Chart.Dots(
                                "x",
                                IntStream.range(0, size)
                                        .mapToObj(i -> new Chart.Dot("d" + i, i, i * i))
                                        .toList()))),
                new Chart.Multiples(about, List.of(bars, new Chart.Lines(about, labels, series))));
    }

    @Test
    void values_that_do_not_fit_their_labels_are_refused() {
        assertThatThrownBy(() ->
                        new Chart.Bars(about(Locale.ENGLISH), MONTHS, List.of(new Chart.Series("a", List.of(1.0)))))
                .hasMessageContaining("1 values for 3 labels");
    }
}
