package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** WCAG 2.2 at level AA as far as a program can tell, on a phone and on a desk, by day and by night. */
@Tag("browser")
class AccessibilityTest {
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** axe-core, which its Java library carries along. */
    private static final String AXE = source("/axe.min.js");

    private static final String RUN = """
            async rules => (await axe.run(document, {runOnly: rules, resultTypes: ["violations"]})).violations.flatMap(rule =>
              rule.nodes.map(node => rule.id + " " + node.target.join(" ") + ": " + node.failureSummary))""";

    private static String source(String path) {
        try (var in = Objects.requireNonNull(AccessibilityTest.class.getResourceAsStream(path))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void no_page_shuts_anyone_out() throws Exception {
        try (var press = Press.started();
                var browser = new Browser()) {
            var wrong = new TreeSet<String>();
            for (int width : new int[] {375, 1440}) {
                Page visitor = browser.person(width, 900);
                for (String path : PublicPaths.FOR_ALL) look(visitor, press.url() + path, wrong);
                Page member = browser.person(width, 900);
                String link =
                        URI.create(press.running.newsroom().newsroomLink()).getPath();
                member.navigate(press.url() + link);
                member.locator("main button").first().click();
                member.waitForURL("**/desk/**");
                for (String path : PublicPaths.FOR_MEMBERS) look(member, press.url() + path, wrong);
                if (width < 600) {
                    Page manager = browser.person(width, 900);
                    manager.navigate(press.running
                            .newsroom()
                            .signIn
                            .linkFor(EmailAddress.parse("dina@ministry.example").orElseThrow()));
                    manager.locator("main button").first().click();
                    manager.waitForLoadState();
                    for (String path : PublicPaths.FOR_MANAGERS) look(manager, press.url() + path, wrong);
                }
                if (width < 600) for (String path : PublicPaths.FOR_STAFF) look(member, press.url() + path, wrong);
            }
            assertThat(wrong).isEmpty();
        }
    }

    /** By night nothing is different but the colours, so they alone are looked at again, and on one of the two. */
    private static void look(Page page, String url, TreeSet<String> wrong) {
        page.navigate(url);
        page.evaluate(AXE);
        run(page, ColorScheme.LIGHT, RULES, wrong);
        if (page.viewportSize().width < 600) run(page, ColorScheme.DARK, List.of("color-contrast"), wrong);
        int sideways = (int) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        if (sideways > 0) wrong.add(url + " is " + sideways + " pixels too wide");
    }

    private static void run(Page page, ColorScheme scheme, List<String> rules, TreeSet<String> wrong) {
        // Without motion, so that no colour is caught on its way to another.
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        for (Object violation : (List<?>) page.evaluate(RUN, rules))
            wrong.add("%s (%d px, %s): %s"
                    .formatted(
                            page.url().replaceFirst("https?://[^/]+", ""),
                            page.viewportSize().width,
                            scheme,
                            violation));
    }
}
