package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.LiveBreaksTest.Room;
import press.masthead.Press.Person;

/** A disk that fills in mid-session: the journalist is warned, then told; what was received before is the recording. */
@Tag("kill")
class LiveFullDiskTest {
    private static final String FULL =
            "The server’s disk is full: nothing more is recorded, and what was received until now is safe.";

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
            Studio.until("viewers have what is there", () -> Playlist.seconds(Playlist.of(viewer, "filling")) >= 2);

            // The disk's own word, where it filled between the look at it and the write: the kernel's file that is
            // always full.
            free.set(60L << 30);
            String session = evening.one("select session_id from live_take");
            Path raw = evening.press
                    .running
                    .newsroom()
                    .config
                    .data()
                    .resolve("live/" + session + "/take-" + take + ".webm");
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
                Studio.until("viewers get pictures", () -> Playlist.seconds(Playlist.of(viewer, "program")) >= 2);
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
                assertThat(Playlist.of(viewer, "program")).contains("#EXT-X-ENDLIST");
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

    /** A disk of its own for one process, where the kernel lets us mount one: real "No space left on device", by its own hand. */
    @Test
    void on_a_real_disk_that_another_fills_to_the_last_byte_the_parts_before_are_the_recording() throws Exception {
        var room = new ApartRoom("full");
        Path data = Files.createDirectory(room.folder.resolve("data"));
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
        byte[] film = LiveBreaksTest.film();
        try (var server = room.start(small)) {
            room.announce();
            String take = room.take(server);
            for (int n = 0; n < 8; n++)
                assertThat(room.part(server, take, n, LiveBreaksTest.slice(film, n))
                                .body())
                        .contains("\"littleRoom\":true");
            Studio.until("viewers get pictures", () -> Playlist.seconds(room.list(server)) >= 2);
            // What the server's own process sees under its folder is the small disk.
            Path inside = Path.of("/proc/" + server.pid() + "/root" + data);
            Path ballast = inside.resolve("ballast");
            fill(ballast);
            var refused = room.part(server, take, 8, LiveBreaksTest.slice(film, 8));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
            assertThat(refused.body()).contains(FULL);
            assertThat(Playlist.seconds(room.list(server)))
                    .as("viewers keep what is there")
                    .isGreaterThanOrEqualTo(2);
            room.end(server);
            // What makes the pictures can't write its last second, and gives up; nothing is given up with it.
            Studio.until(
                    "the pictures' program ends",
                    () -> ProcessHandle.of(server.pid())
                            .orElseThrow()
                            .descendants()
                            .noneMatch(one -> one.info().command().orElse("").endsWith("ffmpeg")));
            Files.delete(ballast);
            Studio.until("the recording is whole", () -> room.list(server).contains("#EXT-X-ENDLIST"));
            assertThat(Playlist.seconds(room.list(server)))
                    .as("eight parts of twelve")
                    .isBetween(3.5, 5.0);
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
