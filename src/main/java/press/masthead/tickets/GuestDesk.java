package press.masthead.tickets;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.platform.web.Upload;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.teams.InviteList;

/** Guests in the newsroom: who comes and who waits, inviting, shares of plans and teams, taking a registration back. */
public final class GuestDesk {
    private static final int SHOWN = 5_000;
    private static final int MOST_INVITED = 2_000;
    private static final int LARGEST_FILE = 1 << 20;

    private final Jdbi jdbi;
    private final Events events;
    private final GuestList guests;
    private final GiveBack giveBack;
    private final Line line;
    private final EventLetters letters;
    private final Html html;
    private final Clock clock;

    public GuestDesk(
            Jdbi jdbi, Clock clock, Events events, GiveBack giveBack, Line line, EventLetters letters, Html html) {
        this.jdbi = jdbi;
        this.events = events;
        this.guests = new GuestList(jdbi, clock);
        this.giveBack = giveBack;
        this.line = line;
        this.letters = letters;
        this.html = html;
        this.clock = clock;
    }

    /** @param left what of a pasted list could not be read, so that nothing of it is lost */
    record Page(
            Reader staff,
            String notice,
            String problem,
            String left,
            Event event,
            List<GuestList.Row> rows,
            List<GuestList.Invited> invited,
            List<GuestList.Quota> quotas,
            List<GuestList.Choice> shares,
            Times times) {
        long count(String state) {
            return rows.stream().filter(row -> row.state().equals(state)).count();
        }

        int seats() {
            return rows.stream()
                    .filter(row -> List.of("confirmed", "offered", "held").contains(row.state()))
                    .mapToInt(GuestList.Row::seats)
                    .sum();
        }
    }

    private Event event(Context ctx) {
        String id = ctx.pathParam("id");
        return events.find(id.matches("\\d{1,18}") ? Long.parseLong(id) : 0)
                .orElseThrow(() -> Problem.notFound("There is no such event."));
    }

    /** GET /desk/events/{id}/guests */
    public void list(Context ctx) {
        Visit.staff(ctx);
        show(ctx, 200, event(ctx), "", "");
    }

    private void show(Context ctx, int status, Event event, String problem, String left) {
        ctx.status(status);
        html.page(
                ctx,
                "tickets/guests",
                new Page(
                        Visit.staff(ctx),
                        Flash.take(ctx),
                        problem,
                        left,
                        event,
                        guests.of(event.id(), SHOWN),
                        guests.invited(event.id()),
                        guests.quotas(event.id()),
                        guests.shares(),
                        new Times(event.zoneId(), clock.instant())));
    }

    /** POST /desk/events/{id}/guests/invite: {@code addresses}, pasted */
    public void paste(Context ctx) {
        Visit.editor(ctx);
        invite(ctx, event(ctx), Optional.ofNullable(ctx.formParam("addresses")).orElse(""));
    }

    /** POST /desk/events/{id}/guests/invite/file: {@code file} */
    public void file(Context ctx) {
        Visit.editor(ctx);
        Event event = event(ctx);
        try {
            Upload upload = Upload.read(ctx, "file", LARGEST_FILE, "A list of guests has at most 1 MB.");
            invite(ctx, event, InviteList.decode(upload.bytes()));
        } catch (Problem problem) {
            show(ctx, problem.status(), event, problem.sentence(), "");
        }
    }

    private void invite(Context ctx, Event event, String text) {
        List<InviteList.Entry> entries = InviteList.read(text);
        if (entries.isEmpty()) {
            show(ctx, 422, event, "There is no address in it.", text);
            return;
        }
        if (entries.size() > MOST_INVITED) {
            show(ctx, 422, event, "That is more than 2,000 addresses. Please send them in parts.", "");
            return;
        }
        if (event.isDraft() || event.isCalledOff()) {
            show(ctx, 409, event, "Please publish the event first: invitations lead to its page.", text);
            return;
        }
        var unreadable = new ArrayList<String>();
        int invited = jdbi.inTransaction(handle -> {
            int count = 0;
            for (InviteList.Entry entry : entries) {
                if (entry.email().isEmpty()) unreadable.add(entry.text());
                else if (invite(handle, event, entry.email().get())) count++;
            }
            return count;
        });
        int known = entries.size() - unreadable.size() - invited;
        String said = (invited == 1 ? "One guest is invited" : invited + " guests are invited")
                + (known > 0 ? ", " + known + " were already." : ".");
        if (unreadable.isEmpty()) {
            Flash.put(ctx, said);
            ctx.redirect("/desk/events/" + event.id() + "/guests", HttpStatus.SEE_OTHER);
        } else
            show(
                    ctx,
                    422,
                    event,
                    said + " These lines have no address that we can read:",
                    String.join("\n", unreadable));
    }

