package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.RowNumber;
import press.masthead.readers.Reader;

/**
 * Lets a manager to their own team's pages, and nobody else. It is asked anew for each request, so who is removed manages nothing
 * from then on; another team's pages are as if they were not there.
 */
public final class TeamDoor implements Handler {
    private final Teams teams;

    public TeamDoor(Teams teams) {
        this.teams = teams;
    }

    /** Whoever is not signed in does that first. */
    @Override
    public void handle(Context ctx) {
        if (Visit.of(ctx).reader().isPresent()) return;
        if (!ctx.method().toString().equals("GET")) throw Problem.forbidden("Please sign in first.");
        ctx.redirect("/signin/?next=" + URLEncoder.encode(ctx.path(), StandardCharsets.US_ASCII), HttpStatus.SEE_OTHER);
        ctx.skipRemainingHandlers();
    }

    /** Who asks, and about which team of theirs. */
    record Managed(Reader manager, Team team) {
        String path(String rest) {
            return "/team/" + team.id() + "/" + rest;
        }
    }

    Managed of(Context ctx) {
        Reader reader = reader(ctx);
        Optional<Team> team = number(ctx.pathParam("team")).flatMap(id -> teams.managed(reader.id(), id));
        return new Managed(reader, team.orElseThrow(() -> Problem.notFound("You manage no such team.")));
    }

    static Reader reader(Context ctx) {
        return Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
    }

    /** A number in a path or a form, if it can be one. */
    static Optional<Long> number(@org.jspecify.annotations.Nullable String text) {
        return RowNumber.of(text);
    }

    static String text(Context ctx, String field) {
        String value = ctx.formParam(field);
        return value == null ? "" : value.strip();
    }
}
