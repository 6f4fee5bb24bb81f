package press.masthead.tickets;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import press.masthead.books.Invoice;
import press.masthead.books.Receipt;
import press.masthead.events.Event;
import press.masthead.platform.calendar.CalendarEntry;
import press.masthead.platform.calendar.CalendarEntry.Mailbox;
import press.masthead.platform.calendar.CalendarEntry.Method;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.MailAddress;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;

/** What guests are written, each with the entry that brings their calendar to the same state. */
public final class TicketLetters {
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;
    private final Supplier<MailAddress> sender;
    private final Clock clock;

    /** @param sender whom the letters come from, and so who organises: RFC 6047 wants the two to be one */
    public TicketLetters(
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

    private void send(Handle handle, To to, Letter letter) {
        outbox.put(handle, letter.to(to.email(), to.name(), letterhead.get(), html));
    }

    private void send(Handle handle, To to, Letter letter, Event event, Method method) {
        outbox.put(handle, letter.to(to.email(), to.name(), letterhead.get(), html), entry(event, to, method));
    }

    private static List<String> facts(Event event) {
        var facts = new ArrayList<String>();
        facts.add(event.when());
        if (!event.where().isEmpty()) facts.add(event.where());
        if (!event.map().isEmpty()) facts.add("On the map: " + event.map());
        if (!event.onlineUrl().isEmpty()) facts.add("On line: " + event.onlineUrl());
        return facts;
    }

    private static List<String> with(String first, List<String> more) {
        var all = new ArrayList<String>();
        all.add(first);
        all.addAll(more);
        return all;
    }

    private String page(Event event) {
        return letterhead.get().at(event.path());
    }

    private List<String> because(Event event) {
        return List.of("You get this letter because you registered for " + event.title() + ".");
    }

    void confirmed(Handle handle, Event event, To to, int seats, Optional<Invoice> invoice, Optional<Receipt> receipt) {
        var text = with(seats == 1 ? "Your seat is yours." : "Your " + seats + " seats are yours.", facts(event));
        invoice.ifPresent(bill -> text.add("Invoice " + bill.label() + " over " + bill.price() + " is payable until "
                + letterhead.get().day(bill.dueAt()) + ". You find it in your account."));
        receipt.ifPresent(paid -> text.add(
                "Paid by card: receipt " + paid.label() + " over " + paid.price() + ". You find it in your account."));
        text.add(
                "Your ticket has a code that is looked at on the way in, on your phone or on paper. The entry for your calendar comes with this letter.");
        send(
                handle,
                to,
                new Letter(
                        "You are coming: " + event.title(),
                        event.title(),
                        text,
                        seats == 1 ? "Open your ticket" : "Open your tickets",
                        page(event) + "ticket/",
                        with(
                                "Can’t come after all? Give your seat back on the same page, so that the next in line gets it.",
                                because(event))),
                event,
                Method.REQUEST);
    }

    void waiting(Handle handle, Event event, To to, int seats) {
        send(
                handle,
                to,
                new Letter(
                        "You are on the waiting list: " + event.title(),
                        event.title(),
                        List.of(
                                "All seats are taken for now. You are on the waiting list"
                                        + (seats == 1 ? "." : " for two seats."),
                                "If one comes free we write to you at once and keep it for you for a while."),
                        "See where you stand",
                        page(event),
                        because(event)));
    }

    void offered(Handle handle, Event event, To to, Instant until, boolean free) {
        String moment = letterhead.get().in(event.zoneId()).moment(until);
        send(
                handle,
                to,
                new Letter(
                        "A seat is free for you: " + event.title(),
                        "A seat is free for you",
                        with(
                                "We keep it for you until " + moment + ". After that the next in line gets it.",
                                facts(event)),
                        free ? "Take the seat" : "Take the seat and pay",
                        page(event),
                        because(event)));
    }

    void lapsed(Handle handle, Event event, To to, boolean unpaid) {
        send(
                handle,
                to,
                new Letter(
                        (unpaid ? "Your seat was not paid: " : "Your offer has ended: ") + event.title(),
                        event.title(),
                        List.of(
                                unpaid
                                        ? "We kept the seat for you, and no payment came. It has gone to the next in line."
                                        : "The time for taking the seat is over, so it has gone to the next in line.",
                                "If you still want to come, register once more and you join the line again."),
                        "Go to the event",
                        page(event),
                        because(event)));
    }

    /** @param refund what becomes of the money; empty where there was none */
    void givenBack(Handle handle, Event event, To to, String refund) {
        var text = new ArrayList<String>(
                List.of("You have given your seat back. Your ticket is no longer good.", event.when()));
        if (!refund.isEmpty()) text.add(refund);
        send(
                handle,
                to,
                new Letter("You are not coming: " + event.title(), event.title(), text, "", "", because(event)),
                event,
                Method.CANCEL);
    }

    /** The newsroom took the seat back. */
    void takenBack(Handle handle, Event event, To to, String refund) {
        var text = new ArrayList<String>(
                List.of("The organisers have taken your registration back. Your ticket is no longer good."));
        if (!refund.isEmpty()) text.add(refund);
        text.add("If that surprises you, please answer this letter.");
        send(
                handle,
                to,
                new Letter(
                        "Your registration was taken back: " + event.title(),
                        event.title(),
                        text,
                        "",
                        "",
                        because(event)),
                event,
                Method.CANCEL);
    }

    void moved(Handle handle, Event before, Event now, To to) {
        var text = new ArrayList<String>();
        if (!before.when().equals(now.when())) {
            text.add("Now: " + now.when());
            text.add("It was: " + before.when());
        } else text.add(now.when());
        if (!before.where().equals(now.where())) {
            if (!now.where().isEmpty()) text.add("Now at: " + now.where());
            if (!before.where().isEmpty()) text.add("It was: " + before.where());
        } else if (!now.where().isEmpty()) text.add(now.where());
        if (!before.onlineUrl().equals(now.onlineUrl()) && !now.onlineUrl().isEmpty())
            text.add("On line: " + now.onlineUrl());
        text.add("The entry in your calendar is brought up to date by this letter. Your ticket stays good.");
        send(
                handle,
                to,
                new Letter(
                        "Changed: " + now.title(),
                        now.title() + " has changed",
                        text,
                        "Open your ticket",
                        page(now) + "ticket/",
                        with("If you can’t come now, please give your seat back on the same page.", because(now))),
                now,
                Method.REQUEST);
    }

    void calledOff(Handle handle, Event event, To to, String refund) {
        send(handle, to, off(event, refund), event, Method.CANCEL);
    }

    /** To someone who was in line, whose calendar knows nothing of it. */
    void calledOffForTheLine(Handle handle, Event event, To to) {
        send(handle, to, off(event, ""));
    }

    private Letter off(Event event, String refund) {
        var text = new ArrayList<String>();
        text.add("We are sorry: the event is off. It was to take place on " + event.when() + ".");
        if (!event.note().isEmpty()) text.add(event.note());
        if (!refund.isEmpty()) text.add(refund);
        return new Letter(
                "Called off: " + event.title(),
                event.title() + " is off",
                text,
                "See what is on",
                letterhead.get().at("/events/"),
                because(event));
    }

    void reminder(Handle handle, Event event, To to) {
        var text = with("It is soon. We look forward to seeing you.", facts(event));
        if (!event.details().isBlank()) text.add(event.details());
        send(
                handle,
                to,
                new Letter(
                        "Soon: " + event.title(),
                        event.title(),
                        text,
                        "Open your ticket",
                        page(event) + "ticket/",
                        with(
                                "Can’t come? Give your seat back on the same page: someone may be waiting for it.",
                                because(event))),
                event,
                Method.REQUEST);
    }

    void followUp(Handle handle, Event event, To to) {
        var text = new ArrayList<String>();
        text.add("Thank you for coming.");
        if (!event.recordingUrl().isEmpty()) text.add("The recording is on the event’s page.");
        event.paperList().forEach(paper -> text.add(paper.title() + ": " + paper.url()));
        send(
                handle,
                to,
                new Letter(
                        "Afterwards: " + event.title(),
                        event.title(),
                        text,
                        event.recordingUrl().isEmpty() ? "Go to the event’s page" : "Watch the recording",
                        page(event),
                        because(event)));
    }

    void handedOn(Handle handle, Event event, To from, To to) {
        String who = from.name().isBlank() ? from.email() : from.name();
        send(
                handle,
                to,
                new Letter(
                        who + " hands you a ticket: " + event.title(),
                        event.title(),
                        with(
                                who
                                        + " can’t use this ticket and hands it on to you. It is good for you alone from now on; sign in with this address to open it.",
                                facts(event)),
                        "Open your ticket",
                        page(event) + "ticket/",
                        List.of("You get this letter because " + who + " (" + from.email()
                                + ") handed their ticket on to you.")),
                event,
                Method.REQUEST);
        send(
                handle,
                from,
                new Letter(
                        "You have handed on your ticket: " + event.title(),
                        event.title(),
                        List.of((to.name().isBlank() ? to.email() : to.name())
                                + " has your ticket now. Yours is no longer good."),
                        "",
                        "",
                        because(event)),
                event,
                Method.CANCEL);
    }

    void invited(Handle handle, Event event, To to) {
        send(
                handle,
                to,
                new Letter(
                        "You are invited: " + event.title(),
                        "You are invited",
                        List.of(
                                event.title() + (event.city().isEmpty() ? "" : ", " + event.city()),
                                event.when(),
                                event.announcement()),
                        "See the invitation",
                        page(event),
                        List.of(
                                "The invitation is for this address: sign in with it to register. You need no account beforehand.",
                                "You get this letter because the newsroom of "
                                        + letterhead.get().name() + " has put you on the list of guests.")));
    }
}
