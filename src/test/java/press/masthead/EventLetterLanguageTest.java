package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;
import press.masthead.bench.MovedClock;

/** Letters about events and live sessions speak their reader's language, from the seat to what comes afterwards. */
class EventLetterLanguageTest {
    private static Evening evening;
    private static MovedClock clock;

    @BeforeAll
    static void open() throws Exception {
        clock = new MovedClock(Instant.now());
        evening = new Evening(clock);
    }

    @AfterAll
    static void close() {
        evening.close();
    }

    private static Person reading(String email, String language) throws Exception {
        Person person = evening.member(email);
        evening.jdbi.useHandle(
                handle -> handle.execute("update reader set language = ? where email_key = ?", language, email));
        return person;
    }

    @Test
    void an_evening_in_arabic_and_hebrew_from_the_seat_to_the_follow_up() throws Exception {
        Person edda = evening.editor();
        var starts = LocalDateTime.ofInstant(clock.instant(), Evening.GENEVA).plusDays(20);
        String[] form = Evening.dinner(starts, "title", "Dinner at the lake", "capacity", "1", "questions", "");
        long id = evening.published(edda, form);
        Person layla = reading("layla@guest.example", "ar");
        Person noa = reading("noa@guest.example", "he");
        layla.post("/events/dinner-at-the-lake/register", "seats", "1");
        var confirmed = evening.letter("layla@guest.example", "حضورك مؤكد: Dinner at the lake");
        assertThat(confirmed.text()).contains("مقعدك محجوز لك.").doesNotContain("Your seat");
        assertThat(confirmed.method()).isEqualTo("REQUEST");
        noa.post("/events/dinner-at-the-lake/register", "seats", "1");
        assertThat(evening.letter("noa@guest.example", "ברשימת ההמתנה: Dinner at the lake")
                        .text())
                .contains("כל המקומות תפוסים כרגע.");
        var moved = Evening.dinner(
                starts, "title", "Dinner at the lake", "capacity", "1", "questions", "", "place", "Maison du Port");
        edda.post("/desk/events/" + id, moved);
        assertThat(evening.letter("layla@guest.example", "تغيير: Dinner at the lake")
                        .text())
                .contains("المكان الآن: Maison du Port");
        layla.post("/events/dinner-at-the-lake/give-back");
        assertThat(evening.letter("layla@guest.example", "لن تحضر: Dinner at the lake")
                        .method())
                .isEqualTo("CANCEL");
        assertThat(evening.letter("noa@guest.example", "התפנה לך מקום: Dinner at the lake")
                        .text())
                .contains("הוא שמור עד ");
        noa.post("/events/dinner-at-the-lake/accept");
        evening.letter("noa@guest.example", "נרשמת: Dinner at the lake");
        edda.post("/desk/events/" + id + "/call-off", "note", "The house is closed.");
        assertThat(evening.letter("noa@guest.example", "בוטל: Dinner at the lake")
                        .text())
                .contains("The house is closed.");
    }

    @Test
    void an_invitation_a_ticket_handed_on_a_reminder_and_what_comes_afterwards_in_arabic_and_hebrew() throws Exception {
        Person edda = evening.editor();
        var starts = LocalDateTime.ofInstant(clock.instant(), Evening.GENEVA).plusDays(3);
        long id = evening.published(
                edda, Evening.dinner(starts, "title", "Supper by the port", "questions", "", "details", ""));
        String page = "/events/supper-by-the-port/";
        Person amal = reading("amal@guest.example", "ar");
        reading("dor@guest.example", "he");
        edda.post("/desk/events/" + id + "/guests/invite", "addresses", "amal@guest.example\ndor@guest.example");
        assertThat(evening.letter("amal@guest.example", "أنت مدعو: Supper by the port")
                        .text())
                .contains("الدعوة لهذا العنوان: سجّل الدخول به للتسجيل.")
                .doesNotContain("The invitation");
        assertThat(evening.letter("dor@guest.example", "הזמנה: Supper by the port")
                        .text())
                .contains("ההזמנה היא לכתובת הזאת")
                .doesNotContain("The invitation");

        amal.post(page + "register", "seats", "1");
        Person rima = reading("rima@guest.example", "ar");
        rima.post(page + "register", "seats", "1");
        String ticket = evening.one(
                "select t.id from ticket t join reader r on r.id = t.reader_id where r.email = 'amal@guest.example' and t.event_id = ?",
                id);
        amal.post(page + "ticket/" + ticket + "/hand-on", "to", "dor@guest.example");
        var gone = evening.letter("amal@guest.example", "منحت تذكرتك لغيرك: Supper by the port");
        assertThat(gone.text()).contains("التذكرة الآن لدى dor. لم تعد تذكرتك صالحة.");
        assertThat(gone.method()).isEqualTo("CANCEL");
        var got = evening.letter("dor@guest.example", "קיבלת כרטיס מאת amal: Supper by the port");
        assertThat(got.text()).contains("הכרטיס הזה הועבר אליך מאת amal.").doesNotContain("hands it on");
        assertThat(got.method()).isEqualTo("REQUEST");

        clock.pass(Duration.ofDays(2).plusHours(4));
        evening.press.running.newsroom().tellGuests.run();
        assertThat(evening.letter("dor@guest.example", "בקרוב: Supper by the port")
                        .text())
                .contains("זה כבר קרוב.");
        assertThat(evening.letter("rima@guest.example", "قريبًا: Supper by the port")
                        .text())
                .contains("الموعد قريب.");
        clock.pass(Duration.ofDays(2));
        evening.editor()
                .post(
                        "/desk/events/" + id + "/afterwards",
                        "recording",
                        "https://parallel.example/r",
                        "papers",
                        "",
                        "tell",
                        "yes");
        evening.press.running.newsroom().tellGuests.run();
        assertThat(evening.letter("dor@guest.example", "אחרי האירוע: Supper by the port")
                        .text())
                .contains("תודה שהגעת.", "ההקלטה נמצאת בעמוד האירוע.");
        assertThat(evening.letter("rima@guest.example", "بعد الفعالية: Supper by the port")
                        .text())
                .contains("شكرًا لحضورك.", "التسجيل على صفحة الفعالية.");
    }

    @Test
    void a_session_calls_to_mind_in_the_readers_language() throws Exception {
        Person edda = evening.editor();
        String path = edda.post(
                        "/desk/live/new",
                        "title",
                        "Ask in Arabic",
                        "announcement",
                        "",
                        "starts",
                        Evening.field(LocalDateTime.ofInstant(clock.instant(), Evening.GENEVA)
                                .plusHours(30)),
                        "zone",
                        "Europe/Zurich",
                        "access",
                        "member")
                .uri()
                .getPath();
        edda.post(path + "/announce");
        Person sami = reading("sami@guest.example", "ar");
        sami.post("/live/ask-in-arabic/remind", "wanted", "yes");
        clock.pass(Duration.ofHours(7));
        evening.press.running.newsroom().liveReminders.run();
        assertThat(evening.letter("sami@guest.example", "قريبًا على الهواء: Ask in Arabic")
                        .text())
                .contains("يمكنك طرح سؤالك منذ الآن.");
    }
}
