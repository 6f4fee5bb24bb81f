package press.masthead.stories;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.pictures.Picture;
import press.masthead.pictures.Pictures;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** Stories in the newsroom: the list, the editor, and what can be done with a story. */
public final class StoryDesk {
    private static final int PAGE = 40;
    static final List<String> STATES = List.of("draft", "review", "scheduled", "published", "withdrawn");

    private final Jdbi jdbi;
    private final Drafts drafts;
    private final Pictures pictures;
    private final Publication publication;
    private final Html html;
    private final Clock clock;
    private final StoryList list;
    private final StoryHistory history;

    public StoryDesk(Jdbi jdbi, Drafts drafts, Pictures pictures, Publication publication, Html html, Clock clock) {
        this.jdbi = jdbi;
        this.drafts = drafts;
        this.pictures = pictures;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
        list = new StoryList(jdbi);
        history = new StoryHistory(jdbi);
    }

    record ListPage(
            Reader staff,
            String notice,
            List<StoryList.Row> rows,
            List<StoryList.Count> counts,
            String state,
            String kind,
            String words,
            int page,
            boolean more,
            Times times) {}

    record EditorPage(
            Reader staff,
            String notice,
            String problem,
            Written story,
            Optional<Written> theirs,
            Optional<Picture> picture,
            List<StoryList.Choice> topics,
            List<StoryList.Choice> industries,
            List<StoryList.Choice> authors,
            List<StoryHistory.Event> events,
            boolean mayPublish,
            Times times) {}

    record HistoryPage(
            Reader staff,
            String notice,
            Written story,
            List<StoryHistory.Revision> revisions,
            Optional<StoryHistory.Revision> shown,
            List<List<StoryHistory.Piece>> changes,
            Times times) {}

    /** GET /desk/stories?state=&kind=&q=&page= */
    public void list(Context ctx) {
        Reader staff = Visit.staff(ctx);
        String state = among(STATES, ctx.queryParam("state"));
        String kind = among(List.of("article", "memo", "report", "page"), ctx.queryParam("kind"));
        String words = Optional.ofNullable(ctx.queryParam("q")).orElse("").strip();
        int page = Math.max(1, (int) number(ctx.queryParam("page")));
        List<StoryList.Row> rows = list.find(state, kind, words, PAGE + 1, (page - 1) * PAGE);
        boolean more = rows.size() > PAGE;
        html.page(
                ctx,
                "stories/list",
                new ListPage(
                        staff,
                        Flash.take(ctx),
                        more ? rows.subList(0, PAGE) : rows,
                        list.counts(),
                        state,
                        kind,
                        words,
                        page,
                        more,
                        times()));
    }

    /** GET /desk/stories/new */
    public void blank(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Draft draft = Draft.blank(publication.settings().language(), list.bylineOf(staff.id()));
        show(ctx, 200, written(0, 1, draft), "", Optional.empty());
    }

    /** GET /desk/stories/{id} */
    public void edit(Context ctx) {
        Visit.staff(ctx);
        show(ctx, 200, story(ctx), "", Optional.empty());
    }

    /** POST /desk/stories/new */
    public void create(Context ctx) {
        Reader staff = Visit.staff(ctx);
        StoryForm form = StoryForm.read(ctx);
        if (complained(ctx, 0, form)) return;
        switch (jdbi.inTransaction(handle -> drafts.create(handle, form.draft(), staff.id()))) {
            case Drafts.Saved saved -> saved(ctx, saved);
            case Drafts.SlugTaken taken -> slugTaken(ctx, 0, form, taken);
            case Drafts.Stale() -> throw new IllegalStateException("a new story can't be stale");
        }
    }

