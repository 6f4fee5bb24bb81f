package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** An editor parts the stories of one event and puts one back, with a script and without. */
@Tag("browser")
class OneEventWalkTest {
    private static final List<String> FERRY = List.of(
            "Ferry aground off Port Calder with 140 on board",
            "Port Calder ferry aground: crew questioned",
            "Tugs reach the ferry aground off Port Calder",
            "The ferry aground off Port Calder was checked in May",
            "Port Calder pilots saw the ferry go aground");
    private static Desk desk;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.opened();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    /** An edition with the five stories and one more, as it is drafted. */
    private static long drafted(String newsletter) {
        desk.jdbi.useHandle(handle -> {
            handle.execute("""
                    insert into newsletter (slug, name, sender_name, slot, days, at, zone, release, cadence_since)
                    values (?, initcap(?), initcap(?), 'am', '{mon,tue,wed,thu,fri,sat,sun}', '07:00', 'UTC', 'waits', now())
                    """, newsletter, newsletter, newsletter);
            var titles = new ArrayList<>(FERRY);
            titles.add("Bees come back to the orchard");
            for (int i = 0; i < titles.size(); i++) handle.execute("""
                        insert into story (slug, title, standfirst, state, published_at, created_at, updated_at, words, opening)
                        values ('s' || ?, ?, 'What is known so far.', 'published', now() - ? * interval '1 minute', now(), now(), 480, '<p>Body.</p>')
                        on conflict do nothing
                        """, i, titles.get(i), i);
        });
        desk.press.running.newsroom().draftEditions.run();
        return Long.parseLong(desk.value("""
                select e.id::text from edition e join newsletter n on n.id = e.newsletter_id where n.slug = ? order by e.due_at limit 1
                """, newsletter));
    }

    @Test
    void ada_parts_them_with_one_click_and_puts_one_back() {
        long edition = drafted("dawn");
        try (var browser = new Browser()) {
            Page ada = browser.person(1440, 900);
            ada.navigate(desk.press
                    .running
                    .newsroom()
                    .signIn
                    .linkFor(EmailAddress.parse("ada@masthead.example").orElseThrow()));
            ada.locator("main button").first().click();
            ada.waitForURL("**/desk/stories");
            ada.navigate(desk.press.url() + "/desk/editions/" + edition);
            assertThat(ada.locator(".order-row")).hasCount(2);
            assertThat(ada.locator(".order-more li"))
                    .hasText(FERRY.subList(1, 5).toArray(String[]::new));
            var letter = ada.frameLocator(".preview-phone");
            assertThat(letter.locator("body")).containsText("More on this:");

            ada.getByRole(AriaRole.BUTTON, named("Make each an item of its own: " + FERRY.getFirst()))
                    .click();
            assertThat(ada.locator(".order-row")).hasCount(6);
            assertThat(ada.locator(".order-row strong").nth(1)).hasText(FERRY.get(1));
            assertThat(letter.locator("body")).not().containsText("More on this:");

            ada.getByRole(AriaRole.BUTTON, named("Put under the story above: " + FERRY.get(1)))
                    .click();
            assertThat(ada.locator(".order-row")).hasCount(5);
            ada.reload();
            assertThat(ada.locator(".order-row")).hasCount(5);
            assertThat(ada.locator(".order-more li")).hasText(new String[] {FERRY.get(1)});
            assertThat(browser.complaints).isEmpty();
        }
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    /** The form's hidden fields and those of one button, as a browser without scripts sends them. */
    static String[] pressed(Element form, String name, String value) {
        var fields = new ArrayList<String>();
        for (Element field : form.select("input[name]:not([type=search]), textarea[name]")) {
            fields.add(field.attr("name"));
            fields.add(field.val());
        }
        fields.add(name);
        fields.add(value);
        return fields.toArray(String[]::new);
    }

    @Test
    void without_a_script_each_button_does_the_same_and_an_item_is_taken_out_and_put_back_whole() throws Exception {
        String page = "/desk/editions/" + drafted("dusk");
        var edda = desk.signedIn("edda");
        var form = Desk.page(edda.get(page)).expectFirst("form.edition");
        String lead = form.expectFirst("[name=part]").val();
        assertThat(form.select("[name=shorter]"))
                .as("no large model is connected")
                .isEmpty();

        var out = Desk.page(edda.post(page, pressed(form, "remove", lead))).expectFirst("form.edition");
        assertThat(out.select(".order-row")).hasSize(1);
        var back = Desk.page(edda.post(
                        page,
                        pressed(
                                out,
                                "put-back",
                                out.expectFirst("[name=put-back]").val())))
                .expectFirst("form.edition");
        assertThat(back.select(".order-more li").eachText()).isEqualTo(FERRY.subList(1, 5));

        var parted = Desk.page(edda.post(page, pressed(back, "part", lead))).expectFirst("form.edition");
        assertThat(parted.select(".order-row strong").eachText()).startsWith(FERRY.toArray(String[]::new));

        String second = parted.select("[name=join]").get(1).val();
        var joined = Desk.page(edda.post(page, pressed(parted, "join", second))).expectFirst("form.edition");
        assertThat(joined.select(".order-more li").eachText()).containsExactly(FERRY.get(1));
        assertThat(joined.select(".order-row")).hasSize(5);
    }

    @Test
    void numbers_that_are_none_are_not_taken_for_stories() throws Exception {
        long edition = drafted("noon");
        var ada = desk.signedIn("ada");
        String revision = desk.value("select revision::text from edition where id = ?", edition);
        String story = desk.value("select id::text from story where title = ?", FERRY.getFirst());
        var answer = ada.json(
                "/desk/editions/" + edition,
                "revision",
                revision,
                "item",
                "s" + story,
                "s" + story + "-more",
                "x1",
                "s" + story + "-more",
                "999999999",
                "join",
                "s" + story,
                "part",
                "s77");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(desk.value("select string_agg(story_id::text, ',') from edition_item where edition_id = ?", edition))
                .isEqualTo(story);
    }
}
