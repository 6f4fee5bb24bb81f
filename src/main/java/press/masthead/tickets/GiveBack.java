package press.masthead.tickets;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** Someone does not come after all; the next in line is offered what comes free. */
public final class GiveBack {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Events events;
    private final Registrations registrations;
    private final Tickets tickets;
    private final Readers readers;
    private final Line line;
    private final Refunds refunds;
    private final SeatLetters letters;

    public GiveBack(
            Jdbi jdbi,
            Clock clock,
            Events events,
            Registrations registrations,
            Tickets tickets,
            Readers readers,
            Line line,
            Refunds refunds,
            SeatLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.events = events;
        this.registrations = registrations;
        this.tickets = tickets;
        this.readers = readers;
        this.line = line;
        this.refunds = refunds;
        this.letters = letters;
    }

    /** The reader's own tickets, or their place in line. What they handed on is somebody else's and stays good. */
    void run(long eventId, Reader reader) {
        jdbi.useTransaction(handle -> {
            Event event = events.hold(handle, eventId)
                    .orElseThrow(() -> Problem.notFound("There is no event at this address."));
            if (!event.endsAt().isAfter(clock.instant())) throw Problem.gone("This event is over.");
            Optional<Registration> own = registrations.open(handle, eventId, reader.id());
            List<Ticket> theirs = tickets.of(eventId, reader.id());
            if (own.isEmpty() && theirs.isEmpty()) throw Problem.stale("You are not registered for this event.");
            var refund = new ArrayList<MoneyBack>();
            theirs.forEach(ticket -> tickets.cancel(handle, ticket.id(), "guest"));
            for (long id : registrationsOf(theirs))
                shrink(handle, event, id, "guest").ifPresent(back -> {
                    if (own.filter(one -> one.id() == id).isPresent()) refund.add(back);
                    else tellWhoPaid(handle, event, id, back);
                });
            // In line, offered, or held and not paid yet: there is no ticket.
            Optional<Registration> left = registrations
                    .open(handle, eventId, reader.id())
                    .filter(one -> one.state() != Registration.State.CONFIRMED);
            left.ifPresent(one -> registrations.cancel(handle, one.id(), "guest"));
            if (!theirs.isEmpty())
                letters.givenBack(handle, events.raise(handle, eventId), Register.to(reader), refund);
            line.promote(handle, event);
        });
    }

    /** The seat of whom the reader brings; their own stays. */
    void companion(long eventId, Reader reader, long ticketId) {
        jdbi.useTransaction(handle -> {
            Event event = events.hold(handle, eventId)
                    .orElseThrow(() -> Problem.notFound("There is no event at this address."));
            if (!event.endsAt().isAfter(clock.instant())) throw Problem.gone("This event is over.");
            List<Ticket> theirs = tickets.of(eventId, reader.id());
            Ticket ticket = theirs.stream()
                    .filter(one -> one.id() == ticketId && one.readerId().isEmpty() && theirs.size() > 1)
                    .findFirst()
                    .orElseThrow(() -> Problem.notFound("You bring nobody on this ticket, or have given it back."));
            tickets.cancel(handle, ticket.id(), "guest");
            Optional<MoneyBack> refund = shrink(handle, event, ticket.registrationId(), "guest");
            letters.seatGivenBack(handle, event, Register.to(reader), refund, true);
            line.promote(handle, event);
        });
    }

    /** The newsroom takes a registration back, all of its tickets. */
    void byStaff(long eventId, long registration) {
        jdbi.useTransaction(handle -> {
            Event event = events.hold(handle, eventId).orElseThrow(() -> Problem.notFound("There is no such event."));
            Registration one = registrations
                    .byId(handle, registration)
                    .filter(found -> found.eventId() == eventId && found.isOpen())
                    .orElseThrow(() -> Problem.notFound("There is no such registration."));
            List<Ticket> theirs = tickets.of(handle, one.id());
            var refund = new ArrayList<MoneyBack>();
            theirs.forEach(ticket -> tickets.cancel(handle, ticket.id(), "staff"));
            if (!theirs.isEmpty()) shrink(handle, event, one.id(), "staff").ifPresent(refund::add);
            if (theirs.isEmpty()) registrations.cancel(handle, one.id(), "staff");
            Event told = theirs.isEmpty() ? event : events.raise(handle, eventId);
            for (GuestMail.To to : TellGuests.addressees(handle, readers, one, theirs))
                letters.takenBack(handle, told, to, refund);
            line.promote(handle, event);
        });
    }

    /** Frees every seat that someone who is about to be deleted has in what is still to come; nobody is written to. */
    public void forget(Handle handle, long reader) {
        for (Registration one : registrations.stillToCome(handle, reader))
            events.hold(handle, one.eventId()).ifPresent(event -> {
                List<Ticket> theirs = tickets.of(handle, one.id()).stream()
                        .filter(ticket ->
                                ticket.readerId().filter(id -> id != reader).isEmpty())
                        .toList();
                theirs.forEach(ticket -> tickets.cancel(handle, ticket.id(), "guest"));
                if (!theirs.isEmpty()) {
                    var _ = shrink(handle, event, one.id(), "guest");
                }
                registrations
                        .open(handle, event.id(), reader)
                        .filter(left -> left.state() != Registration.State.CONFIRMED)
                        .ifPresent(left -> registrations.cancel(handle, left.id(), "guest"));
                line.promote(handle, event);
            });
        for (String sql : List.of(
                "update ticket set name = '', email = '' where reader_id = :reader",
                "update ticket t set name = '', email = '' from registration r where r.id = t.registration_id and r.reader_id = :reader and t.reader_id is null",
                "update registration set guest_name = '', answers = '{}' where reader_id = :reader"))
            handle.createUpdate(sql).bind("reader", reader).execute();
    }

    private static List<Long> registrationsOf(List<Ticket> tickets) {
        return tickets.stream().map(Ticket::registrationId).distinct().toList();
    }

    /** The money goes to whoever paid, and so does the word of it, though somebody else gave the seat back. */
    private void tellWhoPaid(Handle handle, Event event, long registration, MoneyBack back) {
        registrations
                .byId(handle, registration)
                .flatMap(Registration::readerId)
                .flatMap(id -> Register.reader(handle, readers, id))
                .ifPresent(payer -> letters.seatGivenBack(handle, event, Register.to(payer), Optional.of(back), false));
    }

    /** As many seats as there are good tickets; with the last one the registration ends. What was paid for those that ended goes back. */
    private Optional<MoneyBack> shrink(Handle handle, Event event, long registration, String why) {
        List<Ticket> left = tickets.of(handle, registration);
        Optional<Registration> before = registrations.byId(handle, registration);
        if (left.isEmpty()) {
            registrations.cancel(handle, registration, why);
            return before.flatMap(one -> refunds.due(handle, one));
        }
        boolean companion = left.stream().anyMatch(ticket -> ticket.readerId().isEmpty());
        registrations.seats(handle, registration, left.size(), companion);
        return before.flatMap(one -> refunds.oneSeat(handle, one));
    }
}
