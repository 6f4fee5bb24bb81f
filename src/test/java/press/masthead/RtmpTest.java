package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;

/** A program sends pictures by RTMP, as OBS does: ffmpeg in its place, and a server that listens. */
@Tag("browser")
class RtmpTest {
    private static Evening evening;
    private final List<Process> programs = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        evening = new Evening(Map.of("MASTHEAD_RTMP", "127.0.0.1:0"), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        evening.close();
    }

    @AfterEach
    void end() {
        programs.forEach(Process::destroyForcibly);
    }

    private static String key(String desk) throws Exception {
        var answer = evening.editor().post(desk + "/key");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var found = Pattern.compile("\"key\":\"([\\w-]{43})\"").matcher(answer.body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private Process obs(String key) throws Exception {
        return obs(key, "libx264 -preset ultrafast -tune zerolatency -g 25", "-f lavfi -i sine=r=48000 -c:a aac");
    }

    private Process obs(String key, String codec, String sound) throws Exception {
        int port = evening.press.running.newsroom().rtmp.port().orElseThrow();
        Path log = Files.createTempFile(Path.of("target"), "obs", ".log");
        Process process = new ProcessBuilder(("ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=s=640x360:r=25 "
                                + sound + " -c:v " + codec + " -f flv rtmp://127.0.0.1:" + port + "/live/" + key)
                        .split(" +"))
                .redirectError(log.toFile())
                .start();
        programs.add(process);
        return process;
    }

    private static long segments(String slug, Person viewer) {
        return Playlist.segments(Playlist.of(viewer, slug), "");
    }

    private static String program(String desk) {
        try {
            return evening.editor().get(desk + "/program").body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_program_with_the_key_is_live_drops_comes_back_and_is_cut_off_when_the_key_is_changed() throws Exception {
        String desk = Studio.announced(evening, "From OBS");
        Person viewer = evening.member("ana@guest.example");
        String key = key(desk);
        assertThat(evening.one(
                        "select count(*) from live_stream_key where encode(key_hash, 'escape') like '%" + key + "%'"))
                .isEqualTo("0");
        Process first = obs(key);
        Studio.until("viewers get pictures", () -> segments("from-obs", viewer) >= 2);
        assertThat(evening.one("select state from live_session where slug = 'from-obs'"))
                .isEqualTo("live");
        assertThat(program(desk)).contains("\"live\":true");
        var browser = evening.editor().post(desk + "/takes");
        assertThat(browser.statusCode()).isEqualTo(409);
        assertThat(browser.body()).contains("with OBS or a program like it");

        first.destroyForcibly();
        long had = segments("from-obs", viewer);
        Process second = obs(key);
        Studio.until("pictures go on", () -> segments("from-obs", viewer) >= had + 2);

        String next = key(desk);
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).as("cut off").isTrue();
        assertThat(program(desk)).contains("The key was changed.");
        Process leaked = obs(key);
        assertThat(leaked.waitFor(20, TimeUnit.SECONDS)).as("refused").isTrue();
        assertThat(leaked.exitValue()).isNotZero();
        long then = segments("from-obs", viewer);
        Process third = obs(next);
        Studio.until("the new key is good", () -> segments("from-obs", viewer) >= then + 2);

        evening.editor().post(desk + "/end");
        assertThat(third.waitFor(20, TimeUnit.SECONDS))
                .as("the session is over")
                .isTrue();
        Studio.until(
                "the recording is whole",
                () -> evening.one(
                                "select count(*) from live_take t join live_session s on s.id = t.session_id where s.slug = 'from-obs' and t.state <> 'made'")
                        .equals("0"));
        assertThat(
                        evening.one(
                                "select count(*) from live_take t join live_session s on s.id = t.session_id where s.slug = 'from-obs' and form = 'flv'"))
                .isEqualTo("3");
    }

    @Test
    void whoever_is_live_from_a_browser_is_not_pushed_out_by_a_program() throws Exception {
        String desk = Studio.announced(evening, "Both at once");
        String key = key(desk);
        Person edda = evening.editor();
        String take = edda.post(desk + "/takes").body().replaceAll("\\D", "");
        edda.put(desk + "/takes/" + take + "/0", new byte[] {1});
        Process obs = obs(key);
        assertThat(obs.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(program(desk)).contains("Someone is live from a browser in this session already.");
        assertThat(evening.one("select state from live_take where id = " + take))
                .isEqualTo("open");
    }

    @Test
    void what_nobody_here_can_read_is_refused_with_a_sentence() throws Exception {
        String desk = Studio.announced(evening, "Old codec");
        String key = key(desk);
        Process old = obs(key, "flv -b:v 400k", "-f lavfi -i sine=r=48000 -c:a aac");
        assertThat(old.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(program(desk)).contains("Please choose H.264 in its settings.");
        Process mute = obs(key, "libx264 -preset ultrafast -g 25", "");
        assertThat(mute.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(program(desk)).contains("Your program sends no sound.");
        Process other = obs(key, "libx264 -preset ultrafast -g 25", "-f lavfi -i sine=r=8000 -ac 1 -c:a pcm_mulaw");
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(program(desk)).contains("Please choose AAC in its settings.");
    }

    @Test
    void noise_and_a_key_of_nobody_get_nowhere() throws Exception {
        int port = evening.press.running.newsroom().rtmp.port().orElseThrow();
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            byte[] noise = new byte[8_000];
            new java.util.Random(3).nextBytes(noise);
            noise[0] = 71;
            socket.getOutputStream().write(noise);
            int answer;
            try {
                answer = socket.getInputStream().read();
            } catch (java.net.SocketException reset) {
                answer = -1;
            }
            assertThat(answer).as("hung up on").isEqualTo(-1);
        }
        Process stranger = obs("A".repeat(43));
        assertThat(stranger.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stranger.exitValue()).isNotZero();
    }
}
