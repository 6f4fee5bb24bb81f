package press.masthead.search;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import press.masthead.access.Standing;

/**
 * A real OpenSearch in a process of its own, started when a test first asks for it and ended with the tests; and another without the
 * plug-in for nearest neighbours.
 */
public final class OpenSearchServer {
    private static final Path CLASS_PATH = Path.of("target", "opensearch.classpath");
    private static final Path NEIGHBOURS = Path.of("target", "opensearch-knn");
    private static final AtomicInteger NAMES = new AtomicInteger();

    private OpenSearchServer() {}

    /** Without a name at its end. */
    public static String url() {
        return "http://127.0.0.1:" + Whole.PORT;
    }

    /** Of the one that knows nothing of directions. */
    static String plainUrl() {
        return "http://127.0.0.1:" + Plain.PORT;
    }

    /** A name that no other test uses. */
    public static String freshName() {
        return "test-" + NAMES.incrementAndGet();
    }

    private static final class Whole {
        static final int PORT = start(NEIGHBOURS + "/*", "org.opensearch.knn.plugin.KNNPlugin");
    }

    private static final class Plain {
        static final int PORT = start();
    }

    /** @param more what it has beside: where its classes lie, and the class of the plug-in */
    private static int start(String... more) {
        if (!Files.exists(CLASS_PATH) || !Files.exists(NEIGHBOURS))
            throw new IllegalStateException(
                    CLASS_PATH + " or " + NEIGHBOURS + " is missing: mvn process-test-resources makes them");
        try {
            var classes = new ArrayList<>(List.of(Files.readString(CLASS_PATH).strip()));
            classes.addAll(List.of(more).subList(0, more.length / 2));
            var plugins = List.of(more).subList(more.length / 2, more.length);
            // in memory where that is possible: it waits for the disk with each index, and tests make many
            Path memory = Path.of("/dev/shm");
            Path home = Files.createTempDirectory(
                    Files.isWritable(memory) ? memory : Path.of("target"), "masthead-opensearch");
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms384m",
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    String.join(File.pathSeparator, classes),
                    "--enable-native-access=ALL-UNNAMED",
                    "src/test/opensearch/SearchServer.java",
                    home.toString()));
            command.addAll(plugins);
            Process process = new ProcessBuilder(command)
                    .redirectError(home.resolve("said.txt").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, home)));
            var said = process.inputReader(StandardCharsets.UTF_8);
            for (String line = said.readLine(); line != null; line = said.readLine())
                if (line.startsWith("listening on ")) {
                    int port = Integer.parseInt(line.substring(13));
                    return plugins.isEmpty() ? port : warm(port);
                }
            throw new IllegalStateException("OpenSearch did not start: " + Files.readString(home.resolve("said.txt")));
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
