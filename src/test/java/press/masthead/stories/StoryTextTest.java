package press.masthead.stories;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import press.masthead.access.Audience;

class StoryTextTest {
    private static StoryText open(String html) {
        return StoryText.of(html, Audience.PUBLIC);
    }

    private static StoryText paid(String html) {
        return StoryText.of(html, Audience.MEMBER);
    }

    @Test
    void a_script_is_taken_out_and_the_writer_is_told() {
        var text = open("<p>Before</p><script>alert(1)</script><p onclick=\"steal()\">After</p>");
        assertThat(text.opening()).isEqualTo("<p>Before</p><p>After</p>");
        assertThat(text.removed()).containsExactly("script", "onclick");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=\"javascript:alert(1)\">x</a>",
                "<a href=\"java&#10;script:alert(1)\">x</a>",
                "<a href=\" data:text/html,<script>alert(1)</script>\">x</a>",
                "<img src=x onerror=alert(1)>",
                "<img src=\"https://elsewhere.example/pixel.gif\">",
                "<svg><style><img src=x onerror=alert(1)></style></svg>",
                "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
                "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
                "<p style=\"background:url(//elsewhere.example)\">x</p>",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
                "<form action=\"//elsewhere.example\"><input name=q><button>Go</button></form>",
                "<meta http-equiv=refresh content=\"0;url=//elsewhere.example\">",
                "<base href=\"//elsewhere.example\">",
                "<link rel=stylesheet href=\"//elsewhere.example\">",
                "<object data=\"x.swf\"></object><embed src=\"x.swf\">"
            })
    void nothing_that_runs_or_calls_elsewhere_survives(String html) {
        assertThat(open("<p>Kept</p>" + html).opening())
                .startsWith("<p>Kept</p>")
                .doesNotContainPattern(
                        "(?i)<(script|style|svg|math|iframe|form|input|button|object|embed|link|meta|base|img)")
                .doesNotContainPattern("(?i)(javascript|data):|\\son\\w+\\s*=\"|style=|href=\"//");
    }

    @Test
    void what_a_writer_may_use_stays_as_it_was_written() {
        String html = "<h2>Head</h2><p>A <strong>strong</strong> and <em>fine</em> word</p>"
                + "<blockquote><p>Quote</p></blockquote><aside class=\"pull-quote\"><p>Pulled</p></aside>"
                + "<ul><li>One</li></ul><ol start=\"3\"><li>Three</li></ol><hr>"
                + "<figure><img src=\"/content/images/a-1.jpg\" alt=\"A quay\" width=\"600\" height=\"400\" loading=\"lazy\">"
                + "<figcaption>Dusk <span class=\"credit\">Photo: Mira</span></figcaption></figure>"
                + "<table><thead><tr><th scope=\"col\">Year</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
                + "<p dir=\"rtl\" lang=\"ar\">سلام</p>";
        assertThat(open(html).opening()).isEqualTo(html);
        assertThat(open(html).removed()).isEmpty();
    }

    @Test
    void a_link_to_another_site_keeps_that_site_out_of_ours() {
        assertThat(open("<p><a href=\"https://other.example/\">there</a> <a href=\"/here/\">here</a></p>")
                        .opening())
                .isEqualTo(
                        "<p><a href=\"https://other.example/\" rel=\"noopener\">there</a> <a href=\"/here/\">here</a></p>");
    }

    @Test
    void the_membership_line_divides_the_story() {
        var text = paid("<p>Free</p><!--members--><h2>Paid</h2><p>More</p>");
        assertThat(text.opening()).isEqualTo("<p>Free</p>");
        assertThat(text.rest()).isEqualTo("<h2>Paid</h2><p>More</p>");
        assertThat(text.words()).isEqualTo(3);
    }

    @Test
    void a_line_inside_a_list_leaves_both_sides_well_formed() {
        var text = paid(
                "<blockquote><ul><li>One</li><li>Two <hr data-cut> hidden</li><li>Three</li></ul></blockquote><p>End</p>");
        assertThat(text.opening()).isEqualTo("<blockquote><ul><li>One</li><li>Two </li></ul></blockquote>");
        assertThat(text.rest()).isEqualTo("<blockquote><ul><li> hidden</li><li>Three</li></ul></blockquote><p>End</p>");
    }

    @Test
    void without_a_line_only_the_first_paragraph_is_open() {
        var text = paid("<h2>Head</h2><p>First</p><p>Second</p>");
        assertThat(text.opening()).isEqualTo("<h2>Head</h2><p>First</p>");
        assertThat(text.rest()).isEqualTo("<p>Second</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<p>All there is</p>", "no paragraph at all", "<ul><li>One</li><li>Two</li></ul>"})
    void a_paid_story_of_one_piece_gives_nothing_away(String html) {
        assertThat(paid(html).opening()).isEmpty();
        assertThat(paid(html).rest()).isEqualTo(html);
    }

    @Test
    void a_public_story_holds_nothing_back() {
        var text = open("<p>One</p><!--members--><p>Two</p>");
        assertThat(text.opening()).isEqualTo("<p>One</p><p>Two</p>");
        assertThat(text.rest()).isEmpty();
    }

    @Test
    void the_editor_sees_the_line_where_somebody_drew_it() {
        for (String html :
                new String[] {"<p>One</p><p>Two</p><hr data-cut=\"\"><p>Three</p>", "<p>One</p><p>Two</p>"}) {
            var text = paid(html);
            assertThat(StoryText.whole(text.opening(), text.rest(), Audience.MEMBER, "article"))
                    .isEqualTo(html);
        }
    }

    @Test
    void a_second_line_changes_nothing() {
        var text = paid("<p>One</p><!--members--><p>Two</p><!-- members --><p>Three</p>");
        assertThat(text.rest()).isEqualTo("<p>Two</p><p>Three</p>");
    }

    @Test
    void cleaning_twice_is_cleaning_once() {
        var once = open("<div><p>It’s “so” – isn't it? a=b & c < d</p><u>x</u></div>");
        assertThat(open(once.opening()).opening()).isEqualTo(once.opening());
    }
}
