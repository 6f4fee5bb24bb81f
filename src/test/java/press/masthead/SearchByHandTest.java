package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/** Somebody looks for a story with a keyboard, on a telephone, and in a newsroom that writes Arabic. */
class SearchByHandTest {
    private static void publish(Newsroom newsroom, String slug, String title, String topic) {
        newsroom.database.jdbi().useTransaction(handle -> {
            var draft = new Draft(
                    "article",
                    slug,
                    title,
                    "A standfirst.",
                    "<p>The ferrymen of the strait count their quollfish at dawn.</p>",
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    Rule.of(Audience.PUBLIC),
                    false,
                    List.of(topic),
                    List.of(),
                    List.of(),
                    List.of(),
                    "");
            long id = ((Drafts.Saved) newsroom.drafts.create(handle, draft, null)).id();
            newsroom.drafts.publishing().publish(handle, id, null);
        });
    }

    /** Asked for now and then: so many searches a minute, and no more, are answered. */
    private static void untilFound(Page page, String url, int rows) {
        for (int again = 0; again < 40; again++) {
            page.navigate(url);
            if (page.locator(".list-rows article").count() == rows) return;
            LockSupport.parkNanos(500_000_000);
        }
        assertThat(page.locator(".list-rows article")).hasCount(rows);
    }

    @Test
    void by_keyboard_on_a_telephone_and_in_arabic() throws Exception {
        try (var press = Press.started();
                var browser = new Browser()) {
            var newsroom = press.running.newsroom();
            publish(newsroom, "quollfish-one", "Quollfish return to the strait", "energy");
            publish(newsroom, "quollfish-two", "Quollfish and the price of nets", "culture");
            Page page = browser.person(1440, 900);
            untilFound(page, press.url() + "/search/?q=quollfish", 2);

            page.navigate(press.url() + "/search/");
            Locator box = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Search every story"));
            Locator options =
                    page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText("Quollfish"));
            assertThat(box).hasAttribute("aria-expanded", "false");
            box.pressSequentially("quollf");
            assertThat(box).hasAttribute("aria-expanded", "true");
            assertThat(options).hasCount(2);
            LiveWalkTest.look(page, "search-suggestions");
            box.press("Escape");
            assertThat(box).hasAttribute("aria-expanded", "false");
            assertThat(box).hasValue("quollf");
            box.press("ArrowDown");
            assertThat(box).hasAttribute("aria-expanded", "true");
            box.press("ArrowUp");
            assertThat(options.last()).hasAttribute("aria-selected", "true");
            box.press("ArrowDown");
            assertThat(options.first()).hasAttribute("aria-selected", "true");
            assertThat(box).hasAttribute("aria-activedescendant", Pattern.compile("suggestion-\\d"));
            assertThat(box).isFocused();
            String chosen = options.first().getAttribute("href");
            box.press("Enter");
            page.waitForURL(press.url() + chosen);

            page.goBack();
            box.fill("quollfish");
            box.press("Enter");
            assertThat(page.locator(".list-rows article")).hasCount(2);
            page.setViewportSize(375, 800);
            page.getByText("Narrow the search").click();
            page.locator("#topic").selectOption("culture");
            LiveWalkTest.look(page, "search-narrowed");
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Search").setExact(true))
                    .last()
                    .click();
            assertThat(page.locator(".list-rows article")).hasCount(1);
            assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                    .isLessThanOrEqualTo(0);
            page.locator(".list-rows article h2 a").click();
            page.waitForURL(press.url() + "/quollfish-two/");
            page.goBack();
            assertThat(page.locator(".list-rows article")).hasCount(1);
            assertThat(page.locator("#topic")).hasValue("culture");

            newsroom.database
                    .jdbi()
                    .useHandle(
                            handle -> handle.execute(
                                    "insert into setting (name, value) values ('language', 'ar') on conflict (name) do update set value = excluded.value"));
            newsroom.publication.forget();
            newsroom.site.forget();
            page.navigate(press.url() + "/search/?q=quollfish&in=ar");
            assertThat(page.locator("html")).hasAttribute("dir", "rtl");
            assertThat(page.locator(".list-search label[for=q]")).hasText("ابحث في كل المقالات");
            assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                    .isLessThanOrEqualTo(0);
            LiveWalkTest.look(page, "search-arabic");
            assertThat(browser.complaints).isEmpty();
        }
    }
}
