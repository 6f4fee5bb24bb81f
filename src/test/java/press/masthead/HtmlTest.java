package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void every_public_page_is_valid_html() throws Exception {
        var checker = new HtmlChecker();
        assertThat(checker.errors("<!DOCTYPE html><html lang=en><title>x</title><p><img src=x>"))
                .as("the checker itself finds what is wrong")
                .isNotEmpty();
        try (var press = Press.started()) {
            var visitor = press.person();
            var member = press.person();
            member.post(URI.create(press.running.newsroom().newsroomLink()).getPath());
            var wrong = new LinkedHashMap<String, List<String>>();
            for (String path : PublicPaths.FOR_ALL)
                wrong.put(path, checker.errors(visitor.get(path).body()));
            for (String path : PublicPaths.FOR_MEMBERS)
                wrong.put("member " + path, checker.errors(member.get(path).body()));
            wrong.values().removeIf(List::isEmpty);
            assertThat(wrong).isEmpty();
        }
    }
}
