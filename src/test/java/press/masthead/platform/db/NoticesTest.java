package press.masthead.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NoticesTest {
    @Test
    void a_notice_reaches_every_node_when_its_transaction_commits() throws Exception {
        var url = TestDatabase.emptyUrl();
        try (var one = Database.open(url, 2);
                var other = Database.open(url, 2);
                var noticesOfOne = Notices.open(one);
                var noticesOfOther = Notices.open(other)) {
            var heardByOne = new LinkedBlockingQueue<String>();
            var heardByOther = new LinkedBlockingQueue<String>();
            noticesOfOne.on("stories", heardByOne::add);
            noticesOfOther.on("stories", heardByOther::add);
            assertThat(next(heardByOne)).isEmpty();
            assertThat(next(heardByOther)).isEmpty();

            one.jdbi().useTransaction(handle -> {
                Notices.send(handle, "stories", "rolled back");
                handle.rollback();
            });
            one.jdbi().useTransaction(handle -> Notices.send(handle, "stories", "published 7"));

            assertThat(next(heardByOne)).isEqualTo("published 7");
            assertThat(next(heardByOther)).isEqualTo("published 7");
        }
    }

    @Test
    void after_an_interruption_each_listener_hears_that_it_may_have_missed_something() throws Exception {
        try (var database = Database.open(TestDatabase.emptyUrl(), 2);
                var notices = Notices.open(database)) {
            var heard = new LinkedBlockingQueue<String>();
            notices.on("themes", heard::add);
            assertThat(next(heard)).isEmpty();

            database.jdbi().useHandle(handle -> handle.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and query like 'listen %'
                    """));

            assertThat(next(heard)).isEmpty();
            notices.send("themes", "changed");
            assertThat(next(heard)).isEqualTo("changed");
        }
    }

    @Test
    void a_listener_that_fails_does_not_silence_the_others() throws Exception {
        try (var database = Database.open(TestDatabase.emptyUrl(), 2);
                var notices = Notices.open(database)) {
            var heard = new LinkedBlockingQueue<String>();
            notices.on("settings", text -> {
                throw new IllegalStateException("broken listener");
            });
            notices.on("settings", heard::add);
            assertThat(next(heard)).isEmpty();
            notices.send("settings", "changed");
            String text = next(heard);
            // A channel listened to twice may say "" twice.
            assertThat(text.isEmpty() ? next(heard) : text).isEqualTo("changed");
        }
    }

    private static String next(LinkedBlockingQueue<String> heard) throws InterruptedException {
        var text = heard.poll(10, TimeUnit.SECONDS);
        assertThat(text).as("a notice within ten seconds").isNotNull();
        return java.util.Objects.requireNonNull(text);
    }
}
