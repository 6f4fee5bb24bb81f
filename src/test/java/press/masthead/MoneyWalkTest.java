package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestClock;
import press.masthead.plans.Because;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** Lena joins in euros with an offer, changes, pauses, comes back, leaves, rejoins, and gives Omar a membership. */
@Tag("browser")
class MoneyWalkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+/(signin|gift)/[A-Za-z0-9_-]{43}");
    private static final String MEMO = "/accord-swap-price-of-water/";
    private static final String LENA = "lena@reader.example";

    private final TestClock clock = new TestClock("2026-12-01T10:00:00Z");
    private String site = "";

    @SuppressWarnings("NullAway.Init") // the walk begins with it
    private Newsroom newsroom;

    @Test
    void a_whole_life_of_a_member_in_euros_and_a_gift() throws Exception {
        try (var press = Press.started(clock);
                var browser = new Browser()) {
            site = press.url();
            newsroom = press.running.newsroom();
            Page lena = browser.person(375, 812);
            joinsFromAMemo(lena);
            String sold = text(newsroom, """
                    select s.slug || ' ' || m.source || ' ' || pr.currency from membership m
                    join reader r on r.id = m.reader_id join story s on s.id = m.sold_by
                    join price pr on pr.id = m.price_id where r.email_key = 'lena@reader.example'""");
            assertThat(sold)
                    .as("what sold it, carried through the letter")
                    .isEqualTo("accord-swap-price-of-water winter-campaign EUR");

            pass(newsroom, Duration.ofDays(7).plusHours(1));
            pays(newsroom, lena);
            changesToMonthly(lena);
            pausesAndComesBack(newsroom, lena, press);
            leavesAndRejoins(newsroom, lena, press);
            givesOmarAMembership(newsroom, lena, browser.person(1440, 900));
            for (String path : new String[] {
                "/pro/?offer=AUTUMN20&currency=JPY", "/pro/gift/", "/account/membership/", "/account/membership/payment"
            }) narrow(lena, path);
            assertThat(browser.complaints)
                    .as(
                            "what the console complained of, but for the gift that was taken already and the code asked for")
                    .allMatch(complaint -> complaint.contains("/gift/") && complaint.contains("410 (Gone)")
                            || complaint.contains("/account/membership/change") && complaint.contains("403"));
        }
    }

    private void pass(Newsroom newsroom, Duration time) {
        clock.pass(time);
        newsroom.remindTrials.run();
        newsroom.endTrials.run();
        newsroom.endMemberships.run();
        newsroom.buyGiftMembership.run();
    }

    private void joinsFromAMemo(Page lena) {
        lena.navigate(site + MEMO + "?utm_source=winter-campaign");
        lena.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Start your free week"))
                .first()
                .click();
        lena.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("EUR").setExact(true))
                .click();
        lena.getByText("I have an offer code").click();
        lena.getByLabel("Offer code").fill("nonsense");
        button(lena, "Use it").click();
        assertThat(lena.getByRole(AriaRole.ALERT)).containsText("We know no offer with the code NONSENSE");
        lena.getByText("I have an offer code").click();
        lena.getByLabel("Offer code").fill("autumn20");
        button(lena, "Use it").click();
        assertThat(lena.locator(".plan-price s")).hasText("EUR 276");
        assertThat(lena.locator(".plan-price")).containsText("EUR 220.80 for the first year");
        assertThat(lena.locator(".plan-terms")).containsText("Nothing to pay today. After that EUR 276 a year.");
        lena.getByLabel("Your e-mail address").fill(LENA);
        button(lena, "Start your free week").click();
        assertThat(lena.locator("h1")).hasText("One more step");
        lena.navigate(linkTo(lena, LENA));
        lena.locator("main button").first().click();
        assertThat(lena.locator(".plan-price")).containsText("EUR 220.80");
        button(lena, "Start your free week").click();
        assertThat(lena.locator("h1")).hasText("Welcome. Which industries matter to you?");
        button(lena, "Not now").click();
        lena.waitForURL("**" + MEMO);
        lena.navigate(site + "/account/membership/");
        assertThat(lena.locator("main")).containsText("EUR 220.80");
    }

    private void pays(Newsroom newsroom, Page lena) {
        lena.navigate(site + "/account/membership/");
        assertThat(lena.locator("main")).containsText("due");
        lena.locator("td a").first().click();
        assertThat(lena.locator(".invoice-lines")).containsText("Offer AUTUMN20");
        assertThat(lena.locator(".invoice-lines")).containsText("VAT 21% in it");
        byte[] pdf = lena.request()
                .get(site + lena.getByText("Download as PDF").getAttribute("href"))
                .body();
        assertThat(new String(pdf, 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
        long number = Long.parseLong(lena.url().replaceAll(".*/", ""));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        newsroom.database
                .jdbi()
                .useTransaction(handle -> newsroom.markPaid.run(handle, number, today, Because.TIMETABLE));
    }

    private void changesToMonthly(Page lena) {
        lena.navigate(site + "/account/membership/");
        assertThat(lena.locator("main")).containsText("Active");
        lena.getByText("Change plan").click();
        button(lena, "See what it costs PRO month").click();
        assertThat(lena.locator("main")).containsText("Nothing to pay now. You keep what you have until");
        assertThat(lena.locator("main")).containsText("Next payment: EUR 28 on");
        lena.locator("main form button").click();
        showsThatItIsHer(lena);
        assertThat(lena.getByRole(AriaRole.STATUS)).hasText("Your plan changes at the end of your period.");
        assertThat(lena.locator("main")).containsText("EUR 28 a month");
    }

    /** She has been signed in for more than an hour, so a code comes first; what she asked for goes on from there. */
    private void showsThatItIsHer(Page lena) {
        assertThat(lena.locator("h1")).hasText("First, is it you?");
        button(lena, "Send me a code").click();
        var code = java.util.regex.Pattern.compile("asks for it: (\\d{3} \\d{3})");
        String[] digits = {""};
        TestSmtp.await(() -> {
            for (JsonNode letter : letters(lena, LENA)) {
                Matcher found = code.matcher(letter.get("text").asText());
                if (found.find() && digits[0].isEmpty()) digits[0] = found.group(1);
            }
            return !digits[0].isEmpty();
        });
        lena.getByLabel("The six digits from the letter").fill(digits[0]);
        button(lena, "Go on").click();
    }

    private void pausesAndComesBack(Newsroom newsroom, Page lena, Press press) {
        lena.locator("a[href='/account/membership/pause']").click();
        lena.getByLabel("2 months").check();
        button(lena, "Pause now").click();
        assertThat(lena.locator(".state")).hasText("Paused");
        lena.navigate(site + MEMO);
        assertThat(lena.locator("main")).containsText("goes on for members");
        pass(newsroom, Duration.ofDays(20));
        signIn(press, lena, LENA);
        lena.navigate(site + "/account/membership/");
        button(lena, "Go on now").click();
        assertThat(lena.locator(".state")).hasText("Active");
        lena.navigate(site + MEMO);
        assertThat(lena.locator("main")).not().containsText("goes on for members");
        lena.navigate(site + "/account/membership/pause");
        assertThat(lena.getByRole(AriaRole.ALERT)).containsText("You can pause once a year");
    }

    private void leavesAndRejoins(Newsroom newsroom, Page lena, Press press) {
        lena.navigate(site + "/account/membership/");
        lena.locator("a[href='/account/membership/cancel']").click();
        lena.getByLabel("It costs too much").check();
        lena.getByLabel("Anything that you would like to tell us").fill("I move to a smaller office.");
        button(lena, "Cancel my membership").click();
        assertThat(lena.locator("main")).containsText("You can read everything until");
        String why =
                text(newsroom, "select cancel_reason || ': ' || cancel_words from membership order by id desc limit 1");
        assertThat(why).isEqualTo("price: I move to a smaller office.");
        pass(newsroom, Duration.ofDays(370));
        signIn(press, lena, LENA);
        lena.navigate(site + "/pro/?offer=WELCOMEBACK&currency=EUR");
        button(lena, "Join for EUR 207").click();
        assertThat(lena.locator("main")).containsText("Welcome. You can read everything from now on.");
    }

    private void givesOmarAMembership(Newsroom newsroom, Page lena, Page omar) {
        lena.navigate(site + "/pro/gift/");
        lena.getByLabel("3 months").check();
        lena.getByLabel("Their e-mail address").fill("omar@reader.example");
        lena.getByLabel("Your message").fill("For the new post, with my best wishes.");
        lena.getByLabel("Your name, as they read it").fill("Lena");
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(5);
        lena.getByLabel("Delivered on the morning of").fill(day.toString());
        button(lena, "Give it").click();
        assertThat(lena.locator("h1")).hasText("Thank you for your gift");
        pass(newsroom, Duration.ofDays(6));
        assertThat(letters(omar, "omar@reader.example").size())
                .as("before it is paid")
                .isZero();
        long number = newsroom.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select invoice_number from gift_membership")
                        .mapTo(Long.class)
                        .one());
        newsroom.database
                .jdbi()
                .useTransaction(handle -> newsroom.markPaid.run(
                        handle, number, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), Because.TIMETABLE));
        Instant then = clock.instant();
        pass(newsroom, Duration.ofDays(1));
        assertThat(clock.instant()).isAfter(then);
        String link = linkTo(omar, "omar@reader.example");
        omar.navigate(link);
        omar.navigate(link);
        assertThat(omar.locator("main")).containsText("For the new post, with my best wishes.");
        button(omar, "Take it").click();
        assertThat(omar.locator("h1")).hasText("One more step");
        TestSmtp.await(() -> letters(omar, "omar@reader.example").size() == 2);
        omar.navigate(linkTo(omar, "omar@reader.example"));
        omar.locator("main button").first().click();
        button(omar, "Begin it now").click();
        assertThat(omar.locator("h1")).hasText("Welcome. Which industries matter to you?");
        button(omar, "Not now").click();
        assertThat(omar.getByRole(AriaRole.STATUS)).containsText("Your gift has begun.");
        omar.navigate(site + MEMO);
        assertThat(omar.locator("main")).not().containsText("goes on for members");
        assertThat(omar.navigate(link).status()).isEqualTo(410);
    }

    private static String text(Newsroom newsroom, String sql) {
        return newsroom.database
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).one());
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void narrow(Page page, String path) {
        page.navigate(site + path);
        Number overflow = (Number) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow.intValue())
                .as("pixels that %s is wider than the phone", path)
                .isLessThanOrEqualTo(0);
    }

    private void signIn(Press press, Page page, String email) {
        page.navigate(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        page.locator("main button").first().click();
        page.waitForLoadState();
    }

    private String linkTo(Page page, String address) {
        TestSmtp.await(() -> !letters(page, address).isEmpty());
        Matcher link = LINK.matcher(letters(page, address).get(0).get("text").asText());
        assertThat(link.find()).as("a link in the letter").isTrue();
        return link.group();
    }

    /** The timetable's own hour does not come on a clock that stands still. */
    private JsonNode letters(Page page, String address) {
        newsroom.carryPost.run();
        try {
            return JSON.readTree(page.request()
                    .get(site + "/mailbox/api/letters?to=" + address)
                    .text());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
