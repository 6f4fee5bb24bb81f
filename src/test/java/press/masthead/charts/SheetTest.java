package press.masthead.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What someone pastes from a spreadsheet becomes figures, or one sentence that names the row and the column. */
class SheetTest {
    private static List<List<Double>> figures(String table) {
        return Sheet.read(table, false).values();
    }

    @Test
    void a_table_from_a_spreadsheet_is_read_with_its_head_and_what_is_missing() {
        Sheet sheet = Sheet.read("Year\tTide\tSun\n2023\t1.5\t\n2024\t–\t−7\n2025\t1,250\tn/a\n\n", false);
        assertThat(sheet.head()).containsExactly("Year", "Tide", "Sun");
        assertThat(sheet.labels()).containsExactly("2023", "2024", "2025");
        assertThat(sheet.values())
                .containsExactly(List.of(1.5, Double.NaN), List.of(Double.NaN, -7.0), List.of(1250.0, Double.NaN));
        assertThat(sheet.csv()).isEqualTo("Year,Tide,Sun\n2023,1.5,\n2024,,-7\n2025,1250,");
    }

    @Test
    void a_file_may_have_a_mark_at_its_front_semicolons_quotes_and_the_commas_of_other_countries() {
        Sheet sheet =
                Sheet.read("\uFEFFLand;\"Anteil; in %\"\r\n\"Kesh \"\"Delta\"\"\";1.234,5\r\nOumara;12,25\r\n", false);
        assertThat(sheet.head()).containsExactly("Land", "Anteil; in %");
        assertThat(sheet.labels()).containsExactly("Kesh \"Delta\"", "Oumara");
        assertThat(sheet.values()).containsExactly(List.of(1234.5), List.of(12.25));
        assertThat(Sheet.read(sheet.csv(), false)).isEqualTo(sheet);
    }

    @Test
    void currency_percent_spaces_and_digits_of_other_scripts_are_understood() {
        assertThat(figures("a\tb\nx\t$1 250.50\ny\t12 %\nz\t١٢٫٥\nw\t1'000\nv\t1e3"))
                .containsExactly(List.of(1250.5), List.of(12.0), List.of(12.5), List.of(1000.0), List.of(1000.0));
    }

