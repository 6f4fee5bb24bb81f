package press.masthead.door;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import press.masthead.access.Visit;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Pdf;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.QrPicture;
import press.masthead.platform.web.Times;
import press.masthead.platform.web.Typeset;
import press.masthead.readers.Reader;
import press.masthead.tickets.GuestDesk;
import press.masthead.tickets.Ticket;
import press.masthead.tickets.TicketSeal;

/** Who was there, as a page and as a table; what two doors saw of one ticket; badges on a sheet. */
public final class AttendanceDesk {
    private static final int BADGES_ON_A_SHEET = 8;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Events events;
    private final Scans scans;
    private final TicketSeal seal;
    private final Html html;

    public AttendanceDesk(Jdbi jdbi, Clock clock, Events events, Scans scans, TicketSeal seal, Html html) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.events = events;
        this.scans = scans;
        this.seal = seal;
        this.html = html;
    }

    /** @param cameAt when they came in; none for who did not */
    record Row(Guest guest, Optional<Instant> cameAt, String door) {
        String label() {
            return "%04d".formatted(guest.number());
        }

        String shown() {
            return guest.name().isBlank() ? "Guest of " + guest.host() : guest.name();
        }
    }

    /** A ticket on which two doors said welcome. */
    record Twice(Row row, List<Seen> seen) {}

    record Seen(Instant at, String door, boolean stands) {}

    record Page(Reader staff, Event event, List<Row> rows, List<Twice> twice, long refused, Times times) {
        long here() {
            return rows.stream().filter(row -> row.cameAt().isPresent()).count();
        }

        long expected() {
            return rows.stream().filter(row -> row.guest().why().isEmpty()).count();
        }
    }

    private Event event(Context ctx) {
        String id = ctx.pathParam("id");
        return events.find(id.matches("\\d{1,18}") ? Long.parseLong(id) : 0)
                .orElseThrow(() -> Problem.notFound("There is no such event."));
    }

    /** GET /desk/events/{id}/attendance */
    public void page(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Event event = event(ctx);
        html.page(ctx, "door/attendance", jdbi.inTransaction(handle -> page(handle, staff, event)));
    }

    private Page page(Handle handle, Reader staff, Event event) {
        Map<UUID, String> doors = scans.names(handle, event.id());
        List<Scans.Settled> settled = scans.settled(handle, event.id());
        List<Row> rows = rows(handle, event, settled, doors);
        var twice = new ArrayList<Twice>();
        for (Row row : rows) {
            List<Seen> welcomes = settled.stream()
                    .filter(one ->
                            one.ticketId().filter(id -> id == row.guest().id()).isPresent())
                    .filter(one -> one.said().equals("in") || one.verdict().equals("in"))
                    .map(one -> new Seen(
                            one.at(),
                            doors.getOrDefault(one.openingId(), ""),
                            one.verdict().equals("in")))
                    .toList();
            if (welcomes.size() > 1) twice.add(new Twice(row, welcomes));
        }
        long refused = settled.stream()
                .filter(one -> !one.verdict().equals("in") && !one.said().equals("in"))
                .count();
        return new Page(staff, event, rows, twice, refused, new Times(event.zoneId(), clock.instant()));
    }

    private static List<Row> rows(Handle handle, Event event, List<Scans.Settled> settled, Map<UUID, String> doors) {
        var came = new HashMap<Long, Scans.Settled>();
        for (Scans.Settled one : settled)
            if (one.verdict().equals("in")) one.ticketId().ifPresent(id -> came.put(id, one));
        return DoorList.of(handle, event.id()).stream()
                .map(guest -> {
                    Optional<Scans.Settled> in = Optional.ofNullable(came.get(guest.id()));
                    return new Row(
                            guest,
                            in.map(Scans.Settled::at),
                            in.map(one -> doors.getOrDefault(one.openingId(), ""))
                                    .orElse(""));
                })
                .filter(row -> row.guest().why().isEmpty() || row.cameAt().isPresent())
                .toList();
    }

    /** GET /desk/events/{id}/attendance.csv */
    public void csv(Context ctx) {
        Visit.editor(ctx);
        Event event = event(ctx);
        List<Row> rows = jdbi.inTransaction(
                handle -> rows(handle, event, scans.settled(handle, event.id()), scans.names(handle, event.id())));
        var text = new StringBuilder("\uFEFFticket,name,with,came,door\r\n");
        for (Row row : rows)
            text.append(row.guest().number())
                    .append(',')
                    .append(GuestDesk.cell(row.guest().name()))
                    .append(',')
                    .append(GuestDesk.cell(row.guest().host()))
                    .append(',')
                    .append(row.cameAt()
                            .map(at ->
                                    at.atZone(event.zoneId()).toOffsetDateTime().toString())
                            .orElse(""))
                    .append(',')
                    .append(row.door())
                    .append("\r\n");
        ctx.contentType("text/csv; charset=utf-8")
                .header("Cache-Control", "private, no-store")
                .header("Content-Disposition", "attachment; filename=\"attendance-" + event.id() + ".csv\"")
                .result(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    record Sheet(Event event, List<List<Row>> sheets) {}

    /** GET /desk/events/{id}/badges.pdf: eight on a sheet, each with its code */
    public void badges(Context ctx) {
        Visit.staff(ctx);
        Event event = event(ctx);
        List<Row> good = jdbi.inTransaction(handle -> rows(handle, event, List.of(), Map.of()));
        if (good.isEmpty()) throw Problem.notFound("Nobody has a ticket yet, so there are no badges.");
        var codes = new HashMap<String, Typeset.Drawing>();
        for (Row row : good)
            codes.put(
                    "code-" + row.guest().number(),
                    QrPicture.drawing(seal.code(new Ticket(
                            row.guest().id(),
                            event.id(),
                            0,
                            row.guest().number(),
                            Optional.empty(),
                            "",
                            "",
                            "",
                            true))));
        var sheets = new ArrayList<List<Row>>();
        for (int from = 0; from < good.size(); from += BADGES_ON_A_SHEET)
            sheets.add(good.subList(from, Math.min(good.size(), from + BADGES_ON_A_SHEET)));
        String page = html.text("door/badges", new Sheet(event, sheets));
        Pdf.send(ctx, "badges-" + event.id(), Typeset.of(Jsoup.parse(page), false, name -> Optional.empty(), codes));
    }
}
