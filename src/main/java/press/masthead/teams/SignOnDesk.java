package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.signin.Fresh;

/** The way back for a team whose identity provider fails, and its mailboxes with it: business staff open the other ways again. */
public final class SignOnDesk {
    private static final int LONGEST_WHY = 300;

    private final Teams teams;
    private final RequireSignOn require;

    public SignOnDesk(Teams teams, RequireSignOn require) {
        this.teams = teams;
        this.require = require;
    }

    /** POST /desk/teams/{id}/sign-on/lift */
    public void lift(Context ctx) {
        Reader staff = Visit.business(ctx);
        Fresh.require(ctx);
        Team team = TeamDoor.number(ctx.pathParam("id"))
                .flatMap(teams::find)
                .orElseThrow(() -> Problem.notFound("There is no such team."));
        String why = TeamDoor.text(ctx, "why").replaceAll("\\p{Cntrl}", " ");
        if (why.isEmpty() || why.length() > LONGEST_WHY)
            throw Problem.invalid("Please say in a few words who asked for it, and why.");
        if (!require.liftByStaff(team, staff, why))
            throw Problem.stale("Their own sign-in is not the only way in at the moment.");
        Flash.put(ctx, "Letters, codes and passkeys work again for " + team.name() + ". Its managers get a letter.");
        ctx.redirect("/desk/teams/" + team.id(), HttpStatus.SEE_OTHER);
    }
}
