package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** A label has room to its field, and a tick stands beside its words, on a phone as on a desk. */
@Tag("browser")
class LabelsTest {
    @Test
    void labels_keep_their_distance_and_their_line() throws Exception {
        try (Press press = Press.started();
                Browser browser = new Browser()) {
            Page cleo = signedIn(press, browser, "cleo@reader.example");
            Page ada = signedIn(press, browser, "ada@parallel.example");
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK))
                for (int width : List.of(375, 1440)) {
                    look(cleo, press.url() + "/account/following/", width, scheme, "following");
                    for (String field : List.of("f-at", "f-zone")) {
                        BoundingBox label =
                                cleo.locator("label[for=" + field + "]").boundingBox();
                        BoundingBox input = cleo.locator("#" + field).boundingBox();
                        assertThat(input.y - label.y - label.height)
                                .as(field + " at " + width)
                                .isGreaterThanOrEqualTo(6);
                    }
                    look(ada, press.url() + "/desk/tax", width, scheme, "tax");
                    if (width == 375) {
                        BoundingBox cell = ada.locator("td:first-child").first().boundingBox();
                        BoundingBox under =
                                ada.locator("td:first-child .hint").first().boundingBox();
                        assertThat(under.x)
                                .as("what stands below a name begins with it")
                                .isEqualTo(cell.x);
                        assertThat(ada.locator("tr").nth(1).locator("td[data-label]:not(:first-child)").all().stream()
                                        .map(
                                                cellOf -> cellOf.evaluate(
                                                        "e => { const r = document.createRange(); r.selectNodeContents(e); return Math.round(r.getBoundingClientRect().x) }"))
                                        .distinct())
                                .as("figures stand below each other")
                                .hasSize(1);
                    }
                    BoundingBox tick = ada.locator("input[name=home]").boundingBox();
                    BoundingBox row = ada.locator("label:has(input[name=home])").boundingBox();
                    assertThat(Math.abs(tick.y + tick.height / 2 - row.y - row.height / 2))
                            .as("the tick and its words at " + width)
                            .isLessThan(4);
                    assertThat(ada.locator("label:has(input[name=home])").evaluate("e => getComputedStyle(e).display"))
                            .as("as every other tick")
                            .isEqualTo("flex");
                }
        }
    }

    private static void look(Page page, String address, int width, ColorScheme scheme, String name) {
        page.setViewportSize(width, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.navigate(address);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/shots/" + name + "-" + scheme + "-" + width + ".png"))
                .setFullPage(true));
    }

    private static Page signedIn(Press press, Browser browser, String email) {
        Page page = browser.person(1440, 900);
        page.navigate(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        page.locator("form[action*='/signin/'] button").click();
        page.waitForURL(url -> !url.contains("/signin/"));
        return page;
    }
}
