package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.options.Cookie;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.bench.ServedApart;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.web.Secret;

/** The server is killed while a journalist is live from one browser and someone watches in another; both are left alone, and it goes on. */
@Tag("kill")
class LiveRestartTest {
    private static final WaitForFunctionOptions PATIENT = new WaitForFunctionOptions().setTimeout(60_000);

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    @Test
    void pictures_move_again_in_a_page_that_nobody_touched() throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "restart").toAbsolutePath();
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var settings = Map.of(
                "DATABASE_URL",
                Press.text(TestDatabase.freshUrl()),
                "MASTHEAD_PORT",
                Integer.toString(port),
                "MASTHEAD_STAFF_FACTOR",
                "off",
                "MASTHEAD_SAMPLE",
                "no",
                "MASTHEAD_MODEL",
                "no");
        String cookie = Secret.fresh().reveal();
        ServedApart before = ServedApart.start(folder, settings);
        try (var browser = new Browser(List.of(
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--autoplay-policy=no-user-gesture-required"))) {
            prepare(settings.getOrDefault("DATABASE_URL", ""), cookie);
            Page edda = browser.person(1280, 900);
            edda.onDialog(dialog -> dialog.accept());
            edda.context().addCookies(List.of(new Cookie("masthead_session", cookie).setUrl(before.url())));
            edda.navigate(before.url() + "/desk/live/1/studio");
            edda.locator("[data-check]").click();
            edda.locator("[data-go]").click();
            assertThat(edda.locator("[data-status]")).containsText("You are live");
            Page ana = browser.person(1280, 900);
            ana.navigate(before.url() + "/live/restart/");
            ana.waitForFunction("() => document.querySelector('[data-video]').currentTime > 2", null, PATIENT);

            before.kill();
            try (var after = ServedApart.start(folder, settings)) {
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

    private static void prepare(String database, String cookie) {
        try (var own = Database.open(DatabaseUrl.parse(database), 2)) {
            own.jdbi().useTransaction(handle -> {
                handle.execute(
                        "insert into reader (email, email_key, created_at, confirmed_at) values ('e@desk.example', 'e@desk.example', now(), now())");
                handle.execute("insert into staff (reader_id, role) select id, 'editor' from reader");
                handle.execute(
                        "insert into session (token_hash, reader_id, created_at, seen_at, expires_at) select ?, id, now(), now(), now() + interval '1 day' from reader",
                        (Object) Secret.read(cookie).orElseThrow().hash());
                handle.execute(
                        "insert into live_session (slug, title, starts_at, zone, access, state, created_at) values ('restart', 'Restart', now(), 'Europe/Zurich', 'public', 'announced', now())");
            });
        }
    }
}
