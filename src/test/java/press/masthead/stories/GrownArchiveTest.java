package press.masthead.stories;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.TestDatabase;

/** With twenty thousand stories, what a page asks still reads an index and no whole table. */
class GrownArchiveTest {
    private static final Jdbi jdbi = TestDatabase.fresh().jdbi();
    private static final Stories stories = new Stories(jdbi);

    @BeforeAll
    static void fill() {
        jdbi.useHandle(handle -> handle.createScript("""
                insert into picture (name, content_type, width, height, created_at)
                  select 'picture-' || i || '.jpg', 'image/jpeg', 1600, 1000, now() from generate_series(1, 500) i;
                insert into story (slug, title, opening, picture_id, state, published_at, created_at, updated_at)
                  select 'story-' || i, 'Story ' || i || case when i % 5000 = 0 then ' of whales' else '' end,
                         '<p>The market moved.</p>', (select min(id) from picture) + i % 500,
                         'published', now() - i * interval '40 minutes', now(), now()
                  from generate_series(1, 20000) i;
                """).execute());
        jdbi.useHandle(handle -> handle.execute("vacuum analyze story, picture"));
    }

    private static String plan(String sql, String words) {
        return jdbi.inTransaction(handle -> {
            handle.execute("set local plan_cache_mode = force_custom_plan");
            return String.join(
                    "\n",
                    handle.createQuery("explain " + sql)
                            .bind("words", words)
                            .bind("most", 21)
                            .bind("skip", 0)
                            .mapTo(String.class)
                            .list());
        });
    }

    @Test
    void a_word_of_every_story_is_looked_for_in_the_newest_and_a_rare_one_by_its_index() {
        assertThat(plan(Stories.SEARCH, "market")).contains("story_newest").doesNotContain("Seq Scan");
        assertThat(plan(Stories.SEARCH, "whales")).contains("story_words").doesNotContain("Seq Scan");
    }

    @Test
    void a_search_finds_the_newest_of_a_common_word_and_every_one_of_a_rare_word() {
        // More often than the driver and the database need to begin remembering a plan.
        for (int i = 0; i < 12; i++)
            assertThat(stories.search("market", 3, 0))
                    .extracting(StoryCard::slug)
                    .containsExactly("story-1", "story-2", "story-3");
        assertThat(stories.search("whales market", 20, 0))
                .extracting(StoryCard::slug)
                .containsExactly("story-5000", "story-10000", "story-15000", "story-20000");
        assertThat(stories.search("market", 20, 1990)).hasSize(10);
    }

    @Test
    void a_storys_page_reads_its_row_and_its_picture() {
        assertThat(plan("select * from story_teaser where slug = :words limit :most offset :skip", "story-77"))
                .contains("story_slug_key", "picture_pkey")
                .doesNotContain("Seq Scan");
    }
}
