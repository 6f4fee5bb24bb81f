package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;

/** Search in a server's first seconds, and where there is no index. */
class FirstSearchTest {
    private static Document search(Person visitor, String typed) throws Exception {
        var answer = visitor.get("/search/?q=" + typed);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    @Test
    void the_first_search_of_all_has_its_spelling_put_right() throws Exception {
        try (var press = Press.started()) {
            Document page = search(press.person(), "wtaer");
            assertThat(page.select(".search-better").text()).isEqualTo("Did you mean water?");
            assertThat(page.select(".search-better a").attr("href")).isEqualTo("/search/?q=water");
            assertThat(page.text()).doesNotContain("made ready");
        }
    }

    @Test
    void where_no_index_can_be_made_the_database_finds_words_and_the_page_says_so() throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "no-index");
        Files.writeString(folder.resolve("search"), "in the way");
        try (var press = Press.started(Map.of("MASTHEAD_DATA", folder.toString()))) {
            Person visitor = press.person();
            Document page = search(visitor, "water");
            assertThat(page.select(".list-rows article")).isNotEmpty();
            assertThat(page.select(".search-better").text())
                    .isEqualTo("Search is being made ready. In a few minutes it finds more.");
            Document misspelt = search(visitor, "wtaer");
            assertThat(misspelt.select(".list-rows article")).isEmpty();
            assertThat(misspelt.select(".search-better").text())
                    .isEqualTo("Search is being made ready. In a few minutes it finds more.");
            assertThat(visitor.get("/search/suggest?q=wat").statusCode()).isEqualTo(200);
        }
    }
}
