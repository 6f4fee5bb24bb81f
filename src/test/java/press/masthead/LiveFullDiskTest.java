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
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.LiveBreaksTest.Room;
import press.masthead.Press.Person;
import press.masthead.bench.ServedApart;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.web.Secret;

/** A disk that fills in mid-session: the journalist is warned, then told; what was received before is the recording. */
@Tag("kill")
class LiveFullDiskTest {
    private static final String FULL =
            "The server’s disk is full: nothing more is recorded, and what was received until now is safe.";

    private static double seconds(String list) {
        return list.lines()
                .filter(one -> one.startsWith("#EXTINF:"))
                .mapToDouble(one -> Double.parseDouble(one.substring(8, one.indexOf(','))))
                .sum();
    }

    private static String list(Person viewer, String slug) {
        try {
            var base = Pattern.compile("\"base\":\"([^\"]+)\"")
                    .matcher(viewer.get("/live/" + slug + "/pass").body());
            assertThat(base.find()).isTrue();
            var list = viewer.get(base.group(1) + "v0.m3u8");
            return list.statusCode() == 200 ? list.body() : "";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void little_room_is_a_warning_none_a_refusal_and_what_came_before_is_watched_and_kept() throws Exception {
        var free = new AtomicLong(60L << 30);
        try (var evening = new Evening(Press.started(Clock.systemUTC(), folder -> free.get()))) {
            Room room = Room.open(evening, "Filling");
            Person viewer = evening.member("ana@guest.example");
            byte[] film = LiveBreaksTest.film();
            long take = room.take(room.journalist());
            assertThat(room.part(take, 0, LiveBreaksTest.slice(film, 0))).contains("\"littleRoom\":false");
            assertThat(room.journalist().get(room.desk() + "/program").body()).contains("\"littleRoom\":false");
            free.set(400L << 20);
            assertThat(room.part(take, 1, LiveBreaksTest.slice(film, 1))).contains("\"littleRoom\":true");
            assertThat(room.journalist().get(room.desk() + "/program").body()).contains("\"littleRoom\":true");
            room.parts(take, film, 2, 8);

            free.set(99L << 20);
            String path = room.desk() + "/takes/" + take + "/8";
            var refused = room.journalist().put(path, LiveBreaksTest.slice(film, 8));
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.body()).contains(FULL);
            var another = room.journalist().post(room.desk() + "/takes?go=yes");
            assertThat(another.statusCode()).isEqualTo(507);
            assertThat(evening.one("select next_part || ' ' || state from live_take"))
                    .as("nothing of the part that was refused is written down, and the take goes on")
                    .isEqualTo("8 open");
            Studio.until("viewers have what is there", () -> seconds(list(viewer, "filling")) >= 2);

            // The disk's own word, where it filled between the look at it and the write: the kernel's file that is
            // always full.
            free.set(60L << 30);
            Path raw = evening.press.running.newsroom().config.data().resolve("live/1/take-" + take + ".webm");
            Path aside = raw.resolveSibling("aside");
            Files.move(raw, aside);
            Files.createSymbolicLink(raw, Path.of("/dev/full"));
            var full = room.journalist().put(path, LiveBreaksTest.slice(film, 8));
            Files.delete(raw);
            Files.move(aside, raw);
            assertThat(full.statusCode()).as(full.body()).isEqualTo(507);
            assertThat(full.body()).contains(FULL);

            // Somebody makes room: the part that waited is taken, and nothing is lost.
            room.parts(take, film, 8, 11);
            free.set(90L << 20);
            assertThat(room.journalist()
                            .put(room.desk() + "/takes/" + take + "/11", LiveBreaksTest.slice(film, 11))
                            .statusCode())
                    .isEqualTo(507);
            assertThat(room.whole()).as("eleven parts of twelve").isBetween(4.0, 6.1);
        }
    }

    @Test
    void a_program_is_told_and_hung_up_on() throws Exception {
        var free = new AtomicLong(60L << 30);
        var press = Press.started(Map.of("MASTHEAD_RTMP", "127.0.0.1:0"), Clock.systemUTC(), folder -> free.get());
        try (var evening = new Evening(press)) {
            String desk = Studio.announced(evening, "Program");
            Person viewer = evening.member("ana@guest.example");
            String key = evening.editor().post(desk + "/key").body().replaceFirst(".*\"key\":\"([\\w-]+)\".*", "$1");
            int port = press.running.newsroom().rtmp.port().orElseThrow();
            Process obs = obs(port, key);
            try {
                Studio.until("viewers get pictures", () -> seconds(list(viewer, "program")) >= 2);
                free.set(50L << 20);
                assertThat(obs.waitFor(30, TimeUnit.SECONDS)).as("hung up on").isTrue();
                assertThat(evening.editor().get(desk + "/program").body()).contains(FULL);
                Process again = obs(port, key);
                assertThat(again.waitFor(30, TimeUnit.SECONDS))
                        .as("not let in again")
                        .isTrue();
                assertThat(evening.one("select count(*) from live_take")).isEqualTo("1");
                evening.editor().post(desk + "/end");
                Studio.until(
                        "what was received is the recording",
                        () -> evening.one("select state from live_take").equals("made"));
                assertThat(list(viewer, "program")).contains("#EXT-X-ENDLIST");
            } finally {
                obs.destroyForcibly();
            }
        }
    }

    private static Process obs(int port, String key) throws Exception {
        return new ProcessBuilder(
                        ("ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=s=640x360:r=25 -f lavfi -i sine=r=48000"
                                        + " -c:v libx264 -preset ultrafast -tune zerolatency -g 25 -c:a aac -f flv rtmp://127.0.0.1:"
                                        + port + "/live/" + key)
                                .split(" "))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

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

    private String list(ServedApart server) {
        String base = get(server, "/live/full/pass").replaceFirst(".*\"base\":\"([^\"]+)\".*", "$1");
        return get(server, base + "v0.m3u8");
    }

    /** A disk of its own for one process, where the kernel lets us mount one: real "No space left on device", by its own hand. */
    @Test
    void on_a_real_disk_that_another_fills_to_the_last_byte_the_parts_before_are_the_recording() throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "full").toAbsolutePath();
        Path data = Files.createDirectory(folder.resolve("data"));
        var small = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=140m none \"$0\" && exec \"$@\"",
                data.toString());
        Assumptions.assumeTrue(
                new ProcessBuilder(concat(small, "true")).start().waitFor() == 0, "this kernel mounts nothing for us");
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
        try (var server = ServedApart.start(folder, settings, small);
                var database = Database.open(DatabaseUrl.parse(settings.getOrDefault("DATABASE_URL", "")), 2)) {
            database.jdbi().useTransaction(handle -> {
                handle.execute(
                        "insert into reader (email, email_key, created_at, confirmed_at) values ('e@desk.example', 'e@desk.example', now(), now())");
                handle.execute("insert into staff (reader_id, role) select id, 'editor' from reader");
                handle.execute(
                        "insert into session (token_hash, reader_id, created_at, seen_at, expires_at) select ?, id, now(), now(), now() + interval '1 day' from reader",
                        (Object) Secret.read(cookie).orElseThrow().hash());
                handle.execute(
                        "insert into live_session (slug, title, starts_at, zone, access, state, created_at) values ('full', 'Full', now(), 'Europe/Zurich', 'public', 'announced', now())");
            });
            String take = post(server, "/desk/live/1/takes", new byte[0]).body().replaceAll("\\D", "");
            for (int n = 0; n < 8; n++)
                assertThat(post(server, "/desk/live/1/takes/" + take + "/" + n, LiveBreaksTest.slice(film, n))
                                .body())
                        .contains("\"littleRoom\":true");
            Studio.until("viewers get pictures", () -> seconds(list(server)) >= 2);
            // What the server's own process sees under its folder is the small disk.
            Path inside = Path.of("/proc/" + server.pid() + "/root" + data);
            Path ballast = inside.resolve("ballast");
            fill(ballast);
            var refused = post(server, "/desk/live/1/takes/" + take + "/8", LiveBreaksTest.slice(film, 8));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
            assertThat(refused.body()).contains(FULL);
            assertThat(seconds(list(server))).as("viewers keep what is there").isGreaterThanOrEqualTo(2);
            post(server, "/desk/live/1/end", new byte[0]);
            // What makes the pictures can't write its last second, and gives up; nothing is given up with it.
            Studio.until(
                    "the pictures' program ends",
                    () -> ProcessHandle.of(server.pid())
                            .orElseThrow()
                            .descendants()
                            .noneMatch(one -> one.info().command().orElse("").endsWith("ffmpeg")));
            Files.delete(ballast);
            Studio.until("the recording is whole", () -> list(server).contains("#EXT-X-ENDLIST"));
            assertThat(seconds(list(server))).as("eight parts of twelve").isBetween(3.5, 5.0);
        }
    }

    private static List<String> concat(List<String> words, String last) {
        return java.util.stream.Stream.concat(words.stream(), java.util.stream.Stream.of(last))
                .toList();
    }

    private static void fill(Path ballast) throws Exception {
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 7);
        try (var out = Files.newOutputStream(ballast)) {
            for (int size = block.length; size > 0; )
                try {
                    out.write(block, 0, size);
                } catch (java.io.IOException full) {
                    size /= 2;
                }
        }
    }
}
