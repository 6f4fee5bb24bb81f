package press.masthead.stories;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.access.Visit;
import press.masthead.desk.Complaint;
import press.masthead.pictures.Picture;
import press.masthead.pictures.Pictures;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.stories.Merge.Pick;

/** Where a story is written. Whatever goes wrong with a saving, the words that were sent stand in the answer. */
public final class StoryEditor {
    private final Jdbi jdbi;
    private final Drafts drafts;
    private final Pictures pictures;
    private final Publication publication;
    private final Html html;
    private final Clock clock;
    private final StoryList list;
    private final StoryHistory history;
    private final StorySteps steps;

    public StoryEditor(Jdbi jdbi, Drafts drafts, Pictures pictures, Publication publication, Html html, Clock clock) {
        this.jdbi = jdbi;
        this.drafts = drafts;
        this.pictures = pictures;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
        list = new StoryList(jdbi);
        history = new StoryHistory(jdbi);
        steps = new StorySteps(jdbi, drafts.publishing());
    }

    record EditorPage(
            Reader staff,
            String notice,
            Complaint complaint,
            Written story,
            Details details,
            Optional<Picture> picture,
            List<StoryList.Choice> topics,
            List<StoryList.Choice> industries,
            List<StoryList.Choice> authors,
            List<StoryList.Choice> entities,
            List<StoryList.Choice> plans,
            RuleFields rule,
            List<StoryHistory.Event> events,
            List<StoryHistory.Correction> corrections,
            Times times) {}

    /** @param sent every field of the form as it came, so that nothing of it is lost */
    record ConflictPage(
            Reader staff,
            Written theirs,
            Merge merge,
            Optional<Picture> myPicture,
            Optional<Picture> theirPicture,
            Map<String, List<String>> sent,
            Times times) {}

    record SignedOutPage(String address, Map<String, List<String>> sent) {}

    /** GET /desk/stories/new */
    public void blank(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Draft draft = Draft.blank(publication.settings().language(), list.bylineOf(staff.id()));
        show(ctx, 200, Written.fresh(draft), Complaint.NONE);
    }

    /** GET /desk/stories/{id} */
    public void edit(Context ctx) {
        Visit.staff(ctx);
        show(ctx, 200, story(ctx), Complaint.NONE);
    }

    /** POST /desk/stories/new */
    public void create(Context ctx) {
        if (signedOut(ctx)) return;
        Reader staff = Visit.staff(ctx);
        StoryForm form = StoryForm.read(ctx, Rule.of(Audience.PUBLIC));
        Written fresh = Written.fresh(form.draft());
        if (complained(ctx, fresh, form)) return;
        switch (jdbi.inTransaction(handle -> entities(ctx, handle, drafts.create(handle, form.draft(), staff.id())))) {
            case Drafts.Saved saved -> saved(ctx, saved);
            case Drafts.SlugTaken taken -> slugTaken(ctx, fresh, form, taken);
            case Drafts.Stale() -> throw new IllegalStateException("a new story can't be stale");
        }
    }

    /** POST /desk/stories/{id}: saves over the revision that the form began from; a script's autosave asks for JSON */
    public void save(Context ctx) {
        if (signedOut(ctx)) return;
        Reader staff = Visit.staff(ctx);
        Written before = story(ctx);
        StoryForm form = StoryForm.read(ctx, before.draft().rule());
        if (refused(ctx, staff, before, form) || complained(ctx, before, form)) return;
        switch (jdbi.inTransaction(handle -> entities(
                ctx,
                handle,
                drafts.save(handle, before.id(), form.revision(), form.draft(), staff.id(), asksForJson(ctx))))) {
            case Drafts.Saved saved -> saved(ctx, saved);
            case Drafts.SlugTaken taken -> slugTaken(ctx, before, form, taken);
            case Drafts.Stale() -> stale(ctx, story(ctx), form);
        }
    }