    @Test
    void a_comma_before_three_digits_means_what_the_rest_of_the_table_says() {
        assertThat(figures("a\tb\nx\t1,234\ny\t2,5")).containsExactly(List.of(1.234), List.of(2.5));
        assertThat(figures("a\tb\nx\t1,234\ny\t2.5")).containsExactly(List.of(1234.0), List.of(2.5));
        assertThat(figures("a\tb\nx\t1,234\ny\t0.125")).containsExactly(List.of(1234.0), List.of(0.125));
        assertThat(figures("a\tb\nx\t1,234")).containsExactly(List.of(1234.0));
        assertThat(figures("a;b\nx;1,234")).containsExactly(List.of(1.234));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a>b/x>5/y>about 5         | Row 3, column “b”: “about 5” is not a number.
            a>b>c/x>1.5>2/y>3>2,5     | Row 3, column “c”: “2,5” has a decimal comma, where row 2 has a decimal point. Use one of the two in the whole table.
            a>b/x>2,5/y>1.5           | Row 3, column “b”: “1.5” has a decimal point, where row 2 has a decimal comma. Use one of the two in the whole table.
            a>b/x>1>2                 | Row 2 has 3 cells, and the first row names 2 columns.
            a>/x>1                    | A chart needs two columns: one of labels, and one of figures.
            a>>c/x>1>2                | Column 2 has no name in the first row.
            a>b                       | There are no figures below the first row, which names the columns.
            a>b/"x>1                  | A quotation mark is opened in this table and not closed.
            a>b/x>1e999               | Row 2, column “b”: “1e999” is too large.
            """)
    void what_cannot_be_read_is_told_in_one_sentence(String table, String sentence) {
        String pasted = table.replace('>', '\t').replace('/', '\n');
        assertThatThrownBy(() -> Sheet.read(pasted, false)).hasMessage(sentence);
    }

    @Test
    void a_table_has_bounds() {
        String rows = IntStream.range(0, 10_001).mapToObj(i -> i + "\t1").collect(Collectors.joining("\n"));
        assertThatThrownBy(() -> Sheet.read("a\tb\n" + rows, false))
                .hasMessage("This table has more than 10,000 rows.");
        assertThatThrownBy(() -> Sheet.read("a\tb\n" + "x".repeat(1 << 20), false))
                .hasMessage("This table is larger than 1 MB.");
        assertThatThrownBy(() -> Sheet.read("  \n", false)).hasMessageContaining("There is no table yet");
        String wide = IntStream.range(0, 14).mapToObj(i -> "c" + i).collect(Collectors.joining("\t"));
        assertThatThrownBy(() -> Sheet.read(wide + "\nx\t1", false))
                .hasMessage("A chart can show 12 columns of figures; this table has 13.");
    }

    @ParameterizedTest
    @EnumSource(Plot.Kind.class)
    void every_kind_draws_one_point_and_ten_thousand_negatives_zeros_gaps_and_labels_of_any_length(Plot.Kind kind) {
        String long_ = "A label that goes on for far longer than any axis has room for, and then some";
        for (String table : List.of(
                "a\tb\tc\nx\t1\t2",
                "a\tb\tc\nx\t-5\t-5\ny\t-5\t-5",
                "a\tb\tc\nx\t0\t0\ny\t0\t0",
                "a\tb\tc\nx\t\t\ny\t\t",
                "a\tb\tc\nx\t\t3\ny\t4\t\nz\t1\t1",
                "a\tb\tc\n" + long_ + "\t1\t2\n" + long_ + " again\t3\t4",
                "عام\tنمو\tتراجع\nعام 2019\t1.5\t-2\nعام 2020\t2.5\t-1",
                "a\tb\tc\n"
                        + IntStream.range(0, 10_000)
                                .mapToObj(i -> "p" + i + "\t" + Math.sin(i / 50.0) * i + "\t" + i % 97)
                                .collect(Collectors.joining("\n")))) {
            Plot plot = Plot.read(kind.stored(), "Title", "", "", "%", table);
            String svg = Svg.both(plot.chart("c", Locale.forLanguageTag("ar")));
            assertThat(svg).contains("<svg").doesNotContain("NaN", "Infinity", ">" + long_ + "<");
            assertThat(svg.length()).isLessThan(700_000);
            assertThat(svg.split("tabindex=\"0\"", -1).length).isLessThan(700);
            assertThat(Plot.of(Jsoup.parseBodyFragment(plot.html()).expectFirst(Plot.SELECTOR)))
                    .isEqualTo(plot);
        }
    }

    @Test
    void of_ten_thousand_points_the_one_that_stands_out_is_drawn() {
        String table = "a\tb\n"
                + IntStream.range(0, 10_000)
                        .mapToObj(i -> i + "\t" + (i == 4_321 ? 1_000 : 1))
                        .collect(Collectors.joining("\n"));
        Chart chart = Plot.read("lines", "Spike", "", "", "", table).chart("c", Locale.ENGLISH);
        Chart.Labelled thinned = Thinned.of((Chart.Labelled) chart, 760);
        assertThat(thinned.labels()).hasSize(760);
        assertThat(thinned.series().getFirst().values()).contains(1000.0);
    }

    @Test
    void figures_in_arabic_have_the_digits_of_the_text_around_them() {
        Plot plot = Plot.read("bars", "نمو", "", "", "", "عام\tنمو\nعام 2019\t1250.5");
        assertThat(plot.table(Locale.forLanguageTag("ar")).rows()).containsExactly(List.of("عام 2019", "1,250.5"));
    }

    @Test
    void a_file_for_spreadsheets_holds_no_formula() {
        Plot plot = Plot.read("bars", "t", "", "", "", "a\tb\n=HYPERLINK(1)\t-1.5");
        assertThat(plot.file()).isEqualTo("a,b\r\n'=HYPERLINK(1),-1.5\r\n");
    }

    @Test
    void dots_may_name_their_group_in_a_last_column() {
        Plot plot = Plot.read("dots", "t", "", "", "", "Bank\tLoans\tLosses\tCountry\nA\t1\t2\tKesh\nB\t3\t4\tOumara");
        assertThat(((Chart.Scatter) plot.chart("c", Locale.ENGLISH)).groups())
                .extracting(Chart.Dots::name)
                .containsExactly("Kesh", "Oumara");
    }
}
