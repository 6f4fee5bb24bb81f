package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** A ministry asks, agrees and hands out its seats; a colleague reads and stops; another comes by the ministry's own sign-in; one is too many. */
@Tag("browser")
@SuppressWarnings("NullAway.Init")
class TeamsWalkTest {
    private static final Pattern LINK = Pattern.compile("(https?://[^\\s]+/(?:seat|signin|team)/[^\\s]*)");
    private String site = "";
    private Jdbi jdbi;
    private Press.Person mailbox;

    @Test
    void a_ministry_from_its_first_question_to_its_usage_report() throws Exception {
        try (var provider = new FakeProvider();
                var press = Press.started(Map.of("MASTHEAD_FETCH_ALLOWED", "127.0.0.0/8"));
                var browser = new Browser()) {
            site = press.url();
            mailbox = press.person();
            jdbi = press.running.newsroom().database.jdbi();
            Page visitor = browser.person(375, 812);
            sheAsks(visitor);

            Page ada = browser.person(1440, 900);
            signIn(press, ada, "ada@parallel.example");
            adaWinsTheEnquiryAndDrawsUpTheContract(ada);

            Page nadia = browser.person(1440, 900);
            signIn(press, nadia, "nadia@rivers.example");
            nadia.navigate(site + "/team/");
            assertThat(nadia.locator("h1")).hasText("Ministry of Rivers");
            sheInvitesByTable(nadia);

            Page kim = browser.person(375, 812);
            kimTakesTheSeatAndReadsAMemo(kim);
            sheTakesItBack(nadia);
            kim.reload();
            assertThat(kim.locator("main")).containsText("USD 25");

            sheShowsThatTheDomainIsTheirs(nadia, browser.person(1440, 900));
            sheSetsUpSingleSignOn(nadia, provider);
            Page ola = browser.person(1440, 900);
            provider.subject = "ola";
            provider.email = "ola@rivers.example";
            provider.name = "Ola Brandis";
            olaComesInByIt(ola);

            Page wen = browser.person(375, 812);
            provider.subject = "wen";
            provider.email = "wen@rivers.example";
            provider.name = "Wen Ashby";
            wenIsOneTooMany(wen);
            sheGivesHimASeat(nadia);

            for (String path : new String[] {"", "invite/", "domains/", "sign-on/", "usage/", "contract/"})
                narrow(wen, nadia, path);
            nadia.navigate(team(nadia) + "usage/");
            assertThat(nadia.locator(".usage-chart title")).hasText("Seats and active readers by month");
            assertThat(nadia.locator("tbody tr").first()).containsText("fewer than 5 readers");
            assertThat(browser.complaints)
                    .as("what the browser's console complained of, beside the form that was sent too fast")
                    .allMatch(complaint -> complaint.contains("/pro/teams: ") && complaint.contains("422"));
        }
    }

    private void sheAsks(Page visitor) {
        visitor.navigate(site + "/pro/");
        visitor.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See how it works"))
                .click();
        visitor.getByLabel("Organisation").fill("Ministry of Rivers");
        visitor.getByLabel("How many seats, about").fill("1");
        visitor.getByLabel("Your name").fill("Nadia Okonjo");
        visitor.getByLabel("Your e-mail address at work").fill("nadia@rivers.example");
        visitor.getByLabel("What should we know?").fill("We need a purchase order.");
        // A program is quicker than a person and is asked once more.
        TestSmtp.await(() -> {
            if (visitor.locator("form.teams-form").count() > 0)
                button(visitor, "Send").click();
            visitor.waitForLoadState();
            return visitor.locator("form.teams-form").count() == 0;
        });
        assertThat(visitor.locator("h1")).hasText("Thank you");
        TestSmtp.await(() -> count(
                        "select count(*) from caught_letter where recipient in ('nadia@rivers.example', 'ada@parallel.example') and subject like '%Ministry of Rivers%'")
                == 2);
    }

