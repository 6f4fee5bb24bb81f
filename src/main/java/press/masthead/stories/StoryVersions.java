package press.masthead.stories;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** A story's earlier versions in the newsroom: compared, and brought back. */
public final class StoryVersions {
    private final Jdbi jdbi;
    private final Drafts drafts;
    private final Publication publication;
    private final Html html;
    private final Clock clock;
    private final StoryList list;
    private final StoryHistory history;

    public StoryVersions(Jdbi jdbi, Drafts drafts, Publication publication, Html html, Clock clock) {
        this.jdbi = jdbi;
        this.drafts = drafts;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
        list = new StoryList(jdbi);
        history = new StoryHistory(jdbi);
    }

    record HistoryPage(
            Reader staff,
            String notice,
            Written story,
            List<StoryHistory.Revision> revisions,
            Optional<StoryHistory.Revision> shown,
            int against,
            List<List<StoryHistory.Piece>> changes,
            List<StoryHistory.Piece> named,
            Times times) {}

    /** GET /desk/stories/{id}/history?revision=&against= */
    public void history(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Written story = story(ctx);
        var revisions = history.revisions(story.id());
        int number = number(ctx.queryParam("revision"));
        var shown = history.revision(story.id(), number == 0 ? story.revision() : number);
        var against = shown.flatMap(revision -> number(ctx.queryParam("against")) == 0
                ? history.before(story.id(), revision.revision())
                : history.revision(story.id(), number(ctx.queryParam("against"))));
        List<List<StoryHistory.Piece>> changes = shown.map(revision -> StoryHistory.difference(
                        against.map(StoryHistory.Revision::lines).orElse(List.of()), revision.lines()))
                .orElse(List.of());
        int before = against.map(StoryHistory.Revision::revision).orElse(0);
        var times = new Times(publication.settings().zone(), clock.instant());
        html.page(
                ctx,
                "stories/history",
                new HistoryPage(
                        staff,
                        Flash.take(ctx),
                        story,
                        revisions,
                        shown,
                        before,
                        changes,
                        named(shown, against),
                        times));
    }

    /** Whom a version named, and what that changed; empty where it has not kept it. */
    private List<StoryHistory.Piece> named(
            Optional<StoryHistory.Revision> shown, Optional<StoryHistory.Revision> against) {
        Optional<List<String>> now = shown.flatMap(StoryHistory.Revision::entities);
        if (now.isEmpty()) return List.of();
        List<String> before = against.flatMap(StoryHistory.Revision::entities).orElse(now.get());
        return jdbi.withHandle(handle -> {
            var is = StoryEntities.then(handle, now.get());
            var was = StoryEntities.then(handle, before);
            return Stream.concat(is.stream(), was.stream())
                    .distinct()
                    .map(one -> new StoryHistory.Piece(
                            !is.contains(one)
                                    ? StoryHistory.Piece.Kind.GONE
                                    : was.contains(one) ? StoryHistory.Piece.Kind.SAME : StoryHistory.Piece.Kind.ADDED,
                            one.name()))
                    .toList();
        });
    }

    /** POST /desk/stories/{id}/restore */
    public void restore(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Written story = story(ctx);
        if (story.isPublished()) Visit.editor(ctx);
        var old = history.revision(story.id(), number(ctx.formParam("revision")))
                .orElseThrow(() -> Problem.notFound("That version is no longer kept."));
        jdbi.useTransaction(handle -> {
            Draft draft = story.draft().withWordsOf(old.over(story.draft()));
            if (!(drafts.save(handle, story.id(), story.revision(), draft, staff.id(), false) instanceof Drafts.Saved))
                throw Problem.stale("Someone saved this story at the same moment. Look again, then restore.");
            old.entities().ifPresent(slugs -> StoryEntities.file(handle, story.id(), slugs));
            drafts.noteRestored(handle, story.id(), old.revision(), staff.id());
        });
        Flash.put(ctx, "Version " + old.revision() + " is back. What stood there before is kept in the history.");
        ctx.redirect(story.address(), HttpStatus.SEE_OTHER);
    }

    private Written story(Context ctx) {
        return list.byId(number(ctx.pathParam("id"))).orElseThrow(() -> Problem.notFound("There is no such story."));
    }

    private static int number(@Nullable String value) {
        return value != null && value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    }
}
