package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.LiveBreaksTest.Room;
import press.masthead.Press.Person;

/** The player under a viewer's hands: qualities, the sound alone, the small window, captions on the whole screen, and a page that lies behind. */
@Tag("browser")
class LivePlayerTest {
    private static final WaitForFunctionOptions PATIENT = new WaitForFunctionOptions().setTimeout(60_000);

    /** Waits until the newest segments that were fetched are of this quality: v0 the largest picture, v2 the sound alone. */
    private static void fetched(Page page, String quality) {
        page.waitForFunction("""
                quality => {
                  const segments = performance.getEntriesByType("resource").map((one) => /-(v\\d)-\\d+\\.ts$/.exec(one.name)?.[1]).filter(Boolean);
                  return segments.length > 2 && segments.slice(-2).every((one) => one === quality);
                }
                """, quality, PATIENT);
    }

    private static int segments(Page page) {
        return ((Number)
                        page.evaluate(
                                "() => performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.ts')).length"))
                .intValue();
    }

    private static void moves(Page page) {
        Object then = page.evaluate("() => document.querySelector('[data-video]').currentTime");
        page.waitForFunction("then => document.querySelector('[data-video]').currentTime > then + 1.5", then, PATIENT);
    }

    @Test
    void qualities_by_hand_the_sound_alone_a_small_window_and_captions_on_the_whole_screen() throws Exception {
        try (var evening = new Evening();
                var browser = new Browser(List.of("--autoplay-policy=no-user-gesture-required"));
                var feed = new Feed(Room.open(evening, "Player"))) {
            evening.member("ana@guest.example");
            Page ana = browser.person(1280, 900);
            Studio.signIn(evening, ana, "ana@guest.example");
            feed.go();
            ana.navigate(evening.press.url() + "/live/player/");
            ana.evaluate("() => performance.setResourceTimingBufferSize(5000)");
            ana.waitForFunction("() => document.querySelector('[data-video]').currentTime > 1", null, PATIENT);
            assertThat(ana.locator("[data-quality] option"))
                    .hasText(new String[] {"Automatic", "480p", "240p", "Sound only"});

            for (String[] one : new String[][] {{"240p", "v1"}, {"480p", "v0"}, {"Sound only", "v2"}}) {
                ana.locator("[data-quality]")
                        .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel(one[0]));
                fetched(ana, one[1]);
                moves(ana);
            }
            assertThat(ana.locator("[data-sound-alone]")).isVisible();
            Studio.look(ana, "player-sound");
            assertThat(ana.evaluate("() => document.querySelector('[data-video]').videoWidth"))
                    .isEqualTo(0);
            ana.locator("[data-quality]")
                    .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("480p"));
            fetched(ana, "v0");
            ana.waitForFunction("() => document.querySelector('[data-video]').videoHeight === 480", null, PATIENT);
            assertThat(ana.locator("[data-sound-alone]")).isHidden();

            ana.locator("[data-inside]").click();
            ana.waitForFunction(
                    "() => document.pictureInPictureElement === document.querySelector('[data-video]')", null, PATIENT);
            assertThat(ana.locator("[data-inside]")).hasAttribute("aria-pressed", "true");
            ana.locator("[data-inside]").click();
            ana.waitForFunction("() => document.pictureInPictureElement === null", null, PATIENT);

            Person edda = evening.editor();
            ana.locator("[data-full]").click();
            ana.waitForFunction("() => document.fullscreenElement?.matches('[data-stage]')", null, PATIENT);
            var late = new java.util.ArrayList<Double>();
            for (String line : List.of("The stores are nearly full.", "المخازن ممتلئة.", "That is all.")) {
                long typed = System.nanoTime();
                edda.post(feed.room.desk() + "/captions", "words", line, "script", "yes");
                assertThat(ana.locator("[data-caption]")).hasText(line);
                late.add((System.nanoTime() - typed) / 1e9);
            }
            System.out.printf("a caption is over the picture after %s s%n", late);
            assertThat(late).allMatch(seconds -> seconds < 5);
            assertThat(ana.evaluate("""
                            () => {
                              const caption = document.querySelector("[data-caption]");
                              const box = caption.getBoundingClientRect();
                              return document.fullscreenElement.contains(caption) && box.height > 0 && box.top > innerHeight / 2 && box.bottom < innerHeight;
                            }
                            """)).isEqualTo(true);
            ana.locator("[data-video]").focus();
            ana.keyboard().press("c");
            assertThat(ana.locator("[data-caption]")).isHidden();
            ana.keyboard().press("c");
            edda.post(feed.room.desk() + "/captions", "words", "Seen again.", "script", "yes");
            assertThat(ana.locator("[data-caption]")).isVisible();
            ana.keyboard().press("f");
            ana.waitForFunction("() => document.fullscreenElement === null", null, PATIENT);
            ana.locator("[data-captions]").focus();
            ana.keyboard().press("Space");
            assertThat(ana.locator("[data-captions]")).hasAttribute("aria-pressed", "false");

            behind(ana);
        }
    }

    /** Another page lies before it: with sound it is heard, without it nobody attends, and nothing is fetched. */
    private static void behind(Page page) {
        page.evaluate("""
                () => {
                  Object.defineProperty(document, "hidden", { configurable: true, get: () => globalThis.away });
                  globalThis.away = true;
                  document.querySelector("[data-video]").muted = false;
                  document.dispatchEvent(new Event("visibilitychange"));
                }
                """);
        page.waitForTimeout(7_000);
        int heard = segments(page);
        page.waitForTimeout(3_000);
        assertThat(segments(page)).as("whoever listens gets on").isGreaterThan(heard);
        page.evaluate("() => { document.querySelector('[data-video]').muted = true; }");
        page.waitForTimeout(8_000);
        int quiet = segments(page);
        page.waitForTimeout(3_000);
        assertThat(segments(page)).as("nobody sees or hears it").isEqualTo(quiet);
        page.evaluate("() => { globalThis.away = false; document.dispatchEvent(new Event('visibilitychange')); }");
        page.waitForFunction(
                "quiet => performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.ts')).length > quiet + 2",
                quiet,
                PATIENT);
        moves(page);
    }
}
