package press.masthead.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.component.VTimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import press.masthead.platform.calendar.CalendarEntry.Mailbox;
import press.masthead.platform.calendar.CalendarEntry.Method;

class CalendarEntryTest {
    private static CalendarEntry entry(String start, String end, String zone, String title) {
        return new CalendarEntry(
                "event-7@parallel.example",
                3,
                Instant.parse(start),
                Instant.parse(end),
                ZoneId.of(zone),
                title,
                "Salle des Remparts, 1204 Genève; 2nd floor, left",
                "Line one\nLine two, with; signs\\",
                "https://parallel.example/events/dinner/",
                Instant.parse("2026-01-01T10:00:00Z"),
                new Mailbox("The Parallel", "desk@parallel.example"),
                Optional.of(new Mailbox("Cleo \"C\" Arden: guest", "cleo@reader.example")));
    }

    static Calendar strictly(String ics) throws Exception {
        for (String hint : new String[] {"parsing", "unfolding", "validation"})
            assertThat(System.getProperty("ical4j." + hint + ".relaxed")).isNull();
        Calendar calendar = new CalendarBuilder().build(new StringReader(ics));
        assertThat(calendar.validate(true).hasErrors()).isFalse();
        return calendar;
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T18:00:00Z, 2026-03-29T10:00:00Z, Europe/Zurich, 20260328T190000, 20260329T120000",
        "2026-10-24T20:00:00Z, 2026-10-25T20:00:00Z, Europe/Zurich, 20261024T220000, 20261025T210000",
        "2026-11-01T03:00:00Z, 2026-11-01T15:00:00Z, America/New_York, 20261031T230000, 20261101T100000",
        "2026-07-01T10:00:00Z, 2026-07-01T12:00:00Z, Asia/Tokyo, 20260701T190000, 20260701T210000",
        "2026-04-04T13:00:00Z, 2026-04-05T10:00:00Z, Australia/Lord_Howe, 20260405T000000, 20260405T203000",
    })
    void the_hour_on_the_wall_is_right_on_both_sides_of_a_change_of_clocks(
            String start, String end, String zone, String from, String until) throws Exception {
        String ics = entry(start, end, zone, "Dinner").ics(Method.REQUEST);
        assertThat(ics).contains("DTSTART;TZID=" + zone + ":" + from, "DTEND;TZID=" + zone + ":" + until);
        Calendar calendar = strictly(ics);
        VEvent event = calendar.<VEvent>getComponents("VEVENT").getFirst();
        VTimeZone rule = calendar.<VTimeZone>getComponents("VTIMEZONE").getFirst();
        assertThat(instant(from, rule)).isEqualTo(Instant.parse(start));
        assertThat(instant(until, rule)).isEqualTo(Instant.parse(end));
        assertThat(event.getDateTimeStart().getValue()).isEqualTo(from);
        assertThat(calendar.<VTimeZone>getComponents("VTIMEZONE")).hasSize(1);
    }

    /** What the entry's own description of its zone makes of a local time (RFC 5545, 3.6.5): the last change at or before it holds. */
    private static Instant instant(String local, VTimeZone rule) {
        var form = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
        LocalDateTime time = LocalDateTime.parse(local, form);
        var last = rule.getComponentList().getAll().stream()
                .filter(one -> !LocalDateTime.parse(
                                one.getRequiredProperty("DTSTART").getValue(), form)
                        .isAfter(time))
                .max(Comparator.comparing(
                        one -> one.getRequiredProperty("DTSTART").getValue()))
                .orElseThrow();
        return time.toInstant(
                ZoneOffset.of(last.getRequiredProperty("TZOFFSETTO").getValue()));
    }

    @Test
    void an_entry_in_utc_needs_no_zone_and_a_zone_without_summer_has_one_rule() throws Exception {
        assertThat(entry("2026-07-01T10:00:00Z", "2026-07-01T12:00:00Z", "Etc/UTC", "x")
                        .ics(Method.PUBLISH))
                .doesNotContain("VTIMEZONE");
        assertThat(entry("2026-07-01T10:00:00Z", "2026-07-01T12:00:00Z", "Asia/Dubai", "x")
                        .ics(Method.PUBLISH))
                .containsOnlyOnce("BEGIN:STANDARD")
                .doesNotContain("BEGIN:DAYLIGHT");
    }

    @Test
    void words_of_every_script_and_every_sign_come_back_as_they_were() throws Exception {
        String title = "عشاء في جنيف مع مراسلينا، والكثير من الكلمات التي لا تتسع في سطر واحد 🍽️; a, b\\c";
        String ics = entry("2026-07-01T10:00:00Z", "2026-07-01T12:00:00Z", "Europe/Zurich", title)
                .ics(Method.REQUEST);
        for (String line : ics.split("\r\n"))
            assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75);
        assertThat(ics.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
        VEvent event = strictly(ics).<VEvent>getComponents("VEVENT").getFirst();
        assertThat(event.getSummary().getValue()).isEqualTo(title);
        assertThat(event.getDescription().getValue()).isEqualTo("Line one\nLine two, with; signs\\");
        assertThat(event.getUid().orElseThrow().getValue()).isEqualTo("event-7@parallel.example");
    }

    @Test
    void what_is_called_off_says_so_to_the_same_guest() throws Exception {
        String ics = entry("2026-07-01T10:00:00Z", "2026-07-01T12:00:00Z", "Europe/Zurich", "Dinner")
                .ics(Method.CANCEL);
        strictly(ics);
        assertThat(ics.replace("\r\n ", ""))
                .contains(
                        "METHOD:CANCEL\r\n",
                        "STATUS:CANCELLED\r\n",
                        "SEQUENCE:3\r\n",
                        "mailto:cleo@reader.example\r\n",
                        ":mailto:desk@parallel.example\r\n");
    }
}