    /** POST /desk/stories/{id}: saves over the revision that the form began from; a script's autosave asks for JSON */
    public void save(Context ctx) {
        Reader staff = Visit.staff(ctx);
        StoryForm form = StoryForm.read(ctx);
        Written before = story(ctx);
        if (before.isPublished() && !staff.mayPublish())
            throw Problem.forbidden("This story is published, so an editor must change it.");
        if (complained(ctx, before.id(), form)) return;
        boolean auto = asksForJson(ctx);
        switch (jdbi.inTransaction(
                handle -> drafts.save(handle, before.id(), form.revision(), form.draft(), staff.id(), auto))) {
            case Drafts.Saved saved -> saved(ctx, saved);
            case Drafts.SlugTaken taken -> slugTaken(ctx, before.id(), form, taken);
            case Drafts.Stale() -> stale(ctx, story(ctx), form);
        }
    }

    private boolean complained(Context ctx, long id, StoryForm form) {
        Optional<String> complaint = form.complaint();
        complaint.ifPresent(sentence -> answer(ctx, 422, id, form, sentence));
        return complaint.isPresent();
    }

    private void slugTaken(Context ctx, long id, StoryForm form, Drafts.SlugTaken taken) {
        answer(
                ctx,
                422,
                id,
                new StoryForm(form.revision(), form.draft().withSlug(taken.free())),
                "Another story has this address. /%s/ is free and has been filled in; save again to take it."
                        .formatted(taken.free()));
    }

    private void answer(Context ctx, int status, long id, StoryForm form, String sentence) {
        if (asksForJson(ctx)) ctx.status(status).json(Map.of("message", sentence));
        else show(ctx, status, written(id, form.revision(), form.draft()), sentence, Optional.empty());
    }

    /** Someone else has saved since: both texts are shown, nothing is lost, and the next save counts from theirs. */
    private void stale(Context ctx, Written theirs, StoryForm form) {
        String sentence =
                "%s saved this story while you were writing. Your words are in the form, theirs are below it; save again to keep yours."
                        .formatted(theirs.savedBy().isBlank() ? "Someone else" : theirs.savedBy());
        if (asksForJson(ctx)) ctx.status(409).json(Map.of("message", sentence));
        else show(ctx, 409, written(theirs.id(), theirs.revision(), form.draft()), sentence, Optional.of(theirs));
    }

    private void saved(Context ctx, Drafts.Saved saved) {
        String removed =
                saved.removed().isEmpty() ? "" : " Taken out for safety: " + String.join(", ", saved.removed()) + ".";
        if (asksForJson(ctx)) {
            ctx.json(Map.of("id", saved.id(), "revision", saved.revision(), "slug", saved.slug(), "message", removed));
            return;
        }
        String then = Optional.ofNullable(ctx.formParam("then")).orElse("");
        if (then.isEmpty()) Flash.put(ctx, "Saved." + removed);
        else act(ctx, saved.id(), then, removed);
        ctx.redirect("/desk/stories/" + saved.id(), HttpStatus.SEE_OTHER);
    }

    /** The button beside Save: saves, then publishes, schedules, withdraws or sends to review. */
    private void act(Context ctx, long id, String then, String removed) {
        Reader staff = then.equals("review") ? Visit.staff(ctx) : Visit.editor(ctx);
        String done = jdbi.inTransaction(handle -> switch (then) {
            case "publish" -> {
                drafts.publish(handle, id, staff.id());
                yield "Published. Readers see it now.";
            }
            case "withdraw" -> {
                drafts.withdraw(handle, id, staff.id());
                yield "Withdrawn. Readers no longer see it.";
            }
            case "review" -> {
                drafts.sendToReview(handle, id, staff.id());
                yield "Sent to review.";
            }
            case "draft" -> {
                drafts.backToDraft(handle, id, staff.id());
                yield "Back in draft.";
            }
            case "schedule" -> schedule(ctx, handle, id, staff);
            default -> throw Problem.invalid("There is no such thing to do with a story.");
        });
        Flash.put(ctx, done + removed);
    }

