package press.masthead.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.stories.StoryList.Filter;
import press.masthead.stories.StoryList.Place;
import press.masthead.stories.StoryList.Row;

class StoryListTest {
    private static Database database;
    private static Jdbi jdbi;

    @BeforeAll
    static void five_thousand_stories() {
        database = TestDatabase.fresh();
        jdbi = database.jdbi();
        jdbi.useHandle(handle -> {
            handle.execute("insert into author (slug, name) values ('ada', 'Ada'), ('mo', 'Mo')");
            handle.execute("insert into topic (slug, name) values ('ports', 'Ports')");
            handle.execute("""
                    insert into story (slug, title, opening, kind, state, created_at, updated_at)
                    select 's' || n, 'Story number ' || n, '<p>Words about the harbour.</p>',
                           case when n % 50 = 0 then 'memo' else 'article' end,
                           case when n % 10 = 0 then 'draft' else 'published' end, now(), now() - interval '1 minute' * (n / 2)
                    from generate_series(1, 5000) n
                    """);
            handle.execute(
                    "insert into story_author select s.id, a.id from story s, author a where a.slug = 'ada' and s.id % 100 = 0");
            handle.execute("insert into story_topic select s.id, t.id from story s, topic t where s.id % 25 = 0");
            handle.execute("analyze story");
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static final Filter ALL = new Filter("", "", "", "", "");

    @Test
    void page_after_page_shows_each_story_once_though_two_were_saved_in_the_same_moment() {
        var list = new StoryList(jdbi);
        var filter = new Filter("", "memo", "", "", "");
        var seen = new ArrayList<Long>();
        for (List<Row> page = list.find(filter, Place.TOP, 7); !page.isEmpty(); ) {
            page.forEach(row -> seen.add(row.id()));
            page = list.find(filter, Place.read(page.getLast().place().toString()), 7);
        }
        assertThat(seen).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void filters_hold_together() {
        var list = new StoryList(jdbi);
        assertThat(list.find(new Filter("", "", "ada", "", ""), Place.TOP, 1000))
                .hasSize(50);
        assertThat(list.find(new Filter("", "", "ada", "ports", ""), Place.TOP, 1000))
                .hasSize(50);
        assertThat(list.find(new Filter("", "", "mo", "", ""), Place.TOP, 1000)).isEmpty();
        assertThat(list.find(new Filter("published", "", "", "ports", "number 75"), Place.TOP, 1000))
                .extracting(Row::title)
                .contains("Story number 75")
                .allMatch(title -> title.startsWith("Story number 75"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "2026-13-45_1", "2026-01-01T00:00:00Z_x", "_", "2026-01-01T00:00:00Z"})
    void a_place_that_is_none_is_the_top(String text) {
        assertThat(Place.read(text)).isEqualTo(Place.TOP);
    }

    @Test
    void a_page_is_read_off_an_index_and_sorts_nothing() {
        assertThat(plan(ALL)).contains("story_desk").doesNotContain("Seq Scan on story ", "Sort Key: s.");
        assertThat(plan(new Filter("draft", "", "", "", "")))
                .contains("Index")
                .doesNotContain("Seq Scan on story ", "Sort Key: s.");
    }

    private static String plan(Filter filter) {
        List<String> lines = jdbi.withHandle(handle -> handle.createQuery("explain " + StoryList.FIND)
                .bind("at", Place.TOP.at())
                .bind("id", Place.TOP.id())
                .bind("state", filter.state())
                .bind("kind", filter.kind())
                .bind("author", filter.author())
                .bind("topic", filter.topic())
                .bind("words", filter.words())
                .bind("most", 41)
                .mapTo(String.class)
                .list());
        return String.join("\n", lines);
    }
}
