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
}