    /** POST /desk/stories/{id}/merge: what someone decided on the page that shows both versions */
    public void merge(Context ctx) {
        if (signedOut(ctx)) return;
        Reader staff = Visit.staff(ctx);
        Written theirs = story(ctx);
        StoryForm form = StoryForm.read(ctx, theirs.draft().rule());
        if (refused(ctx, staff, theirs, form) || complained(ctx, theirs, form)) return;
        if (number(ctx.formParam("theirs")) != theirs.revision()) {
            stale(ctx, theirs, form);
            return;
        }
        Draft mine = asItWouldBe(form.draft());
        String take = Optional.ofNullable(ctx.formParam("take")).orElse("mixed");
        Drafts.Outcome outcome = jdbi.inTransaction(handle -> switch (take) {
            case "mine" -> drafts.save(handle, theirs.id(), theirs.revision(), mine, staff.id(), false);
            // Mine goes into the history first, so that taking theirs loses nothing either.
            case "theirs" -> {
                drafts.save(handle, theirs.id(), theirs.revision(), mine.withSlug(""), staff.id(), false);
                yield drafts.save(handle, theirs.id(), theirs.revision() + 1, theirs.draft(), staff.id(), false);
            }
            default ->
                drafts.save(
                        handle,
                        theirs.id(),
                        theirs.revision(),
                        merged(theirs, form).mixed(mine, theirs.draft(), name -> picked(ctx, name)),
                        staff.id(),
                        false);
        });
        switch (outcome) {
            case Drafts.Saved saved -> {
                Flash.put(ctx, "Saved. Both versions are kept in the history.");
                ctx.redirect("/desk/stories/" + saved.id(), HttpStatus.SEE_OTHER);
            }
            case Drafts.SlugTaken taken ->
                slugTaken(ctx, theirs, new StoryForm(theirs.revision(), form.draft(), form.rule()), taken);
            case Drafts.Stale() -> stale(ctx, story(ctx), form);
        }
    }

    /** POST /desk/stories/{id}/correct */
    public void correct(Context ctx) {
        Written story = story(ctx);
        steps.correct(ctx, story.id());
        ctx.redirect(story.address(), HttpStatus.SEE_OTHER);
    }

    /** Whom the story names goes with the saving, where the form asks for it. */
    private static Drafts.Outcome entities(Context ctx, Handle handle, Drafts.Outcome outcome) {
        if (outcome instanceof Drafts.Saved saved)
            StoryEntities.asked(ctx).ifPresent(slugs -> StoryEntities.file(handle, saved.id(), slugs));
        return outcome;
    }

    /** A session may end while someone writes: the page holds every word, and sends them again after signing in. */
    private boolean signedOut(Context ctx) {
        if (Visit.of(ctx).reader().filter(Reader::isStaff).isPresent()) return false;
        ctx.status(401);
        if (asksForJson(ctx))
            ctx.json(Map.of(
                    "message", "You are signed out. Sign in again, and your words will be saved.", "signin", true));
        else html.page(ctx, "stories/signedout", new SignedOutPage(ctx.path(), ctx.formParamMap()));
        return true;
    }

    private boolean refused(Context ctx, Reader staff, Written before, StoryForm form) {
        if (!before.isPublished() || staff.mayPublish()) return false;
        answer(
                ctx,
                403,
                before,
                form,
                new Complaint("", "This story is published, so an editor must change it. Your words are still here."));
        return true;
    }

    private boolean complained(Context ctx, Written before, StoryForm form) {
        Optional<Complaint> complaint = form.complaint();
        complaint.ifPresent(said -> answer(ctx, 422, before, form, said));
        return complaint.isPresent();
    }

    private void slugTaken(Context ctx, Written before, StoryForm form, Drafts.SlugTaken taken) {
        answer(
                ctx,
                422,
                before,
                new StoryForm(form.revision(), form.draft().withSlug(taken.free()), form.rule()),
                new Complaint(
                        "slug",
                        "Another story has the address /%s/. /%s/ is free and stands here now; save again to take it."
                                .formatted(taken.taken(), taken.free())));
    }

    private void answer(Context ctx, int status, Written before, StoryForm form, Complaint complaint) {
        if (asksForJson(ctx))
            ctx.status(status)
                    .json(Map.of(
                            "message", complaint.sentence(),
                            "field", complaint.field(),
                            "slug", form.draft().slug()));
        else show(ctx, status, before.holding(form.revision(), form.draft()), complaint);
    }

