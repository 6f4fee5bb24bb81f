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
import press.masthead.readers.ReaderLanguage;

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

    private Letterhead to(Handle handle, To to) {
        return letterhead.get().to(ReaderLanguage.of(handle, to.email()));
    }

    private void send(Handle handle, To to, Letter letter) {
        outbox.put(handle, letter.to(to.email(), to.name(), to(handle, to), html));
    }

    private void send(Handle handle, To to, Letter letter, Event event, Method method) {
        outbox.put(handle, letter.to(to.email(), to.name(), to(handle, to), html), entry(event, to, method));
    }

    private static String when(Letterhead from, Event event) {
        return Event.when(
                event.startsAt(), event.endsAt(), event.zoneId(), from.words().locale());
    }

    private static List<String> facts(Letterhead from, Event event) {
        var facts = new ArrayList<String>();
        facts.add(when(from, event));
        if (!event.where().isEmpty()) facts.add(event.where());
        if (!event.map().isEmpty()) facts.add(from.t("On the map: {map}", "map", event.map()));
        if (!event.onlineUrl().isEmpty()) facts.add(from.t("On line: {address}", "address", event.onlineUrl()));
        return facts;
    }

    private static List<String> with(String first, List<String> more) {
        var all = new ArrayList<String>();
        all.add(first);
        all.addAll(more);
        return all;
    }

    private static String page(Letterhead from, Event event) {
        return from.at(event.path());
    }

    private static List<String> because(Letterhead from, Event event) {
        return List.of(from.t("You get this letter because you registered for {event}.", "event", event.title()));
    }

    void confirmed(Handle handle, Event event, To to, int seats, Optional<Invoice> invoice, Optional<Receipt> receipt) {
        Letterhead from = to(handle, to);
        var text = with(
                seats == 1 ? from.t("Your seat is yours.") : from.t("Both your seats are yours."), facts(from, event));
        invoice.ifPresent(bill -> text.add(from.t(
                "Invoice {number} over {price} is payable until {day}. You find it in your account.",
                "number",
                bill.label(),
                "price",
                bill.price(),
                "day",
                from.day(bill.dueAt()))));
        receipt.ifPresent(paid -> text.add(from.t(
                "Paid by card: receipt {number} over {price}. You find it in your account.",
                "number",
                paid.label(),
                "price",
                paid.price())));
        text.add(
                from.t(
                        "Your ticket has a code that is looked at on the way in, on your phone or on paper. The entry for your calendar comes with this letter."));
        send(
                handle,
                to,
                new Letter(
                        from.t("You are coming: {event}", "event", event.title()),
                        event.title(),
                        text,
                        seats == 1 ? from.t("Open your ticket") : from.t("Open your tickets"),
                        page(from, event) + "ticket/",
                        with(
                                from.t(
                                        "Can’t come after all? Give your seat back on the same page, so that the next in line gets it."),
                                because(from, event))),
                event,
                Method.REQUEST);
    }

    void waiting(Handle handle, Event event, To to, int seats) {
        Letterhead from = to(handle, to);
        send(
                handle,
                to,
                new Letter(
                        from.t("You are on the waiting list: {event}", "event", event.title()),
                        event.title(),
                        List.of(
                                seats == 1
                                        ? from.t("All seats are taken for now. You are on the waiting list.")
                                        : from.t(
                                                "All seats are taken for now. You are on the waiting list for two seats."),
                                from.t("If one comes free we write to you at once and keep it for you for a while.")),
                        from.t("See where you stand"),
                        page(from, event),
                        because(from, event)));
    }

    void offered(Handle handle, Event event, To to, Instant until, boolean free) {
        Letterhead from = to(handle, to);
        send(
                handle,
                to,
                new Letter(
                        from.t("A seat is free for you: {event}", "event", event.title()),
                        from.t("A seat is free for you"),
                        with(
                                from.t(
                                        "We keep it for you until {moment}. After that the next in line gets it.",
                                        "moment",
                                        from.in(event.zoneId()).moment(until)),
                                facts(from, event)),
                        free ? from.t("Take the seat") : from.t("Take the seat and pay"),
                        page(from, event),
                        because(from, event)));
    }

    void lapsed(Handle handle, Event event, To to, boolean unpaid) {
        Letterhead from = to(handle, to);
        send(
                handle,
                to,
                new Letter(
                        unpaid
                                ? from.t("Your seat was not paid: {event}", "event", event.title())
                                : from.t("Your offer has ended: {event}", "event", event.title()),
                        event.title(),
                        List.of(
                                unpaid
                                        ? from.t(
                                                "We kept the seat for you, and no payment came. It has gone to the next in line.")
                                        : from.t(
                                                "The time for taking the seat is over, so it has gone to the next in line."),
                                from.t("If you still want to come, register once more and you join the line again.")),
                        from.t("Go to the event"),
                        page(from, event),
                        because(from, event)));
    }

    /** @param refund what becomes of the money, where there was any */
    void givenBack(Handle handle, Event event, To to, List<MoneyBack> refund) {
        Letterhead from = to(handle, to);
        var text = new ArrayList<String>(
                List.of(from.t("You have given your seat back. Your ticket is no longer good."), when(from, event)));
        refund.forEach(one -> text.add(one.in(from)));
        send(
                handle,
                to,
                new Letter(
                        from.t("You are not coming: {event}", "event", event.title()),
                        event.title(),
                        text,
                        "",
                        "",
                        because(from, event)),
                event,
                Method.CANCEL);
    }

    /**
     * One of the seats that someone registered for is given back, by them or by whom they handed it to; their calendar stays as it is.
     *
     * @param stays whether they still come themselves
     */
    void seatGivenBack(Handle handle, Event event, To to, Optional<MoneyBack> refund, boolean stays) {
        Letterhead from = to(handle, to);
        var text = new ArrayList<String>();
        text.add(from.t("A seat that you registered for was given back. Its ticket is no longer good."));
        if (stays) text.add(from.t("Your own ticket stays good."));
        text.add(when(from, event));
        refund.ifPresent(one -> text.add(one.in(from)));
        send(
                handle,
                to,
                new Letter(
                        from.t("A seat was given back: {event}", "event", event.title()),
                        event.title(),
                        text,
                        stays ? from.t("Open your ticket") : "",
                        stays ? page(from, event) + "ticket/" : "",
                        because(from, event)));
    }

    /** The newsroom took the seat back. */
    void takenBack(Handle handle, Event event, To to, List<MoneyBack> refund) {
        Letterhead from = to(handle, to);
        var text = new ArrayList<String>(
                List.of(from.t("The organisers have taken your registration back. Your ticket is no longer good.")));
        refund.forEach(one -> text.add(one.in(from)));
        text.add(from.t("If that surprises you, please answer this letter."));
        send(
                handle,
                to,
                new Letter(
                        from.t("Your registration was taken back: {event}", "event", event.title()),
                        event.title(),
                        text,
                        "",
                        "",
                        because(from, event)),
                event,
                Method.CANCEL);
    }

    void moved(Handle handle, Event before, Event now, To to) {
        Letterhead from = to(handle, to);
        var text = new ArrayList<String>();
        String when = when(from, now);
        String was = when(from, before);
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
        send(
                handle,
                to,
                new Letter(
                        from.t("Changed: {event}", "event", now.title()),
                        from.t("{event} has changed", "event", now.title()),
                        text,
                        from.t("Open your ticket"),
                        page(from, now) + "ticket/",
                        with(
                                from.t("If you can’t come now, please give your seat back on the same page."),
                                because(from, now))),
                now,
                Method.REQUEST);
    }

    void calledOff(Handle handle, Event event, To to, List<MoneyBack> refund) {
        send(handle, to, off(to(handle, to), event, refund), event, Method.CANCEL);
    }

    /** To someone who was in line, whose calendar knows nothing of it. */
    void calledOffForTheLine(Handle handle, Event event, To to) {
        send(handle, to, off(to(handle, to), event, List.of()));
    }

    private static Letter off(Letterhead from, Event event, List<MoneyBack> refund) {
        var text = new ArrayList<String>();
        text.add(from.t("We are sorry: the event is off. It was to take place on {when}.", "when", when(from, event)));
        if (!event.note().isEmpty()) text.add(event.note());
        refund.forEach(one -> text.add(one.in(from)));
        return new Letter(
                from.t("Called off: {event}", "event", event.title()),
                from.t("{event} is off", "event", event.title()),
                text,
                from.t("See what is on"),
                from.at("/events/"),
                because(from, event));
    }

    void reminder(Handle handle, Event event, To to) {
        Letterhead from = to(handle, to);
        var text = with(from.t("It is soon. We look forward to seeing you."), facts(from, event));
        if (!event.details().isBlank()) text.add(event.details());
        send(
                handle,
                to,
                new Letter(
                        from.t("Soon: {event}", "event", event.title()),
                        event.title(),
                        text,
                        from.t("Open your ticket"),
                        page(from, event) + "ticket/",
                        with(
                                from.t(
                                        "Can’t come? Give your seat back on the same page: someone may be waiting for it."),
                                because(from, event))),
                event,
                Method.REQUEST);
    }

    void followUp(Handle handle, Event event, To to) {
        Letterhead from = to(handle, to);
        var text = new ArrayList<String>();
        text.add(from.t("Thank you for coming."));
        if (!event.recordingUrl().isEmpty()) text.add(from.t("The recording is on the event’s page."));
        event.paperList().forEach(paper -> text.add(paper.title() + ": " + paper.url()));
        send(
                handle,
                to,
                new Letter(
                        from.t("Afterwards: {event}", "event", event.title()),
                        event.title(),
                        text,
                        event.recordingUrl().isEmpty()
                                ? from.t("Go to the event’s page")
                                : from.t("Watch the recording"),
                        page(from, event),
                        because(from, event)));
    }

    void handedOn(Handle handle, Event event, To giver, To taker) {
        handedOnTo(handle, event, giver, taker);
        Letterhead from = to(handle, giver);
        send(
                handle,
                giver,
                new Letter(
                        from.t("You have handed on your ticket: {event}", "event", event.title()),
                        event.title(),
                        List.of(from.t("{who} has your ticket now. Yours is no longer good.", "who", called(taker))),
                        "",
                        "",
                        because(from, event)),
                event,
                Method.CANCEL);
    }

    private static String called(To someone) {
        return someone.name().isBlank() ? someone.email() : someone.name();
    }

    private void handedOnTo(Handle handle, Event event, To giver, To taker) {
        Letterhead from = to(handle, taker);
        String who = called(giver);
        send(
                handle,
                taker,
                new Letter(
                        from.t("{who} hands you a ticket: {event}", "who", who, "event", event.title()),
                        event.title(),
                        with(
                                from.t(
                                        "{who} can’t use this ticket and hands it on to you. It is good for you alone from now on; sign in with this address to open it.",
                                        "who",
                                        who),
                                facts(from, event)),
                        from.t("Open your ticket"),
                        page(from, event) + "ticket/",
                        List.of(from.t(
                                "You get this letter because {who} ({email}) handed their ticket on to you.",
                                "who",
                                who,
                                "email",
                                giver.email()))),
                event,
                Method.REQUEST);
    }

    void invited(Handle handle, Event event, To to) {
        Letterhead from = to(handle, to);
        send(
                handle,
                to,
                new Letter(
                        from.t("You are invited: {event}", "event", event.title()),
                        from.t("You are invited"),
                        List.of(
                                event.title() + (event.city().isEmpty() ? "" : ", " + event.city()),
                                when(from, event),
                                event.announcement()),
                        from.t("See the invitation"),
                        page(from, event),
                        List.of(
                                from.t(
                                        "The invitation is for this address: sign in with it to register. You need no account beforehand."),
                                from.t(
                                        "You get this letter because the newsroom of {name} has put you on the list of guests.",
                                        "name",
                                        from.name()))));
    }
}
