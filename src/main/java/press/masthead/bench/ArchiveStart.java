package press.masthead.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import press.masthead.platform.db.DatabaseUrl;

/**
 * A server that is started over a large archive without an index: how soon its first page comes, and how soon others come while it
 * makes the index: stories, ten a second, each made anew, and the search as often as one reader may.
 */
final class ArchiveStart {
    private static final int BETWEEN_MILLIS = 50;
    private static final String MADE = "The search index holds";

    private final Path folder;
    private final int stories;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param folder empty, for what the server keeps */
    ArchiveStart(Path folder, int stories) {
        this.folder = folder;
        this.stories = stories;
    }

    /** @param database where the archive is */
    void run(DatabaseUrl database) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String address = "postgres://%s:%s@%s:%d/%s"
                .formatted(database.user(), database.password(), database.host(), database.port(), database.database());
        long began = System.nanoTime();
        try (client;
                var server = ServedApart.start(folder, Map.of("DATABASE_URL", address, "MASTHEAD_MODEL", "no"))) {
            long served = System.nanoTime();
            get(server.url() + "/");
            long first = System.nanoTime();
            var pages = new Latencies();
            var searches = new Latencies();
            var random = new SplittableRandom(11);
            int early = 0;
            while (!Files.readString(folder.resolve("server.log")).contains(MADE)) {
                pages.add(get(server.url() + "/archive-" + (1 + random.nextInt(stories)) + "/"));
                if (early++ % 40 == 0) searches.add(get(server.url() + "/search/?q=" + random.nextInt(100_000)));
                Tools.pause(2 * BETWEEN_MILLIS);
            }
            if (early < 10) throw new IllegalStateException("the index was there before anything could be asked");
            System.out.printf(
                    Locale.ROOT,
                    "started without an index: serves after %.1f s, its first page %.0f ms later; until the index was there %.0f s after the start stories made anew %s; searches %s%n",
                    (served - began) / 1e9,
                    (first - served) / 1e6,
                    (System.nanoTime() - began) / 1e9,
                    pages,
                    searches);
        }
    }

    /** In nanoseconds. */
    private long get(String address) throws IOException, InterruptedException {
        long began = System.nanoTime();
        var answer = client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding());
        if (answer.statusCode() != 200)
            throw new IOException(address + " was answered with " + answer.statusCode() + "; the server says: "
                    + Files.readString(folder.resolve("server.log")));
        return System.nanoTime() - began;
    }
}
