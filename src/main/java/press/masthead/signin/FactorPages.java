package press.masthead.signin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.QrPicture;
import press.masthead.readers.Reader;

/** The second step of those who work here: showing it at the newsroom's door, and setting it up. */
public final class FactorPages {
    private final Factors factors;
    private final Passkeys passkeys;
    private final Sessions sessions;
    private final Supplier<String> publication;
    private final PublicPages pages;

    public FactorPages(
            Factors factors, Passkeys passkeys, Sessions sessions, Supplier<String> publication, PublicPages pages) {
        this.factors = factors;
        this.passkeys = passkeys;
        this.sessions = sessions;
        this.publication = publication;
        this.pages = pages;
    }

    /** GET /signin/factor: asks for what they have, or has them set something up. */
    public void door(Context ctx) {
        String next = LocalPath.of(ctx.queryParam("next"));
        if (!Visit.isWaiting(ctx)) {
            ctx.redirect(next.isEmpty() ? "/desk/stories" : next, HttpStatus.SEE_OTHER);
            return;
        }
        show(ctx, 200, next, "");
    }

    private void show(Context ctx, int status, String next, String error) {
        Factors.Has has = factors.of(reader(ctx).id());
        show(
                ctx,
                status,
                has.any() ? "verify" : "choose",
                Map.of("next", next, "error", error, "app", has.app(), "passkey", has.passkey()));
    }

    /** POST /signin/factor: six digits, a recovery code, or what a passkey has signed. */
    public void enter(Context ctx) {
        Reader reader = reader(ctx);
        String next = LocalPath.of(ctx.formParam("next"));
        String signed = text(ctx.formParam("fresh-passkey"));
        try {
            if (signed.isEmpty()) factors.check(reader.id(), text(ctx.formParam("code")));
            else if (passkeys.check(ctx, signed) != reader.id())
                throw Problem.invalid("That passkey belongs to another account.");
            sessions.renew(ctx, true);
            ctx.redirect(next.isEmpty() ? "/desk/stories" : next, HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), next, problem.sentence());
        }
    }

    /** POST /account/factor/begin: a secret for an app, as a picture and as letters. */
    public void begin(Context ctx) {
        Fresh.require(ctx);
        Reader reader = mayManage(ctx);
        app(ctx, 200, reader, factors.begin(reader.id()), "");
    }

    private void app(Context ctx, int status, Reader reader, byte[] secret, String error) {
        String address = Totp.address(publication.get(), reader.email(), secret);
        show(
                ctx,
                status,
                "app",
                Map.of(
                        "picture",
                        QrPicture.svg(address, "The code to scan with your app"),
                        "secret",
                        Totp.base32(secret).replaceAll("(.{4})(?!$)", "$1 "),
                        "error",
                        error));
    }

    /** POST /account/factor: the app's first code. */
    public void confirm(Context ctx) {
        Fresh.require(ctx);
        Reader reader = mayManage(ctx);
        byte[] secret =
                factors.pending(reader.id()).orElseThrow(() -> Problem.stale("Please begin setting up the app again."));
        try {
            List<String> codes = factors.confirm(reader.id(), Codes.read(ctx.formParam("code")));
            sessions.renew(ctx, true);
            show(ctx, 200, "codes", Map.of("codes", codes));
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            app(ctx, problem.status(), reader, secret, problem.sentence());
        }
    }

    /** POST /account/factor/recovery: ten new recovery codes in place of the old. */
    public void recovery(Context ctx) {
        Fresh.require(ctx);
        show(
                ctx,
                200,
                "codes",
                Map.of("codes", factors.freshRecoveryCodes(mayManage(ctx).id())));
    }

    /** POST /account/factor/remove */
    public void remove(Context ctx) {
        Fresh.require(ctx);
        factors.removeApp(mayManage(ctx).id());
        ctx.redirect("/account/devices/?saved=app-gone", HttpStatus.SEE_OTHER);
    }

    /** One of the staff; who has a second step and has not shown it must not make another. */
    private Reader mayManage(Context ctx) {
        Reader reader = reader(ctx);
        if (Visit.isWaiting(ctx) && factors.of(reader.id()).any())
            throw Problem.forbidden("Please confirm who you are with what you have set up already.");
        return reader;
    }

    private void show(Context ctx, int status, String state, Map<String, Object> more) {
        ctx.header("Cache-Control", "private, no-store");
        var context = new HashMap<String, Object>(more);
        context.put("state", state);
        context.put("title", state.equals("verify") ? "One more step" : "Your second step");
        pages.show(ctx, status, "custom-factor", context);
    }

    private static Reader reader(Context ctx) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
        if (!reader.isStaff() && !Visit.isWaiting(ctx)) throw Problem.forbidden("This is for the newsroom's staff.");
        return reader;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
