package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.jdkim.DKIMVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;

/**
 * The main job, as people do it: Ada writes and publishes, a visitor on a phone signs up, Ada sends the morning edition, the
 * reader gets it, leaves one newsletter, opens a memo, starts the free week, reads, cancels and keeps reading.
 */
@Tag("browser")
class WalkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK =
            Pattern.compile("https?://[^\\s\"<>]+/(?:signin|newsletters/confirm)/[A-Za-z0-9_-]+");
    private static final String MEMO = "accord-swap-price-of-water";
    private static final String BEYOND_THE_CUT = "the Tessary Threshold";
    private static final String READER = "nora@reader.example";

    private String site = "";

    @Test
    void a_story_goes_from_draft_to_site_to_inbox_to_a_paying_reader() throws Exception {
        try (var press = Press.started();
                var browser = new Browser()) {
            site = press.url();
            Page ada = browser.person(1440, 1000);
            ada.navigate(press.running.newsroom().newsroomLink());
            ada.locator("main button").first().click();
            ada.waitForURL("**/desk/stories");

            String slug = adaPublishesAStory(ada);
            Page nora = browser.person(375, 812);
            noraSignsUpInsideTheStory(nora, slug);
            adaSendsTheMorningEdition(ada);
            JsonNode letter = theLetterArrives(press, nora);
            noraLeavesOneNewsletterWithOnePost(nora, letter);
            noraTriesProAndKeepsReading(nora);
            assertThat(browser.complaints)
                    .as("what the browser's console complained of")
                    .isEmpty();
        }
    }

    private String adaPublishesAStory(Page ada) {
        ada.navigate(site + "/desk/stories/new");
        ada.getByLabel("Headline").fill("Harbour pilots vote to work the night tide");
        ada.getByLabel("Standfirst")
                .fill("After nine days the pilots of Port Calder will board ships in the dark again.");
        Locator body = ada.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Story"));
        body.click();
        ada.keyboard().type("The vote was 61 to 14, and it was counted by hand.");
        ada.keyboard().press("Enter");
        ada.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Heading").setExact(true))
                .click();
        ada.keyboard().type("What they were offered");
        ada.keyboard().press("Enter");
        ada.keyboard()
                .type(
                        "“A lamp, a second rope and a pension,” said Otmar Velling, who has piloted here for thirty years.");
        ada.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Quote").setExact(true))
                .click();
        ada.keyboard().press("Enter");
        ada.keyboard().press("Enter");
        ada.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Picture").setExact(true))
                .click();
        Locator chooser = ada.locator("#picture-chooser");
        chooser.getByLabel("Upload a picture").setInputFiles(new FilePayload("pilots.jpg", "image/jpeg", picture()));
        chooser.getByLabel("What it shows").fill("A pilot boat beside a tanker at dusk.");
        chooser.getByLabel("Caption").fill("A pilot boat off Port Calder.");
        chooser.getByLabel("Credit").fill("Illustration: sample");
        chooser.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Upload").setExact(true))
                .click();
        assertThat(body.locator("figure img")).hasAttribute("alt", "A pilot boat beside a tanker at dusk.");
        ada.getByLabel("Topic", new Page.GetByLabelOptions().setExact(true)).selectOption("energy");
        ada.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Publish"))
                .click();
        assertThat(ada.getByText("Published. Readers see it now.")).isVisible();
        String slug = ada.getByLabel("Address").inputValue();

        Page visitor = ada.context().browser().newContext().newPage();
        for (String path : List.of("/", "/topic/energy/", "/rss/", "/sitemap.xml")) {
            TestSmtp.await(() -> visitor.request().get(site + path).text().contains("/" + slug + "/"));
        }
        String story = visitor.request().get(site + "/" + slug + "/").text();
        assertThat(story)
                .contains(
                        "<h2>What they were offered</h2>",
                        "<blockquote>",
                        "A pilot boat off Port Calder.",
                        "Illustration: sample")
                .contains("\"NewsArticle\"");
        visitor.context().close();
        return slug;
    }

    private void noraSignsUpInsideTheStory(Page nora, String slug) throws Exception {
        nora.navigate(site + "/" + slug + "/");
        Number overflow = (Number) nora.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow.intValue()).as("pixels wider than the phone").isLessThanOrEqualTo(0);
        Locator offer = nora.locator("aside.join");
        assertThat(offer).containsText("Energy Daily");
        offer.getByLabel("Your e-mail address").fill(READER);
        offer.getByRole(AriaRole.BUTTON).click();
        assertThat(offer).containsText(Pattern.compile("letter|e-mail", Pattern.CASE_INSENSITIVE));

        nora.navigate(linkIn(nora, READER));
        nora.locator("main button").first().click();
        nora.waitForLoadState();
        nora.navigate(site + "/newsletters/");
        nora.locator("input[value=morning]").check();
        nora.locator("input[value=evening]").check();
        nora.locator("form.hub button[type=submit]").click();
        nora.waitForLoadState();
        nora.navigate(site + "/account/newsletters/");
        assertThat(nora.locator("input[name=newsletter][value=energy-daily]")).isChecked();
        assertThat(nora.locator("input[name=newsletter][value=morning]")).isChecked();
        assertThat(nora.locator("input[name=newsletter][value=evening]")).isChecked();
    }

    private void adaSendsTheMorningEdition(Page ada) {
        ada.navigate(site + "/desk/editions");
        TestSmtp.await(() -> {
            ada.reload();
            return ada.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Morning Parallel"))
                            .count()
                    > 0;
        });
        ada.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Morning Parallel"))
                .first()
                .click();
        String second = ada.locator(".order-row strong").nth(1).textContent();
        ada.locator("button[name=up]").nth(1).click();
        ada.waitForLoadState();
        assertThat(ada.locator(".order-row strong").first()).hasText(second);
        ada.getByLabel("Subject line").fill("Two governments price a river");
        ada.getByLabel("Lines on top").fill("Good news travels at the speed of a pilot boat.\nThe rest is below.");
        ada.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Save").setExact(true))
                .click();
        ada.waitForLoadState();
        assertThat(ada.frameLocator(".preview-phone").locator("body")).containsText("at the speed of a pilot boat");
        ada.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send now"))
                .click();
        assertThat(ada.locator("main")).containsText("Send it to 5 readers?");
        ada.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send to 5 readers"))
                .click();
        TestSmtp.await(() -> {
            ada.reload();
            return ada.locator("#progress").textContent().contains("5 of 5 accepted");
        });
    }

    private JsonNode theLetterArrives(Press press, Page nora) throws Exception {
        JsonNode letter = letterAbout(nora, READER, "Two governments price a river");
        assertThat(letter.get("text").asText()).contains("at the speed of a pilot boat", "/unsubscribe/");
        assertThat(letter.get("html").asText()).contains("at the speed of a pilot boat", "<h2");
        String source = letter.get("source").asText();
        assertThat(source).contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", "multipart/alternative");
        String record = press.running.newsroom().dkimRecord();
        try (InputStream in = new ByteArrayInputStream(source.getBytes(StandardCharsets.ISO_8859_1))) {
            var verified = new DKIMVerifier((method, selector, domain) -> List.of(record)).verify(in);
            assertThat(verified)
                    .as("an independent verifier accepts the signature")
                    .hasSize(1);
        }
        String greeted = letterAbout(nora, "ben@reader.example", "Two governments price a river")
                .get("html")
                .asText();
        assertThat(greeted).contains("Good morning, Ben.");
        return letter;
    }

    private void noraLeavesOneNewsletterWithOnePost(Page nora, JsonNode letter) {
        String source = letter.get("source").asText().replaceAll("\r\n[ \t]", " ");
        Matcher header = Pattern.compile("List-Unsubscribe: <([^>]+)>").matcher(source);
        assertThat(header.find()).isTrue();
        String link = header.group(1);
        assertThat(nora.request().get(link).status()).isEqualTo(200);
        nora.navigate(site + "/account/newsletters/");
        assertThat(nora.locator("input[name=newsletter][value=morning]")).isChecked();

        Page provider = nora.context().browser().newContext().newPage();
        APIResponse left = provider.request()
                .post(link, RequestOptions.create().setForm(FormData.create().set("List-Unsubscribe", "One-Click")));
        assertThat(left.status()).isEqualTo(200);
        provider.context().close();
        nora.reload();
        assertThat(nora.locator("input[name=newsletter][value=morning]")).not().isChecked();
        assertThat(nora.locator("input[name=newsletter][value=evening]")).isChecked();
        assertThat(nora.locator("input[name=newsletter][value=energy-daily]")).isChecked();
    }

    private void noraTriesProAndKeepsReading(Page nora) throws Exception {
        nora.navigate(site + "/" + MEMO + "/");
        assertThat(nora.locator("main")).containsText("USD 25");
        assertThat(nora.content()).doesNotContain(BEYOND_THE_CUT);
        nora.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Start your free week"))
                .first()
                .click();
        nora.waitForLoadState();
        assertThat(nora.locator("main")).containsText("7 days free");
        nora.locator(".plan-box form[action='/pro/trial'] button").click();
        nora.waitForLoadState();
        nora.navigate(site + "/" + MEMO + "/");
        assertThat(nora.content()).contains(BEYOND_THE_CUT);

        nora.navigate(site + "/account/");
        nora.locator("a[href='/account/membership/cancel']").click();
        nora.waitForLoadState();
        nora.locator("main form[action='/account/membership/cancel'] button").click();
        nora.waitForLoadState();
        nora.navigate(site + "/account/");
        assertThat(nora.locator("form[action='/account/membership/keep'] button"))
                .isVisible();
        nora.navigate(site + "/" + MEMO + "/");
        assertThat(nora.content()).contains(BEYOND_THE_CUT);
    }

    private String linkIn(Page page, String address) throws Exception {
        TestSmtp.await(() -> !letters(page, address).isEmpty());
        Matcher link = LINK.matcher(letters(page, address).get(0).get("text").asText());
        assertThat(link.find()).as("a link in the letter").isTrue();
        return link.group();
    }

    private JsonNode letterAbout(Page page, String address, String subject) {
        TestSmtp.await(() -> find(page, address, subject) != null);
        return Objects.requireNonNull(find(page, address, subject));
    }

    private @org.jspecify.annotations.Nullable JsonNode find(Page page, String address, String subject) {
        for (JsonNode letter : letters(page, address))
            if (letter.get("subject").asText().equals(subject)) return letter;
        return null;
    }

    private JsonNode letters(Page page, String address) {
        try {
            return JSON.readTree(page.request()
                    .get(site + "/mailbox/api/letters?to=" + address)
                    .text());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] picture() {
        try (var in =
                Objects.requireNonNull(WalkTest.class.getResourceAsStream("/sample/pictures/calder-turbines.jpg"))) {
            return in.readAllBytes();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
