package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** Someone of the business staff looks how things stand, and follows a falling number to the members behind it. */
class BusinessDeskTest {
    private static Desk desk;

    @BeforeAll
    static void start() throws Exception {
        desk = Desk.opened();
        desk.employ("mina@masthead.example", "Mina", "business");
        desk.jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into reader (email, email_key, name, created_at, confirmed_at)
                    select 'm' || i || '@reader.example', 'm' || i || '@reader.example', case when i % 3 = 0 then '' else 'Member ' || i end,
                           now() - interval '400 days', now() from generate_series(1, 120) i
                    """);
            handle.execute("""
                    insert into membership (reader_id, price_id, payment, started_at, trial_ends_at, until, ended_at, period_from, period_value,
                                            source, cancel_reason)
                    select r.id, p.id, 'invoice', r.start, r.start + interval '7 days', r.start + interval '372 days',
                           case when r.n % 9 = 0 then least(now() - interval '1 hour', r.start + interval '60 days') end,
                           r.start + interval '7 days', 30000, (array['', 'spring', 'search'])[1 + r.n % 3],
                           case when r.n % 9 = 0 then 'price' else '' end
                    from (select id, row_number() over (order by id) as n, now() - (row_number() over (order by id)) * interval '68 hours' as start
                          from reader where email like 'm%@reader.example') r, price p
                    where p.currency = 'USD'
                    """);
            handle.execute("""
                    insert into invoice (number, membership_id, what, email, amount, currency, period_from, period_until, issued_at, due_at, paid_at)
                    select row_number() over (order by m.id), m.id, 'PRO', r.email, 30000, 'USD', m.trial_ends_at, m.until, m.trial_ends_at,
                           m.trial_ends_at + interval '14 days', m.trial_ends_at + interval '3 days'
                    from membership m join reader r on r.id = m.reader_id where m.trial_ends_at < now() - interval '4 days'
                    """);
            handle.execute("update invoice_number set last = (select max(number) from invoice)");
            handle.execute("""
                    insert into ledger_entry (at, kind, amount, currency, membership_id, invoice_number, provider, provider_ref, cause)
                    select paid_at, 'charge', amount, currency, membership_id, number, 'invoice', number::text, 'desk' from invoice
                    """);
        });
        desk.press.running.newsroom().movements.rebuild();
    }

    @AfterAll
    static void stop() {
        desk.close();
    }

    private static String link(String email) {
        return desk.press
                .running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow());
    }

    private static void signIn(Page page, String email) {
        page.navigate(link(email));
        page.locator("main button").first().click();
        page.waitForLoadState();
    }

    @Test
    void the_business_staff_follow_a_number_to_its_members_export_them_give_money_back_and_run_the_check()
            throws Exception {
        try (var browser = new Browser()) {
            Page page = browser.person(1440, 900);
            signIn(page, "mina@masthead.example");
            page.navigate(desk.press.url() + "/desk/stories");
            page.locator(".shell-nav a", new Page.LocatorOptions().setHasText("Business"))
                    .click();
            assertThat(page.locator("h1").textContent()).isEqualTo("Business");
            assertThat(page.locator(".measure").count()).isEqualTo(13);
            page.locator(".measure-name", new Page.LocatorOptions().setHasText("Churn, gross"))
                    .click();
            assertThat(page.locator("h1").textContent()).isEqualTo("Churn, gross");
            page.locator("main a", new Page.LocatorOptions().setHasText("Left"))
                    .first()
                    .click();
            assertThat(page.locator("main tbody tr").count()).isPositive();
            var file = page.waitForDownload(
                    () -> page.locator("main button").first().click());
            assertThat(file.suggestedFilename()).startsWith("left-");
            assertThat(java.nio.file.Files.readAllLines(file.path()))
                    .first()
                    .asString()
                    .startsWith("Address,Name,When");
            page.navigate(desk.press.url() + "/desk/business/payments");
            page.locator("a", new Page.LocatorOptions().setHasText("Look or give back"))
                    .first()
                    .click();
            page.locator("input[name=amount]").fill("12.50");
            page.locator("input[name=why]").fill("Two days were down");
            page.locator("button", new Page.LocatorOptions().setHasText("Give it back"))
                    .first()
                    .click();
            page.locator("#confirm [data-confirm-yes]").click();
            page.locator("[data-toast]").waitFor();
            assertThat(page.locator("main").textContent()).contains("USD 12.50 given back");
            page.navigate(desk.press.url() + "/desk/business/payments?only=refunds");
            assertThat(page.locator("main").textContent()).contains("USD -12.50", "Two days were down");
            page.navigate(desk.press.url() + "/desk/business/check");
            page.locator("button", new Page.LocatorOptions().setHasText("Check now"))
                    .click();
            page.waitForURL("**/desk/business/check");
            assertThat(page.locator("main h2").first().textContent()).isNotEmpty();
            assertThat(browser.complaints).isEmpty();
        }
        String noted = desk.jdbi.withHandle(
                handle -> handle.createQuery("select what from audit_event order by id desc limit 1")
                        .mapTo(String.class)
                        .one());
        assertThat(noted).startsWith("exported the members who moved (left)");
    }

    @Test
    void every_page_is_there_for_the_business_staff_and_for_nobody_else_of_the_newsroom() throws Exception {
        desk.employ("otto@masthead.example", "Otto", "business");
        var otto = desk.signedIn("otto");
        var rae = desk.signedIn("rae");
        var nobody = desk.press.person();
        for (String path : List.of(
                "/desk/business",
                "/desk/business/figures/revenue",
                "/desk/business/figures/churn-net.csv",
                "/desk/business/movement.csv",
                "/desk/business/moves?what=left&month=2026-10",
                "/desk/business/cohorts",
                "/desk/business/sells?by=story",
                "/desk/business/sells?by=offer",
                "/desk/business/sells.csv?by=plan&days=90",
                "/desk/business/cohorts.csv",
                "/desk/business/import",
                "/desk/business/payments",
                "/desk/business/payments?only=refunds",
                "/desk/business/rates",
                "/desk/business/check")) {
            assertThat(otto.get(path).statusCode()).as(path).isEqualTo(200);
            assertThat(rae.get(path).statusCode()).as(path).isEqualTo(403);
            assertThat(nobody.get(path).body()).as(path).doesNotContain("Monthly revenue", "USD");
        }
    }

    @Test
    void what_can_not_be_given_back_is_told_in_a_sentence_and_nothing_moves() throws Exception {
        var ada = desk.signedIn("ada");
        long charge = desk.jdbi.withHandle(
                handle -> handle.createQuery("select id from ledger_entry where kind = 'charge' order by at limit 1")
                        .mapTo(Long.class)
                        .one());
        String at = "/desk/business/payments/" + charge + "/refund";
        assertThat(ada.post(at, "amount", "1.005", "why", "x").body())
                .contains("Please give an amount in USD", "value=\"1.005\"");
        assertThat(ada.post(at, "amount", "10", "why", " ").statusCode()).isEqualTo(422);
        assertThat(ada.post(at, "amount", "900", "why", "x").body()).contains("can be given back");
        assertThat(ada.post("/desk/business/payments/999999/refund", "amount", "1", "why", "x")
                        .statusCode())
                .isEqualTo(404);
        assertThat(ada.get("/desk/business/figures/nothing").statusCode()).isEqualTo(404);
        assertThat(ada.get("/desk/business/moves?what=nothing").statusCode()).isEqualTo(404);
        assertThat(ada.get("/desk/business/moves?what=left&month=2026-13&before=x_y")
                        .statusCode())
                .isEqualTo(200);
        assertThat(ada.post("/desk/business/rates", "currency", "XXX", "rate", "1", "day", "2026-01-01")
                        .statusCode())
                .isEqualTo(422);
        long back = desk.jdbi.withHandle(handle ->
                handle.createQuery("""
                        select count(*) from ledger_entry f join ledger_entry e on e.membership_id = f.membership_id
                        where f.kind = 'refund' and e.id = :charge
                        """).bind("charge", charge).mapTo(Long.class).one());
        assertThat(back).isZero();
    }

    @Test
    void the_pages_hold_on_a_phone_and_in_the_dark() {
        try (var browser = new Browser()) {
            for (int width : List.of(375, 1440)) {
                Page page = browser.person(width, 900);
                signIn(page, "ada@masthead.example");
                for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK))
                    for (String path : List.of(
                            "",
                            "/figures/revenue",
                            "/moves?what=left",
                            "/cohorts",
                            "/sells",
                            "/payments",
                            "/rates",
                            "/check")) {
                        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                        page.navigate(desk.press.url() + "/desk/business" + path);
                        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                                .as(path + " at " + width)
                                .isLessThanOrEqualTo(width);
                        String name =
                                Jsoup.parse(page.content()).select("h1").text().replaceAll("\\W+", "-");
                        if (System.getenv("MASTHEAD_SHOTS") != null)
                            page.screenshot(new Page.ScreenshotOptions()
                                    .setFullPage(true)
                                    .setPath(Path.of(
                                            System.getenv("MASTHEAD_SHOTS"),
                                            name + "-" + width + "-" + scheme + ".png")));
                    }
            }
        }
    }
}
