package press.masthead.signin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** Asking for a link, using it, and leaving. */
public final class SignInPages {
    private static final String MALFORMED = "That does not look like an e-mail address. Please check it.";
    private static final String USED = "This link was already used. Each link works once.";
    private static final String EXPIRED = "This link has expired. Links work for 15 minutes.";

    private final SignIn signIn;
    private final Sessions sessions;
    private final PublicPages pages;

    public SignInPages(SignIn signIn, Sessions sessions, PublicPages pages) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.pages = pages;
    }

    /** GET /signin */
    public void form(Context ctx) {
        String next = LocalPath.of(ctx.queryParam("next"));
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isPresent()) ctx.redirect(home(next, reader.get().isStaff()), HttpStatus.SEE_OTHER);
        else show(ctx, 200, Map.of("state", "form", "next", next));
    }

    /** POST /signin: the same answer whoever asks and whatever the address. */
    public void ask(Context ctx) {
        String typed = value(ctx.formParam("email"));
        String next = LocalPath.of(ctx.formParam("next"));
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        if (email.isEmpty()) {
            show(ctx, 422, Map.of("state", "form", "next", next, "email", typed, "error", MALFORMED));
            return;
        }
        try {
            signIn.ask(email.get(), next, Network.of(ctx));
            show(
                    ctx,
                    200,
                    Map.of("state", "sent", "next", next, "email", email.get().typed()));
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(
                    ctx,
                    problem.status(),
                    Map.of("state", "form", "next", next, "email", typed, "error", problem.sentence()));
        }
    }

    /** GET /signin/{token}: shows a button and uses nothing up. */
    public void link(Context ctx) {
        switch (secret(ctx).map(signIn::look).orElseGet(() -> new SignIn.Link.Expired(false))) {
            case SignIn.Link.Good good ->
                show(
                        ctx,
                        200,
                        Map.of(
                                "state",
                                "confirm",
                                "email",
                                good.email(),
                                "action",
                                ctx.path(),
                                "token",
                                ctx.pathParam("token")));
            case SignIn.Link.Used(boolean again) -> old(ctx, USED, again);
            case SignIn.Link.Expired(boolean again) -> old(ctx, EXPIRED, again);
        }
    }

    /** POST /signin/{token} */
    public void use(Context ctx) {
        switch (secret(ctx).map(signIn::use).orElseGet(() -> new SignIn.Link.Expired(false))) {
            case SignIn.Link.Good good -> {
                sessions.begin(ctx, good.readerId());
                ctx.redirect(home(good.next(), good.staff()), HttpStatus.SEE_OTHER);
            }
            case SignIn.Link.Used(boolean again) -> old(ctx, USED, again);
            case SignIn.Link.Expired(boolean again) -> old(ctx, EXPIRED, again);
        }
    }

    /** POST /signout */
    public void leave(Context ctx) {
        sessions.end(ctx);
        ctx.redirect("/", HttpStatus.SEE_OTHER);
    }

    /** POST /signin/{token}/again: a fresh link in place of an old one, to the same address, which the page never tells. */
    public void again(Context ctx) {
        try {
            secret(ctx).ifPresent(secret -> signIn.again(secret, Network.of(ctx)));
            show(ctx, 200, Map.of("state", "sent", "next", ""));
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), Map.of("state", "form", "next", "", "error", problem.sentence()));
        }
    }

    private void old(Context ctx, String sentence, boolean again) {
        String action = again ? ctx.path() + "/again" : "";
        show(ctx, 410, Map.of("state", "old", "next", "", "error", sentence, "action", action));
    }

    private void show(Context ctx, int status, Map<String, Object> context) {
        ctx.header("Cache-Control", "private, no-store");
        var whole = new HashMap<>(context);
        whole.putIfAbsent("email", "");
        whole.putIfAbsent("error", "");
        pages.show(ctx, status, "custom-signin", whole);
    }

    private static String home(String next, boolean staff) {
        if (!next.isEmpty()) return next;
        return staff ? "/desk/stories" : "/account/";
    }

    private static Optional<Secret> secret(Context ctx) {
        return Secret.read(ctx.pathParam("token"));
    }

    private static String value(@Nullable String field) {
        return field == null ? "" : field.strip();
    }
}
