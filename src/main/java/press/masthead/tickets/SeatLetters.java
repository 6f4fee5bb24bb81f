package press.masthead.tickets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.books.Invoice;
import press.masthead.books.Receipt;
import press.masthead.events.Event;
import press.masthead.platform.calendar.CalendarEntry.Method;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;

/** What guests are written about their seats: taken, waited for, offered, given back, handed on. */
public final class SeatLetters {
    private final GuestMail mail;

    public SeatLetters(GuestMail mail) {
        this.mail = mail;
    }

    void confirmed(
            Handle handle,
            Event event,
            GuestMail.To to,
            int seats,
            Optional<Invoice> invoice,
            Optional<Receipt> receipt) {
        GuestLetter letter = mail.letter(handle, to, event);
        Letterhead from = letter.from();
        var text = GuestMail.with(
                seats == 1 ? from.t("Your seat is yours.") : from.t("Both your seats are yours."), letter.facts());
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
        letter.send(
                new Letter(
                        from.t("You are coming: {event}", "event", event.title()),
                        event.title(),
                        text,
                        seats == 1 ? from.t("Open your ticket") : from.t("Open your tickets"),
                        letter.ticket(),
                        GuestMail.with(
                                from.t(
                                        "Can’t come after all? Give your seat back on the same page, so that the next in line gets it."),
                                letter.because())),
                Method.REQUEST);
    }

    void waiting(Handle handle, Event event, GuestMail.To to, int seats) {
        GuestLetter letter = mail.letter(handle, to, event);
        Letterhead from = letter.from();
        letter.send(new Letter(
                from.t("You are on the waiting list: {event}", "event", event.title()),
                event.title(),
                List.of(
                        seats == 1
                                ? from.t("All seats are taken for now. You are on the waiting list.")
                                : from.t("All seats are taken for now. You are on the waiting list for two seats."),
                        from.t("If one comes free we write to you at once and keep it for you for a while.")),
                from.t("See where you stand"),
                letter.page(),
                letter.because()));
    }

    void offered(Handle handle, Event event, GuestMail.To to, Instant until, boolean free) {
        GuestLetter letter = mail.letter(handle, to, event);
        Letterhead from = letter.from();
        letter.send(new Letter(
                from.t("A seat is free for you: {event}", "event", event.title()),
                from.t("A seat is free for you"),
                GuestMail.with(
                        from.t(
                                "We keep it for you until {moment}. After that the next in line gets it.",
                                "moment",
                                from.in(event.zoneId()).moment(until)),
                        letter.facts()),
                free ? from.t("Take the seat") : from.t("Take the seat and pay"),
                letter.page(),
                letter.because()));
    }

    void lapsed(Handle handle, Event event, GuestMail.To to, boolean unpaid) {
        GuestLetter letter = mail.letter(handle, to, event);
        Letterhead from = letter.from();
        letter.send(new Letter(
                unpaid
                        ? from.t("Your seat was not paid: {event}", "event", event.title())
                        : from.t("Your offer has ended: {event}", "event", event.title()),
                event.title(),
                List.of(
                        unpaid
                                ? from.t(
                                        "We kept the seat for you, and no payment came. It has gone to the next in line.")
                                : from.t("The time for taking the seat is over, so it has gone to the next in line."),
                        from.t("If you still want to come, register once more and you join the line again.")),
                from.t("Go to the event"),
                letter.page(),
                letter.because()));
    }

    /** @param refund what becomes of the money, where there was any */
    void givenBack(Handle handle, Event event, GuestMail.To to, List<MoneyBack> refund) {
        GuestLetter letter = mail.letter(handle, to, event);
        Letterhead from = letter.from();
        var text = new ArrayList<String>(
                List.of(from.t("You have given your seat back. Your ticket is no longer good."), letter.when()));
        refund.forEach(one -> text.add(one.in(from)));
        letter.send(
                new Letter(
                        from.t("You are not coming: {event}", "event", event.title()),
                        event.title(),
                        text,
                        "",
                        "",
                        letter.because()),
                Method.CANCEL);
    }

    /**
     * One of the seats that someone registered for is given back, by them or by whom they handed it to; their calendar stays as it is.
     *
     * @param stays whether they still come themselves
     */
    void seatGivenBack(Handle handle, Event event, GuestMail.To to, Optional<MoneyBack> refund, boolean stays) {
        GuestLetter letter = mail.letter(handle, to, event);
        Letterhead from = letter.from();
        var text = new ArrayList<String>();
        text.add(from.t("A seat that you registered for was given back. Its ticket is no longer good."));
        if (stays) text.add(from.t("Your own ticket stays good."));
        text.add(letter.when());
        refund.ifPresent(one -> text.add(one.in(from)));
        letter.send(new Letter(
                from.t("A seat was given back: {event}", "event", event.title()),
                event.title(),
                text,
                stays ? from.t("Open your ticket") : "",
                stays ? letter.ticket() : "",
                letter.because()));
    }

    /** The newsroom took the seat back. */
    void takenBack(Handle handle, Event event, GuestMail.To to, List<MoneyBack> refund) {
        GuestLetter letter = mail.letter(handle, to, event);
        Letterhead from = letter.from();
        var text = new ArrayList<String>(
                List.of(from.t("The organisers have taken your registration back. Your ticket is no longer good.")));
        refund.forEach(one -> text.add(one.in(from)));
        text.add(from.t("If that surprises you, please answer this letter."));
        letter.send(
                new Letter(
                        from.t("Your registration was taken back: {event}", "event", event.title()),
                        event.title(),
                        text,
                        "",
                        "",
                        letter.because()),
                Method.CANCEL);
    }

    void handedOn(Handle handle, Event event, GuestMail.To giver, GuestMail.To taker) {
        handedOnTo(handle, event, giver, taker);
        GuestLetter letter = mail.letter(handle, giver, event);
        Letterhead from = letter.from();
        letter.send(
                new Letter(
                        from.t("You have handed on your ticket: {event}", "event", event.title()),
                        event.title(),
                        List.of(from.t("{who} has your ticket now. Yours is no longer good.", "who", called(taker))),
                        "",
                        "",
                        letter.because()),
                Method.CANCEL);
    }

    private static String called(GuestMail.To someone) {
        return someone.name().isBlank() ? someone.email() : someone.name();
    }

    private void handedOnTo(Handle handle, Event event, GuestMail.To giver, GuestMail.To taker) {
        GuestLetter letter = mail.letter(handle, taker, event);
        Letterhead from = letter.from();
        String who = called(giver);
        letter.send(
                new Letter(
                        from.t("{who} hands you a ticket: {event}", "who", who, "event", event.title()),
                        event.title(),
                        GuestMail.with(
                                from.t(
                                        "{who} can’t use this ticket and hands it on to you. It is good for you alone from now on; sign in with this address to open it.",
                                        "who",
                                        who),
                                letter.facts()),
                        from.t("Open your ticket"),
                        letter.ticket(),
                        List.of(from.t(
                                "You get this letter because {who} ({email}) handed their ticket on to you.",
                                "who",
                                who,
                                "email",
                                giver.email()))),
                Method.REQUEST);
    }
}