    private String schedule(Context ctx, Handle handle, long id, Reader staff) {
        try {
            var zone = publication.settings().zone();
            Instant at = LocalDateTime.parse(String.valueOf(ctx.formParam("at")))
                    .atZone(zone)
                    .toInstant();
            drafts.schedule(handle, id, at, staff.id());
            return "Scheduled. It appears by itself at its time (" + zone.getId() + ").";
        } catch (DateTimeParseException e) {
            throw Problem.invalid("Choose the day and time at which it should appear.");
        }
    }

    /** POST /desk/stories/{id}/correct */
    public void correct(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Written story = story(ctx);
        jdbi.useTransaction(handle -> drafts.correct(
                handle,
                story.id(),
                Optional.ofNullable(ctx.formParam("correction")).orElse(""),
                editor.id()));
        Flash.put(ctx, "The correction is shown under the story.");
        ctx.redirect(story.address(), HttpStatus.SEE_OTHER);
    }

    /** GET /desk/stories/{id}/history?revision= */
    public void history(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Written story = story(ctx);
        var revisions = history.revisions(story.id());
        int number = (int) number(ctx.queryParam("revision"));
        var shown = history.revision(story.id(), number == 0 ? story.revision() : number);
        List<List<StoryHistory.Piece>> changes = shown.map(revision -> StoryHistory.difference(
                        history.before(story.id(), revision.revision())
                                .map(StoryHistory.Revision::lines)
                                .orElse(List.of()),
                        revision.lines()))
                .orElse(List.of());
        html.page(
                ctx,
                "stories/history",
                new HistoryPage(staff, Flash.take(ctx), story, revisions, shown, changes, times()));
    }

    /** POST /desk/stories/{id}/restore */
    public void restore(Context ctx) {
        Reader editor = Visit.staff(ctx);
        Written story = story(ctx);
        if (story.isPublished()) Visit.editor(ctx);
        var old = history.revision(story.id(), (int) number(ctx.formParam("revision")))
                .orElseThrow(() -> Problem.notFound("That version is no longer kept."));
        jdbi.useTransaction(handle -> {
            Draft draft = story.draft().withText(old.title(), old.standfirst(), old.body());
            if (!(drafts.save(handle, story.id(), story.revision(), draft, editor.id(), false) instanceof Drafts.Saved))
                throw Problem.stale("Someone saved this story at the same moment. Look again, then restore.");
            drafts.noteRestored(handle, story.id(), old.revision(), editor.id());
        });
        Flash.put(ctx, "Version " + old.revision() + " is back. What stood there before is kept in the history.");
        ctx.redirect(story.address(), HttpStatus.SEE_OTHER);
    }

    private void show(Context ctx, int status, Written story, String problem, Optional<Written> theirs) {
        Reader staff = Visit.staff(ctx);
        ctx.status(status);
        html.page(
                ctx,
                "stories/editor",
                new EditorPage(
                        staff,
                        Flash.take(ctx),
                        problem,
                        story,
                        theirs,
                        story.draft().picture().flatMap(pictures::byId),
                        list.topics(),
                        list.industries(),
                        list.authors(),
                        story.isNew() ? List.of() : history.events(story.id()),
                        staff.mayPublish(),
                        times()));
    }

    private Written written(long id, int revision, Draft draft) {
        Optional<Written> stored = id == 0 ? Optional.empty() : list.byId(id);
        return new Written(
                id,
                revision,
                stored.map(Written::state).orElse("draft"),
                stored.map(Written::words).orElse(0),
                stored.flatMap(Written::publishedAt),
                stored.map(Written::updatedAt).orElse(Instant.EPOCH),
                stored.map(Written::savedBy).orElse(""),
                draft);
    }

    private Written story(Context ctx) {
        return list.byId(number(ctx.pathParam("id"))).orElseThrow(() -> Problem.notFound("There is no such story."));
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }

    private static boolean asksForJson(Context ctx) {
        return String.valueOf(ctx.header("Accept")).contains("application/json");
    }

    private static String among(List<String> allowed, @Nullable String given) {
        return given != null && allowed.contains(given) ? given : "";
    }

    private static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
