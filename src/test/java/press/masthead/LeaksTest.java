package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is paid for reaches nobody who hasn't: every page, feed, map and search that a visitor can get is read through. */
class LeaksTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src|action)=\"(/[^\"#]*)\"");
    private static final Pattern LETTER = Pattern.compile("/newsletters/morning/2\\d{3}-\\d\\d-\\d\\d/");
    private static Press press;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
        // The words of each memo stand in a block for members of a letter that was sent, and in one to members alone.
        var jdbi = press.running.newsroom().database.jdbi();
        for (String phrase : phrases().values()) jdbi.useHandle(handle -> handle.execute("""
                    insert into edition_block (edition_id, position, kind, title, body, audience)
                    select e.id, 1, 'text', ?, ?, case when n.audience = 'members' then 'everyone' else 'members' end
                    from edition e join newsletter n on n.id = e.newsletter_id where e.state = 'sent'
                    """, phrase, phrase));
        jdbi.useHandle(handle -> handle.execute("update newsletter set audience = 'members' where slug = 'evening'"));
        jdbi.useHandle(handle -> handle.execute("""
                update edition_block set audience = 'everyone' where edition_id in (
                  select e.id from edition e join newsletter n on n.id = e.newsletter_id where n.slug = 'evening')
                """));
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    @Test
    void a_visitor_who_follows_every_link_never_meets_a_word_beyond_the_cut() throws Exception {
        Map<String, String> phrases = phrases();
        assertThat(phrases).hasSizeGreaterThanOrEqualTo(8);
        var visitor = press.person();
        var seen = new LinkedHashSet<String>();
        var ahead = new ArrayDeque<String>();
        Stream.of(
                        "/",
                        "/rss/",
                        "/atom/",
                        "/feed.json",
                        "/topic/economy/atom/",
                        "/topic/energy/feed.json",
                        "/industry/banking/rss/",
                        "/author/priya-mendaran/feed.json",
                        "/sitemap-sections.xml",
                        "/sitemap.xml",
                        "/sitemap-news.xml",
                        "/memos/",
                        "/reports/",
                        "/archive/",
                        "/newsletters/",
                        "/pro/",
                        "/robots.txt")
                .forEach(ahead::add);
        phrases.forEach((slug, phrase) -> {
            ahead.add("/" + slug + "/");
            ahead.add("/search/?q=" + phrase.replace(" ", "+"));
            for (String guess : new String[] {
                "/%s",
                "/%s/amp/",
                "/%s/page/2/",
                "/%s/?preview=1",
                "/%s/rss/",
                "/%s.json",
                "/p/%s/",
                "/memos/%s/",
                "/reports/%s/",
                "/%s/report.pdf",
                "/%s/charts/1/csv",
                "/%s/charts/2/csv",
                "/desk/stories/%s"
            }) ahead.add(guess.formatted(slug));
        });
        int echoesOfNothing =
                times(visitor.get("/search/?q=the+Xyzzoth+Nowhere").body(), "the Xyzzoth Nowhere");
        while (!ahead.isEmpty() && seen.size() < 600) {
            String path = ahead.poll();
            if (!seen.add(path)
                    || path.startsWith("/mailbox")
                    || path.startsWith("/content/")
                    || path.startsWith("/assets/")) continue;
            String body = visitor.get(path).body();
            for (var phrase : phrases.entrySet()) {
                // A search page repeats what was asked for: as often as it repeats words that nobody wrote, and no
                // more.
                int echoes = path.startsWith("/search/?q=" + phrase.getValue().replace(" ", "+")) ? echoesOfNothing : 0;
                assertThat(times(body, phrase.getValue()))
                        .as(path + " holds \"" + phrase.getValue() + "\"")
                        .isEqualTo(echoes);
            }
            var links = LINK.matcher(body);
            while (links.find()) ahead.add(links.group(1).replace("&amp;", "&"));
        }
        assertThat(seen).hasSizeGreaterThan(120);
        assertThat(seen)
                .filteredOn(path -> path.matches("/newsletters/[a-z-]+/2\\d{3}-.*"))
                .hasSizeGreaterThan(20);
        assertThat(seen).anyMatch(path -> path.matches("/newsletters/evening/2\\d{3}-.*"));
    }

    @Test
    void the_words_are_there_for_the_newsroom_so_the_test_above_can_fail() throws Exception {
        var ada = press.person();
        String link = press.running.newsroom().newsroomLink();
        ada.post(URI.create(link).getPath());
        for (var phrase : phrases().entrySet())
            assertThat(ada.get("/" + phrase.getKey() + "/").body()).contains(phrase.getValue());
        String letter = LETTER.matcher(ada.get("/newsletters/morning/").body())
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        assertThat(ada.get(letter).body()).contains(phrases().values());
    }

    @Test
    void a_feed_reader_gets_headlines_and_standfirsts_only() throws Exception {
        String feed = press.person().get("/rss/").body();
        assertThat(feed).contains("<item>").doesNotContain("content:encoded");
    }

    private static int times(String text, String phrase) {
        return text.split(Pattern.quote(phrase), -1).length - 1;
    }

    private static Map<String, String> phrases() throws IOException {
        var phrases = new LinkedHashMap<String, String>();
        for (String kind : List.of("memos", "reports"))
            try (var in =
                    Objects.requireNonNull(LeaksTest.class.getResourceAsStream("/sample/" + kind + "/LEAKWORDS.txt"))) {
                for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) {
                    String[] parts = line.split("\t");
                    if (parts.length == 2) phrases.put(parts[0], parts[1]);
                }
            }
        return phrases;
    }
}
