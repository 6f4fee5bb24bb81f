package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;
import press.masthead.bench.MovedClock;

/** A dinner from its announcement to the letter that follows it: seats, the waiting list, calendars, tickets. */
class EventLifeTest {
    private static final String DINNER = "/events/dinner-with-the-energy-desk/";

    @Test
    void a_dinner_fills_the_next_in_line_is_promoted_and_every_calendar_follows_its_changes() throws Exception {
        var clock = new MovedClock(Instant.now());
        try (var evening = new Evening(clock)) {
            Person edda = evening.editor();
            LocalDateTime at = Evening.inDays(clock, 20);
            long id = evening.published(edda, Evening.dinner(at, "capacity", "2", "plus_one", ""));

            Person ana = evening.member("ana@guest.example");
            assertThat(ana.get(DINNER).body())
                    .contains("Auberge du Lac", "openstreetmap.org", "What do you not eat?", "2 seats left");
            var ticket = ana.post(DINNER + "register", "answer", "Nuts");
            assertThat(ticket.uri().getPath()).isEqualTo(DINNER + "ticket/");
            assertThat(ticket.body()).contains("No. 0001", "<svg class=\"qr\"", "Your seat is yours.");

            var first = evening.letter("ana@guest.example", "You are coming");
            assertThat(first.types())
                    .anyMatch(type -> type.startsWith("text/calendar") && type.contains("method=REQUEST"));
            assertThat(first.calendars()).hasSize(2).allMatch(first.ics()::equals);
            assertThat(first.method()).isEqualTo("REQUEST");
            assertThat(first.ics()).contains("DTSTART;TZID=Europe/Zurich:", "BEGIN:VTIMEZONE");
            assertThat(first.ics().replace("\r\n ", "")).contains("mailto:ana@guest.example", "Auberge du Lac");

            evening.member("bo@guest.example").post(DINNER + "register", "answer", "-");
            Person cem = evening.member("cem@guest.example");
            assertThat(cem.get(DINNER).body()).contains("Join the waiting list");
            assertThat(cem.post(DINNER + "register", "answer", "-").body()).contains("You are next.");
            Person dov = evening.member("dov@guest.example");
            assertThat(dov.post(DINNER + "register", "answer", "-").body()).contains("1 ahead of you.");
            assertThat(cem.get(DINNER + "ticket/").statusCode()).isEqualTo(404);

            ana.post(DINNER + "give-back");
            var off = evening.letter("ana@guest.example", "You are not coming");
            assertThat(off.method()).isEqualTo("CANCEL");
            assertThat(off.uid()).isEqualTo(first.uid());
            assertThat(off.sequence()).isGreaterThan(first.sequence());
            assertThat(off.ics()).contains("STATUS:CANCELLED");
            assertThat(ana.get(DINNER + "ticket/").statusCode()).isEqualTo(404);

            assertThat(evening.letter("cem@guest.example", "A seat is free for you")
                            .text())
                    .contains("We keep it for you until");
            assertThat(dov.get(DINNER).body()).contains("You are next.");
            assertThat(Jsoup.parse(dov.get("/events/").body())
                            .select(".event-yours")
                            .eachText())
                    .containsExactly("You are on the waiting list");
            assertThat(Jsoup.parse(cem.get("/events/").body())
                            .select(".event-yours")
                            .eachText())
                    .containsExactly("A seat is free for you");
            // The offer lapses and goes to the next in line, who takes it.
            clock.pass(Duration.ofHours(25));
            evening.letter("cem@guest.example", "Your offer has ended");
            evening.letter("dov@guest.example", "A seat is free for you");
            assertThat(cem.post(DINNER + "accept").statusCode()).isEqualTo(410);
            assertThat(dov.post(DINNER + "accept").uri().getPath()).isEqualTo(DINNER + "ticket/");
            assertThat(evening.one(
                            "select sum(seats) from registration where state in ('held', 'offered', 'confirmed') and event_id = ?",
                            id))
                    .isEqualTo("2");

            // The time moves: the same entry, a later version.
            var before = evening.letter("dov@guest.example", "You are coming");
            var saved =
                    edda.post("/desk/events/" + id, Evening.dinner(at.plusHours(1), "capacity", "2", "plus_one", ""));
            assertThat(saved.body()).contains("Everyone who comes gets the new entry");
            for (String guest : List.of("bo@guest.example", "dov@guest.example")) {
                var moved = evening.letter(guest, "Changed:");
                assertThat(moved.uid()).isEqualTo(first.uid());
                assertThat(moved.method()).isEqualTo("REQUEST");
                assertThat(moved.sequence()).isGreaterThan(before.sequence());
                assertThat(moved.text()).contains("Now: ", "20:00", "It was: ", "19:00");
            }
            assertThat(
                            evening.one(
                                    "select count(*) from outbox where to_address in ('ana@guest.example', 'cem@guest.example') and subject like 'Changed%'"))
                    .isEqualTo("0");

            // Ana comes back: her calendar, told to forget it, is given something newer than that.
            assertThat(ana.post(DINNER + "register", "answer", "Nuts").body()).contains("You are next.");
            dov.post(DINNER + "give-back");
            evening.letter("ana@guest.example", "A seat is free for you");
            ana.post(DINNER + "accept");
            var again =
                    evening.letters("ana@guest.example", "You are coming", 2).getLast();
            assertThat(again.uid()).isEqualTo(first.uid());
            assertThat(again.sequence()).isGreaterThan(off.sequence());

            // The day before: a reminder. Afterwards: the papers.
            clock.pass(
                    Duration.between(clock.instant(), at.atZone(Evening.GENEVA).toInstant())
                            .minusHours(20));
            evening.press.running.newsroom().tellGuests.run();
            evening.press.running.newsroom().tellGuests.run();
            assertThat(evening.letters("ana@guest.example", "Soon:", 1)).hasSize(1);
            assertThat(evening.letter("bo@guest.example", "Soon:").uid()).isEqualTo(first.uid());
            clock.pass(Duration.ofDays(2));
            Person later = evening.editor();
            later.post(
                    "/desk/events/" + id + "/afterwards",
                    "recording",
                    "https://parallel.example/r",
                    "papers",
                    "The figures | https://parallel.example/f.pdf",
                    "tell",
                    "yes");
            evening.press.running.newsroom().tellGuests.run();
            assertThat(evening.letter("ana@guest.example", "Afterwards:").text())
                    .contains("The figures: https://parallel.example/f.pdf");
            assertThat(evening.press.person().get("/events/").body()).contains("with recording");

            assertThat(later.get("/desk/events/" + id + "/guests").body()).contains("Nuts");
            clock.pass(Duration.ofDays(91));
            evening.press.running.newsroom().registrations.forgetAnswers();
            assertThat(evening.editor().get("/desk/events/" + id + "/guests").body())
                    .as("what guests eat is nobody's business any more")
                    .doesNotContain("Nuts");
        }
    }

