package press.masthead.tickets;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import press.masthead.events.Event;
import press.masthead.platform.calendar.CalendarEntry;
import press.masthead.platform.calendar.CalendarEntry.Mailbox;
import press.masthead.platform.calendar.CalendarEntry.Method;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.readers.ReaderLanguage;

/** Sends guests their letters in their own language, each with the entry for their calendar, and knows what stands in many of them. */
public final class GuestMail {
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;
    private final Supplier<MailAddress> sender;
    private final Clock clock;

    /** @param sender whom the letters come from, and so who organises: RFC 6047 wants the two to be one */
    public GuestMail(
            Outbox outbox, Html html, Supplier<Letterhead> letterhead, Supplier<MailAddress> sender, Clock clock) {
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
        this.sender = sender;
        this.clock = clock;
    }

    /** @param name may be empty */
    record To(String email, String name) {}

    private Outbox.Entry entry(Event event, To to, Method method) {
        MailAddress from = sender.get();
        CalendarEntry entry = event.entry(
                letterhead.get().url(),
                clock.instant(),
                new Mailbox(from.name(), from.address()),
                Optional.of(new Mailbox(to.name(), to.email())));
        return new Outbox.Entry(method.name(), entry.ics(method));
    }

    /** The event's entry as a file, for whoever may know of it. */
    String file(Event event) {
        MailAddress from = sender.get();
        return event.entry(
                        letterhead.get().url(),
                        clock.instant(),
                        new Mailbox(from.name(), from.address()),
                        Optional.empty())
                .ics(Method.PUBLISH);
    }

    /** Begins a letter to a guest. */
    GuestLetter letter(Handle handle, To to, Event event) {
        return new GuestLetter(this, handle, to, event, to(handle, to));
    }

    private Letterhead to(Handle handle, To to) {
        return letterhead.get().to(ReaderLanguage.of(handle, to.email()));
    }

    void send(GuestLetter guest, Letter letter) {
        outbox.put(guest.handle(), note(guest, letter));
    }

    /** With the entry that brings their calendar to the same state. */
    void send(GuestLetter guest, Letter letter, Method method) {
        outbox.put(guest.handle(), note(guest, letter), entry(guest.event(), guest.to(), method));
    }

    private Outbox.Note note(GuestLetter guest, Letter letter) {
        return letter.to(guest.to().email(), guest.to().name(), guest.from(), html);
    }

    static String when(Letterhead from, Event event) {
        return Event.when(
                event.startsAt(), event.endsAt(), event.zoneId(), from.words().locale());
    }

    static List<String> facts(Letterhead from, Event event) {
        var facts = new ArrayList<String>();
        facts.add(when(from, event));
        if (!event.where().isEmpty()) facts.add(event.where());
        if (!event.map().isEmpty()) facts.add(from.t("On the map: {map}", "map", event.map()));
        if (!event.onlineUrl().isEmpty()) facts.add(from.t("On line: {address}", "address", event.onlineUrl()));
        return facts;
    }

    static List<String> with(String first, List<String> more) {
        var all = new ArrayList<String>();
        all.add(first);
        all.addAll(more);
        return all;
    }
}
