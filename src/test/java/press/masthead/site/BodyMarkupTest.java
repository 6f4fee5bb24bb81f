package press.masthead.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyMarkupTest {
    @Test
    void a_chapter_is_named_by_its_heading_and_numbered_in_order() {
        assertThat(BodyMarkup.chapters("""
                        <section id="s-ground"><h2>The ground as an <em>expense</em></h2><p>One.</p></section>
                        <section id="s-wall">
                        <h2>Lending &amp; leaving</h2><p>Two.</p></section>
                        <section class="footnotes"><h2>Notes</h2></section>"""))
                .containsExactly(
                        Map.of("number", 1, "title", "The ground as an expense", "anchor", "s-ground"),
                        Map.of("number", 2, "title", "Lending & leaving", "anchor", "s-wall"));
    }

    @Test
    void the_arrow_after_a_footnote_says_in_words_where_it_leads() {
        assertThat(BodyMarkup.withWaysBack("<li id=\"fn2\"><p>So.</p><a href=\"#fnref2\">↩</a></li>"))
                .isEqualTo("<li id=\"fn2\"><p>So.</p><a class=\"way-back\" href=\"#fnref2\" "
                        + "aria-label=\"Back to note 2 in the text\">↩</a></li>");
    }

    @Test
    void numbers_in_a_column_stand_one_under_another_and_words_do_not() {
        var table = org.jsoup.Jsoup.parseBodyFragment(BodyMarkup.withFigures("""
                <p>Before</p><table><thead><tr><th scope="col">Pair</th><th scope="col">Cost, $bn</th><th scope="col">Change</th><th scope="col">Stage</th></tr></thead>
                <tbody><tr><th scope="row">A and B</th><td>2.3</td><td>\u221260</td><td>Study</td></tr>
                <tr><th scope="row">C and D</th><td>11</td><td>+310</td><td>9 of 71</td></tr></tbody></table><p>After</p>"""));
        assertThat(table.select(".figure").eachText())
                .containsExactly("Cost, $bn", "Change", "2.3", "\u221260", "11", "+310");
        assertThat(table.select("p").eachText()).containsExactly("Before", "After");
    }
}
