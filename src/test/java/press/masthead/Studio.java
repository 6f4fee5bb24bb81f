package press.masthead;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import press.masthead.Press.Person;

/** What tests of live video have in common. */
final class Studio {
    private Studio() {}

    /** An announced session for members that begins in an hour; the desk's path. Pairs replace fields. */
    static String announced(Evening evening, String title, String... other) throws Exception {
        Person edda = evening.editor();
        var fields = new LinkedHashMap<String, String>();
        fields.put("title", title);
        fields.put("starts", Evening.field(LocalDateTime.now(Evening.GENEVA).plusHours(1)));
        fields.put("zone", "Europe/Zurich");
        fields.put("access", "member");
        for (int n = 0; n < other.length; n += 2) fields.put(other[n], other[n + 1]);
        var pairs = new ArrayList<String>();
        fields.forEach((name, value) -> pairs.addAll(List.of(name, value)));
        String path =
                edda.post("/desk/live/new", pairs.toArray(String[]::new)).uri().getPath();
        edda.post(path + "/announce");
        return path;
    }

    static void signIn(Evening evening, Page page, String email) {
        page.navigate(evening.link(email));
        page.getByRole(AriaRole.BUTTON).first().waitFor();
        page.locator("main form[method=post] button").first().click();
        page.waitForLoadState();
    }

    /** Waits, a minute at most. */
    static void until(String what, BooleanSupplier holds) throws InterruptedException {
        Instant last = Instant.now().plus(Duration.ofMinutes(1));
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(last)) throw new AssertionError("not within a minute: " + what);
            var _ = new CountDownLatch(1).await(150, TimeUnit.MILLISECONDS);
        }
    }

    /** Kept for people to look at, where a folder for it is named. */
    static void look(Page page, String name) throws java.io.IOException {
        String folder = System.getenv("MASTHEAD_SHOTS");
        if (folder == null) return;
        Files.createDirectories(Path.of(folder));
        var size = page.viewportSize();
        for (int width : new int[] {375, 1440})
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                page.setViewportSize(width, 900);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of(
                                folder, name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png"))
                        .setFullPage(true));
            }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(size.width, size.height);
    }
}
