package press.masthead.tickets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.BillingDetails;
import press.masthead.books.Invoice;
import press.masthead.books.InvoiceDraft;
import press.masthead.books.InvoiceLine;
import press.masthead.books.Invoices;
import press.masthead.books.Receipt;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/**
 * Registers someone who was admitted, and gives them the seat that they were offered. Everything is decided in one transaction behind the
 * event's row, so two who press at once stand in line for the last seat.
 */
public final class Register {
    /** How long the page for a payment stays open, a little more than the least that Stripe allows; the seat is kept a little longer. */
    static final Duration PAGE_OPEN = Duration.ofMinutes(31);

    private static final Duration PAYING = Duration.ofMinutes(40);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Events events;
    private final Registrations registrations;
    private final Tickets tickets;
    private final Readers readers;
    private final Invoices invoices;
    private final BillingDetails billing;
    private final SeatLetters letters;
    private final boolean cards;

    /** @param cards whether cards are taken; else everyone pays by invoice */
    public Register(
            Jdbi jdbi,
            Clock clock,
            Events events,
            Registrations registrations,
            Tickets tickets,
            Readers readers,
            Invoices invoices,
            BillingDetails billing,
            SeatLetters letters,
            boolean cards) {
        this.cards = cards;
        this.jdbi = jdbi;
        this.clock = clock;
        this.events = events;
        this.registrations = registrations;
        this.tickets = tickets;
        this.readers = readers;
        this.invoices = invoices;
        this.billing = billing;
        this.letters = letters;
    }

    /** What someone typed; seats is 1 or 2. */
    public record Typed(int seats, String guestName, List<String> answers, String pay) {}

    static GuestMail.To to(Reader reader) {
        return new GuestMail.To(reader.email(), reader.name());
    }

    static Optional<Reader> reader(Handle handle, Readers readers, long id) {
        return readers.byId(id);
    }

    /** By what this reader may come to the event: plans that its rule takes, or nothing but an invitation or an open door. */
    static List<Registrations.By> ways(
            Handle handle, Registrations registrations, Events events, Event event, Reader reader) {
        List<Registrations.By> ways = new ArrayList<>(registrations.waysOf(handle, reader.id()));
        if (event.access().equals("plan")) ways.removeIf(by -> !event.plans().contains(by.plan()));
        boolean openDoor = List.of("public", "sign_in").contains(event.access()) && !event.byInvitation();
        if (reader.isStaff() || openDoor && ways.isEmpty() || events.isInvited(event.id(), reader.email()))
            ways.add(Registrations.By.NOTHING);
        return ways;
    }

    /** Registers them: for a seat where there is one, else in line. */
    public Registration run(long eventId, Reader reader, Typed typed) {
        return jdbi.inTransaction(handle -> {
            Event event = open(handle, eventId);
            if (registrations.open(handle, eventId, reader.id()).isPresent()
                    || !tickets.of(eventId, reader.id()).isEmpty()) throw Problem.stale("You are registered already.");
            List<String> answers = answers(event, typed.answers());
            if (typed.seats() == 2 && !event.plusOne()) throw Problem.invalid("This event is for you alone.");
            if (typed.guestName().length() > 120) throw Problem.invalid("Please use a name of at most 120 letters.");
            List<Registrations.By> ways = ways(handle, registrations, events, event, reader);
            if (ways.isEmpty()) throw Problem.forbidden("This event is for members of other plans.");
            Optional<Registrations.By> fits = ways.stream()
                    .filter(by -> registrations.room(handle, event, by).fits(typed.seats()))
                    .findFirst();
            boolean card = cards && !event.isFree() && typed.pay().equals("card");
            var wanted = new Registrations.Wanted(
                    reader.id(),
                    typed.seats(),
                    typed.guestName(),
                    fits.orElseGet(ways::getFirst),
                    event.questions().stream().map(Register::plain).toList(),
                    answers,
                    Math.multiplyExact(event.price(), (long) typed.seats()),
                    event.currency(),
                    event.isFree() ? "" : card ? "card" : "invoice");
            if (fits.isEmpty()) {
                Registration waiting =
                        registrations.add(handle, eventId, wanted, Registration.State.WAITING, Optional.empty());
                letters.waiting(handle, event, to(reader), typed.seats());
                return waiting;
            }
            if (card)
                return registrations.add(
                        handle,
                        eventId,
                        wanted,
                        Registration.State.HELD,
                        Optional.of(clock.instant().plus(PAYING)));
            Registration confirmed =
                    registrations.add(handle, eventId, wanted, Registration.State.CONFIRMED, Optional.empty());
            welcome(handle, event, reader, confirmed, Optional.empty());
            return confirmed;
        });
    }

