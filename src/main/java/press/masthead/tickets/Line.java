package press.masthead.tickets;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/**
 * The waiting list. Whenever a seat may have come free, the first in line who fits into what is free is offered it until a deadline: two
 * who wait for two seats together do not hold up one who waits for one.
 */
public final class Line implements Runnable {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Events events;
    private final Registrations registrations;
    private final Readers readers;
    private final SeatLetters letters;

    public Line(
            Jdbi jdbi, Clock clock, Events events, Registrations registrations, Readers readers, SeatLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.events = events;
        this.registrations = registrations;
        this.readers = readers;
        this.letters = letters;
    }

    /** Offers what is free. The caller holds the event's row. */
    void promote(Handle handle, Event event) {
        Instant now = clock.instant();
        Instant until = Deadline.of(now, event.offerHours(), event.startsAt());
        if (!event.isOpen() || !until.isAfter(now)) return;
        for (Registration next : registrations.line(handle, event.id())) {
            Optional<Reader> reader = next.readerId().flatMap(id -> Register.reader(handle, readers, id));
            Optional<Registrations.By> by = reader.flatMap(one -> way(handle, event, one, next));
            if (by.isEmpty()) continue;
            registrations.offer(handle, next.id(), by.get(), until);
            letters.offered(handle, event, Register.to(reader.get()), until, event.isFree());
        }
    }

    /** By which of their plans there is room for them, if by any; who has none any more waits on, in case it comes back. */
    private Optional<Registrations.By> way(Handle handle, Event event, Reader reader, Registration waiting) {
        return Register.ways(handle, registrations, events, event, reader).stream()
                .filter(by -> registrations.room(handle, event, by).fits(waiting.seats()))
                .findFirst();
    }

    /** Ends what has lapsed and offers it to the next; for the timetable. */
    @Override
    public void run() {
        for (long id : registrations.lapsed())
            jdbi.useTransaction(handle -> events.hold(handle, id).ifPresent(event -> lapse(handle, event)));
    }

    private void lapse(Handle handle, Event event) {
        Instant now = clock.instant();
        List<Registration> over = registrations.open(handle, event.id()).stream()
                .filter(one -> one.state() == Registration.State.OFFERED || one.state() == Registration.State.HELD)
                .filter(one -> one.until().filter(until -> !until.isAfter(now)).isPresent())
                .toList();
        for (Registration one : over) {
            boolean unpaid = one.state() == Registration.State.HELD;
            registrations.cancel(handle, one.id(), unpaid ? "unpaid" : "lapsed");
            one.readerId()
                    .flatMap(id -> Register.reader(handle, readers, id))
                    .ifPresent(reader -> letters.lapsed(handle, event, Register.to(reader), unpaid));
        }
        if (!over.isEmpty()) promote(handle, event);
    }
}
