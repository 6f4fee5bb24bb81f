package press.masthead.events;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import press.masthead.plans.Money;
import press.masthead.platform.calendar.CalendarEntry;

/**
 * The whole of an event, for those who may come and for the newsroom.
 *
 * @param place the name of the house; address, map and the way in on line may be empty, as the place may
 * @param programme, speakers, papers one in each line; of papers "what it is | address"
 * @param questions asked of everyone who registers; one that ends in an asterisk must be answered
 * @param offerHours how long a seat that came free is kept for the next in line
 * @param uid names its entry in calendars, for ever
 * @param sequence how often its time, place or title was changed or it was called off: what calendars order by
 */
public record Event(
        long id,
        String slug,
        String title,
        String announcement,
        String city,
        Instant startsAt,
        Instant endsAt,
        String zone,
        String place,
        String address,
        String mapUrl,
        String onlineUrl,
        String details,
        String programme,
        String speakers,
        String access,
        List<String> plans,
        boolean byInvitation,
        int capacity,
        boolean plusOne,
        List<String> questions,
        long price,
        String currency,
        int offerHours,
        String uid,
        int sequence,
        String state,
        String note,
        String recordingUrl,
        String papers,
        Optional<Instant> followUpAt) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    /** A paper to read afterwards. */
    public record Paper(String title, String url) {}

    public ZoneId zoneId() {
        return ZoneId.of(zone);
    }

    public String path() {
        return path(slug);
    }

    /** In ASCII, so that it can stand in a redirect, a letter and a calendar whatever script the title is in. */
    static String path(String slug) {
        return "/events/" + URLEncoder.encode(slug, StandardCharsets.UTF_8) + "/";
    }

    public boolean isDraft() {
        return state.equals("draft");
    }

    public boolean isCalledOff() {
        return state.equals("cancelled");
    }

    public boolean isOpen() {
        return state.equals("published");
    }

    /** Such as "Thursday 3 December 2026, 19:00–22:00 (Europe/Zurich)". */
    public String when() {
        return when(startsAt, endsAt, zoneId(), Locale.ENGLISH);
    }

    public static String when(Instant starts, Instant ends, ZoneId zone, Locale language) {
        var day = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", language);
        ZonedDateTime from = starts.atZone(zone);
        ZonedDateTime until = ends.atZone(zone);
        boolean sameDay = until.toLocalDate().equals(from.toLocalDate());
        return day.format(from) + ", " + CLOCK.format(from) + "–" + (sameDay ? "" : day.format(until) + ", ")
                + CLOCK.format(until) + " (" + zone.getId().replace('_', ' ') + ")";
    }

    /** Such as "Tuesday 1 December 2026, 18:30 (Europe/Zurich)". */
    public static String moment(Instant at, ZoneId zone, Locale language) {
        return DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm", language).format(at.atZone(zone)) + " ("
                + zone.getId().replace('_', ' ') + ")";
    }

    /** House, address and city in one line; for something on line alone, empty. */
    public String where() {
        return String.join(
                ", ",
                Stream.of(place, address, city)
                        .filter(part -> !part.isEmpty())
                        .distinct()
                        .toList());
    }

    /** Where a map shows it: the link that was given, or a search for the address. */
    public String map() {
        if (!mapUrl.isEmpty()) return mapUrl;
        return address.isEmpty()
                ? ""
                : "https://www.openstreetmap.org/search?query="
                        + URLEncoder.encode(address + (city.isEmpty() ? "" : ", " + city), StandardCharsets.UTF_8);
    }

    public List<String> programmeLines() {
        return lines(programme);
    }

    public List<String> speakerLines() {
        return lines(speakers);
    }

    public List<Paper> paperList() {
        return lines(papers).stream()
                .map(line -> {
                    int bar = line.lastIndexOf('|');
                    String url = line.substring(bar + 1).strip();
                    String title = bar < 0 ? "" : line.substring(0, bar).strip();
                    return new Paper(title.isEmpty() ? url : title, url);
                })
                .filter(paper -> EventForm.isAddress(paper.url()))
                .toList();
    }

    static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    public boolean isFree() {
        return price == 0;
    }

    public String priceWords() {
        return isFree() ? "free" : Money.words(price, currency);
    }

    /** Its entry for calendars, as it stands now. */
    public CalendarEntry entry(
            String url, Instant stamp, CalendarEntry.Mailbox organizer, Optional<CalendarEntry.Mailbox> guest) {
        String text = String.join(
                "\n\n",
                Stream.of(details, String.join("\n", programmeLines()), onlineUrl)
                        .filter(part -> !part.isBlank())
                        .toList());
        return new CalendarEntry(
                uid,
                sequence,
                startsAt,
                endsAt,
                zoneId(),
                title,
                where().isEmpty() && !onlineUrl.isEmpty() ? onlineUrl : where(),
                text,
                url + path(),
                stamp,
                organizer,
                guest);
    }

    /** Whether a guest has to be told that this is not what it was. */
    boolean differsForGuests(Event before) {
        return !startsAt.equals(before.startsAt)
                || !endsAt.equals(before.endsAt)
                || !zone.equals(before.zone)
                || !where().equals(before.where())
                || !onlineUrl.equals(before.onlineUrl)
                || !title.equals(before.title);
    }
}
