package press.masthead.memos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import press.masthead.deliveries.Leaving;
import press.masthead.platform.mail.TestSmtp;

/** Followers hear of a memo as each chose: at once, once a day or not at all; once, and only while they are members. */
class AlertsTest {
    @Test
    void who_follows_what_a_memo_is_filed_under_gets_one_letter_however_often_it_fits() throws Exception {
        try (var room = new MemoRoom()) {
            long norway = room.member("norway", "country/no");
            room.member("energy", "topic/energy");
            room.member("banking", "industry/banking");
            room.member("lena", "author/lena");
            long all = room.member("all", "country/no", "topic/energy", "industry/banking", "author/lena");
            room.member("sweden", "country/se");
            room.member("nothing");
            room.memo("The cable");

            room.alerts.run();

            assertThat(room.owed("memo")).containsExactly("all", "banking", "energy", "lena", "norway");
            var letter = room.letter("memo", norway);
            assertThat(letter.getSubject()).isEqualTo("The cable");
            assertThat(letter.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
            assertThat(letter.getHeader("List-Unsubscribe")[0])
                    .matches("<http://parallel\\.example/unsubscribe/alerts/[A-Za-z0-9_-]{43}>");
            for (int part = 0; part < 2; part++)
                assertThat((String) ((MimeMultipart) letter.getContent())
                                .getBodyPart(part)
                                .getContent())
                        .contains("The first point of The cable.", "What The cable answers.", "you follow Norway.")
                        .doesNotContain("The hidden part");
            assertThat((String) ((MimeMultipart) room.letter("memo", all).getContent())
                            .getBodyPart(0)
                            .getContent())
                    .contains("you follow Banking, Energy, Lena Horvat, Norway.");
        }
    }

    @Test
    void it_is_decided_at_the_moment_of_sending_who_may_read() {
        try (var room = new MemoRoom()) {
            room.member("cleo", "country/no");
            long lapsed = room.member("lapsed", "country/no");
            long free = room.reader("free");
            room.follows.follow(free, "country/no");
            room.memo("The cable");
            room.run("update membership set ended_at = '2026-11-25 08:59Z' where reader_id = " + lapsed);

            room.alerts.run();
            assertThat(room.owed("memo")).containsExactly("cleo");

            // Also of a memo that is free for everyone, and not of one for a plan that they lack.
            room.publish(room.draft("The free one", "public", List.of("energy"), List.of("NO")));
            room.publish(room.draft("The closed one", "closed", List.of("energy"), List.of("NO")));
            room.alerts.run();
            assertThat(room.owed("memo")).containsExactly("cleo", "cleo");
        }
    }

    @Test
    void a_memo_that_is_published_twice_is_told_of_once_and_one_taken_back_before_that_not_at_all() {
        try (var room = new MemoRoom()) {
            room.member("cleo", "country/no");
            long memo = room.draft("The cable");
            room.publish(memo);
            room.withdraw(memo);
            room.alerts.run();
            assertThat(room.owed("memo")).isEmpty();

            // Published anew days later, under its first date: now they hear of it.
            room.clock.pass(Duration.ofDays(9));
            room.publish(memo);
            room.alerts.run();
            room.alerts.run();
            assertThat(room.owed("memo")).containsExactly("cleo");

            room.withdraw(memo);
            room.publish(memo);
            room.alerts.run();
            assertThat(room.owed("memo")).containsExactly("cleo");
        }
    }

    @Test
    void what_has_not_left_when_a_memo_is_taken_back_does_not_leave() {
        try (var room = new MemoRoom()) {
            room.member("cleo", "country/no");
            long memo = room.memo("The cable");
            room.alerts.run();
            room.withdraw(memo);
            room.alerts.run();
            assertThat(room.owed("memo")).isEmpty();
            var progress = room.deliveries.progress("memo", Long.toString(memo)).orElseThrow();
            assertThat(progress.cancelled()).isEqualTo(1);
        }
    }

    @Test
    void a_scheduled_memo_is_told_of_when_it_comes_out() {
        try (var room = new MemoRoom()) {
            room.member("cleo", "country/no");
            long memo = room.draft("The cable");
            room.run("update story set state = 'scheduled', published_at = '2026-11-25 10:00Z' where id = " + memo);
            var due = new press.masthead.stories.PublishDue(room.jdbi, room.drafts);
            due.run();
            room.alerts.run();
            assertThat(room.owed("memo")).isEmpty();
            room.at("2026-11-25T10:00:01Z");
            due.run();
            room.alerts.run();
            assertThat(room.owed("memo")).containsExactly("cleo");
        }
    }

    @Test
    void articles_and_what_an_import_brings_from_long_ago_alert_nobody() {
        try (var room = new MemoRoom()) {
            room.member("cleo", "country/no");
            long old = room.draft("Years ago");
            room.jdbi.useTransaction(handle -> room.drafts
                    .publishing()
                    .publishAt(handle, old, room.clock.instant().minus(Duration.ofDays(400)), null));
            long article = room.draft("An article");
            room.run("update story set kind = 'article' where id = " + article);
            room.publish(article);
            room.alerts.run();
            assertThat(room.owed("memo")).isEmpty();
        }
    }

    @Test
    void two_nodes_at_the_same_moment_owe_five_thousand_followers_one_letter_each() throws Exception {
        try (var room = new MemoRoom()) {
            room.run("""
                    with people as (
                      insert into reader (email, email_key, name, created_at, confirmed_at)
                      select 'r' || n || '@reader.example', 'r' || n || '@reader.example', '', now(), now() from generate_series(1, 5000) n returning id),
                    paying as (
                      insert into membership (reader_id, price_id, payment, started_at, until)
                      select p.id, (select min(id) from price), 'complimentary', '2026-01-01', '2027-12-31' from people p),
                    choosing as (
                      insert into alert_choice (reader_id, how, at, zone, since) select id, 'at_once', '07:00', 'UTC', '2026-11-01' from people)
                    insert into follow (reader_id, country, since) select id, 'NO', '2026-11-01' from people
                    """);
            long memo = room.memo("The cable");
            var start = new CountDownLatch(1);
            try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 4; i++)
                    nodes.submit(() -> {
                        start.await();
                        room.alerts.run();
                        return null;
                    });
                start.countDown();
            }
            assertThat(room.deliveries
                            .progress("memo", Long.toString(memo))
                            .orElseThrow()
                            .expected())
                    .isEqualTo(5_000);
            assertThat(room.number("select count(*) from mailing")).isEqualTo(1);
        }
    }

    @Test
    void whose_membership_ends_before_the_letter_leaves_gets_neither_an_alert_nor_a_daily_letter() {
        try (var room = new MemoRoom()) {
            room.member("cleo", "country/no");
            long lapsed = room.member("lapsed", "country/no");
            long daily = room.member("daily", "country/no");
            room.follows.daily(daily, "18:00", "UTC");
            room.member("dina", "country/no");
            room.clock.pass(Duration.ofSeconds(1));
            room.memo("The cable");
            room.alerts.run();
            assertThat(room.owed("memo")).containsExactly("cleo", "dina", "lapsed");
            room.run("update membership set ended_at = '2026-11-25 09:00Z' where reader_id = " + lapsed);

            assertThat(Leaving.of(room.database, room.clock))
                    .extracting(TestSmtp.Received::to)
                    .containsExactlyInAnyOrder("cleo@reader.example", "dina@reader.example");
            assertThat(room.number("""
                            select count(*) from letter where reader_id = %d and state = 'cancelled' and reply like 'Their membership had ended%%'
                            """.formatted(lapsed))).isEqualTo(1);

            room.at("2026-11-25T18:00:00Z");
            room.daily.run();
            assertThat(room.owed("memo-daily")).containsExactly("daily");
            room.run("update membership set ended_at = '2026-11-25 17:00Z' where reader_id = " + daily);
            assertThat(Leaving.of(room.database, room.clock)).isEmpty();
            assertThat(room.owed("memo-daily")).isEmpty();
        }
    }

    @Test
    void a_daily_letter_has_the_day_s_memos_and_comes_at_its_hour_once() throws Exception {
        try (var room = new MemoRoom()) {
            long cleo = room.member("cleo", "country/no");
            room.follows.daily(cleo, "18:30", "Europe/Brussels");
            long tokyo = room.member("tokyo", "topic/energy");
            room.follows.daily(tokyo, "07:00", "Asia/Tokyo");
            room.clock.pass(Duration.ofSeconds(1));
            room.memo("The first");
            room.alerts.run();
            room.daily.run();
            assertThat(room.owed("memo")).isEmpty();
            assertThat(room.owed("memo-daily")).isEmpty();

            room.at("2026-11-25T12:00:00Z");
            room.memo("The second");
            room.publish(room.draft("Not theirs", "member", List.of(), List.of("SE")));
            room.alerts.run();
            room.at("2026-11-25T17:30:00Z");
            room.daily.run();
            room.daily.run();

            assertThat(room.owed("memo-daily")).containsExactly("cleo");
            var letter = room.letter("memo-daily", cleo);
            assertThat(letter.getSubject()).isEqualTo("The second, and 1 more memo");
            for (int part = 0; part < 2; part++)
                assertThat((String) ((MimeMultipart) letter.getContent())
                                .getBodyPart(part)
                                .getContent())
                        .containsSubsequence("The second", "The first point of The second.", "The first")
                        .doesNotContain("Not theirs");
            assertThat(letter.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");

            room.at("2026-11-25T22:00:00Z");
            room.daily.run();
            assertThat(room.owed("memo-daily")).containsExactly("cleo", "tokyo");

            // A day without a memo brings no letter.
            room.at("2026-11-26T22:00:00Z");
            room.daily.run();
            assertThat(room.owed("memo-daily")).hasSize(2);
        }
    }

    @Test
    void after_days_without_a_server_one_daily_letter_brings_what_was_missed_and_was_not_read() throws Exception {
        try (var room = new MemoRoom()) {
            long cleo = room.member("cleo", "country/no");
            room.follows.daily(cleo, "07:00", "UTC");
            room.clock.pass(Duration.ofSeconds(1));
            long read = room.memo("Read already");
            long gone = room.memo("Withdrawn since");
            room.memo("Still new");
            room.alerts.run();
            room.run("insert into member_read (reader_id, story_id, at) values (%d, %d, now())".formatted(cleo, read));
            room.withdraw(gone);
            room.at("2026-11-28T15:00:00Z");
            room.daily.run();
            assertThat(room.letter("memo-daily", cleo).getSubject()).isEqualTo("Still new");
            room.at("2026-11-28T15:01:00Z");
            room.daily.run();
            assertThat(room.owed("memo-daily")).containsExactly("cleo");
            assertThat(room.number(
                            "select extract(epoch from next_at)::bigint from alert_choice where reader_id = " + cleo))
                    .isEqualTo(java.time.Instant.parse("2026-11-29T07:00:00Z").getEpochSecond());
        }
    }

    @Test
    void a_daily_letter_too_is_for_members_alone_and_none_is_none() {
        try (var room = new MemoRoom()) {
            long lapsed = room.member("lapsed", "country/no");
            room.follows.daily(lapsed, "18:00", "UTC");
            long quiet = room.member("quiet", "country/no");
            room.follows.none(quiet);
            long left = room.member("left", "country/no");
            room.follows.leave(left, "country/no");
            room.memo("The cable");
            room.alerts.run();
            room.run("update membership set ended_at = '2026-11-25 12:00Z' where reader_id = " + lapsed);
            room.at("2026-11-25T18:00:00Z");
            room.daily.run();
            assertThat(room.owed("memo")).isEmpty();
            assertThat(room.owed("memo-daily")).isEmpty();
        }
    }

    @Test
    void a_server_that_dies_while_it_decides_has_owed_nothing_and_owes_each_letter_once_afterwards() {
        try (var room = new MemoRoom()) {
            long cleo = room.member("cleo", "country/no");
            long dina = room.member("dina", "country/no");
            room.follows.daily(dina, "18:00", "UTC");
            room.clock.pass(Duration.ofSeconds(1));
            room.memo("The cable");
            room.run(
                    "create function die() returns trigger language plpgsql as $$ begin raise exception 'the server died here'; end $$");
            room.run("create trigger die before update on memo_alert for each row execute function die()");
            room.alerts.run();
            assertThat(room.owed("memo")).isEmpty();
            room.run("drop trigger die on memo_alert");
            room.alerts.run();
            assertThat(room.owed("memo")).containsExactly("cleo");

            room.at("2026-11-25T18:00:00Z");
            room.run("create trigger die before update on alert_choice for each row execute function die()");
            assertThatThrownBy(room.daily::run).hasMessageContaining("the server died here");
            assertThat(room.owed("memo-daily")).isEmpty();
            room.run("drop trigger die on alert_choice");
            room.daily.run();
            room.daily.run();
            assertThat(room.owed("memo-daily")).containsExactly("dina");
            assertThat(room.number("select count(*) from letter where reader_id = " + cleo))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_memo_that_is_corrected_before_the_daily_letter_comes_corrected_and_an_alert_stays_as_it_left()
            throws Exception {
        try (var room = new MemoRoom()) {
            long cleo = room.member("cleo", "country/no");
            long dina = room.member("dina", "country/no");
            room.follows.daily(dina, "18:00", "UTC");
            room.clock.pass(Duration.ofSeconds(1));
            long memo = room.memo("The cabel");
            room.alerts.run();
            room.run("update story set title = 'The cable' where id = " + memo);
            room.alerts.run();
            room.at("2026-11-25T18:00:00Z");
            room.daily.run();
            assertThat(room.letter("memo", cleo).getSubject()).isEqualTo("The cabel");
            assertThat(room.letter("memo-daily", dina).getSubject()).isEqualTo("The cable");
            assertThat(room.owed("memo")).containsExactly("cleo");
        }
    }
}
