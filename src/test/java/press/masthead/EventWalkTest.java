package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;

/**
 * A dinner in Geneva: an editor makes it, members register until it is full, the next one waits and is promoted, the time moves, and at the
 * door a phone without a connection lets the first in by its camera and says "already in" to the second.
 */
@Tag("browser")
class EventWalkTest {
    private static final String DINNER = "/events/dinner-with-the-energy-desk/";

    @Test
    void a_dinner_from_the_form_to_the_door() throws Exception {
        Path picture = Files.createTempFile(Path.of("target"), "camera", ".mjpeg");
        try (var evening = new Evening();
                var browser = new Browser(List.of(
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--use-file-for-fake-video-capture=" + picture.toAbsolutePath()))) {
            String site = evening.press.url();
            LocalDateTime at =
                    LocalDateTime.now(Evening.GENEVA).plusHours(5).withSecond(0).withNano(0);

            Page edda = browser.person(1440, 1000);
            signIn(evening, edda, "edda@masthead.example");
            edda.navigate(site + "/desk/events");
            look(edda, "desk-empty");
            edda.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("New event"))
                    .first()
                    .click();
            edda.locator("#title").fill("Dinner with the energy desk");
            edda.locator("#announcement")
                    .fill("An evening about the winter ahead, with the three people who report on it.");
            edda.locator("#starts").fill(Evening.field(at));
            edda.locator("#ends").fill(Evening.field(at.plusHours(3)));
            edda.locator("#zone").fill("Europe/Zurich");
            edda.locator("#city").fill("Geneva");
            edda.locator("#place").fill("Auberge du Lac");
            edda.locator("#address").fill("Quai des Essais 7");
            edda.locator("#programme").fill("19:00 Drinks on the terrace\n19:30 Dinner\n21:00 Questions to the desk");
            edda.locator("#speakers").fill("Lena Horvat, energy correspondent\nIvo Castellan, editor");
            edda.locator("#capacity").fill("12");
            edda.locator("[name=plus_one]").check();
            edda.locator("#questions").fill("What do you not eat? *");
            look(edda, "desk-form");
            edda.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Save"))
                    .first()
                    .click();
            assertThat(edda.locator("[data-toast]")).containsText("Saved as a draft");
            edda.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Publish"))
                    .click();
            assertThat(edda.locator("[data-toast]")).containsText("Published");
            String desk = edda.url().replaceFirst("\\?.*", "");

            evening.member("ana@guest.example");
            Page ana = browser.person(375, 812);
            signIn(evening, ana, "ana@guest.example");
            ana.navigate(site + "/events/");
            look(ana, "list");
            ana.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Dinner with the energy desk"))
                    .click();
            look(ana, "event-form");
            ana.getByLabel("What do you not eat?").fill("Nuts");
            ana.getByLabel("I bring someone").check();
            ana.getByLabel("Their name, if you know it").fill("Omar Haddad");
            ana.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Register"))
                    .click();
            assertThat(ana.locator(".ticket")).hasCount(2);
            look(ana, "ticket");
            ana.getByText("Give only this seat back").click();
            assertThat(ana.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Give this seat back")))
                    .isVisible();
            ana.getByText("I can’t come").click();
            look(ana, "ticket-one-back");
            ana.reload();
            String code = read(ImageIO.read(new ByteArrayInputStream(
                    ana.locator(".ticket .qr").first().screenshot(new Locator.ScreenshotOptions()))));
            assertThat(code).startsWith("M1.").doesNotContain("ana");
            Person anaToo = evening.signedIn("ana@guest.example");
            byte[] pdf = anaToo.bytes(DINNER + "ticket.pdf").body();
            try (var document = Loader.loadPDF(pdf)) {
                assertThat(document.getNumberOfPages()).isEqualTo(2);
                BufferedImage sheet = new PDFRenderer(document).renderImageWithDPI(0, 200);
                keep("ticket-paper", sheet);
                assertThat(read(sheet))
                        .as("the code on paper is the one on the phone")
                        .isEqualTo(code);
            }
            var confirmed = evening.letter("ana@guest.example", "You are coming");

            for (int n = 1; n <= 10; n++)
                evening.member("guest" + n + "@guest.example").post(DINNER + "register", "answer", "-");
            evening.member("late@guest.example");
            Page late = browser.person(375, 812);
            signIn(evening, late, "late@guest.example");
            late.navigate(site + DINNER);
            late.getByLabel("What do you not eat?").fill("-");
            late.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Join the waiting list"))
                    .click();
            assertThat(late.locator(".event-side")).containsText("You are next.");
            look(late, "event-waiting");
            evening.signedIn("guest3@guest.example").post(DINNER + "give-back");
            evening.letter("late@guest.example", "A seat is free for you");
            late.reload();
            look(late, "event-offered");
            late.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Take the seat"))
                    .click();
            assertThat(late.locator(".ticket")).hasCount(1);

            edda.locator("#starts").fill(Evening.field(at.plusMinutes(30)));
            edda.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Save"))
                    .first()
                    .click();
            assertThat(edda.locator("[data-toast]")).containsText("new entry for their calendar");
            var moved = evening.letter("ana@guest.example", "Changed:");
            assertThat(moved.uid()).isEqualTo(confirmed.uid());
            assertThat(moved.sequence()).isGreaterThan(confirmed.sequence());
            edda.navigate(desk + "/guests");
            look(edda, "desk-guests");

            filmed(picture, code);
            Page door = browser.person(390, 844);
            signIn(evening, door, "rae@masthead.example");
            door.navigate(desk + "/door");
            look(door, "door-closed");
            door.locator("[data-ready]").waitFor();
            door.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Open the door"))
                    .click();
            assertThat(door.locator("[data-count]")).hasText("0 of 12 in");
            door.waitForFunction(
                    "() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller || true)");
            door.reload();
            assertThat(door.locator("[data-count]")).hasText("0 of 12 in");
            assertNothingPlain(door);

            Page other = browser.person(390, 844);
            signIn(evening, other, "rae@masthead.example");
            other.navigate(desk + "/door");
            other.locator("[data-ready]").waitFor();
            other.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Open the door"))
                    .click();
            assertThat(other.locator("[data-name]")).hasText("Door 2");
            other.context().setOffline(true);

            door.context().setOffline(true);
            door.locator("[data-camera]").click();
            assertThat(door.locator("[data-word]")).hasText("Welcome");
            assertThat(door.locator("[data-sentence]")).hasText("ana, No. 0001");
            look(door, "door-welcome");
            assertThat(Double.parseDouble(door.locator("[data-verdict]").getAttribute("data-took")))
                    .isLessThan(200);
            door.locator("[data-camera]").click();
            // The phone is put away and taken out again, still without a connection.
            door.reload();
            assertThat(door.locator("[data-count]")).hasText("1 of 12 in");
            door.locator("[data-search]").fill("ana");
            door.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Let in ana"))
                    .click();
            assertThat(door.locator("[data-word]")).hasText("Already in");
            assertThat(door.locator("[data-sentence]")).containsText("by Door 1.");
            look(door, "door-already");
            door.locator("[data-search]").fill("omar");
            door.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Let in Omar Haddad"))
                    .click();
            assertThat(door.locator("[data-word]")).hasText("Welcome");
            assertThat(door.locator("[data-status]")).hasText("No connection, 3 to settle");
            assertThat(evening.one("select count(*) from door_scan")).isEqualTo("0");

            door.context().setOffline(false);
            assertThat(door.locator("[data-status]")).hasText("On line");
            assertThat(evening.one("select string_agg(said, ',' order by at) from door_scan"))
                    .isEqualTo("in,already,in");

            // The other door knew nothing of it: its word is put right when it is back, and both are shown.
            other.locator("[data-search]").fill("ana");
            other.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Let in ana"))
                    .click();
            assertThat(other.locator("[data-word]")).hasText("Welcome");
            other.context().setOffline(false);
            assertThat(other.locator("[data-differ] li"))
                    .containsText("ana, No. 0001, was let in here too: this ticket first came in at");
            assertThat(other.locator("[data-differ] li")).containsText("by Door 1.");
            look(other, "door-differs");
            edda.navigate(desk + "/attendance");
            assertThat(edda.locator(".lead")).containsText("2 of 12 are in");
            assertThat(edda.getByText("Let in twice")).isVisible();
            look(edda, "desk-attendance");
            assertThat(browser.complaints.stream().filter(one -> !one.contains("ERR_INTERNET_DISCONNECTED")))
                    .isEmpty();
        } finally {
            Files.deleteIfExists(picture);
        }
    }

    /** What lies in the browser's database is noise without its key: no name, no number. */
    private static void assertNothingPlain(Page door) {
        Object kept = door.evaluate("""
                async () => {
                  const db = await new Promise((done) => { const r = indexedDB.open("door", 1); r.onsuccess = () => done(r.result); });
                  const all = await new Promise((done) => { const r = db.transaction("list").objectStore("list").getAll(); r.onsuccess = () => done(r.result); });
                  const one = all[0];
                  let exported = "no";
                  try { await crypto.subtle.exportKey("raw", one.key); exported = "yes"; } catch { }
                  return [all.length, new TextDecoder("latin1").decode(one.sealed), exported, Object.keys(one).sort().join()];
                }
                """);
        assertThat((List<?>) kept).satisfies(list -> {
            assertThat(list.get(0)).isEqualTo(1);
            assertThat(list.get(1).toString()).doesNotContain("ana").doesNotContain("Omar");
            assertThat(list.get(2)).isEqualTo("no");
            assertThat(list.get(3)).isEqualTo("event,iv,key,sealed,until");
        });
    }

    private static void signIn(Evening evening, Page page, String email) {
        page.navigate(evening.link(email));
        page.getByRole(AriaRole.BUTTON).first().waitFor();
        page.locator("main form[method=post] button").first().click();
        page.waitForLoadState();
    }

    /** What the camera sees from now on: the code in the middle of a grey picture. */
    private static void filmed(Path file, String code) throws Exception {
        var qr = io.nayuki.qrcodegen.QrCode.encodeText(code, io.nayuki.qrcodegen.QrCode.Ecc.MEDIUM);
        var frame = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        var graphics = frame.createGraphics();
        graphics.setColor(new Color(90, 90, 96));
        graphics.fillRect(0, 0, 640, 480);
        int module = 6;
        int size = (qr.size + 8) * module;
        graphics.translate((640 - size) / 2, (480 - size) / 2);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, size, size);
        graphics.setColor(Color.BLACK);
        for (int y = 0; y < qr.size; y++)
            for (int x = 0; x < qr.size; x++)
                if (qr.getModule(x, y)) graphics.fillRect((x + 4) * module, (y + 4) * module, module, module);
        graphics.dispose();
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(frame, "jpeg", jpeg);
        var film = new ByteArrayOutputStream();
        for (int n = 0; n < 10; n++) film.write(jpeg.toByteArray());
        Files.write(file, film.toByteArray());
    }

    static String read(BufferedImage picture) throws Exception {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        var source = new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, true))
                .getText();
    }

    /** Kept for people to look at, where a folder for it is named. */
    private static void look(Page page, String name) throws Exception {
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
                                folder,
                                name + "-" + width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png"))
                        .setFullPage(true));
            }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(size.width, size.height);
    }

    private static void keep(String name, BufferedImage picture) throws Exception {
        String folder = System.getenv("MASTHEAD_SHOTS");
        if (folder == null) return;
        Files.createDirectories(Path.of(folder));
        ImageIO.write(picture, "png", Path.of(folder, name + ".png").toFile());
    }
}