    @Test
    void a_publication_that_reads_from_the_right_has_its_event_and_its_ticket_so() throws Exception {
        try (var evening = new Evening()) {
            evening.published(
                    evening.editor(),
                    Evening.dinner(
                            Evening.inDays(Clock.systemUTC(), 20),
                            "title",
                            "عشاء مع قسم الطاقة",
                            "announcement",
                            "أمسية عن الشتاء القادم.",
                            "place",
                            "نُزل البحيرة",
                            "questions",
                            ""));
            evening.jdbi.useHandle(handle -> handle.execute(
                    "insert into setting values ('language', 'ar') on conflict (name) do update set value = 'ar'"));
            evening.press.running.newsroom().publication.forget();
            evening.press.running.newsroom().site.forget();
            Person ana = evening.member("ana@guest.example");
            String path = Jsoup.parse(ana.get("/events/").body()).select(".event-row a").stream()
                    .filter(link -> link.text().contains("عشاء"))
                    .findFirst()
                    .orElseThrow()
                    .attr("href");
            String page = ana.get(path).body();
            assertThat(page).contains("dir=\"rtl\"", "سجّل", "البرنامج", "نُزل البحيرة");
            ana.post(path + "register");
            assertThat(ana.get(path + "ticket/").body()).contains("تذكرة", "dir=\"rtl\"");
            try (var document = org.apache.pdfbox.Loader.loadPDF(
                    ana.bytes(path + "ticket.pdf").body())) {
                var sheet = new org.apache.pdfbox.rendering.PDFRenderer(document).renderImageWithDPI(0, 200);
                assertThat(EventWalkTest.read(sheet)).startsWith("M1.");
            }
            assertThat(evening.letter("ana@guest.example", "عشاء")
                            .event()
                            .getSummary()
                            .getValue())
                    .isEqualTo("عشاء مع قسم الطاقة");
        }
    }

