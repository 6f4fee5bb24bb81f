package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;

/** The door of whoever reads Arabic or Hebrew, and a live session of a newsroom that writes Arabic, on a phone. */
@Tag("browser")
class FromTheRightTest {
    private static void fits(Page page) {
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing stands out at the side")
                .isEqualTo(true);
    }

    private static void reads(Evening evening, String email, String language) {
        evening.jdbi.useHandle(
                handle -> handle.execute("update reader set language = ? where email = ?", language, email));
    }

    @Test
    void a_door_in_arabic_and_in_hebrew_and_a_session_from_the_right() throws Exception {
        try (var evening = new Evening();
                var browser = new Browser()) {
            long dinner = evening.published(
                    evening.editor(),
                    Evening.dinner(LocalDateTime.now(Evening.GENEVA).plusHours(5), "questions", ""));
            evening.member("layla@guest.example").post("/events/dinner-with-the-energy-desk/register", "seats", "1");
            for (List<String> one : List.of(
                    List.of(
                            "ar",
                            "افتح الباب",
                            "حضر 0 من 1",
                            "أدخِل layla",
                            "أهلًا وسهلًا",
                            "layla، رقم 0001",
                            "دخل من قبل",
                            "الباب 1"),
                    List.of(
                            "he",
                            "לפתוח את הדלת",
                            "1 מתוך 1 בפנים",
                            "להכניס את layla",
                            "כבר בפנים",
                            "layla, מס׳ 0001",
                            "כבר בפנים",
                            "דלת 2"))) {
                reads(evening, "rae@masthead.example", one.getFirst());
                Page door = browser.person(375, 812);
                Studio.signIn(evening, door, "rae@masthead.example");
                door.navigate(evening.press.url() + "/desk/events/" + dinner + "/door");
                door.locator("[data-ready]").waitFor();
                fits(door);
                Studio.look(door, "door-closed-" + one.getFirst());
                assertThat(door.locator("[data-begin]")).hasText(one.get(1));
                door.locator("[data-begin]").click();
                assertThat(door.locator("[data-count]")).hasText(one.get(2));
                assertThat(door.locator("[data-name]")).hasText(one.get(7));
                door.locator("[data-search]").fill("layla");
                door.getByLabel(one.get(3)).click();
                assertThat(door.locator("[data-word]")).hasText(one.get(4));
                assertThat(door.locator("[data-sentence]")).containsText(one.get(5));
                door.getByLabel(one.get(3)).click();
                assertThat(door.locator("[data-word]")).hasText(one.get(6));
                fits(door);
                Studio.look(door, "door-" + one.getFirst());
                assertThat(door.locator("[data-status]")).hasText(one.getFirst().equals("ar") ? "متصل" : "מחובר");
                door.close();
            }
            session(evening, browser);
            assertThat(browser.complaints.stream().filter(one -> !one.contains("404")))
                    .isEmpty();
        }
    }

    private static void session(Evening evening, Browser browser) throws Exception {
        String desk = Studio.announced(
                evening,
                "أسئلة إلى قسم الطاقة",
                "announcement",
                "لينا حورات عن مخازن الغاز والأسعار هذا الشتاء.",
                "starts",
                Evening.field(LocalDateTime.now(Evening.GENEVA).plusHours(30)));
        long id = Long.parseLong(desk.replaceAll("\\D", ""));
        evening.jdbi.useHandle(handle -> handle.execute(
                "insert into setting values ('language', 'ar') on conflict (name) do update set value = 'ar'"));
        evening.press.running.newsroom().publication.forget();
        evening.press.running.newsroom().site.forget();
        Person layla = evening.signedIn("layla@guest.example");
        String path = "/live/" + evening.one("select slug from live_session where id = ?", id) + "/";
        // Back from its form by a redirect, in ASCII though its address is not.
        layla.post(path + "questions", "question", "كم تكفي المخازن؟");
        Page page = browser.person(375, 812);
        Studio.signIn(evening, page, "layla@guest.example");
        page.navigate(evening.press.url() + path);
        assertThat(page.locator("[data-rest]")).containsText("30");
        fits(page);
        Studio.look(page, "waiting-ar");
        evening.jdbi.useHandle(
                handle -> handle.execute("update live_session set state = 'live', began_at = now() where id = ?", id));
        Recorded.seconds(evening, id, 60);
        page.reload();
        evening.editor().post(desk + "/captions", "words", "المخازن ممتلئة تقريباً.", "script", "yes");
        assertThat(page.locator("[data-caption]")).hasText("المخازن ممتلئة تقريباً.");
        assertThat(page.locator("[data-full]")).hasText("ملء الشاشة");
        fits(page);
        Studio.look(page, "live-ar");
    }
}
