package press.masthead.site;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import press.masthead.events.Announcement;
import press.masthead.events.Event;
import press.masthead.plans.Money;
import press.masthead.themes.Head;

/** What an event is as the theme's templates and search engines are told of it. */
final class EventShape {
    private EventShape() {}

    static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** What those who may come are told besides. */
    static void tell(Map<String, Object> context, Event event) {
        context.put("admitted", true);
        Shapes.unlessEmpty(context, "where", event.where());
        Shapes.unlessEmpty(context, "map", event.map());
        Shapes.unlessEmpty(context, "online_url", event.onlineUrl());
        context.put("details", paragraphs(event.details()));
        context.put(
                "programme",
                event.programmeLines().stream().map(EventShape::item).toList());
        context.put(
                "speakers",
                event.speakerLines().stream().map(EventShape::speaker).toList());
        Shapes.unlessEmpty(context, "recording", event.recordingUrl());
        context.put(
                "papers",
                event.paperList().stream()
                        .map(paper -> Map.<String, Object>of("title", paper.title(), "url", paper.url()))
                        .toList());
        context.put("plus_one", event.plusOne());
        context.put("capacity", event.capacity());
    }

    static List<String> paragraphs(String text) {
        return Stream.of(text.split("\\R\\s*\\R"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** "19:00 Drinks on the terrace": the hour stands apart. */
    private static Map<String, Object> item(String line) {
        int blank = line.indexOf(' ');
        boolean timed = blank > 0 && line.substring(0, blank).matches("\\d{1,2}[:.]\\d{2}([–-]\\d{1,2}[:.]\\d{2})?");
        return timed
                ? Map.of(
                        "time",
                        line.substring(0, blank),
                        "text",
                        line.substring(blank + 1).strip())
                : Map.of("text", line);
    }

    /** "Lena Horvat, energy correspondent": the name stands apart. */
    private static Map<String, Object> speaker(String line) {
        int comma = line.replace('،', ',').indexOf(',');
        return comma < 0
                ? Map.of("name", line)
                : Map.of(
                        "name",
                        line.substring(0, comma).strip(),
                        "role",
                        line.substring(comma + 1).strip());
    }

    /** Search engines are told no more of the place than everyone. */
    static Head.Gathering gathering(Announcement one, Optional<Event> whole) {
        Optional<Event> everyones = whole.filter(event -> event.access().equals("public") && !event.byInvitation());
        String place =
                everyones.map(Event::place).filter(name -> !name.isEmpty()).orElse(one.city());
        String address = everyones.map(Event::where).orElse(one.city());
        var form = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
        return new Head.Gathering(
                one.title(),
                form.format(one.startsAt().atZone(one.zoneId())),
                form.format(one.endsAt().atZone(one.zoneId())),
                place,
                address,
                one.online(),
                one.isCalledOff(),
                new Money(one.price(), one.currency()).figure().replace(",", ""),
                one.currency(),
                everyones.isPresent() && one.price() == 0,
                Optional.empty());
    }
}
