package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;
import press.masthead.tickets.Ticket;

/** What doors tell each other: of one ticket the earliest scan stands, whoever tells of it first; every strange code has its sentence. */
class EventDoorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DINNER = "/events/dinner-with-the-energy-desk/";
    private static Evening evening;
    private static long event;
    private static Person edda;

    @BeforeAll
    static void start() throws Exception {
        evening = new Evening();
        edda = evening.editor();
        event = evening.published(edda, Evening.dinner(soon(), "questions", "", "capacity", "40"));
        for (String name : List.of("ana", "bo", "cem", "dov", "eva", "fay"))
            evening.member(name + "@guest.example").post(DINNER + "register");
    }

    @AfterAll
    static void stop() {
        evening.close();
    }

    private static LocalDateTime soon() {
        return LocalDateTime.now(Evening.GENEVA).plusHours(4).withSecond(0).withNano(0);
    }

    private static Ticket ticket(String name) {
        return evening.jdbi.withHandle(handle ->
                handle.select("""
                        select id, event_id, registration_id, number, reader_id, name, email, why, cancelled_at is null as good
                        from ticket where email = ? order by id desc limit 1
                        """, name + "@guest.example").mapTo(Ticket.class).one());
    }

    private static String code(Ticket ticket) {
        return evening.press.running.newsroom().ticketSeal.code(ticket);
    }

    /** A phone at the door, which tells what it is made to have seen. */
    private static final class Phone {
        final Person person;
        final String base;
        final JsonNode opened;
        final List<String> untold = new ArrayList<>();

        Phone(long event) throws Exception {
            person = evening.reporter();
            base = "/desk/events/" + event + "/door";
            opened = JSON.readTree(json("/open", "{}").body());
        }

        HttpResponse<String> json(String path, String body) throws Exception {
            return person.sends(base + path, body);
        }

        String saw(String code, long at, String said) {
            String id = UUID.randomUUID().toString();
            untold.add("{\"id\":\"%s\",\"code\":\"%s\",\"ticket\":0,\"at\":%d,\"said\":\"%s\"}"
                    .formatted(id, code, at, said));
            return id;
        }

        JsonNode tells() throws Exception {
            var answer = json(
                    "/settle",
                    "{\"opening\":" + opened.get("opening") + ",\"scans\":[" + String.join(",", untold) + "]}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        }
    }

    private static String word(JsonNode answer, String id) {
        for (JsonNode word : answer.get("words"))
            if (word.get("id").asText().equals(id)) return word.get("verdict").asText();
        return "none";
    }

    @Test
    void of_one_ticket_at_two_doors_without_a_connection_the_earlier_stands_and_both_are_shown() throws Exception {
        var first = new Phone(event);
        var second = new Phone(event);
        String ana = code(ticket("ana"));
        long at = System.currentTimeMillis() - 60_000;
        String later = second.saw(ana, at + 20_000, "in");
        assertThat(word(second.tells(), later)).as("as far as anyone knows").isEqualTo("in");
        String earlier = first.saw(ana, at, "in");
        assertThat(word(first.tells(), earlier)).isEqualTo("in");
        JsonNode told = second.tells();
        assertThat(word(told, later)).as("the later is told").isEqualTo("already");
        assertThat(evening.one("select count(*) from door_scan where id = '" + later + "'"))
                .as("told twice, kept once")
                .isEqualTo("1");
        String page = edda.get("/desk/events/" + event + "/attendance").body();
        assertThat(page)
                .contains(
                        "Let in twice",
                        "ana",
                        first.opened.get("door").asText(),
                        second.opened.get("door").asText());
        assertThat(edda.get("/desk/events/" + event + "/attendance.csv").body())
                .contains("\"ana\"", first.opened.get("door").asText());
    }

    @Test
    void a_code_of_another_event_of_a_ticket_that_ended_and_of_nobody_is_told_apart() throws Exception {
        long other = evening.published(edda, Evening.dinner(soon(), "title", "Another evening", "questions", ""));
        evening.signedIn("bo@guest.example").post("/events/another-evening/register");
        Ticket elsewhere = evening.jdbi.withHandle(
                handle -> handle.select("""
                select id, event_id, registration_id, number, reader_id, name, email, why, true as good from ticket where event_id = ?
                """, other).mapTo(Ticket.class).one());
        String given = code(ticket("cem"));
        evening.signedIn("cem@guest.example").post(DINNER + "give-back");
        var phone = new Phone(event);
        long at = System.currentTimeMillis();
        String ended = phone.saw(given, at, "in");
        String foreign = phone.saw(code(elsewhere), at, "other");
        String changed = code(ticket("bo")).replaceFirst("^(M1\\.[A-Za-z0-9_-]{20})[A-Za-z0-9_-]", "$1A");
        String forged =
                phone.saw(changed.equals(code(ticket("bo"))) ? changed.replace("M1", "M2") : changed, at, "forged");
        String nonsense = phone.saw("https://evil.example/", at, "forged");
        JsonNode told = phone.tells();
        assertThat(word(told, ended)).isEqualTo("cancelled");
        assertThat(word(told, foreign)).isEqualTo("other");
        assertThat(word(told, forged)).isEqualTo("forged");
        assertThat(word(told, nonsense)).isEqualTo("forged");
        for (JsonNode line : phone.opened.get("tickets"))
            if (line.get("id").asLong() == ticket("cem").id())
                assertThat(line.get("why").asText()).isEqualTo("guest");
        assertThat(phone.opened.get("tickets").toString()).doesNotContain("@");
    }

    @Test
    void a_ticket_that_was_good_when_it_was_shown_lets_in_though_it_was_given_back_before_the_phone_told_of_it()
            throws Exception {
        var phone = new Phone(event);
        String shown = phone.saw(code(ticket("dov")), System.currentTimeMillis() - 5_000, "in");
        evening.signedIn("dov@guest.example").post(DINNER + "give-back");
        assertThat(word(phone.tells(), shown)).isEqualTo("in");
    }

    @Test
    void a_phone_whose_clock_runs_ahead_cannot_scan_in_the_future() throws Exception {
        var phone = new Phone(event);
        String ahead = phone.saw(code(ticket("eva")), System.currentTimeMillis() + 3_600_000, "in");
        phone.tells();
        var right = new Phone(event);
        String now = right.saw(code(ticket("eva")), System.currentTimeMillis() + 5, "in");
        assertThat(word(right.tells(), now)).isEqualTo("already");
        assertThat(word(phone.tells(), ahead)).isEqualTo("in");
        assertThat(phone.opened.get("time").asLong())
                .isBetween(
                        System.currentTimeMillis() - 60_000, Clock.systemUTC().millis());
    }

    @Test
    void what_can_t_be_read_is_refused_in_a_sentence_and_a_door_belongs_to_its_event() throws Exception {
        var phone = new Phone(event);
        for (String body : List.of(
                "",
                "nonsense",
                "{}",
                "{\"opening\":\"x\",\"scans\":[]}",
                "{\"opening\":" + phone.opened.get("opening") + ",\"scans\":[{\"id\":null}]}"))
            assertThat(phone.json("/settle", body).statusCode()).as(body).isEqualTo(422);
        assertThat(phone.json("/settle", "{\"opening\":\"" + UUID.randomUUID() + "\",\"scans\":[]}")
                        .statusCode())
                .isEqualTo(410);
        long draft = Long.parseLong(edda.post("/desk/events/new", Evening.dinner(soon(), "title", "A draft"))
                .uri()
                .getPath()
                .replaceAll("\\D", ""));
        assertThat(phone.person
                        .sends("/desk/events/" + draft + "/door/open", "{}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void badges_are_a_sheet_of_those_who_come() throws Exception {
        var answer = edda.bytes("/desk/events/" + event + "/badges.pdf");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
        try (var document = org.apache.pdfbox.Loader.loadPDF(answer.body())) {
            String text = new org.apache.pdfbox.text.PDFTextStripper().getText(document);
            assertThat(text).contains("fay", "No. 0006").doesNotContain("@guest");
            assertThat(EventWalkTest.read(new org.apache.pdfbox.rendering.PDFRenderer(document)
                            .renderImageWithDPI(0, 300)
                            .getSubimage(0, 0, 1240, 900)))
                    .startsWith("M1.");
        }
    }
}
