package press.masthead.editions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When newsletters go out, lived through by a clock that is moved. */
class ComingOutTest {
    private final Room room = new Room("2026-11-23T12:00:00Z");

    @AfterEach
    void close() {
        room.close();
    }

    /** Something new every three hours, so that no edition is empty. */
    private void newsFrom(String from, int days) {
        room.set("""
                insert into story (slug, title, state, published_at, created_at, updated_at)
                select 's' || n, 'Story ' || n, 'published', timestamptz '%s' + n * interval '3 hours', now(), now()
                from generate_series(0, %d) n
                """.formatted(from, days * 8));
    }

    @Test
    void am_pm_daily_weekdays_weekly_and_the_week_in_review_each_come_when_they_say() {
        newsFrom("2026-11-22T00:00:00Z", 12);
        room.newsletter("am", "am", "daily", "07:00", "by_itself", "");
        room.newsletter("pm", "pm", "daily", "18:00", "by_itself", "");
        room.newsletter("daily", "daily", "mon,wed,sat", "12:00", "by_itself", "");
        room.newsletter("weekdays", "weekdays", "daily", "08:00", "by_itself", "");
        room.newsletter("weekly", "weekly", "thu", "09:00", "by_itself", "");
        room.newsletter("review", "review", "sun", "10:00", "by_itself", "");
        room.set("update newsletter set zone = 'America/New_York' where slug = 'weekdays'");
        room.fromNowOn();
        room.until("2026-11-30T12:00:00Z");
        assertThat(room.sendings("am"))
                .containsExactly(
                        "2026-11-24T06:00",
                        "2026-11-25T06:00",
                        "2026-11-26T06:00",
                        "2026-11-27T06:00",
                        "2026-11-28T06:00",
                        "2026-11-29T06:00",
                        "2026-11-30T06:00");
        assertThat(room.sendings("pm")).hasSize(7).allMatch(at -> at.endsWith("T17:00"));
        assertThat(room.sendings("daily")).containsExactly("2026-11-25T11:00", "2026-11-28T11:00", "2026-11-30T11:00");
        assertThat(room.sendings("weekdays"))
                .containsExactly(
                        "2026-11-23T13:00",
                        "2026-11-24T13:00",
                        "2026-11-25T13:00",
                        "2026-11-26T13:00",
                        "2026-11-27T13:00");
        assertThat(room.sendings("weekly")).containsExactly("2026-11-26T08:00");
        assertThat(room.sendings("review")).containsExactly("2026-11-29T09:00");
    }

    @Test
    void half_past_two_comes_once_on_the_day_without_one_and_once_on_the_day_with_two() {
        newsFrom("2027-03-25T00:00:00Z", 7);
        newsFromAutumn();
        room.newsletter("night", "am", "daily", "02:30", "by_itself", "");
        room.at("2027-03-27T12:00:00Z");
        room.fromNowOn();
        room.until("2027-03-29T12:00:00Z");
        assertThat(room.sendings("night")).containsExactly("2027-03-28T01:30", "2027-03-29T00:30");

        room.set("delete from edition_item; delete from edition");
        room.set("delete from tally; delete from mailing");
        room.at("2027-10-30T12:00:00Z");
        room.fromNowOn();
        room.until("2027-11-01T12:00:00Z");
        assertThat(room.sendings("night")).containsExactly("2027-10-31T00:30", "2027-11-01T01:30");
    }

    @Test
    void the_morning_letter_leaves_at_seven_on_the_readers_clock_before_and_after_each_change_of_the_clocks() {
        newsFrom("2027-03-25T00:00:00Z", 7);
        newsFromAutumn();
        room.morning("by_itself");
        room.at("2027-03-26T12:00:00Z");
        room.fromNowOn();
        room.until("2027-03-29T12:00:00Z");
        assertThat(room.sendings("morning"))
                .containsExactly("2027-03-27T06:00", "2027-03-28T05:00", "2027-03-29T05:00");

        room.set("delete from edition_item; delete from edition");
        room.set("delete from tally; delete from mailing");
        room.at("2027-10-29T12:00:00Z");
        room.fromNowOn();
        room.until("2027-11-01T12:00:00Z");
        assertThat(room.sendings("morning"))
                .containsExactly("2027-10-30T05:00", "2027-10-31T06:00", "2027-11-01T06:00");
    }

