package press.masthead.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import press.masthead.platform.db.TestDatabase;

/** What a story's links say is repeated in its row; these are the ways in which it could grow stale. */
class StorySaidTest {
    private final Jdbi jdbi = TestDatabase.fresh().jdbi();
    private final Stories stories = new Stories(jdbi);

    @BeforeEach
    void oneStory() {
        change("""
                insert into author (slug, name) values ('ada', 'Ada Lind'), ('ben', 'Ben Okoro');
                insert into topic (slug, name) values ('energy', 'Energy'), ('climate', 'Climate');
                insert into industry (slug, name, position) values ('oil', 'Oil and gas', 2), ('green', 'Green energy', 1);
                insert into story (slug, title, state, published_at, created_at, updated_at)
                  values ('tides', 'Tides', 'published', now(), now(), now()), ('winds', 'Winds', 'published', now(), now(), now());
                insert into story_author select s.id, a.id, case a.slug when 'ben' then 0 else 1 end from story s, author a;
                insert into story_topic select s.id, t.id, case t.slug when 'energy' then 0 else 1 end from story s, topic t;
                insert into story_industry select s.id, i.id from story s, industry i;
                """);
    }

    private void change(String sql) {
        jdbi.useHandle(handle -> handle.createScript(sql).execute());
    }

    private Teaser tides() {
        return stories.teaser("tides").orElseThrow();
    }

    @Test
    void a_story_says_its_authors_topics_and_industries_in_order() {
        assertThat(tides().card().authorNames()).containsExactly("Ben Okoro", "Ada Lind");
        assertThat(tides().card().authorSlugs()).containsExactly("ben", "ada");
        assertThat(tides().card().topicNames()).containsExactly("Energy", "Climate");
        assertThat(tides().industryNames()).containsExactly("Green energy", "Oil and gas");
        assertThat(stories.newest(9, 0))
                .allSatisfy(card -> assertThat(card.topicSlugs()).containsExactly("energy", "climate"));
    }

    @Test
    void a_new_name_is_read_on_every_story_at_once() {
        change("""
                update author set name = 'Ada Lind-Okoro' where slug = 'ada';
                update topic set name = 'Power', slug = 'power' where slug = 'energy';
                update industry set position = 0 where slug = 'oil';
                """);
        assertThat(stories.newest(9, 0)).hasSize(2).allSatisfy(card -> {
            assertThat(card.authorNames()).containsExactly("Ben Okoro", "Ada Lind-Okoro");
            assertThat(card.topicSlugs()).containsExactly("power", "climate");
        });
        assertThat(tides().industrySlugs()).containsExactly("oil", "green");
    }

    @Test
    void what_is_taken_off_or_moved_is_no_longer_said() {
        change("""
                delete from story_author where author_id = (select id from author where slug = 'ben');
                update story_topic set position = 2 where topic_id = (select id from topic where slug = 'energy');
                delete from story_industry;
                """);
        assertThat(tides().card().authorNames()).containsExactly("Ada Lind");
        assertThat(tides().card().topicNames()).containsExactly("Climate", "Energy");
        assertThat(tides().industryNames()).isEmpty();
    }

    @Test
    void corrections_stand_oldest_first() {
        change("""
                insert into correction (story_id, text, at) select id, 'The second', '2026-11-02T10:00Z' from story where slug = 'tides';
                insert into correction (story_id, text, at) select id, 'The first', '2026-11-01T10:00Z' from story where slug = 'tides';
                """);
        assertThat(tides().correctionTexts()).containsExactly("The first", "The second");
        assertThat(tides().correctionTimes()).isSorted();
        assertThat(stories.teaser("winds").orElseThrow().correctionTexts()).isEmpty();
    }

    @Test
    @Timeout(20)
    void a_name_changed_while_a_story_is_being_filed_is_not_lost() {
        CompletableFuture<Void> renaming = jdbi.inTransaction(filing -> {
            filing.execute("delete from story_author where story_id = (select id from story where slug = 'tides')");
            filing.execute(
                    "insert into story_author select s.id, a.id, 0 from story s, author a where s.slug = 'tides' and a.slug = 'ada'");
            var other = CompletableFuture.runAsync(
                    () -> change("update author set name = 'Ada Lind-Okoro' where slug = 'ada'"));
            awaitOneThatWaits();
            return other;
        });
        renaming.join();
        assertThat(tides().card().authorNames()).isEqualTo(List.of("Ada Lind-Okoro"));
    }

    /** Until some session of this server waits for a row. */
    private void awaitOneThatWaits() {
        while (jdbi.withHandle(handle -> handle.createQuery("select count(*) from pg_locks where not granted")
                        .mapTo(Integer.class)
                        .one())
                == 0) Thread.onSpinWait();
    }
}
