package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.bench.MovedClock;
import press.masthead.bench.ServedApart;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.web.Secret;

/** The server ended from one moment to the next in mid-session, and chapters of a recording that has a hole in it. */
@Tag("kill")
class LiveKilledTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String cookie = Secret.fresh().reveal();

    private HttpResponse<String> post(ServedApart server, String path, byte[] body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Cookie", "masthead_session=" + cookie)
                        .header("Sec-Fetch-Site", "same-origin")
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private String list(ServedApart server) {
        try {
            String pass = client.send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/live/killed/pass"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            String base = pass.replaceFirst(".*\"base\":\"([^\"]+)\".*", "$1");
            return client.send(
                            HttpRequest.newBuilder(URI.create(server.url() + base + "v0.m3u8"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long segments(String list, String take) {
        return list.lines()
                .filter(one -> one.startsWith(take) && one.endsWith(".ts"))
                .count();
    }

    @Test
    void a_server_killed_in_mid_session_keeps_what_was_received_and_viewers_go_on_soon_after_its_start()
            throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "killed").toAbsolutePath();
        var settings = Map.of(
                "DATABASE_URL",
                Press.text(TestDatabase.freshUrl()),
                "MASTHEAD_STAFF_FACTOR",
                "off",
                "MASTHEAD_SAMPLE",
                "no",
                "MASTHEAD_MODEL",
                "no");
        byte[] film = LiveBreaksTest.film();
        ServedApart before = ServedApart.start(folder, settings);
        try (var database = Database.open(
                press.masthead.platform.db.DatabaseUrl.parse(settings.getOrDefault("DATABASE_URL", "")), 2)) {
            database.jdbi().useTransaction(handle -> {
                handle.execute(
                        "insert into reader (email, email_key, created_at, confirmed_at) values ('e@desk.example', 'e@desk.example', now(), now())");
                handle.execute("insert into staff (reader_id, role) select id, 'editor' from reader");
                handle.execute(
                        "insert into session (token_hash, reader_id, created_at, seen_at, expires_at) select ?, id, now(), now(), now() + interval '1 day' from reader",
                        (Object) Secret.read(cookie).orElseThrow().hash());
                handle.execute(
                        "insert into live_session (slug, title, starts_at, zone, access, state, created_at) values ('killed', 'Killed', now(), 'Europe/Zurich', 'public', 'announced', now())");
            });
            String first =
                    post(before, "/desk/live/1/takes", new byte[0]).body().replaceAll("\\D", "");
            for (int n = 0; n < 8; n++)
                post(before, "/desk/live/1/takes/" + first + "/" + n, LiveBreaksTest.slice(film, n));
            Studio.until("viewers get pictures", () -> segments(list(before), first + "-") >= 2);
            before.kill();
            try (var after = ServedApart.start(folder, settings)) {
                long begun = System.nanoTime();
                // As the browser does: it goes on with the take until it is told to begin another.
                int next = 8;
                boolean[] again = {false};
                while (!again[0]) {
                    var answer = post(
                            after,
                            "/desk/live/1/takes/" + first + "/" + next,
                            LiveBreaksTest.slice(film, Math.min(next, 11)));
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    again[0] = answer.body().contains("\"again\":true");
                    if (next < LiveBreaksTest.PARTS) next++;
                    assertThat(System.nanoTime() - begun).isLessThan(60_000_000_000L);
                }
                String second =
                        post(after, "/desk/live/1/takes", new byte[0]).body().replaceAll("\\D", "");
                for (int n = 0; n < LiveBreaksTest.PARTS; n++)
                    post(after, "/desk/live/1/takes/" + second + "/" + n, LiveBreaksTest.slice(film, n));
                Studio.until("viewers go on", () -> segments(list(after), second + "-") >= 2);
                System.out.printf(
                        "pictures again %.1f s after the server was there%n", (System.nanoTime() - begun) / 1e9);
                post(after, "/desk/live/1/end", new byte[0]);
                Studio.until("the recording is whole", () -> list(after).contains("#EXT-X-ENDLIST"));
                double seconds = list(after)
                        .lines()
                        .filter(one -> one.startsWith("#EXTINF:"))
                        .mapToDouble(one -> Double.parseDouble(one.substring(8, one.indexOf(','))))
                        .sum();
                assertThat(seconds).as("all that was received of both takes").isBetween(8.5, 14.0);
            }
        } finally {
            before.close();
        }
    }

    @Test
    void a_chapter_after_a_break_begins_where_the_recording_has_it() throws Exception {
        var clock = new MovedClock(java.time.Instant.now());
        try (var evening = new Evening(clock)) {
            String desk = Studio.announced(
                    evening,
                    "Broken",
                    "starts",
                    Evening.field(LocalDateTime.now(Evening.GENEVA).plusHours(1)));
            var room = new LiveBreaksTest.Room(evening, evening.editor(), desk);
            var ana = evening.member("ana@guest.example");
            for (String one : java.util.List.of("In the first?", "In the hole?", "In the second?"))
                ana.post("/live/broken/questions", "question", one);
            byte[] film = LiveBreaksTest.film();
            long first = room.take(room.journalist());
            room.parts(first, film, 0, LiveBreaksTest.PARTS);
            clock.pass(java.time.Duration.ofSeconds(3));
            answer(evening, room, "In the first?");
            clock.pass(java.time.Duration.ofSeconds(60));
            answer(evening, room, "In the hole?");
            clock.pass(java.time.Duration.ofSeconds(60));
            room.parts(room.take(room.journalist()), film, 0, LiveBreaksTest.PARTS);
            clock.pass(java.time.Duration.ofSeconds(2));
            answer(evening, room, "In the second?");
            clock.pass(java.time.Duration.ofSeconds(4));
            double whole = room.whole();
            String page = ana.get("/live/broken/").body();
            long half = Math.round(whole / 2);
            assertThat(page).contains("href=\"#t=3\"").contains("href=\"#t=" + half + "\"");
            assertThat(page).containsPattern("href=\"#t=(" + (half + 1) + "|" + (half + 2) + "|" + (half + 3) + ")\"");
        }
    }

    private static void answer(Evening evening, LiveBreaksTest.Room room, String body) throws Exception {
        String id = evening.one("select id from live_question where body = ?", body);
        for (String act : java.util.List.of("answer", "done"))
            assertThat(room.journalist()
                            .post(room.desk() + "/questions/" + id + "/" + act)
                            .statusCode())
                    .isEqualTo(200);
    }
}
