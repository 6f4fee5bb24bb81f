package press.masthead.tickets;

import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Standings;
import press.masthead.events.Admission;
import press.masthead.events.Announcement;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;
import press.masthead.teams.Colleagues;

/** A ticket goes to somebody else: a colleague of the same team, or someone who might come by their own right. The old code is void at once. */
public final class HandOn {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Events events;
    private final Registrations registrations;
    private final Tickets tickets;
    private final Readers readers;
    private final Colleagues colleagues;
    private final Standings standings;
    private final SeatLetters letters;

    public HandOn(
            Jdbi jdbi,
            Clock clock,
            Events events,
            Registrations registrations,
            Tickets tickets,
            Readers readers,
            Colleagues colleagues,
            Standings standings,
            SeatLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.events = events;
        this.registrations = registrations;
        this.tickets = tickets;
        this.readers = readers;
        this.colleagues = colleagues;
        this.standings = standings;
        this.letters = letters;
    }

    /** Returns who has it now. */
    Reader run(Announcement announcement, Reader from, long ticketId, String typed) {
        EmailAddress email = EmailAddress.parse(typed)
                .orElseThrow(() -> Problem.invalid("That does not look like an e-mail address. Please check it."));
        Reader to = readers.byEmail(email)
                .filter(found -> mayHave(announcement, from, found, email))
                .orElseThrow(() -> Problem.invalid(
                        "This ticket goes to a colleague on your team, or to someone who may come to this event themselves. "
                                + email.typed() + " is neither."));
        if (to.id() == from.id()) throw Problem.invalid("That is your own address.");
        jdbi.useTransaction(handle -> pass(handle, announcement.id(), from, to, ticketId));
        return to;
    }

    private boolean mayHave(Announcement announcement, Reader from, Reader to, EmailAddress email) {
        boolean invited = events.isInvited(announcement.id(), to.email());
        return announcement.admission(standings.of(to), invited, false) instanceof Admission.Admitted
                || colleagues.find(from, email) instanceof Colleagues.Known.One;
    }

    private void pass(Handle handle, long eventId, Reader from, Reader to, long ticketId) {
        Event event = events.hold(handle, eventId)
                .filter(Event::isOpen)
                .orElseThrow(() -> Problem.gone("This event was called off."));
        if (!event.endsAt().isAfter(clock.instant())) throw Problem.gone("This event is over.");
        Ticket ticket = tickets.of(eventId, from.id()).stream()
                .filter(one -> one.id() == ticketId)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("You have no such ticket."));
        if (registrations
                        .open(handle, eventId, to.id())
                        .filter(one -> one.state() == Registration.State.CONFIRMED)
                        .isPresent()
                || !tickets.of(eventId, to.id()).isEmpty()) throw Problem.stale(to.email() + " has a ticket already.");
        tickets.cancel(handle, ticket.id(), "handed on");
        // Whoever stood in line has a seat now.
        registrations.open(handle, eventId, to.id()).ifPresent(one -> registrations.cancel(handle, one.id(), "guest"));
        tickets.issue(handle, eventId, ticket.registrationId(), Optional.of(to.id()), to.name(), to.email());
        letters.handedOn(handle, events.raise(handle, eventId), Register.to(from), Register.to(to));
    }
}
