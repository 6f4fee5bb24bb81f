package press.masthead.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where ffmpeg comes from, and what it makes. */
@Tag("load")
class FfmpegTest {
    @TempDir
    Path data;

    @Test
    void the_one_that_the_launcher_fetches_makes_segments() throws Exception {
        var get = new ProcessBuilder("bash", "masthead", "get", "ffmpeg")
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("get.log").toFile());
        get.environment()
                .putAll(Map.of("MASTHEAD_DATA", data.toString(), "JAVA_HOME", System.getProperty("java.home")));
        Process fetching = get.start();
        assertThat(fetching.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(fetching.exitValue())
                .as(Files.readString(data.resolve("get.log")))
                .isZero();

        Path film = data.resolve("film.webm");
        assertThat(new ProcessBuilder(
                                ("ffmpeg -loglevel error -f lavfi -i testsrc=s=640x360:r=25 -f lavfi -i sine=r=48000 -t 4 -c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus "
                                                + film)
                                        .split(" "))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        Path made = data.resolve("made");
        Process process = Ffmpeg.fetched(data.resolve("ffmpeg"), 2).start(made, "matroska");
        try (var to = process.getOutputStream()) {
            Files.copy(film, to);
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(made.resolve("ffmpeg.log"))).doesNotContain("Error");
        for (int quality = 0; quality < 3; quality++)
            assertThat(segments(made, quality))
                    .as("segments of quality %d", quality)
                    .isGreaterThanOrEqualTo(3);
        assertThat(Files.readString(made.resolve("master.m3u8"))).contains("v0.m3u8", "v1.m3u8", "v2.m3u8");
    }

    private static long segments(Path folder, int quality) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("v" + quality + "-\\d+\\.ts"))
                    .count();
        }
    }

    @Test
    void without_one_nobody_can_go_live_and_the_rest_works() {
        assertThat(Ffmpeg.fetched(data.resolve("nothing"), 2).isThere()).isFalse();
    }
}
