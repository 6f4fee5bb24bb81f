package press.masthead.door;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.tickets.TicketSeal;

/** Takes in what a phone has seen, and tells it the last word on that and who is in by any door. */
public final class Settle {
    /** Nobody is scanned in the future, and a phone that believes so is put right. */
    private static final Duration AHEAD = Duration.ofSeconds(30);

    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Scans scans;
    private final TicketSeal seal;

    public Settle(Jdbi jdbi, Clock clock, Scans scans, TicketSeal seal) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.scans = scans;
        this.seal = seal;
    }

    /**
     * One scan as a phone tells it.
     *
     * @param code what the camera read; empty when a name was pressed
     * @param ticket the ticket whose name was pressed; 0 for a code
     * @param at milliseconds of our clock, as the phone reckons it
     * @param said the word that it showed
     */
    public record Seen(UUID id, String code, long ticket, long at, String said) {}

    /**
     * The last word on a scan as things stand.
     *
     * @param first when and where this ticket came in
     */
    public record Word(UUID id, long ticket, String verdict, String said, long first, String door) {}

    /** A ticket that is in: since when, and by which door. */
    public record Entered(long ticket, long at, String door) {}

    /**
     * @param version of the list, by which a phone sees that its own is old
     * @param words, entered what changed since the moment that the phone named
     */
    public record Answer(long time, String version, List<Word> words, List<Entered> entered) {}

    /**
     * Writes down what the phone has seen and answers how its scans stand. Telling the same again changes nothing.
     *
     * @param since the time of the last answer, in milliseconds; 0 for all of the evening
     */
    public Answer run(long event, UUID opening, List<Seen> seen, long since) {
        return jdbi.inTransaction(handle -> {
            if (!scans.isOpen(handle, event, opening))
                throw Problem.gone("This door was opened for another event, or not at all. Please open it anew.");
            scans.add(handle, event, opening, told(handle, event, seen));
            return answer(handle, event, opening, since);
        });
    }

    private List<Scans.Told> told(Handle handle, long event, List<Seen> seen) {
        List<Scans.Told> told = seen.stream().map(one -> told(event, one)).toList();
        Set<Long> here = scans.here(
                handle,
                event,
                told.stream().map(Scans.Told::ticketId).filter(id -> id > 0).toList());
        return told.stream()
                .map(one -> one.kind().equals("ticket") && !here.contains(one.ticketId()) ? one.asForged() : one)
                .toList();
    }

    private Scans.Told told(long event, Seen one) {
        Instant latest = clock.instant().plus(AHEAD);
        Instant at = Instant.ofEpochMilli(one.at());
        if (at.isAfter(latest)) at = clock.instant();
        boolean byName = one.code().isEmpty();
        Optional<TicketSeal.Said> said = byName ? Optional.empty() : seal.read(one.code());
        String kind = byName || said.filter(what -> what.event() == event).isPresent()
                ? "ticket"
                : said.isPresent() ? "other" : "forged";
        long ticket = kind.equals("ticket") ? said.map(TicketSeal.Said::ticket).orElse(one.ticket()) : 0;
        return new Scans.Told(
                one.id(),
                ticket,
                kind,
                byName ? "name" : "code",
                at,
                Verdict.told(one.said()).word());
    }

    Answer answer(Handle handle, long event, UUID opening, long since) {
        // What another phone is just telling may be written down a little after this looks.
        Instant from = Instant.ofEpochMilli(since).minus(OVERLAP);
        Map<UUID, String> doors = scans.names(handle, event);
        var words = new ArrayList<Word>();
        var entered = new ArrayList<Entered>();
        for (Scans.Settled one : scans.settled(handle, event, from)) {
            String door = doors.getOrDefault(one.firstOpening(), "");
            if (one.openingId().equals(opening))
                words.add(new Word(
                        one.id(),
                        one.ticketId().orElse(0L),
                        one.verdict(),
                        one.said(),
                        one.firstAt().toEpochMilli(),
                        door));
            if (one.verdict().equals("in"))
                entered.add(new Entered(one.ticketId().orElse(0L), one.at().toEpochMilli(), door));
        }
        return new Answer(clock.millis(), DoorList.version(handle, event), words, entered);
    }
}
