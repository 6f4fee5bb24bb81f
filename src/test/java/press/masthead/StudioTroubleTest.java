package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a journalist is told in the studio when the disk fills, and when nothing of what they send can be read. */
@Tag("browser")
class StudioTroubleTest {
    private static final String LIVE = "You are live";

    private static Page studio(Evening evening, Browser browser, String who, String desk, List<String> asked) {
        Page edda = browser.person(1280, 900);
        edda.onDialog(dialog -> {
            asked.add(dialog.message());
            dialog.accept();
        });
        Studio.signIn(evening, edda, who + "@masthead.example");
        edda.navigate(evening.press.url() + desk + "/studio");
        edda.locator("[data-check]").click();
        return edda;
    }

    @Test
    void the_disk_is_told_of_before_and_when_it_is_full_and_noise_ends_with_a_sentence() throws Exception {
        var free = new AtomicLong(60L << 30);
        try (var evening = new Evening(Press.started(Clock.systemUTC(), folder -> free.get()));
                var browser =
                        new Browser(List.of("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"))) {
            var asked = new ArrayList<String>();
            String desk = Studio.announced(evening, "Trouble");
            Page edda = studio(evening, browser, "edda", desk, asked);
            edda.locator("[data-go]").click();
            assertThat(edda.locator("[data-status]")).containsText(LIVE);
            assertThat(edda.locator("[data-problem]")).isHidden();
            free.set(400L << 20);
            assertThat(edda.locator("[data-problem]"))
                    .hasText("The server’s disk is nearly full. Please end soon; what was received is safe.");
            free.set(50L << 20);
            assertThat(edda.locator("[data-status]"))
                    .hasText(
                            "The server’s disk is full: nothing more is recorded, and what was received until now is safe.");
            assertThat(edda.locator("[data-problem]")).isHidden();
            Studio.look(edda, "studio-full");
            // Somebody makes room, and what waited in the browser is sent.
            free.set(60L << 30);
            assertThat(edda.locator("[data-status]")).containsText(LIVE);
            free.set(50L << 20);
            assertThat(edda.locator("[data-status]")).containsText("disk is full");
            edda.locator("[data-end]").click();
            assertThat(edda.locator("main")).containsText("This session is over");
            assertThat(asked.getLast())
                    .matches("End the session for everyone\\? The last \\d+ seconds are not kept, .*");
            Studio.until(
                    "what was received is the recording",
                    () -> evening.one("select state from live_take").equals("made"));
            free.set(60L << 30);

            byte[] noise = new byte[2_000_000];
            new Random(5).nextBytes(noise);
            String noisy = Studio.announced(evening, "Unreadable");
            Page other = studio(evening, browser, "edda", noisy, asked);
            other.route("**/takes/*/*", route -> route.resume(new Route.ResumeOptions().setPostData(noise)));
            other.locator("[data-go]").click();
            assertThat(other.locator("[data-problem]"))
                    .hasText(
                            "What your browser sends can’t be read as pictures. Please reload this page and go live again, or take another browser.");
            assertThat(other.locator("[data-go]")).isEnabled();
            Studio.look(other, "studio-unreadable");
            String takes =
                    "select count(*) from live_take t join live_session s on s.id = t.session_id where s.slug = 'unreadable'";
            assertThat(evening.one(takes)).isEqualTo("3");
            // The page is mended, and its button goes on at once.
            other.unroute("**/takes/*/*");
            other.locator("[data-go]").click();
            assertThat(other.locator("[data-status]")).containsText(LIVE);
            Studio.until(
                    "viewers get pictures",
                    () -> evening.one(takes).equals("4")
                            && java.nio.file.Files.exists(
                                    evening.press
                                            .running
                                            .newsroom()
                                            .config
                                            .data()
                                            .resolve(
                                                    evening.one(
                                                            "select 'live/' || session_id || '/' || id || '-1/v0.m3u8' from live_take order by id desc limit 1"))));
            // Someone else is asked whether to go on in her place; she is told.
            Page rae = studio(evening, browser, "rae", noisy, asked);
            rae.locator("[data-go]").click();
            assertThat(rae.locator("[data-status]")).containsText(LIVE);
            assertThat(asked.getLast())
                    .isEqualTo("Someone else is live in this session already. Do you want to go on in their place?");
            assertThat(other.locator("[data-problem]")).containsText("Someone else went on in your place");
            assertThat(browser.complaints.stream().filter(one -> !one.matches(".*status of (409|422|507).*")))
                    .isEmpty();
        }
    }
}
