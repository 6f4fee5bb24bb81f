package press.masthead.tickets;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.events.Guests;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** What an event's changes mean for its guests; the reminder of the day before; the letter that follows. */
public final class TellGuests implements Guests, Runnable {
    private static final Duration AHEAD = Duration.ofHours(24);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Events events;
    private final Registrations registrations;
    private final Tickets tickets;
    private final Readers readers;
    private final Line line;
    private final Refunds refunds;
    private final EventLetters letters;

    public TellGuests(
            Jdbi jdbi,
            Clock clock,
            Events events,
            Registrations registrations,
            Tickets tickets,
            Readers readers,
            Line line,
            Refunds refunds,
            EventLetters letters) {
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

    /** Who is written to about these tickets: their holders, and whoever registered for a companion that we have no address of. */
    static List<GuestMail.To> addressees(Handle handle, Readers readers, Registration one, List<Ticket> theirs) {
        Optional<Reader> registered = one.readerId().flatMap(id -> Register.reader(handle, readers, id));
        var by = new LinkedHashMap<String, GuestMail.To>();
        for (Ticket ticket : theirs) {
            Optional<Reader> holder = ticket.readerId()
                    .flatMap(id -> Register.reader(handle, readers, id))
                    .or(() -> ticket.email().isEmpty() ? registered : Optional.empty());
            holder.ifPresent(reader -> by.putIfAbsent(reader.email(), Register.to(reader)));
        }
        if (theirs.isEmpty()) registered.ifPresent(reader -> by.put(reader.email(), Register.to(reader)));
        return List.copyOf(by.values());
    }

    @Override
    public int seatsTaken(Handle handle, long event) {
        return registrations.seatsTaken(handle, event);
    }

    @Override
    public void moved(Handle handle, Event before, Event now) {
        for (Registration one : registrations.open(handle, now.id()))
            if (one.state() == Registration.State.CONFIRMED)
                for (GuestMail.To to : addressees(handle, readers, one, tickets.of(handle, one.id())))
                    letters.moved(handle, before, now, to);
        // Whoever was reminded of another time is reminded of this one.
        registrations.remindAgain(handle, now.id());
    }

    @Override
    public void roomChanged(Handle handle, Event event) {
        line.promote(handle, event);
    }

    @Override
    public void calledOff(Handle handle, Event event) {
        for (Registration one : registrations.open(handle, event.id())) {
            List<Ticket> theirs = tickets.of(handle, one.id());
            theirs.forEach(ticket -> tickets.cancel(handle, ticket.id(), "event"));
            registrations.cancel(handle, one.id(), "event");
            Optional<MoneyBack> refund = refunds.due(handle, one);
            for (GuestMail.To to : addressees(handle, readers, one, theirs))
                if (one.state() == Registration.State.CONFIRMED)
                    letters.calledOff(handle, event, to, refund.stream().toList());
                else letters.calledOffForTheLine(handle, event, to);
        }
    }

    /** Reminds and follows up, one guest in each transaction; for the timetable. */
    @Override
    public void run() {
        while (jdbi.inTransaction(handle -> remind(handle))) {}
        while (jdbi.inTransaction(handle -> followUp(handle))) {}
    }

    private boolean remind(Handle handle) {
        Optional<Registration> next =
                registrations.remindNext(handle, clock.instant().plus(AHEAD));
        next.ifPresent(one -> events.find(handle, one.eventId()).ifPresent(event -> {
            for (GuestMail.To to : addressees(handle, readers, one, tickets.of(handle, one.id())))
                letters.reminder(handle, event, to);
        }));
        return next.isPresent();
    }

    private boolean followUp(Handle handle) {
        Optional<Registration> next = registrations.followUpNext(handle);
        next.ifPresent(one -> events.find(handle, one.eventId()).ifPresent(event -> {
            for (GuestMail.To to : addressees(handle, readers, one, tickets.of(handle, one.id())))
                letters.followUp(handle, event, to);
        }));
        return next.isPresent();
    }
}
