package press.masthead.signin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** Signing in by a passkey, and a reader's own passkeys. The browser's part is in passkey-use.ts and passkey-new.ts. */
public final class PasskeyPages {
    private static final int LONGEST_NAME = 60;

    private final Passkeys passkeys;
    private final Factors factors;
    private final Sessions sessions;
    private final Readers readers;
    private final Limits limits;
    private final PublicPages pages;

    public PasskeyPages(
            Passkeys passkeys, Factors factors, Sessions sessions, Readers readers, Limits limits, PublicPages pages) {
        this.passkeys = passkeys;
        this.factors = factors;
        this.sessions = sessions;
        this.readers = readers;
        this.limits = limits;
        this.pages = pages;
    }

    /** POST /signin/passkey/begin: a challenge, as JSON. */
    public void begin(Context ctx) {
        limits.spend("signin:passkey:" + Network.of(ctx), 600, Duration.ofHours(1));
        ctx.contentType("application/json").result(passkeys.challenge(ctx));
    }

    /** POST /signin/passkey: what was signed; says where to go. */
    public void signIn(Context ctx) {
        long reader = passkeys.check(ctx, text(ctx.formParam("signed")));
        String next = LocalPath.of(ctx.formParam("next"));
        sessions.begin(ctx, reader, How.PASSKEY, next);
        boolean staff = readers.byId(reader).filter(Reader::isStaff).isPresent();
        ctx.json(Map.of("next", next.isEmpty() ? (staff ? "/desk/stories" : "/account/") : next));
    }

    /** GET /account/passkeys/new */
    public void offer(Context ctx) {
        Fresh.require(ctx);
        pages.show(
                ctx,
                200,
                "custom-passkey",
                Map.of(
                        "title",
                        "Sign in with your face or fingerprint",
                        "email",
                        reader(ctx).email()));
    }

    /** POST /account/passkeys/begin: what the browser needs to make one, as JSON. */
    public void beginNew(Context ctx) {
        Fresh.require(ctx);
        ctx.contentType("application/json").result(passkeys.offer(ctx, mayManage(ctx)));
    }

    /** POST /account/passkeys: what the browser has made. */
    public void add(Context ctx) {
        Fresh.require(ctx);
        Reader reader = mayManage(ctx);
        passkeys.add(ctx, reader, text(ctx.formParam("signed")), Device.named(ctx.userAgent()));
        boolean strong = Visit.isWaiting(ctx) || reader.isStaff();
        if (strong) sessions.renew(ctx, true);
        ctx.json(Map.of("next", Visit.isWaiting(ctx) ? "/desk/stories" : "/account/devices/?saved=passkey"));
    }

    /** POST /account/passkeys/{id} */
    public void rename(Context ctx) {
        Reader reader = reader(ctx);
        String name = text(ctx.formParam("name")).replaceAll("\\p{Cntrl}", " ");
        if (name.isBlank() || name.length() > LONGEST_NAME)
            throw Problem.invalid("Please use a name of 1 to " + LONGEST_NAME + " letters.");
        passkeys.rename(reader.id(), number(ctx), name);
        ctx.redirect("/account/devices/?saved=passkey-name", HttpStatus.SEE_OTHER);
    }

    /** POST /account/passkeys/{id}/remove */
    public void remove(Context ctx) {
        Fresh.require(ctx);
        passkeys.remove(mayManage(ctx).id(), number(ctx));
        ctx.redirect("/account/devices/?saved=passkey-gone", HttpStatus.SEE_OTHER);
    }

    /** POST /account/passkeys/not-now */
    public void notNow(Context ctx) {
        passkeys.notNow(reader(ctx).id());
        ctx.redirect("/account/", HttpStatus.SEE_OTHER);
    }

    /** Who has a second factor and has not shown it must not make another. */
    private Reader mayManage(Context ctx) {
        Reader reader = reader(ctx);
        if (Visit.isWaiting(ctx) && factors.of(reader.id()).any())
            throw Problem.forbidden("Please confirm who you are with what you have set up already.");
        return reader;
    }

    private static long number(Context ctx) {
        String id = ctx.pathParam("id");
        if (!id.matches("\\d{1,18}")) throw Problem.notFound("There is no such passkey.");
        return Long.parseLong(id);
    }

    private static Reader reader(Context ctx) {
        return Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
