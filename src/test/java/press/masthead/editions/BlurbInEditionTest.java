package press.masthead.editions;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.TestDatabase;

/** A story without a standfirst is told in its own sentences, and never in those that are for members. */
class BlurbInEditionTest {
    private final Jdbi jdbi = TestDatabase.fresh().jdbi();

    private long edition() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        with letter as (
                          insert into newsletter (slug, name, sender_name, slot, days, at, zone, release, cadence_since)
                          values ('calder', 'Calder', 'Calder', 'am', '{mon}', '07:00', 'UTC', 'waits', now()) returning id)
                        insert into edition (newsletter_id, day, due_at, subject, drafted_at, since)
                        select id, '2026-11-26', now(), 'Calder', now(), now() from letter returning id
                        """).mapTo(Long.class).one());
    }

    private void story(long edition, int position, String standfirst, String opening) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with s as (
                          insert into story (slug, title, standfirst, opening, rest, access, state, published_at, created_at, updated_at)
                          values ('s' || :position, 'The quay of Calder', :standfirst, :opening,
                            '<p>Members learn that the quay of Calder hides a wreck of gold.</p>', 'member', 'published', now(), now(), now()) returning id)
                        insert into edition_item (edition_id, story_id, position) select :edition, id, :position from s
                        """)
                .bind("edition", edition)
                .bind("position", position)
                .bind("standfirst", standfirst)
                .bind("opening", opening)
                .execute());
    }

    @Test
    void a_story_without_a_standfirst_is_told_in_the_best_of_its_open_sentences() {
        long edition = edition();
        story(edition, 1, "Written by hand.", "<p>The quay of Calder closes for two years, says the port.</p>");
        story(
                edition,
                2,
                "",
                "<p>The quay of Calder closes for two years, says the port.</p><p>But nobody minds at all.</p>");
        story(edition, 3, "", "<p>She said so.</p>");
        var stories = jdbi.withHandle(handle -> Items.open(handle, edition)).stream()
                .map(Item.Story.class::cast)
                .toList();
        assertThat(stories).extracting(Item.Story::ownWords).containsExactly(false, true, false);
        var told = stories.stream().map(story -> story.card().standfirst()).toList();
        assertThat(told.get(0)).isEqualTo("Written by hand.");
        assertThat(told.get(1))
                .startsWith("The quay of Calder closes for two years, says the port.")
                .doesNotContain("gold");
        assertThat(told.get(2)).isEmpty();
    }
}
