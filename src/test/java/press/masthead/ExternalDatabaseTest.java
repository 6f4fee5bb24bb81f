package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import press.masthead.platform.db.DatabaseUnusable;
import press.masthead.platform.db.OldestPostgres;
import press.masthead.platform.db.TestDatabase;

class ExternalDatabaseTest {
    @TempDir
    Path data;

    @Test
    void the_oldest_postgresql_that_is_promised_carries_the_whole_publication() throws Exception {
        try (var postgres = OldestPostgres.started(data.resolve("oldest"));
                var press = Press.started(Map.of("DATABASE_URL", Press.text(postgres.url())))) {
            var visitor = press.person();
            assertThat(visitor.get("/").body()).contains("The Parallel");
            assertThat(visitor.get("/newsletters/").statusCode()).isEqualTo(200);
            assertThat(visitor.get("/search/?q=sample").statusCode()).isEqualTo(200);
            var newsroom = press.running.newsroom();
            newsroom.draftEditions.run();
            newsroom.sendDue.run();
            newsroom.reconciler.run();
            newsroom.endTrials.run();
            assertThat(count(newsroom, "select count(*) from edition")).isPositive();
        }
    }

    @Test
    void a_database_given_by_its_url_is_used_instead_of_the_embedded_one() throws Exception {
        var url = TestDatabase.freshUrl();
        try (var running = Running.start(config(Press.text(url)));
                var client = HttpClient.newHttpClient()) {
            var feed = client.send(
                    HttpRequest.newBuilder(URI.create(running.url() + "/rss/")).build(), BodyHandlers.ofString());
            assertThat(feed.statusCode()).isEqualTo(200);
        }
        assertThat(Files.exists(data.resolve("postgres"))).isFalse();
    }

    @Test
    void a_database_that_is_not_there_stops_the_start_with_one_sentence() {
        assertThatThrownBy(() -> Running.start(config("postgres://ada:secret@127.0.0.1:1/parallel")))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessage(
                        "The database at 127.0.0.1:1/parallel cannot be reached; start it or correct DATABASE_URL.");
    }

    private static long count(Newsroom newsroom, String sql) {
        return newsroom.database
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private Config config(String databaseUrl) {
        return Config.read(Map.of(
                "DATABASE_URL",
                databaseUrl,
                "MASTHEAD_PORT",
                "0",
                "MASTHEAD_SAMPLE",
                "no",
                "MASTHEAD_DATA",
                data.toString()));
    }
}
