package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.options.Cookie;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.bench.ServedApart;

/** The server is killed while a journalist is live from one browser and someone watches in another; both are left alone, and it goes on. */
@Tag("kill")
class LiveRestartTest {
    private static final WaitForFunctionOptions PATIENT = new WaitForFunctionOptions().setTimeout(60_000);

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    @Test
    void pictures_move_again_in_a_page_that_nobody_touched() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var room = new ApartRoom("restart", "MASTHEAD_PORT", Integer.toString(port));
        ServedApart before = room.start();
        try (var browser = new Browser(List.of(
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--autoplay-policy=no-user-gesture-required"))) {
            room.announce();
            Page edda = browser.person(1280, 900);
            edda.onDialog(dialog -> dialog.accept());
            edda.context().addCookies(List.of(new Cookie("masthead_session", room.cookie).setUrl(before.url())));
            edda.navigate(before.url() + "/desk/live/1/studio");
            edda.locator("[data-check]").click();
            edda.locator("[data-go]").click();
            assertThat(edda.locator("[data-status]")).containsText("You are live");
            Page ana = browser.person(1280, 900);
            ana.navigate(before.url() + "/live/restart/");
            ana.waitForFunction("() => document.querySelector('[data-video]').currentTime > 2", null, PATIENT);

            before.kill();
            try (var after = room.start()) {
                long there = System.nanoTime();
                // What the page has fetched already proves nothing: it has to pass all of that.
                double had = number(ana, """
                        () => {
                          const { buffered, currentTime } = document.querySelector("[data-video]");
                          return buffered.length ? buffered.end(buffered.length - 1) : currentTime;
                        }
                        """);
                ana.waitForFunction(
                        "had => document.querySelector('[data-video]').currentTime > had + 0.5", had, PATIENT);
                double seconds = (System.nanoTime() - there) / 1e9;
                double frames = number(
                        ana, "() => document.querySelector('[data-video]').getVideoPlaybackQuality().totalVideoFrames");
                ana.waitForFunction(
                        "then => document.querySelector('[data-video]').getVideoPlaybackQuality().totalVideoFrames > then + 30",
                        frames,
                        PATIENT);
                System.out.printf("pictures move again %.1f s after the server was there%n", seconds);
                assertThat(seconds).isLessThan(40);

                edda.locator("[data-end]").click();
                assertThat(edda.locator("main")).containsText("This session is over");
                ana.waitForFunction(
                        "() => Number.isFinite(document.querySelector('[data-video]').duration)", null, PATIENT);
                assertThat(number(ana, "() => document.querySelector('[data-video]').duration"))
                        .as("the recording has what came before the kill, too")
                        .isGreaterThan(had);
            }
        } finally {
            before.close();
        }
    }
}
