package press.masthead.stories;

import io.javalin.http.Context;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** What the buttons beside Save do once the text is saved. */
final class StorySteps {
    private final Jdbi jdbi;
    private final Publishing publishing;

    StorySteps(Jdbi jdbi, Publishing publishing) {
        this.jdbi = jdbi;
        this.publishing = publishing;
    }

    /**
     * Takes the step that the form's button named.
     *
     * @return what was done, in a sentence; empty when the button only saves
     * @throws Problem when the step can't be taken; the text stays saved
     */
    String take(Context ctx, long id) {
        String then = Optional.ofNullable(ctx.formParam("then")).orElse("");
        if (then.isEmpty()) return "";
        Reader staff = then.equals("review") || then.equals("draft") ? Visit.staff(ctx) : Visit.editor(ctx);
        return jdbi.inTransaction(handle -> take(ctx, handle, id, then, staff.id()));
    }

    private String take(Context ctx, Handle handle, long id, String then, long by) {
        switch (then) {
            case "publish" -> publishing.publish(handle, id, by);
            case "withdraw" -> publishing.withdraw(handle, id, by);
            case "review" -> publishing.sendToReview(handle, id, by);
            case "draft" -> publishing.backToDraft(handle, id, by);
            case "schedule" -> {
                Moment due = Moment.said(ctx.formParam("at"), ctx.formParam("zone"));
                publishing.schedule(handle, id, due.at(), due.zone(), by);
            }
            case "embargo" -> {
                Moment until = Moment.said(ctx.formParam("embargo"), ctx.formParam("zone"));
                publishing.embargo(handle, id, Optional.of(until.at()), until.zone(), by);
            }
            case "lift" -> publishing.liftEmbargo(handle, id, by);
            default -> throw Problem.invalid("There is no such thing to do with a story.");
        }
        return said(then);
    }

    private static String said(String then) {
        return switch (then) {
            case "publish" -> "Published. Readers see it now.";
            case "withdraw" -> "Withdrawn. Readers no longer see it.";
            case "review" -> "Sent to review.";
            case "draft" -> "Back in draft.";
            case "schedule" -> "Scheduled. It appears by itself at its time.";
            case "embargo" -> "Under embargo. Nobody can publish it before then.";
            default -> "The embargo is lifted.";
        };
    }

    /** POST /desk/stories/{id}/correct */
    void correct(Context ctx, long id) {
        Reader editor = Visit.editor(ctx);
        String words = Optional.ofNullable(ctx.formParam("correction")).orElse("");
        jdbi.useTransaction(handle -> publishing.correct(handle, id, words, editor.id()));
        Flash.put(ctx, "The correction is shown under the story.");
    }
}
