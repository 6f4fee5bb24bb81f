package press.masthead;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import press.masthead.bench.ServedApart;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.web.Secret;

/**
 * A newsroom with nothing but one announced session that everyone may watch, served by a process of its own which a test may end; and
 * its journalist, signed in by a cookie.
 */
final class ApartRoom {
    final Path folder;
    final String cookie = Secret.fresh().reveal();
    private final String slug;
    private final Map<String, String> settings = new HashMap<>();
    private final DatabaseUrl database = TestDatabase.freshUrl();
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param more settings, in pairs */
    ApartRoom(String slug, String... more) throws IOException {
        this.slug = slug;
        folder = Files.createTempDirectory(Path.of("target"), slug).toAbsolutePath();
        settings.put("DATABASE_URL", Press.text(database));
        settings.put("MASTHEAD_STAFF_FACTOR", "off");
        settings.put("MASTHEAD_SAMPLE", "no");
        settings.put("MASTHEAD_MODEL", "no");
        for (int n = 0; n < more.length; n += 2) settings.put(more[n], more[n + 1]);
    }

    ServedApart start() throws IOException {
        return start(List.of());
    }

    /** @param wrapper what the program is started by */
    ServedApart start(List<String> wrapper) throws IOException {
        return ServedApart.start(folder, settings, wrapper);
    }

    /** Once a server has started. */
    void announce() {
        try (var own = Database.open(database, 2)) {
            own.jdbi().useTransaction(handle -> {
                handle.execute(
                        "insert into reader (email, email_key, created_at, confirmed_at) values ('e@desk.example', 'e@desk.example', now(), now())");
                handle.execute("insert into staff (reader_id, role) select id, 'editor' from reader");
                handle.execute(
                        "insert into session (token_hash, reader_id, created_at, seen_at, expires_at) select ?, id, now(), now(), now() + interval '1 day' from reader",
                        (Object) Secret.read(cookie).orElseThrow().hash());
                handle.execute(
                        "insert into live_session (slug, title, starts_at, zone, access, state, created_at) values (?, initcap(?), now(), 'Europe/Zurich', 'public', 'announced', now())",
                        slug,
                        slug);
            });
        }
    }

    /** Begins a take. */
    String take(ServedApart server) throws Exception {
        return post(server, "/takes", new byte[0]).body().replaceAll("\\D", "");
    }

    HttpResponse<String> part(ServedApart server, String take, int number, byte[] bytes) throws Exception {
        return post(server, "/takes/" + take + "/" + number, bytes);
    }

    void end(ServedApart server) throws Exception {
        post(server, "/end", new byte[0]);
    }

    private HttpResponse<String> post(ServedApart server, String path, byte[] body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/desk/live/1" + path))
                        .header("Cookie", "masthead_session=" + cookie)
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What a viewer's player is given. */
    String list(ServedApart server) {
        return get(server, Playlist.base(get(server, "/live/" + slug + "/pass")) + "v0.m3u8");
    }

    private String get(ServedApart server, String path) {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create(server.url() + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
