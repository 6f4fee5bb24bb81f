package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.platform.web.WebServer.PortTaken;

/** What becomes of the site when something under it fails. */
class BadDaysTest {
    @Test
    void a_port_that_is_taken_stops_the_start_with_one_sentence() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(other.getLocalPort());
            assertThatThrownBy(() -> Press.started(Map.of("MASTHEAD_PORT", port)))
                    .isInstanceOf(PortTaken.class)
                    .hasMessage("Port " + port
                            + " is taken by another program. Stop it, or choose another port with MASTHEAD_PORT=8081.");
        }
    }

    @Test
    void while_the_database_is_away_kept_pages_go_on_and_the_others_say_so() throws Exception {
        var database = TestDatabase.freshUrl();
        try (var cable = new Cable(database.port());
                var press = Press.started(Map.of(
                        "DATABASE_URL",
                        Press.text(database).replace(":" + database.port() + "/", ":" + cable.port() + "/")))) {
            var visitor = press.person();
            assertThat(visitor.get("/").statusCode()).isEqualTo(200);

            cable.unplug();
            assertThat(visitor.get("/").statusCode()).isEqualTo(200);
            var missing = visitor.get("/archive/");
            assertThat(missing.statusCode()).isEqualTo(503);
            assertThat(missing.headers().firstValue("Retry-After")).contains("10");
            assertThat(missing.body()).contains("Our archive can&#39;t be reached just now. Nothing was changed");

            cable.plugIn();
            var patience = Instant.now().plus(Duration.ofSeconds(15));
            var back = visitor.get("/archive/");
            while (back.statusCode() != 200 && Instant.now().isBefore(patience)) back = visitor.get("/archive/");
            assertThat(back.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_sign_in_letter_waits_while_the_mail_server_is_away_and_then_arrives_once() throws Exception {
        int port;
        try (var away = new TestSmtp()) {
            port = away.port();
        }
        try (var press = Press.started(Map.of("SMTP_URL", "smtp://127.0.0.1:" + port))) {
            var began = Instant.now();
            assertThat(press.person()
                            .post("/signin", "email", "ben@reader.example")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Duration.between(began, Instant.now()))
                    .as("nobody waits for a mail server")
                    .isLessThan(Duration.ofSeconds(10));
            var jdbi = press.running.newsroom().database.jdbi();
            TestSmtp.await(() -> jdbi.withHandle(handle -> handle.createQuery(
                            "select exists (select from outbox where attempts > 0 and state = 'owed' and reply like 'The mail server%')")
                    .mapTo(Boolean.class)
                    .one()));
            try (var back = TestSmtp.on(port)) {
                jdbi.useHandle(handle -> handle.execute("update outbox set next_try_at = now() where state = 'owed'"));
                // The sample's other letters, which were waiting too, come as well.
                TestSmtp.await(() -> jdbi.withHandle(handle -> handle.createQuery(
                                "select not exists (select from outbox where state in ('owed', 'sending'))")
                        .mapTo(Boolean.class)
                        .one()));
                assertThat(back.letters)
                        .filteredOn(letter -> letter.to().equals("ben@reader.example"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_full_disk_under_the_database_is_said_and_nothing_is_changed() throws Exception {
        try (var press = Press.started()) {
            var jdbi = press.running.newsroom().database.jdbi();
            jdbi.useHandle(handle -> handle.execute("""
                    create function full_disk() returns trigger language plpgsql as
                    $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$
                    """));
            jdbi.useHandle(
                    handle -> handle.execute(
                            "create trigger full_disk before insert or update on rate for each row execute function full_disk()"));
            var refused =
                    press.person().post("/newsletters/join", "email", "eli@reader.example", "newsletter", "morning");
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.body()).contains("There is no room left to keep this. Nothing was changed");
        }
    }
}
