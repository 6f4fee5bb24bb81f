package press.masthead.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.tickets.Ticket;
import press.masthead.tickets.TicketSeal;

/** The page that lets people in, on a phone that may lose its connection: its frame, its list, and the word that settles. */
public final class DoorPages {
    /** How long after the end a phone may still read its list; then it forgets the key. */
    private static final Duration AFTER = Duration.ofHours(6);

    private static final int MOST_SCANS = 5_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Events events;
    private final TicketSeal seal;
    private final Scans scans;
    private final Settle settle;
    private final Html html;

    public DoorPages(Jdbi jdbi, Clock clock, Events events, TicketSeal seal, Scans scans, Settle settle, Html html) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.events = events;
        this.seal = seal;
        this.scans = scans;
        this.settle = settle;
        this.html = html;
    }

    record Frame(Reader staff, Event event, DoorWords words) {}

    private Event event(Context ctx) {
        String id = ctx.pathParam("id");
        return events.find(id.matches("\\d{1,18}") ? Long.parseLong(id) : 0)
                .orElseThrow(() -> Problem.notFound("There is no such event."));
    }

    /** GET /desk/events/{id}/door: nothing in it is about a guest, so the browser may keep it. */
    public void page(Context ctx) {
        Reader staff = Visit.staff(ctx);
        html.page(ctx, "door/door", new Frame(staff, event(ctx), DoorWords.in(staff.language())));
    }

    /** GET /desk/events/door-worker.js: from here, because a worker minds what lies below its own address. */
    public void worker(Context ctx) throws IOException {
        Visit.staff(ctx);
        try (InputStream in = DoorPages.class.getResourceAsStream("/web/door-worker.js")) {
            ctx.contentType("text/javascript; charset=utf-8")
                    .header("Cache-Control", "no-cache")
                    .result(Objects.requireNonNull(in).readAllBytes());
        }
    }

    /** One ticket of the list: {@code d} is a part of its code's hash, by which a phone finds it without the code. */
    record Line(long id, int n, String name, String host, String why, long ended, String d) {}

    record Opened(
            String opening,
            String door,
            long time,
            long until,
            String key,
            String publicKey,
            String version,
            long event,
            List<Line> tickets,
            List<Settle.Entered> entered) {}

    /** POST /desk/events/{id}/door/open: a list, and the key that the phone encrypts it with. The key is kept nowhere here. */
    public void open(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Event event = event(ctx);
        if (!event.isOpen()) throw Problem.stale("Only a published event has a door.");
        if (clock.instant().isAfter(event.endsAt().plus(AFTER)))
            throw Problem.stale("This event is over, and so is its door.");
        ctx.header("Cache-Control", "no-store");
        ctx.json(jdbi.inTransaction(handle -> {
            Scans.Opening opening = scans.open(handle, event.id(), Optional.of(staff.id()));
            return list(handle, event, opening.id().toString(), opening.name());
        }));
    }

    private Opened list(Handle handle, Event event, String opening, String door) {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        Settle.Answer answer = settle.answer(handle, event.id(), UUID.fromString(opening), 0);
        return new Opened(
                opening,
                door,
                clock.millis(),
                event.endsAt().plus(AFTER).toEpochMilli(),
                Base64.getEncoder().encodeToString(key),
                seal.publicKey(),
                answer.version(),
                event.id(),
                lines(handle, event.id()),
                answer.entered());
    }

    private List<Line> lines(Handle handle, long event) {
        return DoorList.of(handle, event).stream()
                .map(guest -> new Line(
                        guest.id(),
                        guest.number(),
                        guest.name(),
                        guest.host(),
                        guest.why(),
                        guest.endedAt().map(Instant::toEpochMilli).orElse(0L),
                        digest(seal.code(
                                new Ticket(guest.id(), event, 0, guest.number(), Optional.empty(), "", "", "", true)))))
                .toList();
    }

    private static String digest(String code) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 12));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    record Refreshed(String version, List<Line> tickets) {}

    /** GET /desk/events/{id}/door/list: anew, where tickets were issued or ended since. */
    public void list(Context ctx) {
        Visit.staff(ctx);
        Event event = event(ctx);
        ctx.header("Cache-Control", "no-store");
        ctx.json(jdbi.inTransaction(
                handle -> new Refreshed(DoorList.version(handle, event.id()), lines(handle, event.id()))));
    }

    /** @param since the time of the last answer that this page of the phone had; 0 for all */
    record Sent(String opening, List<Settle.Seen> scans, long since) {}

    /** POST /desk/events/{id}/door/settle: what was seen, as JSON */
    public void settle(Context ctx) {
        Visit.staff(ctx);
        Event event = event(ctx);
        ctx.header("Cache-Control", "no-store");
        try {
            Sent sent = JSON.readValue(ctx.body(), Sent.class);
            if (sent.scans().size() > MOST_SCANS) throw Problem.tooLarge("These are too many scans at once.");
            ctx.json(settle.run(event.id(), UUID.fromString(sent.opening()), sent.scans(), sent.since()));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            throw Problem.invalid("These scans can't be read.");
        }
    }
}
