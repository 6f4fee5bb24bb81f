package press.masthead.related;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.desk.Complaint;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;

/** What stands under a story, for the newsroom: why each does, and whether one is to stand first or not at all. */
public final class RelatedDesk {
    private static final int FOUND = 8;
    private static final int LONGEST = 300;

    private final Jdbi jdbi;
    private final MoreOnThis moreOnThis;
    private final RelatedChoices choices;
    private final Stories stories;
    private final Publication publication;
    private final Audit audit;
    private final Html html;
    private final Clock clock;

    public RelatedDesk(
            Jdbi jdbi,
            MoreOnThis moreOnThis,
            Stories stories,
            Publication publication,
            Audit audit,
            Html html,
            Clock clock) {
        this.jdbi = jdbi;
        this.moreOnThis = moreOnThis;
        this.choices = new RelatedChoices(jdbi);
        this.stories = stories;
        this.publication = publication;
        this.audit = audit;
        this.html = html;
        this.clock = clock;
    }

    /**
     * @param waiting put first and not shown: not published, or after four that were put first later
     * @param asked a headline or an address that was searched for; empty when nothing was
     */
    record RelatedPage(
            Reader staff,
            String notice,
            Complaint complaint,
            RelatedChoices.Over story,
            List<MoreOnThis.Shown> shown,
            List<RelatedChoices.Choice> out,
            List<RelatedChoices.Choice> waiting,
            String asked,
            List<StoryCard> found,
            Times times) {}

    /** GET /desk/stories/{id}/related?q= */
    public void page(Context ctx) {
        show(ctx, 200, Complaint.NONE);
    }

    private void show(Context ctx, int status, Complaint complaint) {
        Reader staff = Visit.staff(ctx);
        RelatedChoices.Over story = story(ctx);
        List<RelatedChoices.Choice> said = choices.under(story.id());
        List<MoreOnThis.Shown> shown = moreOnThis.explained(story);
        String asked = text(ctx.queryParam("q"));
        var page = new RelatedPage(
                staff,
                Flash.take(ctx),
                complaint,
                story,
                shown,
                said.stream().filter(choice -> !choice.first()).toList(),
                said.stream()
                        .filter(choice -> choice.first() && !stands(shown, choice.otherId()))
                        .toList(),
                asked,
                found(story, asked, shown),
                new Times(publication.settings().zone(), clock.instant()));
        ctx.status(status);
        html.page(ctx, "related/related", page);
    }

    /** The story at this address, or those with these words; none that stands first already. */
    private List<StoryCard> found(RelatedChoices.Over story, String asked, List<MoreOnThis.Shown> shown) {
        if (asked.isEmpty()) return List.of();
        String slug = asked.replaceFirst("^https?://[^/]+", "").replaceAll("^/|[/?#].*$", "");
        return Stream.concat(stories.card(slug).stream(), stories.search(asked, FOUND, 0).stream())
                .distinct()
                .filter(card -> card.id() != story.id() && !card.kind().equals("page"))
                .filter(card ->
                        !stands(shown.stream().filter(MoreOnThis.Shown::first).toList(), card.id()))
                .toList();
    }

    private static boolean stands(List<MoreOnThis.Shown> shown, long story) {
        return shown.stream().anyMatch(one -> one.card().id() == story);
    }

    /** POST /desk/stories/{id}/related/first */
    public void putFirst(Context ctx) {
        choose(ctx, true);
    }

    /** POST /desk/stories/{id}/related/out */
    public void takeOut(Context ctx) {
        choose(ctx, false);
    }

    private void choose(Context ctx, boolean first) {
        Reader editor = Visit.editor(ctx);
        RelatedChoices.Over story = story(ctx);
        boolean chosen = jdbi.inTransaction(handle -> {
            if (!choices.choose(handle, story.id(), other(ctx), first, clock.instant())) return false;
            audit.note(
                    handle,
                    editor.id(),
                    (first ? "put a story first" : "took a story out") + " under " + story.title());
            return true;
        });
        if (chosen) back(ctx, story, first ? "It stands first from now on." : "It no longer stands there.");
        else show(ctx, 422, new Complaint("", "Choose another story that is published."));
    }

    /** POST /desk/stories/{id}/related/undo */
    public void undo(Context ctx) {
        Reader editor = Visit.editor(ctx);
        RelatedChoices.Over story = story(ctx);
        jdbi.useTransaction(handle -> {
            if (choices.forget(handle, story.id(), other(ctx)))
                audit.note(handle, editor.id(), "left a story to find its own place under " + story.title());
        });
        back(ctx, story, "It finds its own place again.");
    }

    private static void back(Context ctx, RelatedChoices.Over story, String notice) {
        Flash.put(ctx, notice);
        ctx.redirect("/desk/stories/" + story.id() + "/related", HttpStatus.SEE_OTHER);
    }

    private RelatedChoices.Over story(Context ctx) {
        return choices.over(number(ctx.pathParam("id"))).orElseThrow(() -> Problem.notFound("There is no such story."));
    }

    private static long other(Context ctx) {
        return number(ctx.formParam("other"));
    }

    private static long number(@Nullable String value) {
        return value != null && value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
    }

    private static String text(@Nullable String value) {
        if (value == null) return "";
        String text = value.replace("\u0000", "").strip();
        return text.substring(0, Math.min(text.length(), LONGEST));
    }
}
