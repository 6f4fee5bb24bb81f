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
    private final TicketLetters letters;

    public GiveBack(
            Jdbi jdbi,
            Clock clock,
            Events events,
            Registrations registrations,
            Tickets tickets,
            Readers readers,
            Line line,
            Refunds refunds,
            TicketLetters letters) {
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
            for (Ticket ticket : theirs) {
                tickets.cancel(handle, ticket.id(), "guest");
                shrink(handle, event, ticket.registrationId(), "guest").ifPresent(refund::add);
            }
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
            for (Ticket ticket : theirs) {
                tickets.cancel(handle, ticket.id(), "staff");
                shrink(handle, event, one.id(), "staff").ifPresent(refund::add);
            }
            if (theirs.isEmpty()) registrations.cancel(handle, one.id(), "staff");
            Event told = theirs.isEmpty() ? event : events.raise(handle, eventId);
            for (TicketLetters.To to : TellGuests.addressees(handle, readers, one, theirs))
                letters.takenBack(handle, told, to, refund);
            line.promote(handle, event);
        });
    }

    /** Frees every seat that someone who is about to be deleted has in what is still to come; nobody is written to. */
    public void forget(Handle handle, long reader) {
        for (Registration one : registrations.stillToCome(handle, reader))
            events.hold(handle, one.eventId()).ifPresent(event -> {
                for (Ticket ticket : tickets.of(handle, one.id()))
                    if (ticket.readerId().isEmpty() || ticket.readerId().get() == reader) {
                        tickets.cancel(handle, ticket.id(), "guest");
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

    /** One seat fewer; with the last one the registration ends, and what was paid goes back. */
    private Optional<MoneyBack> shrink(Handle handle, Event event, long registration, String why) {
        List<Ticket> left = tickets.of(handle, registration);
        if (!left.isEmpty()) {
            registrations.seats(handle, registration, left.size());
            return Optional.empty();
        }
        registrations.cancel(handle, registration, why);
        return registrations.byId(handle, registration).flatMap(one -> refunds.due(handle, one));
    }
}