    private void adaWinsTheEnquiryAndDrawsUpTheContract(Page ada) {
        ada.navigate(site + "/desk/teams/enquiries");
        Locator card = ada.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Ministry of Rivers"));
        card.focus();
        ada.keyboard().press("ArrowRight");
        assertThat(ada.locator("[data-lane=talking]")).containsText("Ministry of Rivers");
        TestSmtp.await(() ->
                count("select count(*) from enquiry where organisation = 'Ministry of Rivers' and state = 'talking'")
                        == 1);
        ada.locator("[data-card]", new Page.LocatorOptions().setHasText("Ministry of Rivers"))
                .dragTo(ada.locator("[data-lane=offered]"));
        TestSmtp.await(() ->
                count("select count(*) from enquiry where organisation = 'Ministry of Rivers' and state = 'offered'")
                        == 1);
        ada.reload();
        ada.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Ministry of Rivers"))
                .click();
        ada.locator("#words").fill("Agreed on one seat.");
        button(ada, "Add the note").click();
        assertThat(ada.locator("section[aria-labelledby=happened]")).containsText("Agreed on one seat.");
        ada.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Draw up a contract"))
                .click();
        assertThat(ada.getByLabel("Who manages the seats")).hasValue("nadia@rivers.example");
        ada.getByLabel("Price of a seat").fill("240");
        ada.getByLabel("First day").fill(LocalDate.now().minusDays(2).toString());
        ada.getByLabel("Last day").fill(LocalDate.now().plusYears(1).toString());
        ada.getByLabel("Country").selectOption("BE");
        ada.getByLabel("Purchase order").fill("RIV-9");
        ada.getByLabel("The manager may renew").check();
        button(ada, "Draw up the contract").click();
        assertThat(ada.locator("h1")).hasText("Ministry of Rivers");
        assertThat(ada.locator("main")).containsText("USD 240.00");
        ada.navigate(site + "/desk/teams/enquiries");
        assertThat(ada.locator("[data-lane=won]")).containsText("Ministry of Rivers");
    }

    private void sheInvitesByTable(Page nadia) throws Exception {
        nadia.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Invite colleagues"))
                .click();
        nadia.getByLabel("A CSV file")
                .setInputFiles(new FilePayload(
                        "people.csv",
                        "text/csv",
                        "\uFEFFName;E-mail\nKim;kim@rivers.example\nKim;KIM@rivers.example\nBad;kim@@rivers\n"
                                .getBytes(StandardCharsets.UTF_8)));
        button(nadia, "Send the invitations").last().click();
        assertThat(nadia.locator(".team-lead")).hasText("1 of 3 were invited.");
        assertThat(nadia.locator("tbody")).containsText("Stands in the list twice");
        assertThat(nadia.locator("tbody")).containsText("Not an e-mail address");
        assertThat(nadia.locator("label[for=r-letters]")).hasText("1 of 1 letters have left");
    }

    private void kimTakesTheSeatAndReadsAMemo(Page kim) {
        kim.navigate(link("kim@rivers.example", "gives you a seat"));
        assertThat(kim.locator("main")).containsText("Ministry of Rivers has kept a seat for k…@rivers.example");
        button(kim, "Send me the link").click();
        kim.navigate(link("kim@rivers.example", "Confirm your address"));
        kim.locator("main button").first().click();
        kim.waitForURL(Pattern.compile(".*/seat/.*"));
        button(kim, "Take the seat").click();
        assertThat(kim.locator("h1")).hasText("Welcome");
        String memo = value(
                "select slug from story where kind = 'memo' and state = 'published' and access = 'member' order by published_at desc limit 1");
        kim.navigate(site + "/" + memo + "/");
        assertThat(kim.locator("main")).not().containsText("USD 25");
        // The page says so of itself, which is not believed of a browser without a window.
        kim.request()
                .post(
                        site + "/read/" + memo + "/",
                        RequestOptions.create()
                                .setHeader("User-Agent", "Mozilla/5.0 (Linux; Android 16) Firefox/145.0")
                                .setHeader("Sec-Fetch-Site", "same-origin"));
        TestSmtp.await(() ->
                count("select count(*) from seat where email_key = 'kim@rivers.example' and last_read is not null")
                        == 1);
    }