    /** Someone else has saved since: both versions are shown, and neither is lost. */
    private void stale(Context ctx, Written theirs, StoryForm form) {
        String who = theirs.savedBy().isBlank() ? "Someone else" : theirs.savedBy();
        ctx.status(409);
        if (asksForJson(ctx)) {
            ctx.json(Map.of("message", who + " has saved this story while you were writing.", "compare", true));
            return;
        }
        html.page(
                ctx,
                "stories/conflict",
                new ConflictPage(
                        Visit.staff(ctx),
                        theirs,
                        merged(theirs, form),
                        form.draft().picture().flatMap(pictures::byId),
                        theirs.draft().picture().flatMap(pictures::byId),
                        sent(ctx),
                        times()));
    }

    private Merge merged(Written theirs, StoryForm form) {
        Optional<Draft> base =
                history.latestUpTo(theirs.id(), form.revision()).map(revision -> revision.over(theirs.draft()));
        Draft mine = asItWouldBe(form.draft());
        return Merge.of(
                base, mine.slug().isBlank() ? mine.withSlug(theirs.draft().slug()) : mine, theirs.draft());
    }

    /** What is sent, cleaned as a saving would clean it, so that like is compared with like. */
    private static Draft asItWouldBe(Draft draft) {
        StoryText text = StoryText.of(draft.body(), draft.access(), draft.kind());
        return draft.withText(
                draft.title(),
                draft.standfirst(),
                StoryText.whole(text.opening(), text.rest(), draft.access(), draft.kind()));
    }

    private static Optional<Pick> picked(Context ctx, String field) {
        return Optional.ofNullable(ctx.formParam(field))
                .filter(value -> value.matches("mine|theirs|both"))
                .map(value -> Pick.valueOf(value.toUpperCase(Locale.ROOT)));
    }

    /** The form's own fields, without what the page on which both versions stood has added. */
    private static Map<String, List<String>> sent(Context ctx) {
        var sent = new HashMap<>(ctx.formParamMap());
        sent.keySet().removeIf(name -> name.startsWith("pick-") || name.matches("take|theirs|then"));
        return sent;
    }

    private void saved(Context ctx, Drafts.Saved saved) {
        String removed = saved.removed().isEmpty()
                ? ""
                : " Taken out, because a story can't hold it: " + String.join(", ", saved.removed()) + ".";
        if (asksForJson(ctx)) {
            ctx.json(Map.of("id", saved.id(), "revision", saved.revision(), "slug", saved.slug(), "message", removed));
            return;
        }
        try {
            String done = steps.take(ctx, saved.id());
            Flash.put(ctx, (done.isEmpty() ? "Saved." : done) + removed);
            ctx.redirect("/desk/stories/" + saved.id(), HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            Written now = list.byId(saved.id()).orElseThrow();
            show(ctx, problem.status(), now, new Complaint("", problem.sentence() + " Your text is saved."));
        }
    }

    private void show(Context ctx, int status, Written story, Complaint complaint) {
        Reader staff = Visit.staff(ctx);
        ctx.status(status);
        html.page(
                ctx,
                "stories/editor",
                new EditorPage(
                        staff,
                        Flash.take(ctx),
                        complaint,
                        story,
                        Details.of(story.draft().details()),
                        story.draft().picture().flatMap(pictures::byId),
                        list.topics(),
                        list.industries(),
                        list.authors(),
                        jdbi.withHandle(handle -> StoryEntities.asked(ctx)
                                .map(slugs -> StoryEntities.named(handle, slugs))
                                .orElseGet(() -> StoryEntities.of(handle, story.id()))),
                        list.plans(),
                        ctx.formParam("access") != null
                                ? RuleFields.read(ctx)
                                : RuleFields.of(story.draft().rule(), times()),
                        story.isNew() ? List.of() : history.events(story.id()),
                        story.isNew() ? List.of() : history.corrections(story.id()),
                        times()));
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

    private static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
