package press.masthead.readership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import press.masthead.account.TestClock;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.publication.Publication;
import press.masthead.stories.StoryCard;

class ReadershipTest {
    private final TestClock clock = new TestClock("2026-11-23T12:00:00Z");
    private final Database database = TestDatabase.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final Readership readership = new Readership(jdbi, new Publication(jdbi), clock);

    @BeforeEach
    void stories() {
        for (String slug : List.of("tide", "bench", "draft", "about"))
            jdbi.useHandle(handle -> handle.execute(
                    "insert into story (slug, title, kind, state, published_at, created_at, updated_at) values (?, ?, ?, ?, now(), now(), now())",
                    slug,
                    slug,
                    slug.equals("about") ? "page" : "article",
                    slug.equals("draft") ? "draft" : "published"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> counts() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select s.slug || ' ' || o.day || ' ' || o.opens from story_opens o join story s on s.id = o.story_id
                        order by o.day, s.slug
                        """).mapTo(String.class).list());
    }

    @Test
    void opens_are_written_down_by_story_and_day_and_nodes_add_up() {
        var other = new Readership(jdbi, new Publication(jdbi), clock);
        readership.opened("tide", "192.0.2.1");
        readership.opened("tide", "192.0.2.2");
        other.opened("tide", "192.0.2.1");
        other.opened("bench", "192.0.2.1");
        assertThat(counts()).isEmpty();
        readership.write();
        other.write();
        clock.pass(java.time.Duration.ofDays(1));
        readership.opened("bench", "192.0.2.1");
        readership.write();
        assertThat(counts()).containsExactly("bench 2026-11-23 1", "tide 2026-11-23 3", "bench 2026-11-24 1");
    }

    @Test
    void reloading_in_the_same_moment_counts_once_and_later_again() {
        for (int i = 0; i < 5; i++) readership.opened("tide", "192.0.2.1");
        readership.write();
        readership.opened("tide", "192.0.2.1");
        readership.write();
        assertThat(counts()).containsExactly("tide 2026-11-23 2");
    }

    @Test
    void what_is_no_published_story_is_not_counted() {
        for (String slug : List.of("draft", "about", "nowhere", "' or 1=1")) readership.opened(slug, "192.0.2.1");
        readership.write();
        assertThat(counts()).isEmpty();
    }

    @Test
    void nothing_is_lost_between_many_readers_and_the_writing() throws Exception {
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 2_000)
                    .mapToObj(n -> readers.submit(() -> readership.opened("tide", "reader " + n)))
                    .toList();
            for (int i = 0; i < 20; i++) readership.write();
            for (var one : all) one.get();
        }
        readership.write();
        assertThat(counts()).containsExactly("tide 2026-11-23 2000");
    }

    @Test
    void while_the_database_is_away_opens_wait() {
        readership.opened("tide", "192.0.2.1");
        jdbi.useHandle(handle -> handle.execute("alter table story_opens rename to away"));
        org.assertj.core.api.Assertions.assertThatThrownBy(readership::write).isInstanceOf(RuntimeException.class);
        jdbi.useHandle(handle -> handle.execute("alter table away rename to story_opens"));
        readership.write();
        assertThat(counts()).containsExactly("tide 2026-11-23 1");
    }

    @Test
    void most_read_is_told_over_the_days_asked_for() {
        for (int i = 0; i < 3; i++) readership.opened("tide", "192.0.2." + i);
        readership.write();
        clock.pass(java.time.Duration.ofDays(3));
        for (int i = 0; i < 2; i++) readership.opened("bench", "192.0.2." + i);
        readership.write();
        assertThat(readership.mostRead(7, 5)).extracting(StoryCard::slug).containsExactly("tide", "bench");
        assertThat(readership.mostRead(2, 5)).extracting(StoryCard::slug).containsExactly("bench");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36",
                "facebookexternalhit/1.1",
                "curl/8.9.1",
                "Java-http-client/25",
                "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) (Applebot/0.1)",
                ""
            })
    void programs_are_not_readers(String userAgent) {
        assertThat(ReadPages.isPerson(userAgent)).isFalse();
    }

    @Test
    void browsers_are() {
        assertThat(
                        ReadPages.isPerson(
                                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1"))
                .isTrue();
    }
}
