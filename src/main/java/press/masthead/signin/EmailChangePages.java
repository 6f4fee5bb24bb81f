package press.masthead.signin;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** Moving an account to another address. The letters' links show a button; only pressing it does anything. */
public final class EmailChangePages {
    private static final List<Map<String, Object>> SIGN_IN = List.of(Map.of("label", "Sign in", "url", "/signin/"));

    private final EmailChange change;
    private final Sessions sessions;
    private final PublicPages pages;

    public EmailChangePages(EmailChange change, Sessions sessions, PublicPages pages) {
        this.change = change;
        this.sessions = sessions;
        this.pages = pages;
    }

    /** GET and POST /account/address/ */
    public void form(Context ctx) {
        Fresh.require(ctx);
        show(ctx, 200, "", "");
    }

    /** POST /account/address/ */
    public void ask(Context ctx) {
        Fresh.require(ctx);
        String typed = Optional.ofNullable(ctx.formParam("email")).orElse("").strip();
        try {
            EmailAddress email = EmailAddress.parse(typed)
                    .orElseThrow(() -> Problem.invalid("That does not look like an e-mail address. Please check it."));
            change.ask(reader(ctx), email);
            say(
                    ctx,
                    "Check the new mailbox",
                    "A letter is on its way to " + email.typed()
                            + ". Nothing changes until you press the button in it.",
                    List.of(Map.of("label", "Back to your account", "url", "/account/")));
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), typed, problem.sentence());
        }
    }

    private void show(Context ctx, int status, String typed, String error) {
        pages.show(
                ctx,
                status,
                "custom-account-address",
                Map.of("title", "Change your address", "email", reader(ctx).email(), "typed", typed, "error", error));
    }

    /** GET /signin/address/{token} */
    public void lookAtMove(Context ctx) {
        EmailChange.Move move = move(ctx);
        say(
                ctx,
                "Move to this address?",
                "Your account moves from " + move.oldEmail() + " to " + move.newEmail() + ", and you sign in anew.",
                List.of(Map.of("label", "Yes, this is my address", "action", ctx.path())));
    }

    /** POST /signin/address/{token} */
    public void confirm(Context ctx) {
        change.confirm(move(ctx));
        sessions.end(ctx);
        Visit.visitor().keepIn(ctx);
        say(ctx, "Your address is changed", "You were signed out everywhere. Sign in with the new address.", SIGN_IN);
    }

    private EmailChange.Move move(Context ctx) {
        return Secret.read(ctx.pathParam("token")).flatMap(change::waiting).orElseThrow(EmailChangePages::old);
    }

    /** GET /signin/undo/{token} */
    public void lookAtUndo(Context ctx) {
        EmailChange.Move move = undoable(ctx);
        say(
                ctx,
                "Take it back?",
                "Your account moves back to " + move.oldEmail()
                        + ", everyone is signed out, and passkeys that were made since" + " are removed.",
                List.of(Map.of("label", "Yes, take it back", "action", ctx.path())));
    }

    /** POST /signin/undo/{token} */
    public void undo(Context ctx) {
        change.undo(undoable(ctx));
        sessions.end(ctx);
        Visit.visitor().keepIn(ctx);
        say(ctx, "Your old address is back", "Everyone was signed out. Sign in with your old address.", SIGN_IN);
    }

    private EmailChange.Move undoable(Context ctx) {
        return Secret.read(ctx.pathParam("token")).flatMap(change::undoable).orElseThrow(EmailChangePages::old);
    }

    private static Problem old() {
        return Problem.stale("This link no longer works.");
    }

    private void say(Context ctx, String title, String text, List<Map<String, Object>> actions) {
        ctx.header("Cache-Control", "private, no-store");
        pages.show(ctx, 200, "custom-message", Map.of("title", title, "text", text, "actions", actions));
    }

    private static Reader reader(Context ctx) {
        return Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
    }
}
