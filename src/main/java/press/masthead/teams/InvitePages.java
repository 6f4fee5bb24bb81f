package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.Upload;
import press.masthead.readers.EmailAddress;

/** A manager invites, sends again, takes back, hands on. */
public final class InvitePages {
    static final String MALFORMED = "That does not look like an e-mail address. Please check it.";
    private static final int MOST_BYTES = 1 << 20;
    private static final int LONGEST_WHY = 200;

    private final TeamDoor door;
    private final TeamPages team;
    private final Seats seats;
    private final Invite invite;
    private final FreeSeat freeSeat;
    private final PublicPages pages;

    public InvitePages(
            TeamDoor door, TeamPages team, Seats seats, Invite invite, FreeSeat freeSeat, PublicPages pages) {
        this.door = door;
        this.team = team;
        this.seats = seats;
        this.invite = invite;
        this.freeSeat = freeSeat;
        this.pages = pages;
    }

    /** GET /team/{team}/invite/ */
    public void form(Context ctx) {
        form(ctx, 200, door.of(ctx), Map.of());
    }

    private void form(Context ctx, int status, TeamDoor.Managed managed, Map<String, Object> more) {
        var context = TeamPages.frame(ctx, managed, "invite", "Invite colleagues");
        Room room = seats.room(managed.team().id());
        context.put("left", room.left());
        context.put("none", room.bought() == 0);
        context.put("most", Invite.MOST);
        context.putAll(more);
        pages.show(ctx, status, "custom-team-invite", context);
    }

    /** POST /team/{team}/invite: addresses that were pasted */
    public void paste(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        String typed = TeamDoor.text(ctx, "addresses");
        run(ctx, managed, typed, typed);
    }

    /** POST /team/{team}/invite/file: a table with addresses in it */
    public void file(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        try {
            Upload upload =
                    Upload.read(ctx, "file", MOST_BYTES, "The file is larger than 1 MB. Please send it in parts.");
            run(ctx, managed, InviteList.decode(upload.bytes()), "");
        } catch (Problem problem) {
            form(ctx, problem.status(), managed, Map.of("file_error", problem.sentence()));
        }
    }

    private void run(Context ctx, TeamDoor.Managed managed, String text, String typed) {
        try {
            long report = invite.run(managed.team(), managed.manager(), InviteList.read(text));
            ctx.redirect(managed.path("invite/" + report + "/"), HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            String field = typed.isEmpty() && !text.isEmpty() ? "file_error" : "error";
            form(ctx, problem.status(), managed, Map.of("addresses", typed, field, problem.sentence()));
        }
    }

    /** GET /team/{team}/invite/{report}/: what became of each line, and how many letters have left */
    public void report(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Invite.Report report = TeamDoor.number(ctx.pathParam("report"))
                .flatMap(id -> invite.report(managed.team().id(), id))
                .orElseThrow(() -> Problem.notFound("There is no such report."));
        var context = TeamPages.frame(ctx, managed, "invite", "Invitations");
        long invited = report.count(Invite.Outcome.INVITED);
        context.put("invited", invited);
        context.put("letters_left", report.left());
        context.put("sending", report.left() < invited);
        context.put("all", report.lines().size());
        context.put("over", report.count(Invite.Outcome.OVER));
        context.put(
                "others",
                report.lines().stream()
                        .filter(line -> line.outcome() != Invite.Outcome.INVITED)
                        .map(InvitePages::line)
                        .toList());
        context.put(
                "done",
                report.lines().stream()
                        .filter(line -> line.outcome() == Invite.Outcome.INVITED)
                        .map(InvitePages::line)
                        .toList());
        pages.show(ctx, 200, "custom-team-invited", context);
    }

    private static Map<String, Object> line(Invite.Line line) {
        return Map.of(
                "number", line.line(),
                "text", line.text(),
                "state", line.outcome().name().toLowerCase(Locale.ROOT),
                "word",
                        switch (line.outcome()) {
                            case INVITED -> "Invited";
                            case ALREADY -> "Has a seat or an invitation already";
                            case MALFORMED -> "Not an e-mail address";
                            case TWICE -> "Stands in the list twice";
                            case OVER -> "No seat left";
                        });
    }

    /** POST /team/{team}/seats/{seat}/again */
    public void again(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Seat seat = team.theSeat(ctx, managed);
        invite.again(managed.team(), managed.manager(), seat.id());
        Flash.put(ctx, "A new letter is on its way to " + seat.email() + ". The link before it no longer works.");
        ctx.redirect(managed.path("seats/" + seat.id() + "/"), HttpStatus.SEE_OTHER);
    }

    /** POST /team/{team}/seats/{seat}/end: takes an invitation or a seat back */
    public void end(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Seat seat = freeSeat.run(
                managed.team(), managed.manager(), team.theSeat(ctx, managed).id(), why(ctx));
        Flash.put(
                ctx,
                seat.takenAt().isPresent()
                        ? "The seat of " + seat.shownName() + " is free again."
                        : "The invitation to " + seat.email() + " is taken back.");
        ctx.redirect(managed.path(""), HttpStatus.SEE_OTHER);
    }

    /** POST /team/{team}/seats/{seat}/hand-on */
    public void handOn(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Seat seat = team.theSeat(ctx, managed);
        String typed = TeamDoor.text(ctx, "email");
        Optional<EmailAddress> to = EmailAddress.parse(typed);
        try {
            freeSeat.handOn(
                    managed.team(),
                    managed.manager(),
                    seat.id(),
                    to.orElseThrow(() -> Problem.invalid(MALFORMED)),
                    why(ctx));
        } catch (Problem problem) {
            team.seat(ctx, problem.status(), managed, seat, Map.of("to", typed, "error", problem.sentence()));
            return;
        }
        Flash.put(ctx, "The seat is kept for " + typed + ", who gets a letter.");
        ctx.redirect(managed.path(""), HttpStatus.SEE_OTHER);
    }

    private static String why(Context ctx) {
        String why = TeamDoor.text(ctx, "why").replaceAll("\\p{Cntrl}", " ");
        return why.length() > LONGEST_WHY ? why.substring(0, LONGEST_WHY) : why;
    }
}
