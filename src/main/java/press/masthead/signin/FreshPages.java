package press.masthead.signin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/**
 * Asks someone who is signed in to show once more who they are, and then lets them do what they asked for. What stood in their
 * form travels through the page and comes back by status 307, so that nothing is kept here and nothing lost.
 */
public final class FreshPages {
    /** Our own fields; everything else belongs to the form that waits. */
    private static final String OWN = "fresh-";

    private final SignIn signIn;
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final PublicPages pages;
    private final boolean secure;

    public FreshPages(SignIn signIn, Sessions sessions, Passkeys passkeys, PublicPages pages, boolean secure) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.pages = pages;
        this.secure = secure;
    }

    /** What waits: an address, how it was asked for, and the form. */
    private record Waiting(String path, String method, List<Map<String, Object>> fields) {
        static Waiting of(Context ctx) {
            String query = ctx.queryString() == null ? "" : "?" + ctx.queryString();
            boolean get = ctx.method().toString().equals("GET");
            return new Waiting(ctx.path() + query, get ? "GET" : "POST", get ? List.of() : formOf(ctx));
        }

        static Waiting carried(Context ctx) {
            String path = LocalPath.of(ctx.formParam(OWN + "path"));
            if (path.isEmpty()) throw Problem.invalid("Please go back and begin that step again.");
            boolean get = !"POST".equals(ctx.formParam(OWN + "method"));
            return new Waiting(path, get ? "GET" : "POST", formOf(ctx));
        }

        private static List<Map<String, Object>> formOf(Context ctx) {
            var fields = new ArrayList<Map<String, Object>>();
            ctx.formParamMap().forEach((name, values) -> {
                if (!name.startsWith(OWN)) for (String value : values) fields.add(Map.of("name", name, "value", value));
            });
            return fields;
        }
    }

    /** Thrown by {@link Fresh#require}. */
    public void needed(Fresh.Needed needed, Context ctx) {
        boolean get = ctx.method().toString().equals("GET");
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (String.valueOf(ctx.header("Accept")).contains("application/json"))
            ctx.status(403).json(Map.of("message", "Please load this page again and show us that it is you."));
        else if (reader.isPresent()) show(ctx, 403, reader.get(), Waiting.of(ctx), false, "");
        else if (get) ctx.redirect("/signin/?next=" + ctx.path(), HttpStatus.SEE_OTHER);
        else show(ctx, 403, Waiting.of(ctx));
    }

    /** Nobody is signed in any more: the way back leads to the page, for the form is not theirs to send yet. */
    private void show(Context ctx, int status, Waiting waiting) {
        pages.show(
                ctx,
                status,
                "custom-message",
                Map.of(
                        "title",
                        "Please sign in first",
                        "text",
                        "You are not signed in on this device any more, so nothing was changed.",
                        "actions",
                        List.of(Map.of("label", "Sign in", "url", "/signin/?next=/account/"))));
    }

    /** POST /signin/fresh/letter: sends link and code; the form stays where it is. */
    public void letter(Context ctx) {
        Reader reader = reader(ctx);
        Waiting waiting = Waiting.carried(ctx);
        try {
            String next = waiting.method().equals("GET") ? waiting.path() : "/account/";
            signIn.ask(address(reader), next, Network.of(ctx), Asked.begin(ctx, secure));
            show(ctx, 200, reader, waiting, true, "");
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), reader, waiting, false, problem.sentence());
        }
    }

    /** POST /signin/fresh: a code, or what a passkey has signed; then on to what waits. */
    public void check(Context ctx) {
        Reader reader = reader(ctx);
        Waiting waiting = Waiting.carried(ctx);
        String signed = Optional.ofNullable(ctx.formParam(OWN + "passkey")).orElse("");
        try {
            boolean byPasskey = !signed.isBlank();
            long shown = byPasskey ? passkeys.check(ctx, signed) : byCode(ctx);
            if (shown != reader.id()) throw Problem.invalid("That belongs to another account.");
            sessions.renew(ctx, byPasskey);
            ctx.redirect(
                    waiting.path(),
                    waiting.method().equals("POST") ? HttpStatus.TEMPORARY_REDIRECT : HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), reader, waiting, true, problem.sentence());
        }
    }

    private long byCode(Context ctx) {
        String code = Codes.read(ctx.formParam(OWN + "code"));
        if (code.isEmpty()) throw Problem.invalid("Please enter the six digits from the letter.");
        SignIn.Link.Good good = signIn.tryCode(
                Asked.in(ctx)
                        .orElseThrow(() -> Problem.invalid("This code no longer works. Please ask for a new letter.")),
                code,
                Network.of(ctx));
        Asked.end(ctx, secure);
        return good.readerId();
    }

    private void show(Context ctx, int status, Reader reader, Waiting waiting, boolean sent, String error) {
        ctx.header("Cache-Control", "private, no-store");
        var context = new HashMap<String, Object>();
        context.put("title", "First, is it you?");
        context.put("email", reader.email());
        context.put("path", waiting.path());
        context.put("method", waiting.method());
        context.put("fields", waiting.fields());
        context.put("sent", sent);
        context.put("passkey", passkeys.has(reader.id()));
        context.put("error", error);
        pages.show(ctx, status, "custom-fresh", context);
    }

    private static EmailAddress address(Reader reader) {
        return EmailAddress.kept(reader.email());
    }

    private static Reader reader(Context ctx) {
        return Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
    }
}
