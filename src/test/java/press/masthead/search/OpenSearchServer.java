package press.masthead.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import press.masthead.access.Standing;

/** A real OpenSearch in a process of its own, started when a test first asks for it and ended with the tests. */
public final class OpenSearchServer {
    private static final Path CLASS_PATH = Path.of("target", "opensearch.classpath");
    private static final AtomicInteger NAMES = new AtomicInteger();

    private OpenSearchServer() {}

    /** Without a name at its end. */
    public static String url() {
        return "http://127.0.0.1:" + Holder.PORT;
    }

    /** A name that no other test uses. */
    public static String freshName() {
        return "test-" + NAMES.incrementAndGet();
    }

    private static final class Holder {
        static final int PORT = start();

        private static int start() {
            if (!Files.exists(CLASS_PATH))
                throw new IllegalStateException(CLASS_PATH + " is missing: mvn process-test-resources makes it");
            try {
                // in memory where that is possible: it waits for the disk with each index, and tests make many
                Path memory = Path.of("/dev/shm");
                Path home = Files.createTempDirectory(
                        Files.isWritable(memory) ? memory : Path.of("target"), "masthead-opensearch");
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xms384m",
                                "-Xmx384m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                Files.readString(CLASS_PATH).strip(),
                                "--enable-native-access=ALL-UNNAMED",
                                "src/test/opensearch/SearchServer.java",
                                home.toString())
                        .redirectError(home.resolve("said.txt").toFile())
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, home)));
                var said = process.inputReader(StandardCharsets.UTF_8);
                for (String line = said.readLine(); line != null; line = said.readLine())
                    if (line.startsWith("listening on ")) return warm(Integer.parseInt(line.substring(13)));
                throw new IllegalStateException(
                        "OpenSearch did not start: " + Files.readString(home.resolve("said.txt")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The first search takes as long as hundreds after it, and tests have no patience. */
        private static int warm(int port) throws IOException {
            for (int again = 0; again < 20; again++) {
                var at = ClusterAddress.parse("http://127.0.0.1:" + port + "/warm");
                try (var shelf = Place.shelf(at)) {
                    shelf.show();
                    for (String typed : List.of("one", "\"two three\" four"))
                        shelf.lookup().find(Wanted.of(typed, new Standing.Staff(), Instant.now()), Optional.empty(), 0);
                    return port;
                } catch (SearchAway e) {
                    System.err.println("OpenSearch warms up");
                }
            }
            return port;
        }

        private static void end(Process process, Path home) {
            process.destroyForcibly().onExit().join();
            try (var all = Files.walk(home)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(one);
            } catch (IOException e) {
                System.err.println("What OpenSearch kept is still in " + home);
            }
        }
    }
}
