package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;
import press.masthead.bench.MovedClock;

/** What goes wrong around an event: one sentence each, the form as it was, nothing lost. */
class EventBadDaysTest {
    private static Evening evening;
    private static Person edda;
    private static MovedClock clock;

    @BeforeAll
    static void start() throws Exception {
        clock = new MovedClock(Instant.now());
        evening = new Evening(clock);
        edda = evening.editor();
    }

    @AfterAll
    static void stop() {
        evening.close();
    }

    private static LocalDateTime later() {
        return Evening.inDays(clock, 30);
    }

    private static void refused(String sentence, String... fields) throws Exception {
        var answer = edda.post("/desk/events/new", Evening.dinner(later(), fields));
        assertThat(answer.statusCode()).as(sentence).isEqualTo(422);
        assertThat(Jsoup.parse(answer.body()).select("[role=alert]").text()).contains(sentence);
        assertThat(answer.body()).contains("value=\"Geneva\"", "19:30 Dinner");
    }

    @Test
    void a_form_that_can_t_be_kept_says_why_and_keeps_every_word() throws Exception {
        refused("Please give a title", "title", "");
        refused("The end lies before the beginning.", "ends", "2020-01-01T10:00");
        refused("Please give a day and a time.", "starts", "tomorrow");
        refused("Please choose a time zone", "zone", "Mars/Base");
        refused("Seats are a whole number", "capacity", "0");
        refused("Seats are a whole number", "capacity", "many");
        refused("Please give the price as a number", "price", "-5");
        refused("by its three letters", "currency", "EURO");
        refused("Please choose at least one plan.", "access", "plan");
        refused("Please choose who may come.", "access", "nobody");
        refused("begins with https://", "map_url", "javascript:alert(1)");
        refused("at most ten questions", "questions", "q\n".repeat(11));
        refused("That hour does not exist in Europe/Zurich", "starts", "2027-03-28T02:30", "ends", "2027-03-28T05:00");
    }

    @Test
    void an_event_across_the_night_the_clocks_change_keeps_its_hours_on_the_wall() throws Exception {
        evening.published(
                edda,
                Evening.dinner(
                        later(),
                        "title",
                        "Night of the clocks",
                        "starts",
                        "2027-10-30T22:00",
                        "ends",
                        "2027-10-31T04:00",
                        "questions",
                        ""));
        Person ana = evening.member("ana@guest.example");
        ana.post("/events/night-of-the-clocks/register");
        var letter = evening.letter("ana@guest.example", "You are coming: Night of the clocks");
        assertThat(letter.ics())
                .contains("DTSTART;TZID=Europe/Zurich:20271030T220000", "DTEND;TZID=Europe/Zurich:20271031T040000");
        assertThat(
                        evening.one(
                                "select extract(epoch from ends_at - starts_at)::int / 3600 from event where slug = 'night-of-the-clocks'"))
                .isEqualTo("7");
        assertThat(ana.get("/events/night-of-the-clocks/").body()).contains("22:00–Sunday 31 October 2027, 04:00");
    }

    @Test
    void
            a_place_that_falls_through_the_same_morning_is_called_off_everyone_and_their_calendars_are_told_and_no_ticket_opens()
                    throws Exception {
        long id = evening.published(
                edda, Evening.dinner(later(), "title", "Lost house", "capacity", "1", "questions", "", "plus_one", ""));
        Person guest = evening.member("bo@guest.example");
        guest.post("/events/lost-house/register");
        Person waits = evening.member("cem@guest.example");
        waits.post("/events/lost-house/register");
        var sure = edda.post("/desk/events/" + id + "/call-off", "note", "The house has no water since this morning.");
        assertThat(sure.body()).contains("Called off. Everyone is told");
        var off = evening.letter("bo@guest.example", "Called off: Lost house");
        assertThat(off.method()).isEqualTo("CANCEL");
        assertThat(off.text()).contains("The house has no water since this morning.");
        assertThat(off.sequence())
                .isGreaterThan(evening.letter("bo@guest.example", "You are coming: Lost house")
                        .sequence());
        assertThat(evening.letter("cem@guest.example", "Called off: Lost house").calendars())
                .as("whose calendar never knew")
                .isEmpty();
        assertThat(guest.get("/events/lost-house/ticket/").statusCode()).isEqualTo(404);
        assertThat(guest.get("/events/lost-house/").body()).contains("This event is off.", "no water");
        assertThat(waits.post("/events/lost-house/register").statusCode()).isEqualTo(410);
        assertThat(edda.post("/desk/events/" + id + "/call-off").statusCode()).isEqualTo(409);
        assertThat(edda.post("/desk/events/" + id, Evening.dinner(later())).statusCode())
                .isEqualTo(409);
        assertThat(evening.press.person().get("/events/lost-house/").body()).contains("EventCancelled");
    }

