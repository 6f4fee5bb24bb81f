package press.masthead.tickets;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import press.masthead.events.Event;
import press.masthead.platform.calendar.CalendarEntry.Method;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;

/** What guests are written about an event: an invitation, a change, its being off, a reminder, and what comes afterwards. */
public final class EventLetters {
    private final GuestMail mail;

    public EventLetters(GuestMail mail) {
        this.mail = mail;
    }

    void moved(Handle handle, Event before, Event now, GuestMail.To to) {
        GuestLetter letter = mail.letter(handle, to, now);
        Letterhead from = letter.from();
        var text = new ArrayList<String>();
        String when = letter.when();
        String was = GuestMail.when(from, before);
        if (!was.equals(when)) {
            text.add(from.t("Now: {when}", "when", when));
            text.add(from.t("It was: {before}", "before", was));
        } else text.add(when);
        if (!before.where().equals(now.where())) {
            if (!now.where().isEmpty()) text.add(from.t("Now at: {place}", "place", now.where()));
            if (!before.where().isEmpty()) text.add(from.t("It was: {before}", "before", before.where()));
        } else if (!now.where().isEmpty()) text.add(now.where());
        if (!before.onlineUrl().equals(now.onlineUrl()) && !now.onlineUrl().isEmpty())
            text.add(from.t("On line: {address}", "address", now.onlineUrl()));
        text.add(from.t("The entry in your calendar is brought up to date by this letter. Your ticket stays good."));
        letter.send(
                new Letter(
                        from.t("Changed: {event}", "event", now.title()),
                        from.t("{event} has changed", "event", now.title()),
                        text,
                        from.t("Open your ticket"),
                        letter.ticket(),
                        GuestMail.with(
                                from.t("If you can’t come now, please give your seat back on the same page."),
                                letter.because())),
                Method.REQUEST);
    }

    void calledOff(Handle handle, Event event, GuestMail.To to, List<MoneyBack> refund) {
        GuestLetter letter = mail.letter(handle, to, event);
        letter.send(off(letter, refund), Method.CANCEL);
    }

    /** To someone who was in line, whose calendar knows nothing of it. */
    void calledOffForTheLine(Handle handle, Event event, GuestMail.To to) {
        GuestLetter letter = mail.letter(handle, to, event);
        letter.send(off(letter, List.of()));
    }

    private static Letter off(GuestLetter letter, List<MoneyBack> refund) {
        Letterhead from = letter.from();
        Event event = letter.event();
        var text = new ArrayList<String>();
        text.add(from.t("We are sorry: the event is off. It was to take place on {when}.", "when", letter.when()));
        if (!event.note().isEmpty()) text.add(event.note());
        refund.forEach(one -> text.add(one.in(from)));
        return new Letter(
                from.t("Called off: {event}", "event", event.title()),
                from.t("{event} is off", "event", event.title()),
                text,
                from.t("See what is on"),
                from.at("/events/"),
                letter.because());
    }

    void reminder(Handle handle, Event event, GuestMail.To to) {
        GuestLetter letter = mail.letter(handle, to, event);
        Letterhead from = letter.from();
        var text = GuestMail.with(from.t("It is soon. We look forward to seeing you."), letter.facts());
        if (!event.details().isBlank()) text.add(event.details());
        letter.send(
                new Letter(
                        from.t("Soon: {event}", "event", event.title()),
                        event.title(),
                        text,
                        from.t("Open your ticket"),
                        letter.ticket(),
                        GuestMail.with(
                                from.t(
                                        "Can’t come? Give your seat back on the same page: someone may be waiting for it."),
                                letter.because())),
                Method.REQUEST);
    }

    void followUp(Handle handle, Event event, GuestMail.To to) {
        GuestLetter letter = mail.letter(handle, to, event);
        Letterhead from = letter.from();
        var text = new ArrayList<String>();
        text.add(from.t("Thank you for coming."));
        if (!event.recordingUrl().isEmpty()) text.add(from.t("The recording is on the event’s page."));
        event.paperList().forEach(paper -> text.add(paper.title() + ": " + paper.url()));
        letter.send(new Letter(
                from.t("Afterwards: {event}", "event", event.title()),
                event.title(),
                text,
                event.recordingUrl().isEmpty() ? from.t("Go to the event’s page") : from.t("Watch the recording"),
                letter.page(),
                letter.because()));
    }

    void invited(Handle handle, Event event, GuestMail.To to) {
        GuestLetter letter = mail.letter(handle, to, event);
        Letterhead from = letter.from();
        letter.send(new Letter(
                from.t("You are invited: {event}", "event", event.title()),
                from.t("You are invited"),
                List.of(
                        event.title() + (event.city().isEmpty() ? "" : ", " + event.city()),
                        letter.when(),
                        event.announcement()),
                from.t("See the invitation"),
                letter.page(),
                List.of(
                        from.t(
                                "The invitation is for this address: sign in with it to register. You need no account beforehand."),
                        from.t(
                                "You get this letter because the newsroom of {name} has put you on the list of guests.",
                                "name",
                                from.name()))));
    }
}
