package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long it takes from the journalist's camera to the viewer's screen: the camera films a clock made of black and white blocks, which is
 * read back from the frames that the viewer sees.
 */
@Tag("browser")
class GlassToGlassTest {
    /** Twenty bits of milliseconds and four that check them, eight blocks in a row. */
    private static final String CLOCK = """
            window.clockBits = (time) => {
              const bits = [];
              for (let n = 0; n < 20; n++) bits.push((time >> n) & 1);
              const ones = bits.reduce((sum, one, n) => sum + one * (n + 1), 0) % 16;
              for (let n = 0; n < 4; n++) bits.push((ones >> n) & 1);
              return bits;
            };
            """;

    private static final String CAMERA = CLOCK + """
            navigator.mediaDevices.getUserMedia = async () => {
              const canvas = document.createElement("canvas");
              canvas.width = 1280; canvas.height = 720;
              const pen = canvas.getContext("2d");
              setInterval(() => {
                window.clockBits(Date.now() % (1 << 20)).forEach((one, n) => {
                  pen.fillStyle = one ? "#fff" : "#000";
                  pen.fillRect((n % 8) * 160, Math.floor(n / 8) * 240, 160, 240);
                });
              }, 40);
              const audio = new AudioContext();
              const tone = audio.createOscillator();
              const out = audio.createMediaStreamDestination();
              tone.connect(out); tone.start();
              return new MediaStream([...canvas.captureStream(25).getVideoTracks(), ...out.stream.getAudioTracks()]);
            };
            """;

    /** How late each of the frames of some seconds was, in milliseconds; those that can't be read are told as -1. */
    private static final String READ = """
            async (time) => {
              const video = document.querySelector("[data-video]");
              const canvas = document.createElement("canvas");
              canvas.width = 160; canvas.height = 90;
              const pen = canvas.getContext("2d", { willReadFrequently: true });
              const late = [];
              let over = false;
              const look = () => {
                if (over) return;
                pen.drawImage(video, 0, 0, 160, 90);
                const now = Date.now();
                const bits = [];
                for (let n = 0; n < 24; n++) bits.push(pen.getImageData((n % 8) * 20 + 10, Math.floor(n / 8) * 30 + 15, 1, 1).data[1] > 127 ? 1 : 0);
                const shown = bits.slice(0, 20).reduce((sum, one, n) => sum + one * 2 ** n, 0);
                const true_one = window.clockBits(shown).every((one, n) => one === bits[n]);
                late.push(true_one ? (now - shown + 2 ** 21) % 2 ** 20 : -1);
                video.requestVideoFrameCallback(look);
              };
              video.requestVideoFrameCallback(look);
              await new Promise((done) => setTimeout(done, time));
              over = true;
              return late;
            }
            """;

    @Test
    void a_clock_before_the_camera_is_read_back_from_the_viewers_screen_and_how_late_it_is_is_printed()
            throws Exception {
        try (var evening = new Evening();
                var browser = new Browser(
                        List.of("--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"))) {
            String desk = Studio.announced(evening, "The clock");
            Page edda = browser.person(1280, 800);
            edda.addInitScript(CAMERA);
            Studio.signIn(evening, edda, "edda@masthead.example");
            edda.navigate(evening.press.url() + desk + "/studio");
            evening.member("ana@guest.example");
            Page ana = browser.person(1280, 800);
            ana.addInitScript(CLOCK);
            Studio.signIn(evening, ana, "ana@guest.example");
            ana.navigate(evening.press.url() + "/live/the-clock/");

            edda.locator("[data-check]").click();
            edda.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Go live"))
                    .click();
            ana.waitForFunction("() => document.querySelector('[data-video]').currentTime > 3");
            double median = Double.MAX_VALUE;
            // A viewer that fell behind on a busy machine catches up at a tenth above the usual pace.
            for (int round = 0; round < 3 && median >= 6_000; round++) {
                List<Double> late = ((List<?>) ana.evaluate(READ, 4_000))
                        .stream().map(one -> ((Number) one).doubleValue()).toList();
                List<Double> read =
                        late.stream().filter(one -> one >= 0).sorted().toList();
                assertThat(read.size())
                        .as("frames with a clock of %d", late.size())
                        .isGreaterThan(late.size() / 2);
                median = read.get(read.size() / 2);
                System.out.printf(
                        "glass to glass: median %.1f s, longest %.1f s, %d of %d frames read%n",
                        median / 1000, read.getLast() / 1000, read.size(), late.size());
            }
            // The figure belongs to docs/benchmarks.md; here a machine may be as busy as it likes.
            assertThat(median).as("milliseconds from glass to glass").isLessThan(60_000);
        }
    }
}