    private Event open(Handle handle, long id) {
        Event event = events.hold(handle, id)
                .filter(found -> !found.isDraft())
                .orElseThrow(() -> Problem.notFound("There is no event at this address."));
        if (event.isCalledOff()) throw Problem.gone("This event was called off.");
        if (!event.startsAt().isAfter(clock.instant()))
            throw Problem.gone("This event has begun. Registration is closed.");
        return event;
    }

    /** A question without the mark that says that it must be answered. */
    public static String plain(String question) {
        return question.replaceFirst("\\s*\\*$", "");
    }

    private static List<String> answers(Event event, List<String> typed) {
        var answers = new ArrayList<String>();
        for (int i = 0; i < event.questions().size(); i++) {
            String question = event.questions().get(i);
            String answer = i < typed.size() ? typed.get(i).strip() : "";
            if (answer.length() > 500) throw Problem.invalid("Please keep each answer to 500 letters.");
            if (answer.isEmpty() && question.endsWith("*")) throw Problem.invalid("Please answer: " + plain(question));
            answers.add(answer);
        }
        return answers;
    }

    /** The seat that was offered is taken. */
    public Registration accept(long eventId, Reader reader, String pay) {
        return jdbi.inTransaction(handle -> {
            Event event = open(handle, eventId);
            Registration offered = registrations
                    .open(handle, eventId, reader.id())
                    .filter(one -> one.state() == Registration.State.OFFERED
                            && one.until().filter(clock.instant()::isBefore).isPresent())
                    .orElseThrow(() -> Problem.gone(
                            "The time for taking this seat is over. Register once more to join the line again."));
            if (cards && !event.isFree() && pay.equals("card")) {
                registrations.hold(handle, offered.id(), clock.instant().plus(PAYING));
                return registrations.byId(handle, offered.id()).orElseThrow();
            }
            Registration confirmed = registrations.confirm(handle, offered.id());
            welcome(handle, event, reader, confirmed, Optional.empty());
            return confirmed;
        });
    }

    /** Gives the seat to whoever has paid for it. */
    void paid(Handle handle, Event event, Reader reader, Registration one, Optional<Receipt> receipt) {
        welcome(handle, event, reader, registrations.confirm(handle, one.id()), receipt);
    }

    private void welcome(Handle handle, Event event, Reader reader, Registration confirmed, Optional<Receipt> receipt) {
        // A calendar that was told to forget it takes a newer version only.
        Event told =
                registrations.wasCancelled(handle, event.id(), reader.id()) ? events.raise(handle, event.id()) : event;
        tickets.issue(handle, event.id(), confirmed.id(), Optional.of(reader.id()), reader.name(), reader.email());
        if (confirmed.seats() == 2)
            tickets.issue(handle, event.id(), confirmed.id(), Optional.empty(), confirmed.guestName(), "");
        Optional<Invoice> invoice = Optional.empty();
        if (confirmed.price() > 0 && confirmed.paidAt().isEmpty())
            invoice = Optional.of(invoice(handle, event, reader, confirmed));
        letters.confirmed(handle, told, to(reader), confirmed.seats(), invoice, receipt);
    }

    private Invoice invoice(Handle handle, Event event, Reader reader, Registration one) {
        Instant now = clock.instant();
        Invoice invoice = invoices.write(
                handle,
                new InvoiceDraft(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        event.title(),
                        "",
                        reader.email(),
                        reader.name(),
                        billing.of(reader.id()),
                        one.currency(),
                        List.of(new InvoiceLine(
                                one.seats() == 1 ? event.title() : event.title() + ", two seats", one.price())),
                        event.startsAt().isAfter(now) ? now : event.startsAt(),
                        event.endsAt(),
                        Invoices.TERMS));
        registrations.invoiced(handle, one.id(), invoice.number());
        return invoice;
    }
}
