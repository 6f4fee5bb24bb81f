package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.search.OpenSearchServer;
import press.masthead.search.SearchGate;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/** The search cluster is away for a while: readers read on, whoever searches is told so, and what came out meanwhile is found after. */
class SearchAwayTest {
    private static void publish(Newsroom newsroom, String slug, String title) {
        newsroom.database.jdbi().useTransaction(handle -> {
            var draft = new Draft(
                    "article",
                    slug,
                    title,
                    "A standfirst.",
                    "<p>They count their quollfish at dawn.</p>",
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    Rule.of(Audience.PUBLIC),
                    false,
                    List.of("energy"),
                    List.of(),
                    List.of(),
                    List.of(),
                    "");
            long id = ((Drafts.Saved) newsroom.drafts.create(handle, draft, null)).id();
            newsroom.drafts.publishing().publish(handle, id, null);
        });
    }

    private static void soon(BooleanSupplier right) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        boolean is = right.getAsBoolean();
        while (!is && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(200_000_000); // so many searches a minute, and no more, are answered
            is = right.getAsBoolean();
        }
        assertThat(is).isTrue();
    }

    private static int found(Press.Person person) {
        try {
            return Jsoup.parse(person.get("/search/?q=quollfish").body())
                    .select(".list-rows article")
                    .size();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void readers_read_on_and_whoever_searches_is_told_to_come_back() throws Exception {
        var said = new ConcurrentLinkedQueue<String>(); // every thread of the server logs
        var listening = new Handler() {
            @Override
            public void publish(LogRecord record) {
                said.add(record.getMessage() + Arrays.toString(record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("").addHandler(listening);
        try (var gate = new SearchGate();
                var press = Press.started(Map.of("SEARCH_URL", gate.url(OpenSearchServer.freshName())));
                var browser = new Browser()) {
            var newsroom = press.running.newsroom();
            var visitor = press.person();
            publish(newsroom, "quollfish-one", "Quollfish return to the strait");
            soon(() -> newsroom.searchIndex.isReady() && found(visitor) == 1);

            gate.is(SearchGate.Day.GONE);
            soon(() -> !newsroom.searchIndex.isReady());
            var answer = visitor.get("/search/?q=quollfish");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("60");
            var page = Jsoup.parse(answer.body());
            assertThat(page.select(".list-links").text())
                    .isEqualTo("Search is away for a moment. Please try again in a minute.");
            assertThat(page.select("#q").attr("value")).isEqualTo("quollfish");
            assertThat(page.text()).doesNotContain("127.0.0.1", "Nothing found");
            assertThat(visitor.get("/search/").statusCode()).isEqualTo(200);
            assertThat(visitor.get("/search/suggest?q=quollf").body()).isEqualTo("[]");
            assertThat(visitor.get("/").statusCode()).isEqualTo(200);
            publish(newsroom, "quollfish-two", "Quollfish and the price of nets");
            assertThat(visitor.get("/quollfish-two/").statusCode()).isEqualTo(200);
            Page seen = browser.person(1440, 900);
            seen.navigate(press.url() + "/search/?q=quollfish");
            assertThat(seen.getByRole(AriaRole.ALERT))
                    .hasText("Search is away for a moment. Please try again in a minute.");
            LiveWalkTest.look(seen, "search-away");

            var editor = press.person();
            editor.post(newsroom.newsroomLink());
            assertThat(Jsoup.parse(editor.get("/desk/search").body())
                            .select("[aria-labelledby=where]")
                            .text())
                    .contains("The search cluster at http://127.0.0.1", "can't be reached", "try again in a minute");
            Page desk = browser.person(1440, 900);
            desk.navigate(newsroom.newsroomLink());
            desk.locator("main form button").first().click();
            desk.waitForURL(url -> !url.contains("/signin/"));
            desk.navigate(press.url() + "/desk/search");
            assertThat(desk.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Where the index lies")))
                    .isVisible();
            LiveWalkTest.look(desk, "desk-search-away");
            gate.is(SearchGate.Day.GOOD);
            soon(() -> newsroom.searchIndex.isReady() && found(visitor) == 2);
            desk.reload();
            LiveWalkTest.look(desk, "desk-search");
            assertThat(Jsoup.parse(editor.get("/desk/search").body())
                            .select("[aria-labelledby=where]")
                            .text())
                    .contains("Every search goes to OpenSearch at http://127.0.0.1", "by their words");
        } finally {
            Logger.getLogger("").removeHandler(listening);
        }
        assertThat(said).anyMatch(line -> line.contains("Search waits"));
        assertThat(String.join("\n", said)).contains("can't be reached").doesNotContain("cret");
    }

    @Test
    void whoever_asks_the_archive_is_told_so_too_and_nothing_is_counted() throws Exception {
        String question = "How many quollfish live in the strait?";
        try (var gate = new SearchGate();
                var room = new ArchiveRoom(Map.of("SEARCH_URL", gate.url(OpenSearchServer.freshName())))) {
            var member = room.evening.member("cleo.away@reader.example");
            room.publish(
                    "quollfish-count",
                    "Quollfish in the strait",
                    ArchiveRoom.OPEN,
                    "<p>Some 4,000 quollfish live in the strait, the station says.</p>");
            soon(() -> room.says(member, question, "4,000 quollfish"));
            // In other words: asked before the story was there, the first may stand in the story list.
            String away = "Which strait do quollfish live in?";
            String before = room.evening.one("select sum(asked) from archive_use");

            gate.is(SearchGate.Day.GONE);
            for (boolean isKnown : new boolean[] {false, true}) {
                if (isKnown)
                    soon(() ->
                            !room.evening.press.running.newsroom().searchIndex.isReady());
                var answer = room.asked(member, away);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).contains("60");
                var page = Jsoup.parse(answer.body());
                assertThat(page.select(".problem").text())
                        .isEqualTo("Search is away for a moment. Please try again in a minute.");
                assertThat(page.select("#ask-q").text())
                        .as("nothing typed is lost")
                        .isEqualTo(away);
                assertThat(page.text()).doesNotContain("127.0.0.1");
            }
            assertThat(room.evening.one("select sum(asked) from archive_use")).isEqualTo(before);
            assertThat(member.get("/pro/ask/history/").statusCode()).isEqualTo(200);
            assertThat(room.evening.editor().get("/desk/asked").body())
                    .as("no story list")
                    .doesNotContain(away);
            gate.is(SearchGate.Day.GOOD);
            soon(() -> room.says(member, question, "4,000 quollfish"));
        }
    }

    @Test
    void a_setting_that_is_no_address_is_told_in_a_sentence_without_the_password() {
        assertThatThrownBy(() -> Config.read(Map.of("SEARCH_URL", "https://u:hush hush@search.example")))
                .isInstanceOf(Config.BadSetting.class)
                .hasMessage("SEARCH_URL should look like https://user:password@host:9200/name.");
        assertThat(Config.read(Map.of("SEARCH_URL", "https://u:hush@search.example"))
                        .toString())
                .contains("https://search.example:443/masthead")
                .doesNotContain("hush");
    }
}
