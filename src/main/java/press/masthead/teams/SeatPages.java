package press.masthead.teams;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.industries.AskIndustries;
import press.masthead.plans.Memberships;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.Secret;
import press.masthead.readers.Consents;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.signin.SignIn;

/** A colleague takes the seat that was kept for them, or asks for one. */
public final class SeatPages {
    /** Stands beside each button that takes a seat, and is what is agreed to by it. */
    static final String SEEN_BY_MANAGERS =
            "Its managers see that the seat is yours and in which month you last read, never what.";

    private final Clock clock;
    private final TakeSeat takeSeat;
    private final AskForSeat askForSeat;
    private final Seats seats;
    private final Domains domains;
    private final Memberships memberships;
    private final AskIndustries ask;
    private final SignIn signIn;
    private final Consents consents;
    private final TeamLetters letters;
    private final PublicPages pages;

    public SeatPages(
            Clock clock,
            TakeSeat takeSeat,
            AskForSeat askForSeat,
            Seats seats,
            Domains domains,
            Memberships memberships,
            AskIndustries ask,
            SignIn signIn,
            Consents consents,
            TeamLetters letters,
            PublicPages pages) {
        this.clock = clock;
        this.takeSeat = takeSeat;
        this.askForSeat = askForSeat;
        this.seats = seats;
        this.domains = domains;
        this.memberships = memberships;
        this.ask = ask;
        this.signIn = signIn;
        this.consents = consents;
        this.letters = letters;
        this.pages = pages;
    }

    /** GET /seat/{token}: shows what it is, and uses nothing up. */
    public void invitation(Context ctx) {
        TakeSeat.Invited invited = takeSeat.look(secret(ctx));
        Optional<Reader> reader = Visit.of(ctx).reader();
        String team = invited.team().name();
        if (reader.isEmpty())
            say(
                    ctx,
                    200,
                    "A seat for you",
                    team + " has kept a seat for " + shy(invited.seat().email())
                            + ". To take it, show that this address is yours: we send it a link, and you come back here.",
                    List.of(
                            button("Send me the link", ctx.path() + "/sign-in"),
                            link("That is not my address", "/signin/?next=" + ctx.path())));
        else if (invited.isFor(reader.get()))
            say(
                    ctx,
                    200,
                    "A seat for you",
                    team + " has kept a seat for you. You read everything, and there is nothing for you to pay. "
                            + SEEN_BY_MANAGERS + own(reader.get()),
                    List.of(button("Take the seat", ctx.path())));
        else
            say(
                    ctx,
                    200,
                    "This seat is for someone else",
                    "It was kept for " + shy(invited.seat().email()) + ", and you are signed in as "
                            + reader.get().email() + ". You can ask the managers of " + team
                            + " for a seat of your own.",
                    List.of(button("Ask for a seat", ctx.path()), link("No, thank you", "/")));
    }

    /** POST /seat/{token}/sign-in: a link to the address that the seat is for, and to no other. */
    public void signIn(Context ctx) {
        TakeSeat.Invited invited = takeSeat.look(secret(ctx));
        EmailAddress email = EmailAddress.kept(invited.seat().email());
        signIn.welcome(
                email,
                "/seat/" + ctx.pathParam("token"),
                Network.of(ctx),
                "to take your seat of {team}",
                "team",
                invited.team().name());
        say(
                ctx,
                200,
                "Look into your mailbox",
                "A link is on its way to " + shy(email.typed()) + ". It brings you back here.",
                List.of());
    }

    /** POST /seat/{token} */
    public void take(Context ctx) {
        Reader reader = TeamDoor.reader(ctx);
        switch (takeSeat.run(secret(ctx), reader)) {
            case TakeSeat.Outcome.Seated(Team team) -> agreed(ctx, team, reader, "/seat/");
            case TakeSeat.Outcome.Asked(Team team) ->
                say(
                        ctx,
                        200,
                        "The managers are asked",
                        "As soon as a manager of " + team.name() + " has decided, you get a letter.",
                        List.of());
            case TakeSeat.Outcome.Already(Team team) ->
                say(
                        ctx,
                        409,
                        "You have a seat",
                        "You sit on a seat of " + team.name() + " already, so this one stays for whom it was kept.",
                        List.of());
        }
    }

    /** GET /seat/join/: for whoever has an address at a team's domain. */
    public void offer(Context ctx) {
        Reader reader = TeamDoor.reader(ctx);
        Domains.Home home = home(reader);
        Optional<Seats.Sat> sat = seats.satOn(reader.id()).stream()
                .filter(seat -> seat.teamId() == home.teamId())
                .findFirst();
        if (sat.isPresent()) {
            sits(ctx, sat.get());
            return;
        }
        say(
                ctx,
                200,
                "Join " + home.team(),
                "Your address " + reader.email() + " is at home with " + home.team() + ". "
                        + (home.joinsByThemselves() ? "You can take a seat now. " : "A manager is asked and decides. ")
                        + SEEN_BY_MANAGERS
                        + own(reader),
                List.of(
                        button(home.joinsByThemselves() ? "Take a seat" : "Ask for a seat", "/seat/join"),
                        link("Not now", "/account/")));
    }

