package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A correspondent goes live from a browser; a member sees pictures that change, hears sound, asks, is voted for by another and answered; the
 * recording plays with its chapter.
 */
@Tag("browser")
class LiveWalkTest {
    private static final String SESSION = "/live/ask-the-energy-desk/";

    @Test
    void a_session_from_the_announcement_to_the_recording() throws Exception {
        try (var evening = new Evening();
                var browser = new Browser(List.of(
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--autoplay-policy=no-user-gesture-required"))) {
            String site = evening.press.url();
            Page edda = browser.person(1440, 1000);
            edda.onDialog(dialog -> dialog.accept());
            signIn(evening, edda, "edda@masthead.example");
            edda.navigate(site + "/desk/live");
            look(edda, "desk-empty");
            edda.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("New session"))
                    .first()
                    .click();
            edda.locator("#title").fill("Ask the energy desk");
            edda.locator("#announcement")
                    .fill("Lena Horvat on gas stores, grids and what a cold January would do to prices.");
            edda.locator("#starts")
                    .fill(Evening.field(LocalDateTime.now(Evening.GENEVA).plusHours(1)));
            edda.locator("#zone").fill("Europe/Zurich");
            look(edda, "desk-form");
            button(edda, "Save").first().click();
            button(edda, "Announce").click();
            assertThat(edda.locator("[data-toast]")).containsText("Announced");
            String desk = edda.url().replaceFirst("\\?.*", "");

            evening.member("ana@guest.example");
            evening.member("omar@guest.example");
            Page ana = browser.person(1280, 900);
            signIn(evening, ana, "ana@guest.example");
            ana.navigate(site + "/live/");
            look(ana, "list");
            ana.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Ask the energy desk"))
                    .click();
            assertThat(ana.locator("[data-rest]")).containsText("minutes");
            look(ana, "waiting");
            Page omar = browser.person(375, 812);
            signIn(evening, omar, "omar@guest.example");
            omar.navigate(site + SESSION);

            edda.navigate(desk + "/studio");
            edda.locator("[data-check]").click();
            edda.waitForFunction("() => document.querySelector('[data-level]').value > 0.02");
            look(edda, "studio-check");
            button(edda, "Go live").click();
            assertThat(edda.locator("[data-status]")).containsText("You are live");

            // It begins by itself on a page that was open; frames come, and they differ; there is sound.
            ana.waitForFunction("() => document.querySelector('[data-video]').currentTime > 1");
            assertMoves(ana);
            assertSounds(ana);

            ana.getByLabel("Your question").fill("How full are the gas stores? <b>Really?</b>");
            ana.locator("[data-ask] button").click();
            assertThat(ana.locator("[data-said]")).containsText("Everyone sees your question now.");
            assertThat(omar.locator(".live-body")).hasText("How full are the gas stores? <b>Really?</b>");
            omar.locator(".live-vote button").click();
            assertThat(omar.locator(".live-vote button")).hasAttribute("aria-pressed", "true");
            assertThat(ana.locator(".live-votes")).hasText("1");
            look(ana, "live");

            button(edda, "Queue: How full").click();
            assertThat(ana.locator(".live-standing")).hasText("Yours is next");
            button(edda, "Answer now: How full").click();
            assertThat(ana.locator("[data-now]")).containsText("How full are the gas stores?");
            assertThat(omar.locator("[data-now]")).containsText("How full are the gas stores?");
            look(edda, "studio-live");
            look(omar, "live-answering");
            ana.waitForTimeout(2_500);
            button(edda, "Answered: How full").click();
            assertThat(omar.locator(".live-standing")).hasText("Answered");

            button(edda, "End the session").click();
            assertThat(edda.locator("main")).containsText("This session is over");
            ana.waitForURL(site + SESSION, new Page.WaitForURLOptions());
            assertThat(ana.locator(".live-chapters a")).hasCount(1);
            assertThat(ana.locator(".live-chapters a")).containsText("How full are the gas stores?");
            ana.waitForFunction(
                    "() => { const v = document.querySelector('[data-video]'); return v.readyState > 2 && Number.isFinite(v.duration) && v.duration > 4; }");
            assertMoves(ana);
            ana.evaluate("() => document.querySelector('[data-video]').pause()");
            ana.locator(".live-chapters a").click();
            int chapter = Integer.parseInt(
                    ana.locator(".live-chapters a").getAttribute("href").substring(3));
            ana.waitForFunction("at => document.querySelector('[data-video]').currentTime >= at", chapter);
            look(ana, "recording");
            edda.navigate(desk);
            look(edda, "desk-after");
            assertThat(evening.one("select string_agg(distinct state, ',') from live_take"))
                    .isEqualTo("made");
            assertThat(browser.complaints.stream().filter(one -> !one.contains("404")))
                    .isEmpty();
        }
    }

    private static com.microsoft.playwright.Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
    }