    @Test
    void whoever_may_not_come_is_told_what_everyone_is_told_and_nothing_else_by_any_address() throws Exception {
        try (var evening = new Evening()) {
            Person edda = evening.editor();
            long id = evening.published(
                    edda,
                    Evening.dinner(
                            Evening.inDays(Clock.systemUTC(), 20),
                            "online_url",
                            "https://meet.example/secret-room",
                            "details",
                            "Ring at the blue gate."));
            evening.member("ana@guest.example").post(DINNER + "register", "answer", "Nuts");
            evening.letter("ana@guest.example", "You are coming");
            evening.jdbi.useHandle(
                    handle -> handle.execute(
                            "insert into reader (email, email_key, created_at, confirmed_at) values ('out@reader.example', 'out@reader.example', now(), now())"));
            Person member = evening.member("other@guest.example");
            for (Person person : List.of(evening.press.person(), evening.signedIn("out@reader.example"))) {
                String page = person.get(DINNER).body();
                assertThat(page)
                        .contains("Dinner with the energy desk", "An evening about the winter ahead.", "Geneva");
                for (String path : List.of(
                        DINNER,
                        "/events/",
                        DINNER + "ticket/",
                        DINNER + "ticket.pdf",
                        DINNER + "event.ics",
                        "/desk/events/" + id,
                        "/desk/events/" + id + "/guests",
                        "/desk/events/" + id + "/guests.csv"))
                    assertThat(person.get(path).body())
                            .as(path)
                            .doesNotContain(
                                    "Auberge",
                                    "Quai des Essais",
                                    "secret-room",
                                    "blue gate",
                                    "Nuts",
                                    "ana@guest",
                                    "class=\"qr\"",
                                    "BEGIN:VEVENT");
                assertThat(person.post(DINNER + "register", "answer", "x").statusCode())
                        .isEqualTo(403);
                assertThat(person.post(DINNER + "accept").statusCode()).isEqualTo(403);
            }
            // Another guest knows the place, and nothing of Ana.
            for (String path : List.of(DINNER, DINNER + "ticket/", DINNER + "ticket.pdf"))
                assertThat(member.get(path).body()).as(path).doesNotContain("Nuts", "ana@guest", "class=\"qr\"");
            assertThat(member.get(DINNER + "ticket/").statusCode()).isEqualTo(404);
            // A member whose plan does not include it is told as much as everyone.
            evening.jdbi.useHandle(handle -> {
                handle.execute("insert into plan (slug, name, description) values ('gold', 'Gold', '')");
                handle.execute("update event set access = 'plan', plans = array['gold'] where id = ?", id);
            });
            Person pro = evening.member("pro@guest.example");
            assertThat(pro.get(DINNER).body())
                    .contains("For members of another plan")
                    .doesNotContain("Auberge", "secret-room", "blue gate", "19:30");
            assertThat(pro.get(DINNER + "event.ics").statusCode()).isEqualTo(403);
            assertThat(pro.get(DINNER + "ticket.pdf").statusCode()).isEqualTo(404);
            assertThat(pro.post(DINNER + "register", "answer", "x").statusCode())
                    .isEqualTo(403);
            // Whoever holds a ticket goes on knowing where to go.
            assertThat(evening.signedIn("ana@guest.example").get(DINNER).body()).contains("Auberge", "You are coming");
            var data = Jsoup.parse(evening.press.person().get(DINNER).body())
                    .expectFirst("script[type=application/ld+json]")
                    .data();
            assertThat(data)
                    .contains("\"@type\":\"Event\"", "EventScheduled", "Geneva")
                    .doesNotContain("Auberge", "secret-room");
        }
    }
}
