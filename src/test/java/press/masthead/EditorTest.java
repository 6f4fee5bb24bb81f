package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** Writing in a real browser, on a desk and on a phone. */
@Tag("browser")
class EditorTest {
    private static Desk desk;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.opened();
        browser = new Browser();
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

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator text(Page page) {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Story"));
    }

    private static void paste(Page page, String html, String plain) {
        text(page).evaluate("""
                (field, [html, plain]) => {
                  const data = new DataTransfer();
                  data.setData('text/html', html);
                  data.setData('text/plain', plain);
                  field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
                }""", new String[] {html, plain});
    }

    @Test
    void a_story_is_saved_from_its_first_headline_on_and_publishing_waits_for_the_saving_under_way() {
        Page ada = ada(1440, 1000);
        ada.getByLabel("Headline").fill("Pilots");
        assertThat(ada.locator("[data-saved]")).containsText("Saved ");
        ada.waitForURL(Pattern.compile(".*/desk/stories/\\d+"));
        String story = ada.url().replaceAll(".*/", "");

        // The next saving hangs until Publish has been pressed.
        ada.evaluate("""
                () => {
                  const send = window.fetch;
                  window.fetch = async (...asked) => {
                    if (!String(asked[0]).includes('/desk/stories')) return send(...asked);
                    await new Promise(go => { window.letThrough = go; });
                    return send(...asked);
                  };
                }""");
        ada.getByLabel("Headline").fill("Pilots vote for the night tide");
        text(ada).click();
        ada.keyboard().type("Sixty-one to fourteen.");
        ada.waitForFunction("() => window.letThrough");
        button(ada, "Publish").click();
        ada.evaluate("() => window.letThrough()");
        assertThat(ada.getByText("Published. Readers see it now.")).isVisible();
        assertThat(desk.value(
                        "select state || ' ' || title || ' ' || opening from story where id = ?", Long.valueOf(story)))
                .isEqualTo("published Pilots vote for the night tide <p>Sixty-one to fourteen.</p>");
        assertThat(ada.getByLabel("Address")).hasValue("pilots-vote-for-the-night-tide");
        ada.context().close();
    }

    @Test
    void what_is_pasted_keeps_its_meaning_and_loses_its_looks() {
        Page ada = ada(1440, 1000);
        ada.getByLabel("Headline").fill("Pasted");
        text(ada).click();
        paste(ada, """
                <style>p{color:red}</style><b style="font-weight:normal"><h2 style="color:red">Head</h2>
                <p onclick="x()"><span style="font-weight:700">Bold</span> and <a href="https://other.example/">a link</a><script>alert(1)</script></p>
                <ul><li>One</li></ul><blockquote>Said</blockquote><pre>code</pre>
                <table><tr><th>Year</th></tr><tr><td>2024</td></tr></table>
                <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">1.</span>First</p>
                <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">2.</span>Second</p>
                <p>A claim<a href="#_ftn1">[1]</a></p><div id="ftn1"><p><a href="#_ftnref1">[1]</a> The ledger.</p></div></b>
                """, "Head");
        button(ada, "Save").click();
        ada.waitForLoadState();
        assertThat(desk.value("select opening from story where slug = 'pasted'"))
                .contains(
                        "<h2>Head</h2>",
                        "<p><strong>Bold</strong> and <a href=\"https://other.example/\" rel=\"noopener\">a link</a></p>")
                .contains("<ul><li><p>One</p></li></ul>", "<blockquote><p>Said</p></blockquote>", "<pre>code</pre>")
                .contains("<thead><tr><th scope=\"col\">Year</th></tr></thead><tbody><tr><td>2024</td></tr></tbody>")
                .contains("<ol><li><p>First</p></li><li><p>Second</p></li></ol>")
                .contains("A claim<sup><a href=\"#fn1\" id=\"fnref1\">1</a></sup>")
                .contains(
                        "<section class=\"footnotes\"><ol><li id=\"fn1\"><p>The ledger.</p><a href=\"#fnref1\">↩</a></li></ol></section>")
                .doesNotContain("color", "style", "alert", "Mso");
        ada.context().close();
    }

