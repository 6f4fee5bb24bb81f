package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** Suggestions while writing, in a real browser: taken and dismissed with one key, and never in the way of typing. */
@Tag("browser")
class AssistWalkTest {
    private static Quay quay;
    private static Desk desk;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        quay = new Quay();
        desk = quay.desk;
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        browser.close();
        quay.close();
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
        assertThat(suggestion(ada, "Shipping")).isFocused();
        ada.keyboard().press("Delete");
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

    @Test
    void a_picture_that_says_nothing_is_reminded_of_until_it_does_on_a_phone_from_right_to_left_too() {
        Page ada = ada(375, 812);
        ada.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        ada.getByLabel("Headline").fill("Cranes stand still");
        Locator story = ada.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Story"));
        story.click();
        ada.keyboard()
                .type(
                        "Two cranes at the quay stand still since dockers and pilots left the container berth in Oslo on Monday.");
        story.evaluate("""
                async field => {
                  const canvas = Object.assign(document.createElement('canvas'), {width: 900, height: 600});
                  canvas.getContext('2d').fillRect(0, 0, 450, 600);
                  const blob = await new Promise(made => canvas.toBlob(made, 'image/jpeg'));
                  const data = new DataTransfer();
                  data.items.add(new File([blob], 'quay.jpg', {type: 'image/jpeg'}));
                  const box = field.querySelector('p').getBoundingClientRect();
                  field.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true, clientX: box.left + 5, clientY: box.top + 5}));
                }""");
        Locator says = story.locator("figure").getByLabel("What it shows");
        assertThat(says).isVisible();
        Locator reminder = ada.locator("[data-assist-bare] .suggestion");
        assertThat(reminder).hasText("Say what the picture shows");
        ada.locator("[data-assist]").scrollIntoViewIfNeeded();
        look(ada, "panel-375-dark");
        reminder.click();
        assertThat(says).isFocused();
        ada.keyboard().type("Two cranes above an empty quay.");
        story.locator("p").last().click();
        ada.keyboard().press("End");
        ada.keyboard().type(" Nobody works there and nobody knows when the cranes turn again.");
        assertThat(reminder).hasCount(0);

        ada.evaluate("document.documentElement.dir = 'rtl'");
        ada.locator("[data-assist]").scrollIntoViewIfNeeded();
        look(ada, "panel-375-dark-rtl");
        Number overflow = (Number) ada.evaluate("document.documentElement.scrollWidth - innerWidth");
        org.assertj.core.api.Assertions.assertThat(overflow.intValue())
                .as("pixels wider than the phone")
                .isLessThanOrEqualTo(0);
        ada.context().close();
    }
}
