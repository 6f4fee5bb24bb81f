package press.masthead.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import press.masthead.access.Standing;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.TestDatabase;

/** A node's process is killed while it makes its index again. */
class KilledIndexTest {
    @TempDir
    private Path folder;

    private static void publish(Jdbi jdbi, String slug) {
        jdbi.useHandle(handle -> handle.execute("""
                insert into story (slug, title, opening, state, published_at, created_at, updated_at)
                values (?, ?, '<p>A marmot.</p>', 'published', now(), now(), now())
                """, slug, slug));
    }

    private static void soon(BooleanSupplier right) {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (Instant.now().isBefore(end) && !right.getAsBoolean()) LockSupport.parkNanos(50_000_000);
        assertThat(right.getAsBoolean()).isTrue();
    }

    private List<Path> indexes() {
        try (var all = Files.find(
                folder,
                2,
                (path, about) -> about.isDirectory()
                        && String.valueOf(path.getFileName()).startsWith("index-"))) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(DatabaseUrl url) {
        return "postgres://%s:%s@%s:%d/%s"
                .formatted(url.user(), url.password(), url.host(), url.port(), url.database());
    }

    private static String ask(Process node, BufferedReader said) {
        try {
            node.getOutputStream().write("marmot\n".getBytes(StandardCharsets.UTF_8));
            node.getOutputStream().flush();
            String line = said.readLine();
            while (line != null && !line.startsWith("found ")) line = said.readLine();
            return String.valueOf(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_old_index_serves_on_and_the_next_start_is_clear() throws Exception {
        var url = TestDatabase.freshUrl();
        try (var database = Database.open(url, 4)) {
            Jdbi jdbi = database.jdbi();
            publish(jdbi, "one");
            publish(jdbi, "two");
            Process node = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledNode.class.getName(),
                            address(url),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var said = node.inputReader(StandardCharsets.UTF_8)) {
                soon(() -> ask(node, said).matches("found \\[\\d+, \\d+\\]"));
                Path old = indexes().getFirst();
                try (var halt = jdbi.open().begin()) {
                    // the new one can be begun and not filled
                    halt.execute("lock table story_meaning in access exclusive mode");
                    jdbi.useHandle(handle -> handle.execute("update search_epoch set epoch = epoch + 1"));
                    soon(() -> indexes().size() == 2);
                    assertThat(ask(node, said)).matches("found \\[\\d+, \\d+\\]");
                    node.destroyForcibly().waitFor();
                    halt.rollback();
                }
                assertThat(indexes()).hasSize(2).contains(old);
            } finally {
                node.destroyForcibly();
            }
            publish(jdbi, "three");
            try (var index = new SearchIndex(jdbi, folder, Model.none(), Clock.systemUTC())) {
                index.begin();
                soon(() -> found(index) == 3);
                soon(() -> indexes().size() == 1 && index.isTidy());
                assertThat(found(index)).isEqualTo(3);
            }
        }
    }

    private static int found(SearchIndex index) {
        var wanted = Wanted.of("marmot", new Standing.Visitor(), Instant.now());
        return index.serving()
                .map(serving -> serving.ask(searcher -> new Ranking(searcher, wanted).hits(Optional.empty(), 0)))
                .orElse(List.of())
                .size();
    }
}
