package press.masthead.signin;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Optional;
import press.masthead.platform.web.Secret;

/** The cookie of a browser that has asked for a code: only there the code of the letter is worth anything. */
final class Asked {
    private static final String COOKIE = "masthead_asked";

    private Asked() {}

    static Optional<Secret> in(Context ctx) {
        return Secret.read(ctx.cookie(COOKIE));
    }

    static Secret begin(Context ctx, boolean secure) {
        Secret browser = Secret.fresh();
        set(ctx, browser.reveal(), SignIn.LINK_LIFE, secure);
        return browser;
    }

    static void end(Context ctx, boolean secure) {
        set(ctx, "", Duration.ZERO, secure);
    }

    private static void set(Context ctx, String value, Duration life, boolean secure) {
        int seconds = Math.toIntExact(life.toSeconds());
        ctx.cookie(new Cookie(COOKIE, value, "/signin", seconds, secure, true, null, SameSite.LAX));
    }
}
