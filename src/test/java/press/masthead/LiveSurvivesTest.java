package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The journalist's network gone for twenty seconds, their browser reloaded, and a viewer on a thin line. */
@Tag("browser")
class LiveSurvivesTest {
    private static final WaitForFunctionOptions PATIENT = new WaitForFunctionOptions().setTimeout(60_000);

    private static double time(Page page) {
        return ((Number) page.evaluate("() => document.querySelector('[data-video]').currentTime")).doubleValue();
    }

    @Test
    void a_break_and_a_reload_lose_nothing_and_a_thin_line_gets_less_but_goes_on() throws Exception {
        try (var evening = new Evening();
                var browser = new Browser(List.of(
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--autoplay-policy=no-user-gesture-required"))) {
            String desk = Studio.announced(evening, "Storm");
            evening.member("ana@guest.example");
            Page edda = browser.person(1280, 900);
            edda.onDialog(dialog -> dialog.accept());
            Studio.signIn(evening, edda, "edda@masthead.example");
            edda.navigate(evening.press.url() + desk + "/studio");
            edda.locator("[data-check]").click();
            edda.locator("[data-go]").click();
            assertThat(edda.locator("[data-status]")).containsText("You are live");
            Page ana = browser.person(1280, 900);
            Studio.signIn(evening, ana, "ana@guest.example");
            var line = ana.context().newCDPSession(ana);
            line.send("Network.enable");
            var thin = new JsonObject();
            thin.addProperty("offline", false);
            thin.addProperty("latency", 60);
            thin.addProperty("downloadThroughput", 500_000 / 8);
            thin.addProperty("uploadThroughput", 500_000 / 8);
            line.send("Network.emulateNetworkConditions", thin);
            ana.navigate(evening.press.url() + "/live/storm/");
            ana.waitForFunction("() => document.querySelector('[data-video]').currentTime > 2", null, PATIENT);
            // v0 is the largest: a thin line is given a smaller one, or the sound alone.
            ana.waitForFunction(
                    "() => performance.getEntriesByType('resource').some((one) => /-v[12]-\\d+\\.ts$/.test(one.name))",
                    null,
                    PATIENT);

            edda.context().setOffline(true);
            edda.waitForTimeout(20_000);
            assertThat(edda.locator("[data-status]")).containsText("No connection");
            String before = evening.one("select received from live_take");
            edda.context().setOffline(false);
            Studio.until(
                    "what was recorded meanwhile arrives",
                    () -> Integer.parseInt(evening.one("select max(next_part) from live_take")) > 45);
            assertThat(evening.one("select max(received) > " + before + " from live_take"))
                    .isEqualTo("t");
            assertThat(edda.locator("[data-status]")).containsText("You are live");
            double then = time(ana);
            ana.waitForFunction("at => document.querySelector('[data-video]').currentTime > at + 2", then, PATIENT);

            edda.reload();
            edda.locator("[data-check]").click();
            edda.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Go on with the session"))
                    .click();
            assertThat(edda.locator("[data-status]")).containsText("You are live");
            Studio.until(
                    "a second take",
                    () -> evening.one("select count(*) from live_take where next_part > 6")
                            .equals("2"));
            double later = time(ana);
            ana.waitForFunction("at => document.querySelector('[data-video]').currentTime > at + 2", later, PATIENT);

            // Back to the beginning, by the keyboard too, and to what is live again.
            ana.evaluate("() => { document.querySelector('[data-video]').currentTime = 1; }");
            ana.waitForFunction("() => document.querySelector('[data-video]').currentTime < 15", null, PATIENT);
            ana.locator("[data-edge]").focus();
            ana.keyboard().press("Enter");
            ana.waitForFunction("at => document.querySelector('[data-video]').currentTime > at", then, PATIENT);
            assertThat(ana.locator("[data-inside]")).isVisible();
            assertThat(ana.locator("[data-quality] option")).hasCount(4);
            ana.locator("[data-quality]").selectOption("1");

            edda.locator("[data-end]").click();
            assertThat(edda.locator("main")).containsText("This session is over");
            Studio.until(
                    "the recording is whole",
                    () -> evening.one("select count(*) from live_take where state <> 'made'")
                            .equals("0"));
            assertThat(evening.one("select count(*) from live_take")).isEqualTo("2");
            // All of the twenty seconds are in it: parts of half a second, none left out.
            assertThat(Integer.parseInt(evening.one("select max(next_part) from live_take")))
                    .isGreaterThan(45);
        }
    }
}
