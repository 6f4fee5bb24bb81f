package press.masthead.editions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DraftEditionsTest {
    private final Room room = new Room("2026-11-23T12:00:00Z");

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void tomorrows_edition_is_drafted_today_with_the_newest_first_and_a_pick_ahead_of_it() {
        room.morning("waits");
        room.story("Old news", "2026-11-21T09:00:00Z");
        room.story("Early", "2026-11-23T06:30:00Z");
        room.story("Late", "2026-11-23T11:00:00Z");
        room.story("Pick", "2026-11-23T05:00:00Z", "world", true);
        room.draftEditions.run();
        assertThat(room.titles("morning", "2026-11-24")).containsExactly("Pick", "Late", "Early");
        assertThat(room.text("select subject from edition where day = '2026-11-24'"))
                .isEqualTo("Pick");
    }

    @Test
    void a_newsletter_takes_what_is_filed_under_its_topics_and_prefers_its_own_first() {
        room.newsletter("energy", "daily", "daily", "08:00", "by_itself", "energy,climate");
        room.story("Grid", "2026-11-23T09:00:00Z", "energy", false);
        room.story("Opera", "2026-11-23T10:00:00Z", "culture", true);
        room.draftEditions.run();
        assertThat(room.titles("energy", "2026-11-24")).containsExactly("Grid");
    }

    @Test
    void an_untouched_draft_follows_the_news_and_drops_what_was_withdrawn() {
        room.morning("waits");
        room.story("First", "2026-11-23T09:00:00Z");
        room.draftEditions.run();
        room.story("Second", "2026-11-23T12:30:00Z");
        room.at("2026-11-23T13:00:00Z");
        room.set("update story set state = 'withdrawn' where title = 'First'");
        room.draftEditions.run();
        assertThat(room.titles("morning", "2026-11-24")).containsExactly("Second");
        assertThat(room.text("select subject from edition where day = '2026-11-24'"))
                .isEqualTo("Second");
    }

    @Test
    void a_draft_that_a_person_has_touched_is_left_alone_and_later_news_goes_to_the_next() {
        room.morning("waits");
        room.story("First", "2026-11-23T09:00:00Z");
        room.draftEditions.run();
        room.set("update edition set edited_at = drafted_at, subject = 'My words'");
        room.story("Overnight", "2026-11-23T23:00:00Z");
        room.at("2026-11-24T06:30:00Z");
        room.draftEditions.run();
        assertThat(room.titles("morning", "2026-11-24")).containsExactly("First");
        assertThat(room.text("select subject from edition where day = '2026-11-24'"))
                .isEqualTo("My words");
        assertThat(room.titles("morning", "2026-11-25")).containsExactly("Overnight");
    }

    @Test
    void what_is_published_between_an_early_send_and_the_hour_is_in_the_next_edition() {
        room.morning("waits");
        room.story("First", "2026-11-23T09:00:00Z");
        room.draftEditions.run();
        room.at("2026-11-24T05:40:00Z");
        room.draftEditions.run();
        room.set("update edition set state = 'sent', sent_at = now() where day = '2026-11-24'");
        room.story("At ten to seven", "2026-11-24T05:50:00Z");
        room.at("2026-11-24T09:00:00Z");
        room.draftEditions.run();
        assertThat(room.titles("morning", "2026-11-25")).containsExactly("At ten to seven");
    }

    @Test
    void a_story_is_never_in_two_editions_of_one_newsletter_but_may_be_in_two_newsletters() {
        room.morning("waits");
        room.newsletter("evening", "pm", "daily", "18:00", "waits", "");
        room.story("Only once", "2026-11-23T11:00:00Z", "world", true);
        room.draftEditions.run();
        for (String now : new String[] {"2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z", "2026-11-26T08:00:00Z"}) {
            room.set("update edition set state = 'sent' where due_at < '" + now + "'");
            room.at(now);
            room.draftEditions.run();
        }
        assertThat(room.text("""
                select string_agg(many::text, ',') from (
                  select count(*) as many from edition_item i join edition e on e.id = i.edition_id
                  group by e.newsletter_id, i.story_id) counts
                """)).isEqualTo("1,1");
    }

    @Test
    void the_stories_of_a_skipped_or_missed_edition_go_to_the_next() {
        room.morning("waits");
        room.story("Carried over", "2026-11-23T11:00:00Z");
        room.draftEditions.run();
        room.set("update edition set state = 'skipped' where day = '2026-11-24'");
        room.at("2026-11-24T06:30:00Z");
        room.draftEditions.run();
        assertThat(room.titles("morning", "2026-11-25")).containsExactly("Carried over");
    }

    @Test
    void a_run_missed_within_its_lateness_is_made_up_once_and_an_older_one_is_only_written_down() {
        room.morning("by_itself");
        room.story("Yesterday", "2026-11-22T20:00:00Z");
        // Due at 06:00 UTC each day, four hours of lateness, and nothing ran for two days.
        room.at("2026-11-23T09:30:00Z");
        room.set("update newsletter set cadence_since = '2026-11-21T12:00:00Z'");
        for (int i = 0; i < 3; i++) room.draftEditions.run();
        assertThat(room.editions("morning"))
                .containsExactly("2026-11-22 missed", "2026-11-23 drafted", "2026-11-24 drafted");
        room.at("2026-11-23T10:30:00Z");
        room.draftEditions.run();
        assertThat(room.editions("morning")).hasSize(3);
    }

    @Test
    void a_new_time_that_has_already_passed_today_is_neither_made_up_nor_called_missed() {
        room.morning("by_itself");
        room.set("update newsletter set cadence_since = '2026-11-23T11:59:00Z', at = '12:30'");
        room.draftEditions.run();
        assertThat(room.editions("morning")).containsExactly("2026-11-24 drafted");
    }

    @Test
    void a_holiday_and_a_newsletter_at_rest_have_no_edition() {
        room.morning("waits");
        room.newsletter("evening", "pm", "daily", "18:00", "waits", "");
        room.set("insert into holiday (newsletter_id, day, name) values (null, '2026-11-24', 'Charter Day')");
        room.set("update newsletter set active = false where slug = 'evening'");
        room.set("update newsletter set cadence_since = '2026-11-23T12:00:00Z'");
        room.draftEditions.run();
        assertThat(room.editions("morning")).isEmpty();
        assertThat(room.editions("evening")).isEmpty();
    }

    @Test
    void the_week_in_review_takes_the_picks_of_the_week_and_what_other_letters_carried() {
        room.newsletter("review", "review", "tue", "10:00", "waits", "");
        room.story("Monday pick", "2026-11-17T12:00:00Z", "world", true);
        room.story("Carried", "2026-11-18T12:00:00Z");
        room.story("Fresh", "2026-11-23T11:00:00Z");
        long daily = room.morning("waits");
        room.set("insert into edition (newsletter_id, day, due_at, drafted_at, since, state) values (" + daily
                + ", '2026-11-19', '2026-11-19T06:00:00Z', now(), now(), 'sent')");
        room.set("insert into edition_item select e.id, s.id, 1 from edition e, story s where s.title = 'Carried'");
        room.draftEditions.run();
        assertThat(room.titles("review", "2026-11-24")).containsExactly("Monday pick", "Carried", "Fresh");
    }

    @Test
    void what_readers_opened_most_rises_but_not_above_a_pick() {
        room.morning("waits");
        room.story("Fresh", "2026-11-23T11:00:00Z");
        room.story("Read by many", "2026-11-23T04:00:00Z");
        room.story("Read by some", "2026-11-23T03:30:00Z");
        room.story("Pick", "2026-11-23T02:00:00Z", "world", true);
        room.draftEditions.run();
        assertThat(room.titles("morning", "2026-11-24"))
                .containsExactly("Pick", "Fresh", "Read by many", "Read by some");
        room.opens("Read by many", 400);
        room.opens("Read by some", 200);
        room.draftEditions.run();
        assertThat(room.titles("morning", "2026-11-24"))
                .containsExactly("Pick", "Read by many", "Fresh", "Read by some");
        // A handful of opens is chance.
        room.set("update story_opens set opens = opens / 100");
        room.draftEditions.run();
        assertThat(room.titles("morning", "2026-11-24")).startsWith("Pick", "Fresh");
    }

    @Test
    void the_week_in_review_takes_what_was_read_most() {
        room.newsletter("review", "review", "tue", "10:00", "waits", "");
        room.story("Quiet", "2026-11-20T12:00:00Z");
        room.story("Loud", "2026-11-18T12:00:00Z");
        room.opens("Loud", 900);
        room.draftEditions.run();
        assertThat(room.titles("review", "2026-11-24")).containsExactly("Loud", "Quiet");
    }

    @Test
    void a_newsletter_may_cover_industries_instead_of_topics() {
        long banks = room.newsletter("banks", "daily", "daily", "08:00", "by_itself", "");
        room.set("insert into industry (slug, name) values ('banking', 'Banking')");
        room.set("insert into newsletter_industry select " + banks + ", id from industry");
        room.story("Opera", "2026-11-23T10:00:00Z", "culture", true);
        long ladder = room.story("Ladder", "2026-11-23T09:00:00Z", "world", false);
        room.set("insert into story_industry select " + ladder + ", id, now() from industry");
        room.draftEditions.run();
        assertThat(room.titles("banks", "2026-11-24")).containsExactly("Ladder");
    }

    @Test
    void two_nodes_that_draft_at_once_come_out_as_one() throws Exception {
        room.morning("waits");
        room.newsletter("evening", "pm", "daily", "18:00", "waits", "");
        for (int i = 0; i < 30; i++)
            room.story(
                    "Story " + i,
                    Instant.parse("2026-11-23T02:00:00Z").plusSeconds(i * 600L).toString());
        room.fromNowOn();
        var together = new CyclicBarrier(4);
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = java.util.stream.IntStream.range(0, 4)
                    .mapToObj(node -> nodes.submit(() -> {
                        var own = new DraftEditions(room.jdbi, room.clock);
                        for (int i = 0; i < 5; i++) {
                            together.await();
                            own.run();
                        }
                        return node;
                    }))
                    .toList();
            for (var run : runs) run.get();
        }
        assertThat(
                        room.text(
                                "select max(many)::text from (select count(*) as many from edition group by newsletter_id, day) c"))
                .isEqualTo("1");
        assertThat(room.titles("morning", "2026-11-24")).hasSize(8).doesNotHaveDuplicates();
        assertThat(room.text("""
                select coalesce(max(many), 1)::text from (
                  select count(*) as many from edition_item i join edition e on e.id = i.edition_id group by e.newsletter_id, i.story_id) c
                """)).isEqualTo("1");
    }

    @Test
    void a_draft_reads_the_newest_stories_by_index_and_not_the_archive() {
        long morning = room.newsletter("morning", "am", "daily", "07:00", "waits", "world,energy");
        room.set("""
                insert into story (slug, title, state, published_at, featured, created_at, updated_at)
                select 's' || n, 'Story ' || n, 'published', timestamptz '2026-11-23 12:00Z' - n * interval '20 minutes', n % 9 = 0, now(), now()
                from generate_series(1, 100000) n
                """);
        room.set("insert into story_topic select id, 1 + id % 4, 0, published_at from story");
        room.draftEditions.run();
        room.jdbi.useHandle(handle -> handle.execute("analyze story, story_topic, edition, edition_item"));
        java.util.List<String> lines =
                room.jdbi.withHandle(handle -> handle.createQuery("explain (costs off) " + Assembly.FRESH)
                        .bind("newsletter", morning)
                        .bind("edition", room.edition("morning", "2026-11-24"))
                        .bind("since", room.clock.instant().minusSeconds(86_400))
                        .bind("now", room.clock.instant())
                        .bind("members", false)
                        .bind("review", false)
                        .bind("pool", 100)
                        .mapTo(String.class)
                        .list());
        String plan = String.join("\n", lines);
        assertThat(plan).contains("story_newest").doesNotContain("Seq Scan on story");
        assertThat(room.titles("morning", "2026-11-24")).hasSize(8);
    }
}