    @Test
    void nothing_is_registered_twice_unanswered_or_after_the_beginning() throws Exception {
        long id = evening.published(edda, Evening.dinner(later(), "title", "Strict evening", "plus_one", ""));
        Person ana = evening.member("dov@guest.example");
        var unanswered = ana.post("/events/strict-evening/register", "answer", "  ");
        assertThat(unanswered.statusCode()).isEqualTo(422);
        assertThat(unanswered.body()).contains("Please answer: What do you not eat?");
        var two = ana.post("/events/strict-evening/register", "answer", "<b>Nuts</b>", "bring", "yes");
        assertThat(two.statusCode()).isEqualTo(422);
        assertThat(two.body()).contains("This event is for you alone.", "&lt;b&gt;Nuts");
        ana.post("/events/strict-evening/register", "answer", "Nuts");
        assertThat(ana.post("/events/strict-evening/register", "answer", "Nuts").statusCode())
                .isEqualTo(409);
        assertThat(ana.post("/events/strict-evening/accept").statusCode()).isEqualTo(410);
        var fewer =
                edda.post("/desk/events/" + id, Evening.dinner(later(), "title", "Strict evening", "capacity", "1"));
        assertThat(fewer.statusCode()).isEqualTo(200);
        evening.member("eva@guest.example");
        assertThat(evening.signedIn("eva@guest.example")
                        .post("/events/strict-evening/register", "answer", "-")
                        .body())
                .contains("You are next.");
        assertThat(edda.post("/desk/events/" + id + "/afterwards", "recording", "ftp://x", "papers", "", "tell", "")
                        .statusCode())
                .isEqualTo(422);
        assertThat(edda.post("/desk/events/" + id + "/afterwards", "recording", "", "papers", "no address", "tell", "")
                        .statusCode())
                .isEqualTo(422);
        assertThat(edda.post("/desk/events/" + id + "/afterwards", "recording", "", "papers", "", "tell", "yes")
                        .statusCode())
                .isEqualTo(409);
        clock.pass(Duration.ofDays(31));
        assertThat(evening.member("fay@guest.example")
                        .post("/events/strict-evening/register", "answer", "-")
                        .statusCode())
                .isEqualTo(410);
        clock.pass(Duration.ofDays(-31));
    }

    @Test
    void seats_that_are_taken_can_t_be_taken_off_and_what_can_t_be_read_of_a_list_is_shown_again() throws Exception {
        long id = evening.published(
                edda, Evening.dinner(later(), "title", "Full house", "capacity", "2", "questions", ""));
        evening.member("gil@guest.example").post("/events/full-house/register", "bring", "yes");
        var answer = edda.post(
                "/desk/events/" + id, Evening.dinner(later(), "title", "Full house", "capacity", "1", "questions", ""));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("2 seats are taken already.");
        var list = edda.post(
                "/desk/events/" + id + "/guests/invite",
                "addresses",
                "ines@elsewhere.example\nnobody at all\nines@elsewhere.example");
        assertThat(list.statusCode()).isEqualTo(422);
        assertThat(list.body()).contains("One guest is invited, 1 were already.", "nobody at all");
        assertThat(edda.post("/desk/events/" + id + "/guests/invite", "addresses", " ")
                        .statusCode())
                .isEqualTo(422);
        assertThat(edda.post("/desk/events/" + id + "/guests/share", "of", "plan:none", "most", "2")
                        .statusCode())
                .isEqualTo(422);
        assertThat(edda.post("/desk/events/" + id + "/guests/share", "of", "plan:pro", "most", "few")
                        .statusCode())
                .isEqualTo(422);
        assertThat(edda.get("/desk/events/999999").statusCode()).isEqualTo(404);
        assertThat(evening.press.person().get("/events/nothing-here/").statusCode())
                .isEqualTo(404);
        assertThat(edda.get("/desk/events/" + id + "/guests.csv").body()).contains("\"gil\"", "\"gil@guest.example\"");
    }

    @Test
    void a_draft_is_nobody_s_and_is_not_published_without_a_place_or_into_the_past() throws Exception {
        var made = edda.post(
                "/desk/events/new",
                Evening.dinner(later(), "title", "Nowhere yet", "place", "", "address", "", "city", ""));
        long id = Long.parseLong(made.uri().getPath().replaceAll("\\D", ""));
        var refused = edda.post("/desk/events/" + id + "/publish");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Please say where it is");
        assertThat(evening.member("hal@guest.example")
                        .get("/events/nowhere-yet/")
                        .statusCode())
                .isEqualTo(404);
        assertThat(edda.get("/events/nowhere-yet/").body()).contains("Only the newsroom sees it.");
        assertThat(evening.press.person().get("/events/").body()).doesNotContain("Nowhere yet");
        assertThat(edda.post("/desk/events/" + id + "/guests/invite", "addresses", "x@y.example")
                        .statusCode())
                .isEqualTo(409);
        var again = edda.post("/desk/events/new", Evening.dinner(later(), "title", "Nowhere yet"));
        assertThat(evening.one("select slug from event where id = "
                        + again.uri().getPath().replaceAll("\\D", "")))
                .isEqualTo("nowhere-yet-2");
        assertThat(edda.post("/desk/events/" + id + "/remove").body()).contains("Removed.");
    }
}
