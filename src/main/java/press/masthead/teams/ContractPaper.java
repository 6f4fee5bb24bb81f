package press.masthead.teams;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Pdf;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;

/** A contract as paper, for the team's manager and for the business staff. */
public final class ContractPaper {
    private final Jdbi jdbi;
    private final Clock clock;
    private final TeamDoor door;
    private final Teams teams;
    private final Contracts contracts;
    private final Publication publication;
    private final Html html;

    public ContractPaper(
            Jdbi jdbi,
            Clock clock,
            TeamDoor door,
            Teams teams,
            Contracts contracts,
            Publication publication,
            Html html) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.door = door;
        this.teams = teams;
        this.contracts = contracts;
        this.publication = publication;
        this.html = html;
    }

    record Paper(
            String publication,
            String address,
            String team,
            Contract contract,
            List<Contracts.Event> history,
            Times times) {
        String day(Instant at) {
            return times.day(at);
        }

        Instant now() {
            return times.now();
        }
    }

    /** GET /team/{team}/contract.pdf */
    public void ofManager(Context ctx) {
        Team team = door.of(ctx).team();
        send(ctx, team, contracts.present(team.id()).orElseThrow(() -> Problem.notFound("There is no contract yet.")));
    }

    /** GET /desk/teams/{id}/contracts/{contract} */
    public void ofStaff(Context ctx) {
        Visit.business(ctx);
        Team team = TeamDoor.number(ctx.pathParam("id"))
                .flatMap(teams::find)
                .orElseThrow(() -> Problem.notFound("There is no such team."));
        Contract contract = TeamDoor.number(ctx.pathParam("contract"))
                .flatMap(id -> jdbi.withHandle(handle -> contracts.find(handle, team.id(), id)))
                .orElseThrow(() -> Problem.notFound("This team has no such contract."));
        send(ctx, team, contract);
    }

    private void send(Context ctx, Team team, Contract contract) {
        var settings = publication.settings();
        var paper = new Paper(
                settings.name(),
                settings.address(),
                team.name(),
                contract,
                contracts.history(contract.id()),
                new Times(team.zoneId(), clock.instant()));
        Pdf.send(ctx, contract.label(), Pdf.of(html.text("teams/contractpaper", paper)));
    }
}
