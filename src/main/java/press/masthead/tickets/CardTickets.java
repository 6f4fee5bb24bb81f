package press.masthead.tickets;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.billing.CardSales;
import press.masthead.billing.SoldOnce;
import press.masthead.books.Receipt;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** Seats that are paid for by card: kept while the page for it is open, theirs once Stripe says that they are paid, given back with the money. */
public final class CardTickets implements SoldOnce, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CardTickets.class);
    private static final String KIND = "registration";

    private final Jdbi jdbi;
    private final Clock clock;
    private final Events events;
    private final Registrations registrations;
    private final Tickets tickets;
    private final Readers readers;
    private final Register register;
    private final Line line;
    private final SeatLetters letters;
    private final Supplier<Optional<CardSales>> cards;

    /** @param cards none where the newsroom takes no cards */
    public CardTickets(
            Jdbi jdbi,
            Clock clock,
            Events events,
            Registrations registrations,
            Tickets tickets,
            Readers readers,
            Register register,
            Line line,
            SeatLetters letters,
            Supplier<Optional<CardSales>> cards) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.events = events;
        this.registrations = registrations;
        this.tickets = tickets;
        this.readers = readers;
        this.register = register;
        this.line = line;
        this.letters = letters;
        this.cards = cards;
    }

    public boolean areTaken() {
        return cards.get().isPresent();
    }

    /** The page on which a seat that is kept for this reader is paid for. */
    public String page(long eventId, Reader reader) {
        CardSales sales =
                cards.get().orElseThrow(() -> Problem.stale("Cards are not taken here. Please pay by invoice."));
        Event event = events.find(eventId).orElseThrow(() -> Problem.notFound("There is no event at this address."));
        Registration held = registrations
                .open(eventId, reader.id())
                .filter(one -> one.state() == Registration.State.HELD
                        && one.until().filter(clock.instant()::isBefore).isPresent())
                .orElseThrow(() -> Problem.gone("Your seat is no longer kept. Please register once more."));
        return sales.open(new CardSales.Offered(
                KIND,
                held.id(),
                held.seats() == 1 ? event.title() : event.title() + ", two seats",
                held.money(),
                reader.email(),
                reader.name(),
                event.path() + "paid",
                clock.instant().plus(Register.PAGE_OPEN)));
    }

    /** Someone is back from paying; what they may see now, the event's page says. */
    public void cameBack(String session) {
        cards.get().ifPresent(sales -> sales.cameBack(session));
    }

    @Override
    public void settled(Handle handle, String kind, long reference, State state) {
        if (!kind.equals(KIND)) return;
        Optional<Event> event =
                registrations.byId(handle, reference).flatMap(one -> events.hold(handle, one.eventId()));
        if (event.isEmpty()) return;
        Registration one = registrations.byId(handle, reference).orElseThrow();
        switch (state) {
            case State.Paid(Instant at, Optional<Receipt> receipt) -> paid(handle, event.get(), one, at, receipt);
            case State.GivenBack(Instant at) -> givenBack(handle, event.get(), one, at);
            // The line ends what lapsed, at its own moment.
            case State.Closed() -> {}
        }
    }

    private void paid(Handle handle, Event event, Registration one, Instant at, Optional<Receipt> receipt) {
        if (one.paidAt().isPresent()) return;
        registrations.paid(handle, one.id(), at, receipt.map(Receipt::number));
        Optional<Reader> reader = one.readerId().flatMap(id -> Register.reader(handle, readers, id));
        if (reader.isPresent() && mayCome(handle, event, one, reader.get()))
            register.paid(handle, event, reader.get(), one, receipt);
        else registrations.oweRefund(handle, one.id());
    }

    /** A seat that was kept is theirs. One that lapsed before the payment came is, if it is still free; else the money goes back. */
    private boolean mayCome(Handle handle, Event event, Registration one, Reader reader) {
        return switch (one.state()) {
            case HELD, OFFERED -> event.isOpen();
            case CONFIRMED -> false;
            case WAITING, CANCELLED ->
                event.isOpen()
                        && event.startsAt().isAfter(clock.instant())
                        && (one.state() == Registration.State.WAITING
                                || List.of("unpaid", "lapsed").contains(one.why()))
                        && registrations
                                .open(handle, event.id(), reader.id())
                                .filter(other -> other.id() != one.id())
                                .isEmpty()
                        && registrations
                                .room(handle, event, new Registrations.By(one.plan(), one.teamId()))
                                .fits(one.seats());
        };
    }

    private void givenBack(Handle handle, Event event, Registration one, Instant at) {
        boolean isNews = registrations.refunded(handle, one.id(), at);
        if (!isNews || one.state() != Registration.State.CONFIRMED) return;
        // Where the newsroom had given some back before, one seat's half may have been the rest: the other seat stays.
        if (registrations.owesASeat(handle, one.id())) return;
        List<Ticket> theirs = tickets.of(handle, one.id());
        theirs.forEach(ticket -> tickets.cancel(handle, ticket.id(), "staff"));
        registrations.cancel(handle, one.id(), "staff");
        Event told = events.raise(handle, event.id());
        for (GuestMail.To to : TellGuests.addressees(handle, readers, one, theirs))
            letters.takenBack(
                    handle,
                    told,
                    to,
                    List.of(new MoneyBack(
                            "Your {what} went back to your card.", one.money().words())));
        line.promote(handle, event);
    }

    /** Gives back what is owed, one after the other and with no transaction open; for the timetable. */
    @Override
    public void run() {
        cards.get().ifPresent(sales -> {
            for (long id : registrations.seatsOwed())
                attempt(id, () -> {
                    sales.givePartBack(KIND, id, 2, "one of two seats given back");
                    registrations.seatIsBack(id);
                });
            for (long id : registrations.refundsOwed()) attempt(id, () -> sales.giveBack(KIND, id, "seat given back"));
        });
    }

    private static void attempt(long id, Runnable refund) {
        try {
            refund.run();
        } catch (RuntimeException trouble) {
            LOG.warn(
                    "what was paid for registration {} could not be given back this time: {}",
                    id,
                    trouble.getMessage());
        }
    }
}
