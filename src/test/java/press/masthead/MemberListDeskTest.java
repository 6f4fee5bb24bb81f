package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** The business staff look members up and take the list along. */
class MemberListDeskTest {
    private static Desk desk;

    @BeforeAll
    static void start() throws Exception {
        desk = Desk.opened();
        desk.employ("mina@masthead.example", "Mina", "business");
    }

    @AfterAll
    static void stop() {
        desk.close();
    }

    private static void fill() {
        desk.jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into reader (email, email_key, name, created_at, confirmed_at)
                    select 'm' || i || '@reader.example', 'm' || i || '@reader.example',
                           case when i = 1 then '=1+1' when i = 2 then 'نورا الحسن' when i % 3 = 0 then '' else 'Member ' || i end,
                           now(), now() from generate_series(1, 260) i on conflict do nothing
                    """);
            handle.execute("""
                    insert into membership (reader_id, price_id, payment, started_at, until, cancelled_at, source)
                    select r.id, (select min(id) from price), case when n % 10 = 0 then 'complimentary' else 'invoice' end,
                           now() - n * interval '1 day', now() + interval '90 days', case when n % 7 = 0 then now() end,
                           (array['', 'spring', 'search'])[1 + n % 3]
                    from (select id, row_number() over (order by id desc) as n from reader where email like 'm%@reader.example') r
                    where not exists (select from membership m where m.reader_id = r.id)
                    """);
        });
    }

    private static void signIn(Page page) {
        page.navigate(desk.press
                .running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse("mina@masthead.example").orElseThrow()));
        page.locator("main button").first().click();
        page.waitForLoadState();
    }

    @Test
    void a_newsroom_without_members_says_so_then_members_are_found_filtered_and_taken_along() throws Exception {
        desk.jdbi.useHandle(handle -> handle.execute("delete from membership"));
        try (var browser = new Browser()) {
            Page page = browser.person(1440, 900);
            signIn(page);
            page.navigate(desk.press.url() + "/desk/business");
            page.locator(".tabs a", new Page.LocatorOptions().setHasText("Members"))
                    .click();
            assertThat(page.locator("main").textContent()).contains("No members yet");
            fill();
            page.reload();
            assertThat(page.locator("main").textContent()).contains("200+ people");
            assertThat(page.locator("main tbody tr").count()).isEqualTo(50);
            page.locator("a[rel=next]").click();
            assertThat(page.locator("main tbody tr").count()).isEqualTo(50);
            page.locator("a[rel=prev]").click();
            page.locator("#state").selectOption("cancelled");
            page.waitForURL("**state=cancelled**");
            assertThat(page.locator("main tbody .badge").allTextContents())
                    .isNotEmpty()
                    .allMatch("Cancelled"::equals);
            page.locator("details.more summary").click();
            page.locator("#source").fill("spring");
            page.locator("#source").press("Enter");
            page.waitForURL("**source=spring**");
            assertThat(page.locator("details.more").getAttribute("open")).isNotNull();
            int shown = page.locator("main tbody tr").count();
            assertThat(page.locator("main .page-head").textContent()).contains(shown + " people");
            var file = page.waitForDownload(
                    () -> page.locator("text=Download as CSV").click());
            assertThat(Files.readAllLines(file.path())).hasSize(shown + 1);
            assertThat(browser.complaints).isEmpty();
        }
        assertThat(desk.value("select what from audit_event order by id desc limit 1"))
                .isEqualTo("exported the list of members, filtered");
    }

    @Test
    void the_file_is_no_formula_strange_addresses_are_answered_and_nobody_else_gets_either() throws Exception {
        fill();
        var mina = desk.signedIn("mina");
        assertThat(mina.post("/desk/business/members.csv?q=m1%40").body())
                .startsWith("Address,Name,State,Plan,Interval,Pays by,Source,Joined,Until,Team\r\n")
                .contains("m1@reader.example,'=1+1,");
        for (String odd : List.of(
                "?state=%27",
                "?from=2026-02-30", "?from=x&until=9", "?before=x_y", "?pays=gold&interval=day", "?q=%26%7C!%27%5C"))
            assertThat(mina.get("/desk/business/members" + odd).statusCode())
                    .as(odd)
                    .isEqualTo(200);
        assertThat(mina.get("/desk/business/members?q=%3Cb%3Ezz").body())
                .contains("Nobody found")
                .doesNotContain("<b>zz");
        var rae = desk.signedIn("rae");
        assertThat(rae.get("/desk/business/members").statusCode()).isEqualTo(403);
        assertThat(rae.post("/desk/business/members.csv").statusCode()).isEqualTo(403);
        assertThat(desk.press.person().post("/desk/business/members.csv").body())
                .doesNotContain("@reader.example");
    }

    @Test
    void the_list_holds_on_a_phone_and_in_the_dark() {
        fill();
        try (var browser = new Browser()) {
            for (int width : List.of(375, 1440)) {
                Page page = browser.person(width, 900);
                signIn(page);
                for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK))
                    for (String query : List.of("", "?plan=pro&q=member", "?q=nobodyatall")) {
                        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                        page.navigate(desk.press.url() + "/desk/business/members" + query);
                        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                                .as(query + " at " + width)
                                .isLessThanOrEqualTo(width);
                        if (System.getenv("MASTHEAD_SHOTS") != null)
                            page.screenshot(new Page.ScreenshotOptions()
                                    .setPath(Path.of(
                                            System.getenv("MASTHEAD_SHOTS"),
                                            "members" + query.length() + "-" + width + "-" + scheme + ".png")));
                    }
            }
        }
    }
}