    private void sits(Context ctx, Seats.Sat sat) {
        if (sat.courtesyUntil().isPresent())
            asked(
                    ctx,
                    new AskForSeat.Outcome.Asked(new Team(sat.teamId(), sat.team(), sat.zone()), sat.courtesyUntil()));
        else
            say(
                    ctx,
                    200,
                    "You have a seat",
                    "You read everything, on a seat of " + sat.team() + ".",
                    List.of(link("Your account", "/account/")));
    }

    /** POST /seat/join */
    public void join(Context ctx) {
        Reader reader = TeamDoor.reader(ctx);
        home(reader);
        switch (askForSeat.join(reader, "domain")) {
            case AskForSeat.Outcome.Seated(Team team) -> agreed(ctx, team, reader, "/seat/join/");
            case AskForSeat.Outcome.Asked asked -> asked(ctx, asked);
        }
    }

    void asked(Context ctx, AskForSeat.Outcome.Asked asked) {
        say(
                ctx,
                200,
                asked.courtesyUntil().isPresent() ? "You read on for now" : "The managers are asked",
                asked.courtesyUntil()
                        .map(until -> "All seats of " + asked.team().name()
                                + " are taken. So that you are not locked out in mid-week, you read everything until "
                                + letters.moment(asked.team(), until)
                                + ". The managers are asked; you get a letter when one has decided.")
                        .orElse("As soon as a manager of " + asked.team().name() + " has decided, you get a letter."),
                List.of(link("Begin to read", "/memos/")));
    }

    private Domains.Home home(Reader reader) {
        return domains.homeOf(EmailAddress.kept(reader.email()))
                .orElseThrow(() -> Problem.notFound("No team is at home at the domain of your address."));
    }

    /** What whoever takes a seat agrees to, by whichever way they come to it. */
    static Consents.Text terms(String team) {
        return new Consents.Text(Consents.Kind.MEMBERSHIP, "2026-11", "A seat of " + team + ". " + SEEN_BY_MANAGERS);
    }

    private void agreed(Context ctx, Team team, Reader reader, String place) {
        consents.agree(reader.id(), terms(team.name()), place, Network.of(ctx));
        seated(ctx, team, reader);
    }

    void seated(Context ctx, Team team, Reader reader) {
        var actions = new java.util.ArrayList<Map<String, Object>>();
        actions.add(
                ask.isDue(reader.id())
                        ? link("Choose your industries", ask.before(reader.id(), "/memos/"))
                        : link("Begin to read", "/memos/"));
        if (pays(reader)) actions.add(link("Cancel or pause my own membership", "/account/"));
        say(
                ctx,
                200,
                "Welcome",
                "You have a seat of " + team.name() + " and read everything from now on." + own(reader),
                actions);
    }

    private boolean pays(Reader reader) {
        return memberships
                .find(reader.id())
                .filter(own -> switch (own.state(clock.instant())) {
                    case TRIALING, ACTIVE, PAST_DUE -> true;
                    default -> false;
                })
                .isPresent();
    }

    /** Nobody should pay twice without knowing. */
    private String own(Reader reader) {
        return pays(reader)
                ? " You also have a membership of your own that runs on and is paid by you. While you have the seat you don’t need it: you can cancel or pause it in your account."
                : "";
    }

    /** Enough to know one's own address by, and too little to learn another's. */
    static String shy(String email) {
        int at = email.lastIndexOf('@');
        return email.substring(0, Math.min(1, at)) + "…" + email.substring(at);
    }

    private void say(Context ctx, int status, String title, String text, List<Map<String, Object>> actions) {
        ctx.header("Referrer-Policy", "same-origin");
        var context = new HashMap<String, Object>(Map.of("title", title, "text", text));
        if (!actions.isEmpty()) context.put("actions", actions);
        pages.show(ctx, status, "custom-message", context);
    }

    static Map<String, Object> button(String label, String action) {
        return Map.of("label", label, "action", action);
    }

    static Map<String, Object> link(String label, String url) {
        return Map.of("label", label, "url", url);
    }

    private static Secret secret(Context ctx) {
        return Secret.read(ctx.pathParam("token"))
                .orElseThrow(() ->
                        Problem.gone("This invitation is not whole. Please open the link in the letter once more."));
    }
}
