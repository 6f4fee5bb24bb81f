package press.masthead.teams;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.desk.Audit;
import press.masthead.readers.Reader;

/** A team's own sign-in becomes the only one, or no longer is; those who manage the team get a letter either way. */
public final class RequireSignOn {
    private final Jdbi jdbi;
    private final Teams teams;
    private final SignOn signOn;
    private final TeamLetters letters;
    private final Audit audit;

    public RequireSignOn(Jdbi jdbi, Teams teams, SignOn signOn, TeamLetters letters, Audit audit) {
        this.jdbi = jdbi;
        this.teams = teams;
        this.signOn = signOn;
        this.letters = letters;
        this.audit = audit;
    }

    /** What a manager's switch has done. */
    enum Outcome {
        UNTRIED,
        ON,
        /** On, and from this moment on the only way. */
        ONLY_WAY,
        OFF
    }

    /** @param only whether everyone must come in that way */
    Outcome byManager(Team team, Reader manager, boolean on, boolean only) {
        return jdbi.inTransaction(handle -> {
            if (!signOn.open(handle, team.id(), on)) return Outcome.UNTRIED;
            if (on && only) {
                boolean newly = signOn.require(handle, team.id());
                if (newly) tell(handle, team, Invite.shown(manager) + " has switched this on.", true);
                return newly ? Outcome.ONLY_WAY : Outcome.ON;
            }
            if (signOn.lift(handle, team.id()))
                tell(handle, team, Invite.shown(manager) + " has switched this off.", false);
            return on ? Outcome.ON : Outcome.OFF;
        });
    }

    /** Business staff let a team in whose provider fails. False where nothing had to be lifted. */
    boolean liftByStaff(Team team, Reader staff, String why) {
        return jdbi.inTransaction(handle -> {
            if (!signOn.lift(handle, team.id())) return false;
            audit.note(handle, staff.id(), "let the people of " + team.name() + " sign in by letter again: " + why);
            tell(handle, team, "We have done so, as you asked: " + why, false);
            return true;
        });
    }

    private void tell(Handle handle, Team team, String who, boolean only) {
        for (Teams.Person manager : teams.managers(handle, team.id()))
            letters.toManager(
                    handle,
                    team,
                    new TeamLetters.To(manager.email(), manager.name()),
                    only
                            ? "Everyone at " + team.name() + " now comes in by your own sign-in"
                            : "People of " + team.name() + " may sign in by letter again",
                    only ? "Your own sign-in is now the only way in" : "A letter signs your people in again",
                    only
                            ? List.of(
                                    who
                                            + " Whoever had come in another way was signed out, and no letter, code or passkey signs them in any more.",
                                    "Those who manage the team can still ask for a letter, should your provider fail. If your mail fails with it, call us: we can lift this.")
                            : List.of(
                                    who + " Besides your own sign-in, letters, codes and passkeys work again.",
                                    "If you did not expect this, please look at the page for single sign-on."),
                    "/team/" + team.id() + "/sign-on/");
    }
}
