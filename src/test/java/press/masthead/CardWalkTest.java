package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.plans.Membership.State;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/**
 * A whole life by card in a browser, against a Stripe of our own: trial, reminder, first charge declined, another card, recovered,
 * a part given back, the next charge disputed, cancelled. No account, no money.
 */
@Tag("browser")
class CardWalkTest {
    private static final Path SHOTS = Path.of("target", "shots");

    @Test
    void a_life_by_card_from_the_free_week_to_the_last_day() throws Exception {
        try (var room = new CardRoom(true);
                var browser = new Browser()) {
            Reader ben = room.person("ben.card@reader.example");
            Page page = browser.person(375, 812);
            signIn(room, page, ben.email());

            page.navigate(room.url() + "/pro/?offer=AUTUMN20&currency=EUR");
            button(page, "by card").click();
            page.waitForURL("**/c/pay/**");
            assertThat(room.stripe.all("coupon")).singleElement().asString().contains("Offer AUTUMN20");
            assertThat(room.stripe.all("price")).singleElement().asString().contains("\"eur\"", "27600");
            page.navigate(room.url() + "/pro/?currency=USD");
            shoot(page, "pro");
            button(page, "by card").click();
            page.waitForURL("**/c/pay/**");
            shoot(page, "checkout");
            page.getByLabel("Card number").fill("4000000000000002");
            button(page, "Start trial").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Your card was declined.");
            page.getByLabel("Card number").fill("4000000000000341");
            button(page, "Start trial").click();
            page.waitForURL("**/pro/industries/**");
            assertThat(page.locator("h1")).containsText("Which industries matter to you?");
            button(page, "Not now").click();
            page.waitForURL("**/account/**");
            assertThat(page.locator("main")).containsText("charged to your card");
            room.work();
            assertThat(room.state(ben)).isEqualTo(State.TRIALING);

            room.days(6);
            assertThat(room.letters(ben.email())).anyMatch(subject -> subject.contains("ends on 30 November"));
            room.days(2);
            assertThat(room.state(ben)).isEqualTo(State.PAST_DUE);
            assertThat(room.letters(ben.email())).last().asString().contains("did not go through");

            signIn(room, page, ben.email());
            page.navigate(room.url() + "/account/");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Your card could not be charged");
            shoot(page, "account-past-due");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("My card"))
                    .click();
            assertThat(page.locator("main")).containsText("The bank said: Your card was declined.");
            shoot(page, "card");
            button(page, "Check my card").click();
            page.waitForURL("**/p/session/**");
            shoot(page, "portal");
            page.getByLabel("Card number").fill("4000000000000259");
            button(page, "Save this card").click();
            assertThat(page.locator("main")).containsText("ending in 0259");
            button(page, "Pay").click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Return"))
                    .click();
            room.work();
            assertThat(room.state(ben)).isEqualTo(State.ACTIVE);
            assertThat(room.letters(ben.email())).anyMatch(subject -> subject.contains("has arrived"));

            Page ada = browser.person(1440, 900);
            signIn(room, ada, "ada@parallel.example");
            ada.navigate(room.url() + "/desk/payments");
            ada.getByText("Look or give back").first().click();
            ada.getByLabel("Amount in USD").fill("50.00");
            ada.getByLabel("Why").fill("asked for it");
            shoot(ada, "payments");
            button(ada, "Give it back").click();
            ada.locator("#confirm [data-confirm-yes]").click();
            ada.locator("[data-toast]").waitFor();
            room.work();
            assertThat(room.ledger()).contains("charge 30000 USD");

            room.days(1);
            assertThat(room.ledger()).contains("dispute -30000 USD");
            assertThat(room.letters("ada@parallel.example"))
                    .anyMatch(subject -> subject.contains("disputes a payment"));
            assertThat(room.reads(ben)).isTrue();

            signIn(room, page, ben.email());
            page.navigate(room.url() + "/account/");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Cancel membership"))
                    .click();
            page.getByLabel("It costs too much").check();
            button(page, "Cancel my membership").click();
            page.waitForLoadState();
            room.work();
            assertThat(room.state(ben)).isIn(State.CANCELLED, State.ENDED);
            assertThat(room.stripe.all("subscription").getFirst()).contains("\"cancel_at_period_end\":true");
            room.days(12);
            assertThat(room.reads(ben)).as("the dispute was lost").isFalse();
            assertThat(room.history(ben))
                    .containsSubsequence(
                            "trial_started stripe",
                            "reminded timetable",
                            "payment_failed stripe",
                            "recovered stripe",
                            "disputed stripe",
                            "cancelled reader",
                            "dispute_lost stripe");
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void a_membership_is_given_by_card_and_taken_by_whom_it_is_for() throws Exception {
        try (var room = new CardRoom(true);
                var browser = new Browser()) {
            Page gil = browser.person(375, 812);
            gil.navigate(room.url() + "/pro/gift/");
            gil.getByLabel("3 months").check();
            gil.getByLabel("Their e-mail address").fill("omar@reader.example");
            gil.getByLabel("Your message").fill("With my best wishes");
            gil.getByLabel("Delivered on the morning of").fill("2026-11-24");
            gil.getByLabel("Your e-mail address").fill("gil@reader.example");
            shoot(gil, "gift");
            button(gil, "Pay by card").click();
            gil.waitForURL("**/c/pay/**");
            assertThat(gil.locator("main")).containsText("due today");
            gil.getByLabel("Card number").fill("4000000000000002");
            button(gil, "Pay").click();
            assertThat(gil.getByRole(AriaRole.ALERT)).containsText("Your card was declined.");
            assertThat(room.letters("gil@reader.example")).isEmpty();
            gil.getByLabel("Card number").fill("4242424242424242");
            button(gil, "Pay").click();
            gil.waitForURL("**/pro/gift/paid**");
            assertThat(gil.locator("h1")).hasText("Thank you for your gift");
            shoot(gil, "gift-paid");
            room.work();
            assertThat(room.letters("gil@reader.example"))
                    .singleElement()
                    .asString()
                    .startsWith("Receipt MR-000001");
            room.days(1);
            room.newsroom.buyGiftMembership.run();
            String link = room.jdbi.withHandle(handle -> handle.createQuery(
                            "select substring(body_text from '/gift/[A-Za-z0-9_-]{43}') from outbox where to_address = 'omar@reader.example'")
                    .mapTo(String.class)
                    .one());
            Reader omar = room.person("omar@reader.example");
            Page taker = browser.person(375, 812);
            signIn(room, taker, omar.email());
            taker.navigate(room.url() + link);
            button(taker, "Begin it now").click();
            taker.waitForLoadState();
            assertThat(room.reads(omar)).isTrue();
            assertThat(browser.complaints).isEmpty();
        }
    }

    private static void signIn(CardRoom room, Page page, String email) {
        page.navigate(room.newsroom.signIn.linkFor(EmailAddress.parse(email).orElseThrow()));
        page.locator("main button").first().click();
        page.waitForLoadState();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** As people see it: on a phone and on a large screen, light and dark. */
    private static void shoot(Page page, String name) {
        var was = page.viewportSize();
        for (int width : List.of(375, 1440))
            for (var scheme :
                    Map.of("light", ColorScheme.LIGHT, "dark", ColorScheme.DARK).entrySet()) {
                page.setViewportSize(width, 900);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme.getValue()));
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SHOTS.resolve(name + "-" + width + "-" + scheme.getKey() + ".png")));
                Number overflow = (Number) page.evaluate("document.documentElement.scrollWidth - innerWidth");
                assertThat(overflow.intValue()).as(name + " fits " + width).isLessThanOrEqualTo(0);
            }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(was.width, was.height);
    }
}