    private void newsFromAutumn() {
        room.set("""
                insert into story (slug, title, state, published_at, created_at, updated_at)
                select 'a' || n, 'Autumn ' || n, 'published', timestamptz '2027-10-28T00:00Z' + n * interval '3 hours', now(), now()
                from generate_series(0, 50) n
                """);
    }

    @Test
    void a_holiday_is_skipped_or_made_up_on_the_next_working_day_as_the_newsletter_says() {
        newsFrom("2026-12-20T00:00:00Z", 12);
        room.newsletter("skips", "daily", "thu,fri", "09:00", "by_itself", "");
        room.newsletter("makes-up", "weekly", "fri", "09:00", "by_itself", "");
        room.set("update newsletter set on_holidays = 'next_working_day' where slug = 'makes-up'");
        room.set(
                "insert into holiday (newsletter_id, day, until, name, yearly) values (null, '2020-12-25', '2020-12-26', 'Christmas', true)");
        room.at("2026-12-23T12:00:00Z");
        room.fromNowOn();
        room.until("2026-12-30T12:00:00Z");
        assertThat(room.sendings("skips")).containsExactly("2026-12-24T08:00");
        assertThat(room.sendings("makes-up")).containsExactly("2026-12-28T08:00");
    }

    @Test
    void a_run_missed_while_nothing_ran_is_made_up_once_when_it_comes_back_in_time() {
        newsFrom("2026-11-22T00:00:00Z", 3);
        room.morning("by_itself");
        room.fromNowOn();
        room.draftEditions.run();
        room.at("2026-11-24T09:40:00Z");
        room.until("2026-11-24T12:00:00Z");
        assertThat(room.sendings("morning")).containsExactly("2026-11-24T09:55");
        room.until("2026-11-24T23:00:00Z");
        assertThat(room.sendings("morning")).hasSize(1);
    }

    @Test
    void a_run_missed_by_more_than_its_lateness_waits_for_a_person_with_what_it_would_have_held() {
        newsFrom("2026-11-22T00:00:00Z", 3);
        room.morning("by_itself");
        room.fromNowOn();
        room.set("update newsletter set lateness_minutes = 90");
        // Nothing ran since the day before, not even to draft it.
        room.at("2026-11-24T07:31:00Z");
        room.until("2026-11-24T12:00:00Z");
        assertThat(room.sendings("morning")).isEmpty();
        assertThat(room.editions("morning")).containsExactly("2026-11-24 missed", "2026-11-25 drafted");
        assertThat(room.titles("morning", "2026-11-24"))
                .contains("Story 14", "Story 18")
                .doesNotContain("Story 19");

        room.send(room.edition("morning", "2026-11-24"));
        assertThat(room.sendings("morning")).containsExactly("2026-11-24T12:01");
        var late = room.titles("morning", "2026-11-24");
        room.draftEditions.run();
        assertThat(room.titles("morning", "2026-11-25")).isNotEmpty().doesNotContainAnyElementsOf(late);
    }

    @Test
    void what_was_sent_meanwhile_is_left_out_of_an_edition_that_is_sent_late() {
        newsFrom("2026-11-22T00:00:00Z", 3);
        room.morning("by_itself");
        room.fromNowOn();
        room.at("2026-11-24T10:30:00Z");
        room.until("2026-11-25T06:05:00Z");
        assertThat(room.editions("morning")).startsWith("2026-11-24 missed", "2026-11-25 sending");
        room.send(room.edition("morning", "2026-11-24"));
        assertThat(room.titles("morning", "2026-11-24"))
                .doesNotContainAnyElementsOf(room.titles("morning", "2026-11-25"));
    }

