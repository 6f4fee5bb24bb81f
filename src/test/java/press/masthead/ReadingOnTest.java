package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Set;
import org.junit.jupiter.api.Test;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Rule;
import press.masthead.readers.EmailAddress;

/** In a real browser: reading on where a story stops, giving a story away, and saying who may read it. */
class ReadingOnTest {
    private static final String HIDDEN = "What stands beyond the line.";

    @Test
    void a_free_story_opens_in_place_a_member_gives_one_away_and_an_editor_says_who_may_read_it() throws Exception {
        try (var press = Press.started();
                var browser = new Browser()) {
            for (String slug : new String[] {"first-metered", "second-metered"})
                Stage.story(press, slug, "article", metered(), "<p>The opening.</p>", "<p>" + HIDDEN + "</p>");
            Stage.story(
                    press,
                    "walled",
                    "article",
                    Rule.of(Audience.SIGN_IN),
                    "<p>The opening.</p>",
                    "<p>" + HIDDEN + "</p>");

            Page visitor = browser.person(375, 800);
            visitor.navigate(press.url() + "/first-metered/");
            visitor.evaluate("window.stayed = true");
            button(visitor, "Read this one free").click();
            assertThat(visitor.getByText(HIDDEN)).isVisible();
            assertThat(visitor.locator(".reading-note")).containsText("1 of 3 free stories this month");
            assertThat(visitor.evaluate("window.stayed")).isEqualTo(true);
            visitor.navigate(press.url() + "/second-metered/");
            assertThat(visitor.locator(".offer-free")).containsText("1 of 3 free stories read this month");

            visitor.navigate(press.url() + "/walled/");
            visitor.evaluate("window.stayed = true");
            visitor.getByLabel("Your e-mail address").first().fill("nova@new.example");
            button(visitor, "Send me a link").click();
            assertThat(visitor.locator(".offer .answer")).containsText("We have sent a letter to nova@new.example");
            assertThat(visitor.evaluate("window.stayed")).isEqualTo(true);

            Page cleo = browser.person(1440, 900);
            signIn(press, cleo, "cleo@reader.example");
            cleo.navigate(press.url() + "/first-metered/");
            cleo.getByText("Give this story to someone").click();
            cleo.getByLabel("Show my first name").check();
            button(cleo, "Make a link").click();
            String link = cleo.getByLabel("Your link").inputValue();

            Page friend = browser.person(375, 800);
            friend.navigate(link);
            assertThat(friend.getByText("Cleo gave you this story")).isVisible();
            button(friend, "Read it").click();
            assertThat(friend.getByText(HIDDEN)).isVisible();
            assertThat(friend.locator(".reading-note")).containsText("A gift from Cleo");
            cleo.navigate(press.url() + "/account/gifts");
            assertThat(cleo.getByText("opened once")).isVisible();
            button(cleo, "Take back").click();
            assertThat(cleo.getByText("no longer works")).isVisible();

            Page ada = browser.person(1440, 900);
            ada.navigate(press.running.newsroom().newsroomLink());
            ada.locator("main form button").first().click();
            String id = press.running
                    .newsroom()
                    .database
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select id from story where slug = 'walled'")
                            .mapTo(String.class)
                            .one());
            ada.navigate(press.url() + "/desk/stories/" + id);
            ada.getByLabel("Who may read it").selectOption("plan");
            ada.locator("[data-for-access=plan] input").first().check();
            ada.locator("details", new Page.LocatorOptions().setHasText("Free for everyone"))
                    .locator("summary")
                    .click();
            ada.getByLabel("Until", new Page.GetByLabelOptions().setExact(true)).fill("2040-01-01T12:00");
            button(ada, "Update").click();
            assertThat(ada.getByLabel("Until", new Page.GetByLabelOptions().setExact(true)))
                    .hasValue("2040-01-01T12:00");
            ada.getByText("See it as a reader does").click();
            assertThat(ada.getByText("it is free for everyone at that time")).isVisible();
            assertThat(ada.frameLocator(".as-reader").getByText(HIDDEN)).isVisible();
            // The page that staff look at runs no script.
            assertThat(browser.complaints).allMatch(complaint -> complaint.contains("sandboxed"));
        }
    }

    private static Rule metered() {
        return new Rule(Audience.MEMBER, Set.of(), FreeTime.NEVER, true);
    }

    private static com.microsoft.playwright.Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .first();
    }

    private static void signIn(Press press, Page page, String email) {
        page.navigate(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        page.locator("main form button").first().click();
    }
}
