package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stories, memos and reports as their readers get them. */
class StoryReadingTest {
    private static final String MEMO = "/ilmar-flat-rounds/";
    private static final String REPORT = "/the-borrowed-grid/";
    private static Press press;
    private static Press.Person member;

    @BeforeAll
    static void start() throws Exception {
        press = Press.started();
        member = press.person();
        member.post(URI.create(press.running.newsroom().newsroomLink()).getPath());
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Document page(Press.Person person, String path) throws IOException, InterruptedException {
        return Jsoup.parse(person.get(path).body());
    }

    @Test
    void a_member_finds_a_memos_key_points_first_and_what_it_rests_on_last() throws Exception {
        var body = page(member, MEMO).expectFirst(".story-body");
        assertThat(body.child(0).select("h2").text()).isEqualTo("Key points");
        assertThat(body.select(".key-points li")).hasSize(4);
        assertThat(body.select(".watch li").eachText()).contains("The commercial court’s ruling on class votes.");
        assertThat(body.select(".confidence").text()).contains("High").contains("we read all 38 sets");
        assertThat(body.select(".sources li")).hasSize(4);
        assertThat(body.select("> *:last-child").hasClass("memo-notes")).isTrue();
    }

    @Test
    void a_visitor_gets_a_memos_opening_and_not_one_of_its_points() throws Exception {
        var notes = page(member, MEMO).select(".key-points li, .memo-notes li, .confidence p");
        assertThat(notes).hasSizeGreaterThan(10);
        String visitors = press.person().get(MEMO).body();
        assertThat(visitors).contains("Every Friday in Ilmar").doesNotContain("memo-notes", "key-points");
        for (String text : notes.eachText())
            if (text.length() > 12) assertThat(visitors).doesNotContain(text);
    }

    @Test
    void a_reports_cover_has_its_subtitle_caption_and_credit_for_everyone() throws Exception {
        for (var person : List.of(member, press.person())) {
            var cover = page(person, REPORT).expectFirst(".cover");
            assertThat(cover.select(".cover-subtitle").text()).startsWith("What happens when a country’s winter");
            assertThat(cover.select("figcaption").text())
                    .startsWith("A line from the desert to the mountains.")
                    .endsWith("Illustration: Mira Tanev / The Parallel (sample)");
        }
    }

    @Test
    void a_member_goes_from_chapter_to_chapter_and_from_a_note_back_to_its_place() throws Exception {
        var page = page(member, REPORT);
        assertThat(page.select(".chapters a").eachText())
                .hasSize(4)
                .startsWith("Weather as a trading partner", "The contract behind the cable");
        for (String anchor :
                page.select(".chapters a, .report sup a, .way-back").eachAttr("href"))
            assertThat(page.select(anchor)).as(anchor).hasSize(1);
        assertThat(page.select(".footnotes .way-back")).hasSize(4);
    }

    @Test
    void a_visitor_sees_the_first_chapters_opening_and_how_many_there_are() throws Exception {
        var page = page(press.person(), REPORT);
        assertThat(page.select(".chapters a").eachText()).containsExactly("Weather as a trading partner");
        assertThat(page.select(".chapters-more").text())
                .isEqualTo("Inside 4 chapters 1 chart 4 tables As a page and a PDF with your name");
        assertThat(page.select(".story-body").text()).doesNotContain("The contract behind the cable");
    }

    @Test
    void the_picture_over_a_story_comes_in_the_widths_that_screens_need() throws Exception {
        var picture = page(member, "/madinat-sahra-shade/").expectFirst(".story-figure img");
        assertThat(picture.attr("srcset")).contains(" 300w", " 600w", " 1000w", " 1600w");
        assertThat(picture.attr("sizes")).isNotBlank();
        assertThat(picture.attr("alt")).isNotBlank();
        assertThat(picture.attr("width")).isEqualTo("1600");
    }
}
