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
