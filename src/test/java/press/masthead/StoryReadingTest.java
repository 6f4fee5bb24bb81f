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
}
