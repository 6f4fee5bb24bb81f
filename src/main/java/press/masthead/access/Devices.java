package press.masthead.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Optional;
import press.masthead.platform.web.Secret;

/**
 * A random cookie by which a device is known again when it has opened a free story or a gift; given then and never before, so a
 * visitor who only looks has none. Whoever throws it away begins anew.
 */
public final class Devices {
    public static final String COOKIE = "masthead_device";
    private static final Duration LIFE = Duration.ofDays(40);

    private final boolean secure;

    /** @param secure whether readers reach the site by https, so that the cookie must travel by nothing else */
    public Devices(boolean secure) {
        this.secure = secure;
    }

    /** The device that asks, where it has a name. */
    public static Optional<Secret> of(Context ctx) {
        return Secret.read(ctx.cookie(COOKIE));
    }

    /** The device that asks; one that has no name yet gets it. */
    public Secret meet(Context ctx) {
        Secret device = of(ctx).orElseGet(Secret::fresh);
        ctx.cookie(new Cookie(
                COOKIE, device.reveal(), "/", Math.toIntExact(LIFE.toSeconds()), secure, true, null, SameSite.LAX));
        return device;
    }
}