    @Test
    void two_servers_on_one_database_let_each_edition_go_once() throws Exception {
        newsFrom("2026-11-22T00:00:00Z", 6);
        room.morning("by_itself");
        room.newsletter("pm", "pm", "daily", "18:00", "by_itself", "");
        room.reader("eli@reader.example", "morning");
        room.fromNowOn();
        var together = new CyclicBarrier(3);
        try (var servers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String now : new String[] {"2026-11-24T06:00:00Z", "2026-11-24T17:00:00Z", "2026-11-25T06:00:01Z"}) {
                room.at(now);
                var rounds = IntStream.range(0, 3)
                        .mapToObj(server -> servers.submit(() -> {
                            together.await();
                            for (int i = 0; i < 3; i++) room.anotherServersRound();
                            return server;
                        }))
                        .toList();
                for (var round : rounds) round.get();
            }
        }
        assertThat(room.sendings("morning")).containsExactly("2026-11-24T06:00", "2026-11-25T06:00");
        assertThat(room.sendings("pm")).containsExactly("2026-11-24T17:00");
        assertThat(
                        room.text(
                                "select string_agg(many::text, ',') from (select count(*) as many from letter group by mailing_id) l"))
                .isEqualTo("1,1");
    }

    @Test
    void two_servers_that_come_back_together_make_a_missed_run_up_once() throws Exception {
        newsFrom("2026-11-22T00:00:00Z", 4);
        room.morning("by_itself");
        room.reader("eli@reader.example", "morning");
        room.fromNowOn();
        // Nothing ran at seven, nor to draft it; both are back at half past eight.
        room.at("2026-11-24T07:30:00Z");
        var together = new CyclicBarrier(2);
        try (var servers = Executors.newVirtualThreadPerTaskExecutor()) {
            var rounds = IntStream.range(0, 2)
                    .mapToObj(server -> servers.submit(() -> {
                        together.await();
                        for (int i = 0; i < 3; i++) room.anotherServersRound();
                        return server;
                    }))
                    .toList();
            for (var round : rounds) round.get();
        }
        assertThat(room.sendings("morning")).containsExactly("2026-11-24T07:30");
        assertThat(room.text("select count(*)::text from letter")).isEqualTo("1");
    }

    @Test
    void an_edition_that_waits_is_not_sent_before_its_editor_says_so_and_is_missed_in_the_end() {
        newsFrom("2026-11-22T00:00:00Z", 4);
        room.morning("waits");
        room.fromNowOn();
        room.until("2026-11-24T09:45:00Z");
        assertThat(room.sendings("morning")).isEmpty();
        assertThat(room.editions("morning")).startsWith("2026-11-24 drafted");
        room.until("2026-11-24T10:15:00Z");
        assertThat(room.editions("morning")).startsWith("2026-11-24 missed");

        room.draftEditions.run();
        room.editions.approve(room.edition("morning", "2026-11-25"));
        room.until("2026-11-25T06:10:00Z");
        assertThat(room.sendings("morning")).containsExactly("2026-11-25T06:00");
    }

    @Test
    void one_that_was_skipped_at_its_hour_does_not_leave_and_opened_again_waits_for_a_person() {
        newsFrom("2026-11-22T00:00:00Z", 4);
        room.morning("by_itself");
        room.fromNowOn();
        room.until("2026-11-24T05:45:00Z");
        long edition = room.edition("morning", "2026-11-24");
        room.editions.skip(edition, "Not today.");
        room.until("2026-11-24T06:10:00Z");
        room.editions.reopen(edition);
        room.until("2026-11-24T07:00:00Z");
        assertThat(room.sendings("morning")).isEmpty();
        assertThat(room.editions("morning")).startsWith("2026-11-24 missed");
    }

    @Test
    void a_changed_time_moves_the_coming_edition_unless_somebody_has_touched_it() {
        newsFrom("2026-11-22T00:00:00Z", 4);
        long untouched = room.morning("by_itself");
        long touched = room.newsletter("touched", "am", "daily", "07:00", "by_itself", "");
        room.draftEditions.run();
        room.set("update edition set edited_at = now() where newsletter_id = " + touched);
        room.set("update newsletter set at = '09:30', cadence_since = '2026-11-23T12:00:00Z'");
        room.until("2026-11-24T12:00:00Z");
        assertThat(room.sendings("morning")).containsExactly("2026-11-24T08:30");
        assertThat(room.sendings("touched")).containsExactly("2026-11-24T06:00");
        assertThat(room.text("select count(*)::text from edition where newsletter_id = " + untouched
                        + " and day = '2026-11-24'"))
                .isEqualTo("1");
    }

    @Test
    void an_archived_newsletter_withdraws_its_drafts_and_sends_nothing() {
        newsFrom("2026-11-22T00:00:00Z", 4);
        room.morning("by_itself");
        room.newsletter("touched", "am", "daily", "07:00", "by_itself", "");
        room.fromNowOn();
        room.draftEditions.run();
        room.set(
                "update edition set edited_at = now() where newsletter_id = (select id from newsletter where slug = 'touched')");
        room.set("update newsletter set active = false");
        room.until("2026-11-24T12:00:00Z");
        assertThat(room.editions("morning")).isEmpty();
        assertThat(room.editions("touched")).containsExactly("2026-11-24 skipped");
        assertThat(room.text("select count(*)::text from mailing")).isEqualTo("0");
    }
}