    private boolean invite(Handle handle, Event event, EmailAddress email) {
        if (!guests.invite(handle, event.id(), email)) return false;
        letters.invited(handle, event, new GuestMail.To(email.typed(), ""));
        return true;
    }

    /** POST /desk/events/{id}/guests/share: {@code of} (plan:SLUG or team:NUMBER), {@code most}, empty for no limit */
    public void share(Context ctx) {
        Visit.editor(ctx);
        Event event = event(ctx);
        String of = Optional.ofNullable(ctx.formParam("of")).orElse("");
        String most = Optional.ofNullable(ctx.formParam("most")).orElse("").strip();
        if (guests.shares().stream().noneMatch(choice -> choice.value().equals(of))) {
            show(ctx, 422, event, "Please choose a plan or a team.", "");
            return;
        }
        if (!most.isEmpty() && !most.matches("\\d{1,6}")) {
            show(ctx, 422, event, "Seats are a whole number, or nothing for no limit.", "");
            return;
        }
        int colon = of.indexOf(':');
        jdbi.useTransaction(handle -> {
            Event held = events.hold(handle, event.id()).orElseThrow();
            guests.quota(
                    handle,
                    held.id(),
                    of.substring(0, colon),
                    of.substring(colon + 1),
                    most.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(most)));
            line.promote(handle, held);
        });
        Flash.put(ctx, "Saved.");
        ctx.redirect("/desk/events/" + event.id() + "/guests", HttpStatus.SEE_OTHER);
    }

    /** POST /desk/events/{id}/guests/{registration}/take-back */
    public void takeBack(Context ctx) {
        Visit.editor(ctx);
        Event event = event(ctx);
        String one = ctx.pathParam("registration");
        giveBack.byStaff(event.id(), one.matches("\\d{1,18}") ? Long.parseLong(one) : 0);
        Flash.put(ctx, "Taken back. They are told, and the next in line gets the seat.");
        ctx.redirect("/desk/events/" + event.id() + "/guests", HttpStatus.SEE_OTHER);
    }

    /** GET /desk/events/{id}/guests.csv */
    public void csv(Context ctx) {
        Visit.editor(ctx);
        Event event = event(ctx);
        var text = new StringBuilder("\uFEFFtickets,name,email,seats,companion,state,plan,team,price,paid");
        event.questions().forEach(question -> text.append(',').append(cell(Register.plain(question))));
        text.append("\r\n");
        for (GuestList.Row row : guests.of(event.id(), Integer.MAX_VALUE)) {
            text.append(String.join(
                    ",",
                    cell(row.numbers()),
                    cell(row.name()),
                    cell(row.email()),
                    Integer.toString(row.seats()),
                    cell(row.guestName()),
                    row.state(),
                    cell(row.plan()),
                    cell(row.team()),
                    row.price() == 0 ? "" : cell(new press.masthead.plans.Money(row.price(), row.currency()).words()),
                    row.price() == 0 ? "" : row.paid() ? "yes" : "no"));
            for (String question : event.questions()) {
                int at = row.questions().indexOf(Register.plain(question));
                text.append(',')
                        .append(
                                at < 0 || at >= row.answers().size()
                                        ? ""
                                        : cell(row.answers().get(at)));
            }
            text.append("\r\n");
        }
        ctx.contentType("text/csv; charset=utf-8")
                .header("Cache-Control", "private, no-store")
                .header("Content-Disposition", "attachment; filename=\"guests-" + event.id() + ".csv\"")
                .result(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Quoted, and never a formula: spreadsheets run what begins with one of these signs. */
    public static String cell(String text) {
        String safe = text.matches("(?s)[=+@\\t\\r-].*") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
