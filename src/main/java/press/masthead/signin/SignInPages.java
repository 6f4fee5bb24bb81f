package press.masthead.signin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
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
    private final IdentityProviders providers;
    private final PublicPages pages;
    private final boolean secure;

    public SignInPages(
            SignIn signIn, Sessions sessions, IdentityProviders providers, PublicPages pages, boolean secure) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.providers = providers;
        this.pages = pages;
        this.secure = secure;
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
        Optional<EmailAddress> email = EmailAddress.read(typed);
        if (email.isEmpty()) {
            show(ctx, 422, Map.of("state", "form", "next", next, "email", typed, "error", MALFORMED));
            return;
        }
        Optional<IdentityProvider> provider = providers.forAddress(email.get());
        if (provider.isPresent() && ctx.formParam("letter") == null) {
            show(ctx, 200, house(provider.get(), email.get(), next));
            return;
        }
        try {
            signIn.ask(email.get(), next, Network.of(ctx), Asked.begin(ctx, secure));
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

    private static Map<String, Object> house(IdentityProvider provider, EmailAddress email, String next) {
        return Map.of(
                "state",
                "provider",
                "next",
                next,
                "email",
                email.typed(),
                "provider",
                provider.name(),
                "team",
                provider.teamId().isPresent(),
                "url",
                way(provider, next));
    }

    private static String way(IdentityProvider provider, String next) {
        String query = next.isEmpty() ? "" : "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        return "/signin/oidc/" + provider.id() + query;
    }

    /** POST /signin/code: the six digits of the letter, typed into the browser that asked for them. */
    public void code(Context ctx) {
        String next = LocalPath.of(ctx.formParam("next"));
        try {
            String code = Codes.read(ctx.formParam("code"));
            if (code.isEmpty()) throw Problem.invalid("Please enter the six digits from the letter.");
            Secret browser = Asked.in(ctx)
                    .orElseThrow(() -> Problem.invalid("This code no longer works. Please ask for a new letter."));
            SignIn.Link.Good good = signIn.tryCode(browser, code, Network.of(ctx));
            Asked.end(ctx, secure);
            sessions.begin(ctx, good.readerId(), How.CODE, good.next());
            ctx.redirect(home(good.next(), good.staff()), HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            String email = value(ctx.formParam("email"));
            show(
                    ctx,
                    problem.status(),
                    Map.of("state", "sent", "next", next, "email", email, "error", problem.sentence()));
        }
    }

    /** Someone has shown who they are, but their team wants its own sign-in: whatever way they tried, this is the answer. */
    public void byHouse(Sessions.ByHouse refused, Context ctx) {
        String name = refused.provider.name();
        String sentence = name + " wants its people to sign in with their account at work.";
        if (String.valueOf(ctx.header("Accept")).contains("application/json"))
            ctx.status(403).json(Map.of("message", sentence + " Enter your address, and we show you the way."));
        else
            pages.show(
                    ctx,
                    403,
                    "custom-message",
                    Map.of(
                            "title",
                            "Please come in by " + name,
                            "text",
                            sentence,
                            "actions",
                            List.of(Map.of("label", "Go on", "url", way(refused.provider, refused.next)))));
    }

    /** GET /signin/end/{token}: from the letter about a new device; shows a button and ends nothing. */
    public void askToEnd(Context ctx) {
        Optional<String> device = secret(ctx).flatMap(sessions::endedBy);
        if (device.isEmpty()) gone(ctx);
        else
            pages.show(
                    ctx,
                    200,
                    "custom-message",
                    Map.of(
                            "title",
                            "Sign that device out?",
                            "text",
                            device.get() + " is signed in to your account. If that was not you, sign it out.",
                            "actions",
                            List.of(Map.of("label", "Sign it out", "action", ctx.path(), "danger", true))));
    }

    /** POST /signin/end/{token} */
    public void end(Context ctx) {
        secret(ctx).ifPresent(sessions::endBy);
        gone(ctx);
    }

    private void gone(Context ctx) {
        pages.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title",
                        "That device is signed out",
                        "text",
                        "It can no longer open your account. If you did not sign in there, somebody else can read your mail: please look after your mailbox.",
                        "actions",
                        List.of(Map.of("label", "See where you are signed in", "url", "/account/devices/"))));
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
                sessions.begin(ctx, good.readerId(), good.strong() ? How.CONSOLE : How.LINK, good.next());
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
            Secret browser = Asked.begin(ctx, secure);
            secret(ctx).ifPresent(secret -> signIn.again(secret, Network.of(ctx), browser));
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