    @Test
    void footnotes_number_themselves_and_a_table_a_line_and_the_byline_are_made_by_keyboard() {
        Page ada = ada(1440, 1000);
        ada.getByLabel("Headline").fill("By keyboard");
        ada.getByLabel("Headline").press("Enter");
        ada.keyboard().type("A standfirst.");
        ada.keyboard().press("Enter");
        ada.keyboard().type("Second claim.");
        ada.keyboard().press("Control+Alt+f");
        ada.keyboard().type("Second note.");
        ada.keyboard().press("Enter");
        ada.keyboard().press("Home");
        ada.keyboard().type("First claim.");
        ada.keyboard().press("Control+Alt+f");
        ada.keyboard().type("First note.");
        ada.keyboard().press("Enter");
        ada.keyboard().press("Enter");
        button(ada, "Table").click();
        ada.keyboard().type("Year");
        ada.keyboard().press("Tab");
        ada.keyboard().type("Ships");
        ada.getByLabel("Caption", new Page.GetByLabelOptions().setExact(true))
                .first()
                .fill("Ships at anchor");
        ada.getByLabel("Author", new Page.GetByLabelOptions().setExact(true)).selectOption("mo");
        ada.getByLabel("Author 2").selectOption("ada");
        ada.getByLabel("Move Ada Rosmere up").focus();
        ada.keyboard().press("Enter");
        button(ada, "Save").click();
        assertThat(ada.getByText("Saved.", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(desk.value("select opening from story where slug = 'by-keyboard'"))
                .startsWith(
                        "<p>First claim.<sup><a href=\"#fn1\" id=\"fnref1\">1</a></sup></p><table>"
                                + "<caption>Ships at anchor</caption><thead><tr><th scope=\"col\">Year</th><th scope=\"col\">Ships</th>")
                .contains("<p>Second claim.<sup><a href=\"#fn2\" id=\"fnref2\">2</a></sup></p>")
                .contains("<li id=\"fn1\"><p>First note.</p>", "<li id=\"fn2\"><p>Second note.</p>");
        assertThat(desk.value("""
                        select string_agg(a.slug, ' ' order by sa.position) from story_author sa join author a on a.id = sa.author_id
                        join story s on s.id = sa.story_id where s.slug = 'by-keyboard'
                        """)).isEqualTo("ada mo");
        ada.context().close();
    }

    @Test
    void a_picture_is_dropped_on_a_phone_and_its_words_are_written_where_it_stands() {
        Page ada = ada(375, 812);
        ada.getByLabel("Headline").fill("Dropped");
        text(ada).click();
        ada.keyboard().type("Before.");
        text(ada).evaluate("""
                async field => {
                  const canvas = Object.assign(document.createElement('canvas'), {width: 900, height: 600});
                  canvas.getContext('2d').fillRect(0, 0, 450, 600);
                  const blob = await new Promise(made => canvas.toBlob(made, 'image/jpeg'));
                  const data = new DataTransfer();
                  data.items.add(new File([blob], 'dropped.jpg', {type: 'image/jpeg'}));
                  const box = field.querySelector('p').getBoundingClientRect();
                  field.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true, clientX: box.left + 5, clientY: box.top + 5}));
                }""");
        Locator figure = text(ada).locator("figure");
        figure.getByLabel("What it shows").fill("A dark half and a light one.");
        figure.getByLabel("Credit").fill("Drawing: Ada");
        figure.locator("figcaption").click();
        ada.keyboard().type("Half and half.");
        Number overflow = (Number) ada.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow.intValue()).as("pixels wider than the phone").isLessThanOrEqualTo(0);
        button(ada, "Save").click();
        assertThat(ada.getByText("Saved.", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(desk.value("select opening from story where slug = 'dropped'"))
                .contains("alt=\"A dark half and a light one.\"", "width=\"900\"", "600w")
                .contains("<figcaption>Half and half. <span class=\"credit\">Drawing: Ada</span></figcaption>");
        assertThat(browser.complaints).isEmpty();
        ada.context().close();
    }

    @Test
    void words_that_cannot_be_saved_stay_and_both_versions_are_a_click_away() {
        Page ada = ada(1440, 1000);
        ada.getByLabel("Headline").fill("Two at once");
        ada.waitForURL(Pattern.compile(".*/desk/stories/\\d+"));
        long story = Long.parseLong(ada.url().replaceAll(".*/", ""));
        desk.jdbi.useHandle(handle -> handle.execute(
                "update story set revision = revision + 1, opening = '<p>Theirs.</p>' where id = ?", story));
        text(ada).click();
        ada.keyboard().type("Mine.");
        assertThat(ada.locator("[data-trouble]")).containsText("has saved this story while you were writing");
        browser.complaints.clear(); // the browser's own word for a 409
        ada.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compare the versions"))
                .click();
        assertThat(ada.locator("h1")).hasText("Two versions of this story");
        assertThat(ada.locator("main")).containsText("Theirs.");
        ada.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Keep mine"))
                .click();
        assertThat(text(ada)).containsText("Mine.");
        browser.complaints.clear();
        ada.context().close();
    }
}
