package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** A rule in the database that nothing knows keeps a text closed, on every page that could show it. */
class DamagedRuleTest {
    private static final String MEMO = "accord-swap-price-of-water";
    private static final String BEYOND_THE_CUT = "the Tessary Threshold";

    @Test
    void a_text_whose_rule_is_damaged_stays_closed_to_all_but_the_newsroom() throws Exception {
        try (var press = Press.started()) {
            var jdbi = press.running.newsroom().database.jdbi();
            jdbi.useHandle(handle -> handle.execute("alter table story drop constraint story_access_check"));
            var visitor = press.person();
            var eli = press.person();
            eli.post(press.running
                    .newsroom()
                    .signIn
                    .linkFor(EmailAddress.parse("eli@reader.example").orElseThrow()));
            var cleo = press.person();
            cleo.post(press.running
                    .newsroom()
                    .signIn
                    .linkFor(EmailAddress.parse("cleo@reader.example").orElseThrow()));
            var ada = press.person();
            ada.post(press.running.newsroom().newsroomLink());
            for (String rule : List.of("", " ", "PUBLIC", "public ", "everyone", "sign-in", "null")) {
                jdbi.useHandle(handle -> handle.execute("update story set access = ? where slug = ?", rule, MEMO));
                press.running.newsroom().pageCache.retire();
                for (String path :
                        List.of("/" + MEMO + "/", "/", "/memos/", "/rss/", "/search/?q=Tessary", "/sitemap.xml")) {
                    assertThat(visitor.get(path).body())
                            .as("%s under \"%s\"", path, rule)
                            .doesNotContain(BEYOND_THE_CUT);
                    assertThat(cleo.get(path).body())
                            .as("%s under \"%s\"", path, rule)
                            .doesNotContain(BEYOND_THE_CUT);
                    assertThat(eli.get(path).body())
                            .as("%s under \"%s\"", path, rule)
                            .doesNotContain(BEYOND_THE_CUT);
                }
                assertThat(visitor.get("/" + MEMO + "/").statusCode()).isEqualTo(200);
                assertThat(cleo.get("/" + MEMO + "/").body()).contains("can’t be read just now");
                assertThat(ada.get("/" + MEMO + "/").body()).contains(BEYOND_THE_CUT);
            }
        }
    }
}
