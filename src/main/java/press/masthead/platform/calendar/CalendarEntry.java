package press.masthead.platform.calendar;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Role;
import net.fortuna.ical4j.model.parameter.TzId;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * One entry of a calendar. A later one with the same UID and a higher SEQUENCE, or the same SEQUENCE and a later stamp, takes its place
 * (RFC 5546, 2.1.5).
 *
 * @param uid the same for ever
 * @param sequence how often its time or place was changed, or it was called off; from 0
 * @param zone by whose clock the times are meant; the entry describes it (VTIMEZONE), so that its hour stays when clocks change
 * @param place, text may be empty
 * @param url a full address, or empty
 * @param stamp when this version was written
 * @param guest whom it is sent to; none for one that is published
 */
public record CalendarEntry(
        String uid,
        int sequence,
        Instant start,
        Instant end,
        ZoneId zone,
        String title,
        String place,
        String text,
        String url,
        Instant stamp,
        Mailbox organizer,
        Optional<Mailbox> guest) {
    /** @param name may be empty */
    public record Mailbox(String name, String address) {}

    /** What the sender wants done with it (RFC 5546, 1.4). */
    public enum Method {
        /** For whoever is interested: a file to download. */
        PUBLISH,
        /** Enter it, or bring an earlier one to this state. */
        REQUEST,
        /** It is off, for whoever gets this. */
        CANCEL
    }

    /** The entry as text in lines of at most 75 bytes (RFC 5545, 3.1) that end in CRLF. */
    public String ics(Method method) {
        var event = new VEvent(false);
        event.add(new Uid(uid));
        event.add(new Sequence(sequence));
        event.add(new DtStamp(stamp));
        if (ZoneRule.isUtc(zone)) {
            event.add(new DtStart<>(start));
            event.add(new DtEnd<>(end));
        } else {
            // As the clock on the wall: the library would reckon by its own table of zones.
            event.add(new DtStart<>(in(zone), start.atZone(zone).toLocalDateTime()));
            event.add(new DtEnd<>(in(zone), end.atZone(zone).toLocalDateTime()));
        }
        event.add(new Summary(title));
        if (!place.isEmpty()) event.add(new Location(place));
        if (!text.isEmpty()) event.add(new Description(text));
        if (!url.isEmpty()) event.add(new Url(URI.create(url)));
        event.add(new Organizer(named(organizer), URI.create("mailto:" + organizer.address())));
        if (method != Method.PUBLISH) guest.ifPresent(one -> event.add(attendee(one, method)));
        event.add(method == Method.CANCEL ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED);
        event.add(ImmutableTransp.OPAQUE);

        var calendar = new Calendar();
        calendar.add(new ProdId("-//Masthead//Masthead//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(
                switch (method) {
                    case PUBLISH -> ImmutableMethod.PUBLISH;
                    case REQUEST -> ImmutableMethod.REQUEST;
                    case CANCEL -> ImmutableMethod.CANCEL;
                });
        ZoneRule.of(zone, start, end).ifPresent(calendar::add);
        calendar.add(event);
        return folded(written(calendar));
    }

    private static ParameterList in(ZoneId zone) {
        return new ParameterList(List.of(new TzId(zone.getId())));
    }

    private static Attendee attendee(Mailbox guest, Method method) {
        ParameterList parameters = (ParameterList) named(guest)
                .add(Role.REQ_PARTICIPANT)
                .add(method == Method.CANCEL ? PartStat.DECLINED : PartStat.ACCEPTED);
        return new Attendee(parameters, URI.create("mailto:" + guest.address()));
    }

    private static ParameterList named(Mailbox mailbox) {
        String name = mailbox.name().replaceAll("[\\p{Cntrl}\"]", " ").strip();
        return name.isEmpty() ? new ParameterList() : new ParameterList(List.of(new Cn(name)));
    }

    private static String written(Calendar calendar) {
        var text = new StringWriter(2_000);
        try {
            new CalendarOutputter(true).output(calendar, text);
        } catch (IOException e) {
            throw new UncheckedIOException("texts in memory are always written", e);
        }
        return text.toString();
    }

    /** The library counts letters, the standard counts bytes. */
    private static String folded(String written) {
        var text = new StringBuilder(written.length() + 100);
        for (String line : written.replace("\r\n ", "").split("\r\n")) {
            int bytes = 0;
            for (int at = 0; at < line.length(); ) {
                int letter = line.codePointAt(at);
                int more = letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
                if (bytes + more > 75) {
                    text.append("\r\n ");
                    bytes = 1;
                }
                text.appendCodePoint(letter);
                bytes += more;
                at += Character.charCount(letter);
            }
            text.append("\r\n");
        }
        return text.toString();
    }
}
