package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.industries.AskIndustries;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Consents;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;
import press.masthead.signin.Arrival;
import press.masthead.signin.SignInByProvider;
import press.masthead.signin.Vouched;

/**
 * Someone comes back from an identity provider. From a team's own: a manager's test is shown and signs nobody in; a colleague sits
 * down just in time and is signed in.
 */
public final class TeamArrival implements Arrival {
    static final String TEST = "team-test";

    private final Jdbi jdbi;
    private final Teams teams;
    private final Domains domains;
    private final Seats seats;
    private final SignOn signOn;
    private final AskForSeat askForSeat;
    private final Readers readers;
    private final AskIndustries ask;
    private final Consents consents;
    private final SignInByProvider signIn;

    public TeamArrival(
            Jdbi jdbi,
            Teams teams,
            Domains domains,
            Seats seats,
            SignOn signOn,
            AskForSeat askForSeat,
            Readers readers,
            AskIndustries ask,
            Consents consents,
            SignInByProvider signIn) {
        this.jdbi = jdbi;
        this.teams = teams;
        this.domains = domains;
        this.seats = seats;
        this.signOn = signOn;
        this.askForSeat = askForSeat;
        this.readers = readers;
        this.ask = ask;
        this.consents = consents;
        this.signIn = signIn;
    }

    @Override
    public void arrived(Context ctx, Vouched vouched) {
        Optional<Long> team = vouched.provider().teamId();
        if (team.isEmpty()) signIn.arrived(ctx, vouched);
        else if (vouched.purpose().equals(TEST)) tested(ctx, team.get(), vouched);
        else seated(ctx, team.get(), vouched);
    }

    private void tested(Context ctx, long team, Vouched vouched) {
        if (Visit.of(ctx)
                .reader()
                .flatMap(reader -> teams.managed(reader.id(), team))
                .isEmpty()) throw Problem.notFound("You manage no such team.");
        signOn.cameBack(team, vouched);
        ctx.redirect("/team/" + team + "/sign-on/", HttpStatus.SEE_OTHER);
    }

    private void seated(Context ctx, long team, Vouched vouched) {
        // A domain that the team has given up is no longer its provider's to speak for.
        if (domains.homeOf(vouched.email())
                .filter(home -> home.teamId() == team)
                .isEmpty()) throw Problem.forbidden("Your address is not at a domain of this team.");
        long id = jdbi.inTransaction(handle -> signIn.reader(handle, vouched));
        Reader reader = readers.byId(id).orElseThrow();
        if (reader.isStaff()) throw Problem.forbidden("You work here, so please sign in with a link.");
        boolean sits = sits(id, team);
        boolean seated = sits || sitDown(reader, team);
        String next = seated ? vouched.next() : "/seat/join/";
        if (!sits && sits(id, team)) {
            next = ask.before(id, next.isEmpty() ? "/account/" : next);
            consents.agree(id, SeatPages.terms(vouched.provider().name()), "/signin/oidc/", Network.of(ctx));
        }
        signIn.welcome(ctx, id, vouched, next);
    }

    private boolean sits(long reader, long team) {
        return seats.satOn(reader).stream()
                .anyMatch(seat -> seat.teamId() == team && seat.courtesyUntil().isEmpty());
    }

    /** Whether there was a seat for good; else the page says what is. */
    private boolean sitDown(Reader reader, long team) {
        try {
            return switch (askForSeat.join(reader, "sign_on")) {
                case AskForSeat.Outcome.Seated sat -> sat.team().id() == team;
                case AskForSeat.Outcome.Asked asked -> false;
            };
        } catch (Problem noContract) {
            // They are who they are all the same: signed in, without a seat.
            return true;
        }
    }
}
