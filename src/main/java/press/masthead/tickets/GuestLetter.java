package press.masthead.tickets;

import java.util.List;
import org.jdbi.v3.core.Handle;
import press.masthead.events.Event;
import press.masthead.platform.calendar.CalendarEntry.Method;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;

/**
 * A letter to one guest about one event while it is written: in their language, with what stands in many of them.
 *
 * @param from the newsroom, writing in the guest's own language
 */
record GuestLetter(GuestMail mail, Handle handle, GuestMail.To to, Event event, Letterhead from) {
    /** When it is, in the guest's language. */
    String when() {
        return GuestMail.when(from, event);
    }

    List<String> facts() {
        return GuestMail.facts(from, event);
    }

    /** The event's page. */
    String page() {
        return from.at(event.path());
    }

    /** The page of the guest's own ticket. */
    String ticket() {
        return page() + "ticket/";
    }

    /** Why they get it. */
    List<String> because() {
        return List.of(from.t("You get this letter because you registered for {event}.", "event", event.title()));
    }

    void send(Letter letter) {
        mail.send(this, letter);
    }

    /** With the entry that brings their calendar to the same state. */
    void send(Letter letter, Method method) {
        mail.send(this, letter, method);
    }
}
