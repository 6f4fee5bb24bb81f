package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import press.masthead.industries.IndustryRanks.Ranked;
import press.masthead.industries.RankForm;
import press.masthead.industries.TeamRanks;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.PublicPages;

/** A manager sets the order of industries that the team's members have until they choose their own. */
public final class TeamIndustryPages {
    private final TeamDoor door;
    private final TeamRanks ranks;
    private final PublicPages pages;

    public TeamIndustryPages(TeamDoor door, TeamRanks ranks, PublicPages pages) {
        this.door = door;
        this.ranks = ranks;
        this.pages = pages;
    }

    /** GET /team/{team}/industries/ */
    public void form(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        List<Ranked> industries = ranks.of(managed.team().id());
        show(ctx, 200, managed, industries, RankForm.shapes(industries), "");
    }

    /** POST /team/{team}/industries */
    public void save(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        List<Ranked> industries = ranks.of(managed.team().id());
        RankForm form = RankForm.read(ctx, industries);
        if (!form.problem().isEmpty()) {
            show(ctx, 422, managed, industries, form.forThemes(industries), form.problem());
            return;
        }
        ranks.choose(managed.team().id(), form.numbers());
        Flash.put(
                ctx,
                form.numbers().isEmpty()
                        ? "Saved. Your team has no order of its own now."
                        : "Saved. Members without an order of their own get this one.");
        ctx.redirect(managed.path("industries/"), HttpStatus.SEE_OTHER);
    }

    private void show(
            Context ctx,
            int status,
            TeamDoor.Managed managed,
            List<Ranked> industries,
            List<Map<String, Object>> rows,
            String error) {
        var context = TeamPages.frame(ctx, managed, "industries", "Industries");
        context.put("industries", rows);
        context.put("ranked", industries.stream().anyMatch(industry -> industry.rank() > 0));
        if (!error.isEmpty()) context.put("error", error);
        pages.show(ctx, status, "custom-team-industries", context);
    }
}
