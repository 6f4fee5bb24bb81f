package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.readers.EmailAddress;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/** On a memo's page in the newsroom stands how far its alert has gone, and it follows the letters as they leave. */
@Tag("browser")
class AlertDeskTest {
    @Test
    void an_editor_sees_on_the_memo_s_page_who_was_told_who_waits_and_who_was_not_reached() throws Exception {
        try (Press press = Press.started();
                Browser browser = new Browser()) {
            var newsroom = press.running.newsroom();
            Jdbi jdbi = newsroom.database.jdbi();
            for (String who : List.of("cleo@reader.example", "noor@ministry.example", "ben@reader.example"))
                signedIn(press, who).post("/follow/country/no", "follow", "yes");
            Press.Person tomas = signedIn(press, "tomas@ministry.example");
            tomas.post("/follow/country/no", "follow", "yes");
            tomas.post("/account/following/alerts", "how", "daily", "at", "18:30", "zone", "Asia/Tokyo");
            long memo = memo(press);

            Page ada = browser.person(1440, 1000);
            ada.navigate(newsroom.signIn.linkFor(
                    EmailAddress.parse("ada@parallel.example").orElseThrow()));
            ada.locator("form[action*='/signin/'] button").click();
            ada.waitForURL(url -> !url.contains("/signin/"));
            ada.navigate(press.url() + "/desk/stories/" + memo);
            assertThat(ada.locator("#alert")).containsText("As things stand, 3 members would be told at once.");

            jdbi.useTransaction(handle -> newsroom.drafts.publishing().publish(handle, memo, null));
            newsroom.sendAlerts.run();
            ada.reload();
            assertThat(ada.locator("#alert tbody tr").nth(2)).containsText("Waiting for their daily letter");
            // it asks again by itself until all is settled
            assertThat(ada.locator("#alert tbody tr").nth(0).locator("td").nth(1))
                    .hasText("3");
            assertThat(ada.locator("#alert tbody tr").nth(2).locator("td").nth(2))
                    .hasText("1");
            jdbi.useHandle(handle -> {
                handle.execute("""
                        update letter set state = 'refused', reply = '550 5.1.1 No such person here'
                        where address = 'noor@ministry.example' and mailing_id = (select mailing_id from memo_alert where story_id = ?)
                        """, memo);
                handle.execute("""
                        update letter set state = 'cancelled', reply = 'Their membership had ended when it was to leave.'
                        where address = 'ben@reader.example' and mailing_id = (select mailing_id from memo_alert where story_id = ?)
                        """, memo);
            });
            ada.navigate(press.url() + "/desk/stories/" + memo + "/alert");
            assertThat(ada.locator("#alert")).containsText("550 5.1.1 No such person here");
            assertThat(ada.locator("#alert")).containsText("Their membership had ended");
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK))
                for (int width : List.of(1440, 375)) {
                    ada.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                    ada.setViewportSize(width, 900);
                    ada.screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of("target/shots/alert-" + scheme + "-" + width + ".png"))
                            .setFullPage(true));
                    assertThat((int) ada.evaluate("document.documentElement.scrollWidth"))
                            .as("no sideways scrolling at " + width)
                            .isLessThanOrEqualTo(width);
                }
            ada.navigate(press.url() + "/desk/stories/" + memo);
            assertThat(ada.locator("#alert")).containsText("550 5.1.1");
            ada.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target/shots/alert-editor.png"))
                    .setFullPage(true));
            assertThat(browser.complaints).isEmpty();
            assertThat(ada.navigate(press.url() + "/desk/stories/999999/alert").status())
                    .isEqualTo(404);
        }
    }

    private static long memo(Press press) {
        var newsroom = press.running.newsroom();
        return newsroom.database.jdbi().inTransaction(handle -> {
            var draft = new Draft(
                    "memo",
                    "",
                    "The cable that Norway pays for twice",
                    "Who pays, and when.",
                    "<p>The first crossing is paid for.</p>",
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    Rule.of(Audience.MEMBER),
                    false,
                    List.of(),
                    List.of(),
                    List.of("NO"),
                    List.of(),
                    "{\"key_points\": [\"The second payment falls due in spring.\"]}");
            if (!(newsroom.drafts.create(handle, draft, null) instanceof Drafts.Saved saved))
                throw new AssertionError("not saved");
            return saved.id();
        });
    }

    private static Press.Person signedIn(Press press, String email) throws Exception {
        Press.Person person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }
}
