package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A page that is not there offers stories by the words of its address, unless these words may be somebody's secret. */
class LostAddressTest {
    private static final String FOUND = "Perhaps one of these";

    @Test
    void only_an_address_that_can_have_been_a_story_s_is_searched_for() throws Exception {
        try (Press press = Press.started()) {
            var lost = press.person();
            for (String path :
                    List.of("/accord-swap-price-of-rain/", "/accord-swap-price", "/2024/05/accord-swap-price/")) {
                var answer = lost.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
                assertThat(answer.body()).as(path).contains(FOUND, "/accord-swap-price-of-water/");
            }
            List<String> secret = Pattern.compile("\\| GET \\| `(/[^`]*\\{token\\}[^`]*)`")
                    .matcher(Files.readString(Path.of("docs/access.md")))
                    .results()
                    .map((MatchResult route) -> route.group(1).replace("{token}", "accord-swap-price-of-water"))
                    .toList();
            assertThat(secret).hasSizeGreaterThan(6);
            for (String path : secret)
                assertThat(lost.get(path).body()).as(path).doesNotContain(FOUND);
            for (String path : List.of(
                    "/Accord-Swap-price-of-water/",
                    "/accordswappriceofwateraccordswappriceofwater/",
                    "/signin/accord-swap-price/again/",
                    "/accord-swap-price/memo.pdf",
                    "/team/7/accord-swap-price/"))
                assertThat(lost.get(path).body()).as(path).doesNotContain(FOUND);
        }
    }
}