    /** Pictures come, and a later one is not the earlier one. */
    private static void assertMoves(Page page) {
        Object seen = page.evaluate("""
                async () => {
                  const video = document.querySelector("[data-video]");
                  const canvas = document.createElement("canvas");
                  canvas.width = 160; canvas.height = 90;
                  const pen = canvas.getContext("2d", { willReadFrequently: true });
                  const look = () => { pen.drawImage(video, 0, 0, 160, 90); return pen.getImageData(0, 0, 160, 90).data; };
                  await video.play();
                  const before = video.getVideoPlaybackQuality().totalVideoFrames;
                  const first = look();
                  let differ = 0;
                  // The fake camera's pictures come round again: one moment alone may look like the first.
                  for (const pause of [700, 900, 900]) {
                    await new Promise((done) => setTimeout(done, pause));
                    const later = look();
                    let now = 0;
                    for (let n = 0; n < first.length; n += 4) if (Math.abs(first[n] - later[n]) > 24) now++;
                    differ = Math.max(differ, now);
                  }
                  return [video.getVideoPlaybackQuality().totalVideoFrames - before, differ];
                }
                """);
        assertThat(((Number) ((List<?>) seen).get(0)).intValue()).as("frames").isGreaterThan(20);
        assertThat(((Number) ((List<?>) seen).get(1)).intValue())
                .as("pixels that differ")
                .isGreaterThan(20);
    }

    /** The fake microphone beeps; the beep arrives. */
    private static void assertSounds(Page page) {
        Object loudest = page.evaluate("""
                async () => {
                  const video = document.querySelector("[data-video]");
                  const audio = new AudioContext();
                  await audio.resume();
                  const meter = audio.createAnalyser();
                  audio.createMediaStreamSource(video.captureStream()).connect(meter);
                  const samples = new Float32Array(meter.fftSize);
                  let loudest = 0;
                  for (let n = 0; n < 60; n++) {
                    meter.getFloatTimeDomainData(samples);
                    for (const one of samples) loudest = Math.max(loudest, Math.abs(one));
                    await new Promise((done) => setTimeout(done, 50));
                  }
                  return loudest;
                }
                """);
        assertThat(((Number) loudest).doubleValue()).as("the loudest moment").isGreaterThan(0.02);
    }

    private static void signIn(Evening evening, Page page, String email) {
        page.navigate(evening.link(email));
        page.getByRole(AriaRole.BUTTON).first().waitFor();
        page.locator("main form[method=post] button").first().click();
        page.waitForLoadState();
    }

    /** Kept for people to look at, where a folder for it is named. */
    static void look(Page page, String name) throws Exception {
        String folder = System.getenv("MASTHEAD_SHOTS");
        if (folder == null) return;
        Files.createDirectories(Path.of(folder));
        var size = page.viewportSize();
        for (int width : new int[] {375, 1440})
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                page.setViewportSize(width, 900);
                page.screenshot(new ScreenshotOptions()
                        .setPath(Path.of(
                                folder, name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png"))
                        .setFullPage(true));
            }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(size.width, size.height);
    }
}
