package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;

/** What goes wrong in the middle of a session: parts twice or too early, ffmpeg killed, the server started anew, noise, two journalists. */
@Tag("browser")
class LiveBreaksTest {
    static final int PARTS = 12;
    private static final double SECONDS = 6;

    /** What a browser would record: six seconds of a test card and a tone. */
    static byte[] film() throws Exception {
        Path file = Files.createTempFile(Path.of("target"), "film", ".webm");
        int status = new ProcessBuilder(
                        "ffmpeg",
                        "-y",
                        "-loglevel",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=s=640x360:r=25",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=r=48000",
                        "-t",
                        "6",
                        "-c:v",
                        "libvpx",
                        "-deadline",
                        "realtime",
                        "-cpu-used",
                        "8",
                        "-b:v",
                        "600k",
                        "-c:a",
                        "libopus",
                        "-cluster_time_limit",
                        "500",
                        file.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(status).isZero();
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    /** A newsroom with an announced session, and the journalist who goes live in it. */
    record Room(Evening evening, Person journalist, String desk) {
        static Room open(Evening evening, String title) throws Exception {
            return new Room(evening, evening.editor(), Studio.announced(evening, title));
        }

        long take(Person who) throws Exception {
            var answer = who.post(desk + "/takes");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return Long.parseLong(answer.body().replaceAll("\\D", ""));
        }

        String part(long take, int number, byte[] bytes) throws Exception {
            HttpResponse<String> answer = journalist.put(desk + "/takes/" + take + "/" + number, bytes);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }

        void parts(long take, byte[] film, int from, int to) throws Exception {
            for (int n = from; n < to; n++) part(take, n, slice(film, n));
        }

        /** Until the pictures of all that was received are made; how long they are, in seconds. */
        double whole() throws Exception {
            journalist.post(desk + "/end");
            until("select count(*) = 0 from live_take where state in ('open', 'closed')");
            String slug = evening.one("select slug from live_session where id = " + desk.replaceAll("\\D", ""));
            Person viewer = evening.member("viewer@guest.example");
            String base = Playlist.base(viewer, slug);
            String list = viewer.get(base + "v0.m3u8").body();
            assertThat(list).contains("#EXT-X-ENDLIST");
            double seconds = 0;
            var lengths = Pattern.compile("#EXTINF:([0-9.]+),\\s+(\\S+)").matcher(list);
            while (lengths.find()) {
                seconds += Double.parseDouble(lengths.group(1));
                assertThat(viewer.bytes(base + lengths.group(2)).statusCode()).isEqualTo(200);
            }
            return seconds;
        }

        void until(String condition) throws InterruptedException {
            Instant last = Instant.now().plus(Duration.ofSeconds(60));
            while (!evening.one(condition).equals("t")) {
                assertThat(Instant.now()).as(condition).isBefore(last);
                mend();
                pause();
            }
        }

        /** As the timetable does it every few seconds, and as if whoever left pictures unmade had been silent for long enough. */
        private void mend() {
            evening.jdbi.useHandle(handle -> handle.execute(
                    "update live_take set beat_at = beat_at - interval '10 seconds' where state = 'closed'"));
            evening.press.running.newsroom().broadcast.mend();
        }
    }

    static byte[] slice(byte[] film, int n) {
        int size = film.length / PARTS + 1;
        return Arrays.copyOfRange(film, n * size, Math.min(film.length, (n + 1) * size));
    }

    private static void pause() throws InterruptedException {
        assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void the_same_part_twice_is_kept_once_and_one_too_early_is_awaited() throws Exception {
        try (var evening = new Evening()) {
            Room room = Room.open(evening, "Parts");
            byte[] film = film();
            long take = room.take(room.journalist());
            room.part(take, 0, slice(film, 0));
            assertThat(room.part(take, 0, slice(film, 0))).contains("\"next\":1");
            assertThat(room.part(take, 5, slice(film, 5))).contains("\"next\":1");
            room.parts(take, film, 1, PARTS);
            assertThat(evening.one("select received from live_take")).isEqualTo(Integer.toString(film.length));
            double whole = room.whole();
            assertThat(whole).isBetween(SECONDS - 0.5, SECONDS + 1);
            var cut = room.journalist().post(room.desk() + "/trim", "start", "0:02", "end", "1");
            assertThat(cut.statusCode()).isEqualTo(200);
            assertThat(room.whole()).as("cut at both ends").isBetween(whole - 3.6, whole - 2.4);
            assertThat(room.journalist()
                            .post(room.desk() + "/trim", "start", "soon", "end", "")
                            .statusCode())
                    .isEqualTo(422);

            var other = evening.reporter().post(room.desk() + "/takes");
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(other.body()).contains("This session is over.");
        }
    }

    @Test
    void ffmpeg_killed_in_the_middle_costs_the_recording_nothing() throws Exception {
        try (var evening = new Evening()) {
            Room room = Room.open(evening, "Killed");
            byte[] film = film();
            long first = room.take(room.journalist());
            room.parts(first, film, 0, PARTS / 2);
            var second = evening.reporter().post(room.desk() + "/takes");
            assertThat(second.statusCode()).isEqualTo(409);
            assertThat(second.body()).contains("Someone else is live in this session already.");
            ProcessHandle.current()
                    .children()
                    .filter(one -> one.info().command().orElse("").endsWith("ffmpeg"))
                    .forEach(ProcessHandle::destroyForcibly);
            room.parts(first, film, PARTS / 2, PARTS - 1);
            Instant last = Instant.now().plusSeconds(20);
            String answer = room.part(first, PARTS - 1, slice(film, PARTS - 1));
            while (!answer.contains("\"again\":true")) {
                assertThat(Instant.now()).isBefore(last);
                pause();
                answer = room.part(first, 0, slice(film, 0));
            }
            room.parts(room.take(room.journalist()), film, 0, PARTS);
            assertThat(room.whole()).as("both takes, whole").isBetween(2 * SECONDS - 1, 2 * SECONDS + 2);
        }
    }

    @Test
    void a_server_started_anew_in_the_middle_goes_on_and_keeps_what_was_received() throws Exception {
        var settings = Map.of(
                "DATABASE_URL",
                Press.text(press.masthead.platform.db.TestDatabase.freshUrl()),
                "MASTHEAD_DATA",
                Files.createTempDirectory(Path.of("target"), "press").toString());
        byte[] film = film();
        String desk;
        long first;
        try (var before = new Evening(settings, Clock.systemUTC())) {
            Room room = Room.open(before, "Anew");
            desk = room.desk();
            first = room.take(room.journalist());
            room.parts(first, film, 0, PARTS / 2);
        }
        try (var after = new Evening(settings, Clock.systemUTC())) {
            Room room = new Room(after, after.editor(), desk);
            room.parts(first, film, PARTS / 2, PARTS);
            room.parts(room.take(room.journalist()), film, 0, PARTS);
            assertThat(room.whole()).isBetween(2 * SECONDS - 1, 2 * SECONDS + 2);
        }
    }

    @Test
    void noise_is_no_recording_and_says_so() throws Exception {
        try (var evening = new Evening()) {
            Room room = Room.open(evening, "Noise");
            byte[] noise = new byte[200_000];
            new Random(7).nextBytes(noise);
            long take = room.take(room.journalist());
            room.part(take, 0, noise);
            room.journalist().post(room.desk() + "/end");
            room.until("select count(*) = 1 from live_take where state = 'unreadable'");
            assertThat(evening.member("ana@guest.example").get("/live/noise/").body())
                    .contains("There is no recording of this session.");
        }
    }
}
