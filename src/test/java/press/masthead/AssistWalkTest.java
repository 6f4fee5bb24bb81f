package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** Suggestions while writing, in a real browser: taken and dismissed with one key, and never in the way of typing. */
@Tag("browser")
class AssistWalkTest {
    private static final List<String> STORIES = List.of(
            "Pilots and dockers at the quay asked for new cranes at the container berth",
            "The harbour dredged its berth so that container ships reach the quay",
            "Tugs wait at the quay while pilots bring a container ship to its berth",
            "A harbour of the north sells its berth and its cranes to dockers",
            "Dockers count containers on the quay by night and pilots sleep");
    private static Desk desk;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.opened();
        browser = new Browser();
        var ada = desk.signedIn("ada");
        for (String text : STORIES)
            ada.post(
                    "/desk/stories/new",
                    "revision",
                    "0",
                    "title",
                    text,
                    "body",
                    "<p>" + text + ".</p>",
                    "access",
                    "public",
                    "topics",
                    "ports",
                    "then",
                    "publish");
        for (String text : List.of(
                "Lenders raised rates",
                "Savers count what a loan costs",
                "A bank of the coast closes its doors",
                "The price of money",
                "Interest falls"))
            ada.post(
                    "/desk/stories/new",
                    "revision",
                    "0",
                    "title",
                    text,
                    "body",
                    "<p>" + text + ".</p>",
                    "access",
                    "public",
                    "topics",
                    "money",
                    "then",
                    "publish");
        var index = desk.press.running.newsroom().searchIndex;
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!index.isReady() && Instant.now().isBefore(end)) Thread.onSpinWait();
    }

    @AfterAll
    static void close() {
        browser.close();
        desk.close();
    }

    private static Page ada(int width, int height) {
        Page ada = browser.person(width, height);
        ada.navigate(desk.press
                .running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse("ada@masthead.example").orElseThrow()));
        ada.locator("main button").first().click();
        ada.waitForURL("**/desk/stories");
        ada.navigate(desk.press.url() + "/desk/stories/new");
        return ada;
    }

    private static void look(Page page, String name) {
        Path folder = Path.of("target", "shots");
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }

    private static Locator suggestion(Page page, String name) {
        return page.locator("[data-suggestion] [data-take]").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static String filed() {
        return desk.value("""
                select coalesce(string_agg(t.slug, ' '), '') || coalesce(array_to_string((select countries from story where slug = 'two-cranes-stand-still'), ' '), '')
                from story_topic st join story s on s.id = st.story_id join topic t on t.id = st.topic_id
                where s.slug = 'two-cranes-stand-still'
                """);
    }

    @Test
    void a_suggestion_is_taken_with_one_key_and_dismissed_with_one_while_the_text_is_kept() {
        Page ada = ada(1440, 1000);
        ada.getByLabel("Headline").fill("Two cranes stand still");
        ada.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Story"))
                .click();
        ada.keyboard()
                .type(
                        "Two cranes at the quay in Oslo stand still since Norwegian dockers and pilots left the container berth.");
        assertThat(suggestion(ada, "Ports")).isVisible();
        assertThat(suggestion(ada, "Norway")).isVisible();
        look(ada, "panel-1440");
        // Typing goes on where it was: the panel takes no focus.
        ada.keyboard().type(" Nobody works.");
        assertThat(ada.locator("[data-body]")).hasValue(java.util.regex.Pattern.compile(".*Nobody works\\..*"));

        ada.keyboard().press("Control+Alt+s");
        assertThat(suggestion(ada, "Ports")).isFocused();
        ada.keyboard().press("Enter");
        assertThat(ada.locator("select[name=topics]").first()).hasValue("ports");
        assertThat(suggestion(ada, "Norway")).isFocused();
        ada.keyboard().press("Delete");
        assertThat(suggestion(ada, "Norway")).hasCount(0);
        assertThat(ada.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Story")))
                .isFocused();
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!filed().equals("ports") && Instant.now().isBefore(end)) ada.waitForTimeout(100);
        assertThat(filed()).isEqualTo("ports");

        // What was said before about the words that are selected; Escape leads back to the text.
        ada.keyboard().press("Control+a");
        ada.keyboard().type("The quay waits.");
        ada.keyboard().press("Control+a");
        ada.keyboard().press("Control+Alt+a");
        assertThat(ada.locator("[data-assist-found] h3")).isVisible();
        assertThat(ada.locator("[data-assist-found] a").first()).isFocused();
        look(ada, "before-1440");
        ada.keyboard().press("Escape");
        assertThat(ada.locator("[data-assist-found] h3")).isHidden();
        assertThat(browser.complaints).isEmpty();
        ada.context().close();
    }
}
