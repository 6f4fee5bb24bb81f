package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.books.BillingDetails;
import press.masthead.plans.Interval;
import press.masthead.plans.Price;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** Where tax comes on top of a price, each page that names the price says so before the person pays, and no other does. */
@Tag("browser")
class TaxOnTopTest {
    private static final Path SHOTS = Path.of("target", "shots");
    private static final String PLUS = "plus 8.875% Sales tax";

    private static void tax(CardRoom room, String country, String name, String rate, String readers, boolean home) {
        room.jdbi.useHandle(handle -> handle.execute(
                "insert into tax_rate (country, name, rate, readers, companies, home) values (?, ?, ?::numeric, ?, 'owe', ?)",
                country,
                name,
                rate,
                readers,
                home));
    }

    private static Price monthly(CardRoom room) {
        return room.newsroom.plans.onOffer().stream()
                .filter(price -> price.interval() == Interval.MONTH)
                .findFirst()
                .orElseThrow();
    }

    private static void live(CardRoom room, Reader reader, String country, String company, String number) {
        new BillingDetails(room.jdbi).keep(reader.id(), BillingDetails.read(company, "", country, number));
    }

    private static Page signedIn(Browser browser, CardRoom room, Reader reader) {
        Page page = browser.person(1440, 900);
        String link =
                room.newsroom.signIn.linkFor(EmailAddress.parse(reader.email()).orElseThrow());
        page.navigate(link.startsWith("http") ? link : room.url() + link);
        page.locator("main form button").first().click();
        return page;
    }

    @Test
    void each_page_says_it_before_someone_pays_and_only_to_whom_it_concerns() throws Exception {
        try (var room = new CardRoom();
                var browser = new Browser()) {
            room.newsroom.addMonthlyPrice();
            room.jdbi.useHandle(
                    handle -> handle.execute("update price set trial_days = 0 where \"interval\" = 'month'"));
            tax(room, "BE", "VAT", "21", "included", true);
            tax(room, "US", "Sales tax", "8.875", "added", false);
            Reader cara = room.person("cara@reader.example");
            live(room, cara, "US", "", "");
            Page page = signedIn(browser, room, cara);
            page.navigate(room.url() + "/pro/?interval=month");
            assertThat(page.locator(".plan-price")).containsText(PLUS);
            shoot(page, "tax-pro");
            page.navigate(room.checkout(cara, monthly(room)));
            assertThat(page.locator("main")).containsText(PLUS);
            assertThat(page.locator("main")).containsText("27.22");
            room.pay(page.url(), "4242424242424242");
            room.work();

            page.navigate(room.url() + "/account/");
            assertThat(page.locator("main")).containsText("(" + PLUS + ")");
            page.navigate(room.url() + "/account/membership/");
            assertThat(page.locator(".facts")).containsText("USD 25.00 " + PLUS);
            page.navigate(room.url() + "/account/membership/change");
            assertThat(page.locator(".prices li").first()).containsText(PLUS);
            page.locator(".prices button").first().click();
            assertThat(page.locator("tfoot")).containsText(PLUS);
            assertThat(page.locator("h2").first()).containsText(PLUS);
            shoot(page, "tax-quote");

            // Where the price contains it, where there is none, and for who owes it to their own tax office, nothing is
            // added.
            Page visitor = browser.person(375, 812);
            visitor.navigate(room.url() + "/pro/");
            assertThat(visitor.locator(".plan-price")).not().containsText("plus");
            live(room, cara, "BR", "", "");
            page.navigate(room.url() + "/account/membership/");
            assertThat(page.locator("main")).not().containsText("plus");
            live(room, cara, "US", "Cara Inc.", "12345678");
            page.navigate(room.url() + "/account/membership/");
            assertThat(page.locator("main")).not().containsText("plus");
            assertThat(browser.complaints).isEmpty();
        }
    }

    @Test
    void where_the_newsroom_itself_adds_it_visitors_and_givers_are_told_and_the_words_agreed_to_name_it()
            throws Exception {
        try (var room = new CardRoom();
                var browser = new Browser()) {
            tax(room, "US", "Sales tax", "8.875", "added", true);
            Page visitor = browser.person(1440, 900);
            visitor.navigate(room.url() + "/pro/");
            assertThat(visitor.locator(".plan-price")).containsText(PLUS);
            visitor.navigate(room.url() + "/pro/gift/");
            assertThat(visitor.locator(".ticks li").first()).containsText(PLUS);
            shoot(visitor, "tax-gift");

            Reader ben = room.person("ben@reader.example");
            var person = new Press.Person(room.url());
            person.post(room.newsroom
                    .signIn
                    .linkFor(EmailAddress.parse(ben.email()).orElseThrow())
                    .substring(room.url().length()));
            String price = Long.toString(room.newsroom.plans.offered().id());
            assertThat(person.post("/pro/trial", "price", price, "pay", "card").body())
                    .contains("What you pay there is the price " + PLUS + ".");
            assertThat(room.count("select count(*) from consent_text where wording like '%, " + PLUS.replace("%", "\\%")
                            + "%Cancel any time%'"))
                    .isOne();

            for (var words : Map.of("ar", "تُضاف إليه Sales tax بنسبة 8.875%", "he", "בתוספת Sales tax 8.875%")
                    .entrySet()) {
                room.jdbi.useHandle(handle -> handle.execute(
                        "insert into setting (name, value) values ('language', ?) on conflict (name) do update set value = excluded.value",
                        words.getKey()));
                room.newsroom.publication.forget();
                room.newsroom.site.forget();
                visitor.navigate(room.url() + "/pro/?in=" + words.getKey());
                assertThat(visitor.locator(".plan-price")).containsText(words.getValue());
                shoot(visitor, "tax-pro-" + words.getKey());
            }
        }
    }

    private static void shoot(Page page, String name) {
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
        page.setViewportSize(1440, 900);
    }
}
