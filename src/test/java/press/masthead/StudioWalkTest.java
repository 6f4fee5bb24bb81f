package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a journalist does in the studio besides going live with a camera. */
@Tag("browser")
class StudioWalkTest {
    /** A blue screen in place of the journalist's own. */
    private static final String SCREEN = """
            navigator.mediaDevices.getDisplayMedia = async () => {
              const canvas = document.createElement("canvas");
              canvas.width = 1280; canvas.height = 720;
              const pen = canvas.getContext("2d");
              setInterval(() => { pen.fillStyle = "#0000ff"; pen.fillRect(0, 0, 1280, 720); }, 60);
              return canvas.captureStream(15);
            };
            """;

    /** Whether the preview is blue at a place, in parts of its width and height. */
    private static final String BLUE = """
            ([x, y, blue]) => {
              const video = document.querySelector("[data-preview]");
              const canvas = document.createElement("canvas");
              canvas.width = 160; canvas.height = 90;
              const pen = canvas.getContext("2d");
              pen.drawImage(video, 0, 0, 160, 90);
              const [r, g, b] = pen.getImageData(160 * x, 90 * y, 1, 1).data;
              return video.videoWidth > 0 && (b > 200 && r < 60 && g < 60) === blue;
            }
            """;

    private static void assertBlue(Page page, boolean middle, boolean corner) {
        page.waitForFunction(BLUE, List.of(0.3, 0.3, middle));
        page.waitForFunction(BLUE, List.of(0.87, 0.87, corner));
    }

    @Test
    void screen_and_camera_are_one_picture_and_change_places_while_it_is_live() throws Exception {
        try (var evening = new Evening();
                var browser = new Browser(List.of(
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--autoplay-policy=no-user-gesture-required"))) {
            String desk = Studio.announced(evening, "A chart explained");
            Page edda = browser.person(1440, 1000);
            edda.onDialog(dialog -> dialog.accept());
            edda.addInitScript(SCREEN);
            Studio.signIn(evening, edda, "edda@masthead.example");
            edda.navigate(evening.press.url() + desk + "/studio");
            edda.locator("[data-check]").click();
            edda.locator("[data-screen]").click();
            assertBlue(edda, true, false);
            edda.locator("[data-go]").click();
            assertThat(edda.locator("[data-status]")).containsText("You are live");
            Studio.look(edda, "studio-screen");
            edda.locator("#layout").selectOption("swapped");
            assertBlue(edda, false, true);
            edda.locator("#layout").selectOption("screen");
            assertBlue(edda, true, true);
            edda.locator("#layout").selectOption("camera");
            assertBlue(edda, false, false);
            Studio.until(
                    "it is sent",
                    () -> Long.parseLong(evening.one("select coalesce(max(received), 0) from live_take")) > 100_000);
            assertThat(evening.one("select count(*) from live_take"))
                    .as("no break in the recording")
                    .isEqualTo("1");
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void the_studio_gives_a_key_for_obs_once_and_says_how_the_program_gets_on() throws Exception {
        try (var evening = new Evening(Map.of("MASTHEAD_RTMP", "127.0.0.1:0"), Clock.systemUTC());
                var browser = new Browser(List.of())) {
            String desk = Studio.announced(evening, "Ask the harbour desk");
            Page edda = browser.person(1440, 1000);
            edda.onDialog(dialog -> dialog.accept());
            Studio.signIn(evening, edda, "edda@masthead.example");
            edda.navigate(evening.press.url() + desk + "/studio");
            assertThat(edda.locator("#rtmp"))
                    .hasValue("rtmp://localhost:"
                            + evening.press.running.newsroom().rtmp.port().orElseThrow() + "/live");
            edda.locator("[data-make]").click();
            assertThat(edda.locator("#key")).hasValue(java.util.regex.Pattern.compile("[\\w-]{43}"));
            String key = edda.locator("#key").inputValue();
            Studio.look(edda, "studio-key");
            edda.locator("[data-copy=key]").click();
            assertThat(edda.locator("[data-copy=key]")).containsText("Copied");
            edda.reload();
            assertThat(edda.locator("#key")).hasValue("");
            edda.locator("[data-make]").click();
            assertThat(edda.locator("#key")).hasValue(java.util.regex.Pattern.compile("[\\w-]{43}"));
            assertThat(edda.locator("#key").inputValue()).isNotEqualTo(key);
            evening.jdbi.useHandle(
                    handle -> handle.execute(
                            "update live_stream_key set trouble = 'Your program sends no sound. Please add a microphone or another sound to it.'"));
            assertThat(edda.locator("[data-program-state]")).containsText("sends no sound");
            Studio.look(edda, "studio-trouble");
            assertThat(browser.complaints).isEmpty();
        }
    }
}
