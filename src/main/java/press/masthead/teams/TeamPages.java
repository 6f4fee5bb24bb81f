package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.EmailAddress;

/** A manager's own pages: how full the team is, who sits where, who else manages it, and one seat with its history. */
public final class TeamPages {
    private static final int PAGE = 100;
    static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);

    private final Jdbi jdbi;
    private final Clock clock;
    private final TeamDoor door;
    private final Teams teams;
    private final Seats seats;
    private final Contracts contracts;
    private final Requests requests;
    private final DrawUpContract drawUp;
    private final PublicPages pages;

    public TeamPages(
            Jdbi jdbi,
            Clock clock,
            TeamDoor door,
            Teams teams,
            Seats seats,
            Contracts contracts,
            Requests requests,
            DrawUpContract drawUp,
            PublicPages pages) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.door = door;
        this.teams = teams;
        this.seats = seats;
        this.contracts = contracts;
        this.requests = requests;
        this.drawUp = drawUp;
        this.pages = pages;
    }

    /** GET /team/: the one team, or which. */
    public void list(Context ctx) {
        List<Team> mine = teams.managedBy(TeamDoor.reader(ctx).id());
        if (mine.isEmpty()) throw Problem.notFound("You manage no team.");
        if (mine.size() == 1) {
            ctx.redirect("/team/" + mine.getFirst().id() + "/", HttpStatus.SEE_OTHER);
            return;
        }
        pages.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title", "Your teams",
                        "text", "Which one would you like to look at?",
                        "actions",
                                mine.stream()
                                        .map(team -> Map.of("label", team.name(), "url", "/team/" + team.id() + "/"))
                                        .toList()));
    }

    /** What every page of a team shows. */
    static Map<String, Object> frame(Context ctx, TeamDoor.Managed managed, String here, String title) {
        var context = new HashMap<String, Object>();
        context.put("title", title);
        context.put("team", Map.of("name", managed.team().name(), "url", managed.path("")));
        context.put("here", here);
        context.put("zone", managed.team().zone());
        String notice = Flash.take(ctx);
        if (!notice.isEmpty()) context.put("notice", notice);
        return context;
    }

    /** GET /team/{team}/?q=&after= */
    public void overview(Context ctx) {
        show(ctx, 200, door.of(ctx), Map.of());
    }

    private void show(Context ctx, int status, TeamDoor.Managed managed, Map<String, Object> more) {
        Team team = managed.team();
        String words = Optional.ofNullable(ctx.queryParam("q")).orElse("").strip();
        String after = Optional.ofNullable(ctx.queryParam("after")).orElse("");
        List<Seat> found = seats.open(team.id(), words, after, PAGE + 1);
        var context = frame(ctx, managed, "seats", team.name());
        context.put("room", room(seats.room(team.id())));
        contracts
                .present(team.id())
                .ifPresent(contract -> context.put("contract", standing(contract, clock.instant())));
        context.put("words", words);
        context.put(
                "seats",
                found.stream().limit(PAGE).map(seat -> row(seat, managed)).toList());
        if (found.size() > PAGE) context.put("more", next(words, found.get(PAGE - 1)));
        context.put(
                "requests",
                requests.open(team.id()).stream()
                        .map(request -> asked(request, managed))
                        .toList());
        context.put(
                "managers",
                teams.managers(team.id()).stream()
                        .map(one -> manager(one, managed))
                        .toList());
        context.putAll(more);
        pages.show(ctx, status, "custom-team", context);
    }

    private static String next(String words, Seat last) {
        return "?q=" + encoded(words) + "&after=" + encoded(last.emailKey());
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The bar's parts in hundredths of its length, so that they add up to the whole. */
    private static Map<String, Object> room(Room room) {
        var map = new HashMap<String, Object>();
        int whole = Math.max(1, Math.max(room.bought(), room.used() + room.pending()));
        map.put("bought", room.bought());
        map.put("used", room.used());
        map.put("pending", room.pending());
        map.put("left", room.left());
        map.put("courtesy", room.courtesy());
        map.put("used_width", room.used() * 100.0 / whole);
        map.put("pending_width", room.pending() * 100.0 / whole);
        map.put("full", room.bought() > 0 && room.isFull());
        map.put("none", room.bought() == 0);
        return map;
    }

    static Map<String, Object> standing(Contract contract, Instant now) {
        var map = new HashMap<String, Object>();
        map.put("label", contract.label());
        map.put("state", contract.state(now).name().toLowerCase(Locale.ROOT));
        map.put("since", contract.since());
        map.put("until", contract.until().minusSeconds(1));
        map.put("grace_until", contract.graceUntil().minusSeconds(1));
        map.put(
                "soon",
                contract.renewedBy().isEmpty()
                        && contract.until().minus(java.time.Duration.ofDays(60)).isBefore(now));
        return map;
    }

    private Map<String, Object> row(Seat seat, TeamDoor.Managed managed) {
        var map = new HashMap<String, Object>();
        Seat.State state = seat.state(clock.instant());
        map.put("url", managed.path("seats/" + seat.id() + "/"));
        map.put("name", seat.shownName());
        if (!seat.name().isBlank()) map.put("email", seat.email());
        map.put("state", state.name().toLowerCase(Locale.ROOT));
        map.put("word", word(state));
        map.put("open_invitation", state == Seat.State.PENDING || state == Seat.State.EXPIRED);
        seat.lastRead().ifPresent(month -> map.put("last_read", MONTH.format(YearMonth.from(month))));
        seat.takenAt().ifPresent(at -> map.put("since", at));
        seat.sentAt().ifPresent(at -> map.put("sent", at));
        return map;
    }

    static String word(Seat.State state) {
        return switch (state) {
            case PENDING -> "Invited";
            case EXPIRED -> "Invitation expired";
            case TAKEN -> "Seated";
            case COURTESY -> "Until Sunday";
            case ENDED -> "Ended";
        };
    }

    private static Map<String, Object> asked(Requests.Request request, TeamDoor.Managed managed) {
        var map = new HashMap<String, Object>();
        map.put("url", managed.path("requests/" + request.id() + "/"));
        map.put("name", request.shownName());
        map.put("email", request.email());
        map.put("at", request.askedAt());
        request.courtesyUntil().ifPresent(until -> map.put("until", until.minusSeconds(1)));
        return map;
    }

    private static Map<String, Object> manager(Teams.Person person, TeamDoor.Managed managed) {
        return Map.of(
                "id", person.id(),
                "name", person.shownName(),
                "email", person.email(),
                "present", person.present(),
                "self", person.id() == managed.manager().id());
    }

    /** POST /team/{team}/managers */
    public void appoint(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        String typed = TeamDoor.text(ctx, "email");
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        if (email.isEmpty()) {
            show(ctx, 422, managed, Map.of("manager_email", typed, "manager_error", InvitePages.MALFORMED));
            return;
        }
        boolean added = jdbi.inTransaction(handle -> drawUp.appoint(handle, managed.team(), email.get()));
        Flash.put(ctx, added ? typed + " manages the team, too." : typed + " manages the team already.");
        ctx.redirect(managed.path(""), HttpStatus.SEE_OTHER);
    }

    /** POST /team/{team}/managers/remove */
    public void dismiss(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        long who = TeamDoor.number(ctx.formParam("id")).orElse(0L);
        if (!jdbi.inTransaction(handle -> teams.dismiss(handle, managed.team().id(), who)))
            throw Problem.stale("A team needs a manager. Name another one first.");
        Flash.put(ctx, "Removed.");
        ctx.redirect(who == managed.manager().id() ? "/account/" : managed.path(""), HttpStatus.SEE_OTHER);
    }

    /** GET /team/{team}/seats/{seat}/ */
    public void seat(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        seat(ctx, 200, managed, theSeat(ctx, managed), Map.of());
    }

    Seat theSeat(Context ctx, TeamDoor.Managed managed) {
        return TeamDoor.number(ctx.pathParam("seat"))
                .flatMap(id -> seats.find(managed.team().id(), id))
                .orElseThrow(Invite::unknown);
    }

    void seat(Context ctx, int status, TeamDoor.Managed managed, Seat seat, Map<String, Object> more) {
        var context = frame(ctx, managed, "seats", seat.shownName());
        var row = row(seat, managed);
        row.put("ended", seat.state(clock.instant()) == Seat.State.ENDED);
        row.put("seated", seat.takenAt().isPresent() && seat.endedAt().isEmpty());
        seat.courtesyUntil().ifPresent(until -> row.put("until", until.minusSeconds(1)));
        row.put(
                "history",
                seats.history(seat.id()).stream().map(TeamPages::event).toList());
        context.put("seat", row);
        context.putAll(more);
        pages.show(ctx, status, "custom-team-seat", context);
    }

    private static Map<String, Object> event(Seats.Event event) {
        String what = switch (event.what()) {
            case "invited" -> "Invited";
            case "sent_again" -> "Invitation sent again";
            case "taken" -> "Took the seat";
            case "revoked" -> "Invitation taken back";
            case "taken_back" -> "Seat taken back";
            case "handed_on" -> "Seat handed on";
            case "address_kept" -> "Wanted to move to an address elsewhere";
            case "courtesy" -> "Reads on to the end of the week";
            case "kept" -> "Was given the seat";
            case "courtesy_over" -> "The week was over";
            default -> "Left";
        };
        var map = new HashMap<String, Object>(Map.of("what", what, "at", event.at()));
        if (!event.by().isEmpty()) map.put("by", event.by());
        if (!event.note().isEmpty()) map.put("note", event.note());
        return map;
    }
}
