package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;

/** Someone asks for a seat, and a manager decides with one click. Looking decides nothing. */
public final class RequestPages {
    private static final int TO_CHOOSE_FROM = 50;

    private final Clock clock;
    private final TeamDoor door;
    private final Requests requests;
    private final Seats seats;
    private final Contracts contracts;
    private final DecideRequest decide;
    private final PublicPages pages;

    public RequestPages(
            Clock clock,
            TeamDoor door,
            Requests requests,
            Seats seats,
            Contracts contracts,
            DecideRequest decide,
            PublicPages pages) {
        this.clock = clock;
        this.door = door;
        this.requests = requests;
        this.seats = seats;
        this.contracts = contracts;
        this.decide = decide;
        this.pages = pages;
    }

    /** GET /team/{team}/requests/{request}/ */
    public void request(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        show(ctx, 200, managed, find(ctx, managed), "");
    }

    private Requests.Request find(Context ctx, TeamDoor.Managed managed) {
        return TeamDoor.number(ctx.pathParam("request"))
                .flatMap(id -> requests.find(managed.team().id(), id))
                .orElseThrow(() -> Problem.notFound("Nobody has asked your team that."));
    }

    private void show(Context ctx, int status, TeamDoor.Managed managed, Requests.Request request, String error) {
        long team = managed.team().id();
        var context = TeamPages.frame(ctx, managed, "seats", request.shownName() + " asks for a seat");
        Room room = seats.room(team);
        var map = new HashMap<String, Object>();
        map.put("url", managed.path("requests/" + request.id()));
        map.put("name", request.shownName());
        map.put("email", request.email());
        map.put("at", request.askedAt());
        map.put("why", request.why());
        request.courtesyUntil().ifPresent(until -> map.put("until", until.minusSeconds(1)));
        map.put("decided", request.decidedAt().isPresent());
        map.put("granted", request.granted().orElse(false));
        context.put("request", map);
        context.put("left", room.left());
        context.put("free", !room.isFull());
        if (!error.isEmpty()) context.put("error", error);
        context.put(
                "others",
                seats.leastRead(team, TO_CHOOSE_FROM).stream()
                        .map(seat -> Map.of(
                                "id",
                                seat.id(),
                                "name",
                                seat.shownName() + ", "
                                        + seat.lastRead()
                                                .map(month -> "last read in "
                                                        + TeamPages.MONTH.format(java.time.YearMonth.from(month)))
                                                .orElse("has not read yet")))
                        .toList());
        contracts
                .present(team)
                .filter(contract ->
                        contract.byThemselves() && contract.state(clock.instant()) == Contract.State.RUNNING)
                .ifPresent(contract -> context.put("price", contract.money(contract.prorated(1, clock.instant()))));
        pages.show(ctx, status, "custom-team-request", context);
    }

    /** POST /team/{team}/requests/{request} */
    public void decide(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Requests.Request request = find(ctx, managed);
        try {
            switch (TeamDoor.text(ctx, "decision")) {
                case "free" ->
                    decide.grant(managed.team(), managed.manager(), request.id(), new DecideRequest.From.Free());
                case "bought" ->
                    decide.grant(managed.team(), managed.manager(), request.id(), new DecideRequest.From.Bought());
                case "another" -> decide.grant(managed.team(), managed.manager(), request.id(), another(ctx));
                case "no" -> decide.refuse(managed.team(), managed.manager(), request.id());
                default -> throw Problem.invalid("Please choose one of the answers.");
            }
        } catch (Problem problem) {
            show(ctx, problem.status(), managed, find(ctx, managed), problem.sentence());
            return;
        }
        Flash.put(
                ctx,
                TeamDoor.text(ctx, "decision").equals("no")
                        ? request.shownName() + " is told that no seat is free."
                        : request.shownName() + " has a seat.");
        ctx.redirect(managed.path(""), HttpStatus.SEE_OTHER);
    }

    private static DecideRequest.From another(Context ctx) {
        Optional<Long> seat = TeamDoor.number(ctx.formParam("seat"));
        return new DecideRequest.From.Another(
                seat.orElseThrow(() -> Problem.invalid("Please choose whose seat it shall be.")));
    }
}