    private void sheTakesItBack(Page nadia) {
        nadia.navigate(team(nadia));
        nadia.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("kim@rivers.example"))
                .click();
        nadia.getByLabel("Why").fill("Left for another ministry");
        button(nadia, "Take the seat back").click();
        assertThat(nadia.locator("[role=status]")).containsText("is free again");
    }

    private void sheShowsThatTheDomainIsTheirs(Page nadia, Page postmaster) {
        nadia.navigate(team(nadia) + "domains/");
        nadia.getByLabel("What stands behind the @").fill("rivers.example");
        button(nadia, "Add").click();
        nadia.getByLabel("To whoever minds its mail").selectOption("postmaster@rivers.example");
        button(nadia, "Send a letter").click();
        postmaster.navigate(link("postmaster@rivers.example", "at home"));
        button(postmaster, "Yes, confirm rivers.example").click();
        nadia.navigate(team(nadia) + "domains/");
        nadia.getByLabel("takes a seat by themselves").check();
        button(nadia, "Save").click();
        assertThat(nadia.locator("[role=status]")).hasText("Saved.");
    }

    private void sheSetsUpSingleSignOn(Page nadia, FakeProvider provider) {
        provider.email = "nadia@rivers.example";
        nadia.navigate(team(nadia) + "sign-on/");
        nadia.getByLabel("Its address (issuer)").fill(provider.issuer());
        nadia.getByLabel("Client ID").fill(FakeProvider.CLIENT);
        nadia.getByLabel("Client secret").fill(FakeProvider.SECRET);
        button(nadia, "Keep").click();
        assertThat(nadia.locator("main")).containsText("Once a test has come back.");
        assertThat(nadia.locator("main")).not().containsText(FakeProvider.SECRET);
        nadia.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Try it now"))
                .click();
        assertThat(nadia.locator("main")).containsText("It works. This came back:");
        assertThat(nadia.locator("main")).containsText("nadia@rivers.example");
        button(nadia, "Switch it on").click();
        assertThat(nadia.locator("main")).containsText("It is on for rivers.example.");
    }

    private void olaComesInByIt(Page ola) {
        ola.navigate(site + "/signin/oidc/" + value("select id from identity_provider where open"));
        ola.waitForURL(site + "/pro/industries/**");
        button(ola, "Not now").click();
        ola.waitForURL(site + "/account/");
        TestSmtp.await(() -> count(
                        "select count(*) from seat where email_key = 'ola@rivers.example' and came_by = 'sign_on' and courtesy_until is null")
                == 1);
    }

    private void wenIsOneTooMany(Page wen) {
        wen.navigate(site + "/signin/oidc/" + value("select id from identity_provider where open"));
        assertThat(wen.locator("h1")).hasText("You read on for now");
        String memo = value(
                "select slug from story where kind = 'memo' and state = 'published' and access = 'member' order by published_at desc limit 1");
        wen.navigate(site + "/" + memo + "/");
        assertThat(wen.locator("main")).not().containsText("USD 25");
    }

    private void sheGivesHimASeat(Page nadia) {
        nadia.navigate(link("nadia@rivers.example", "asks for a seat"));
        assertThat(nadia.locator("h1")).hasText("Wen Ashby asks for a seat");
        assertThat(nadia.locator("main")).containsText("All seats were taken.");
        button(nadia, "Add it and give it").click();
        assertThat(nadia.locator("[role=status]")).hasText("Wen Ashby has a seat.");
        assertThat(nadia.locator(".team-bar")).hasAttribute("aria-label", "2 of 2 seats used, 0 invited, 0 left");
    }

    private void narrow(Page phone, Page manager, String path) {
        manager.setViewportSize(375, 812);
        manager.navigate(team(manager) + path);
        Number overflow = (Number) manager.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow.intValue())
                .as("pixels that %s is wider than the phone", path)
                .isLessThanOrEqualTo(0);
    }

    private String team(Page manager) {
        return site + "/team/" + value("select id from team where name = 'Ministry of Rivers'") + "/";
    }

    /** The link in the last letter to someone whose subject has the words, as it lies in the mailbox. */
    private String link(String to, String words) {
        var found = new String[1];
        TestSmtp.await(() -> {
            for (JsonNode letter : letters()) {
                var link = LINK.matcher(letter.get("text").asText());
                if (letter.get("to").asText().equals(to)
                        && letter.get("subject").asText().contains(words)
                        && link.find()) found[0] = link.group(1);
                if (found[0] != null) return true;
            }
            return false;
        });
        return found[0];
    }

    private JsonNode letters() {
        try {
            return new ObjectMapper()
                    .readTree(mailbox.get("/mailbox/api/letters").body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String value(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).findOne().orElse(""));
    }

    private long count(String sql) {
        return Long.parseLong(value(sql));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void signIn(Press press, Page page, String email) {
        page.navigate(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        page.locator("main button").first().click();
        page.waitForLoadState();
    }
}
