package press.masthead.platform.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every request: the headers that keep a page to itself, and the refusal of unsafe requests that another
 * site has started.
 *
 * <p>The check follows the Fetch Metadata and Origin headers instead of tokens in forms: every browser since 2020 sends
 * one of them with each unsafe request. A request that carries neither and no cookie comes from a program, which has
 * nothing of a visitor's to misuse.
 */
public final class Guard implements Handler {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** No inline script or style, no frame, no plug-in, nothing from elsewhere. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                    + " media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'";

    /** The same for a page whose player fetches pictures from another origin, too. */
    public static String policyReaching(String origin) {
        return POLICY.replace("media-src 'self'", "media-src 'self' " + origin)
                .replace("connect-src 'self'", "connect-src 'self' " + origin);
    }

    /** The headers of every answer. */
    public static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "strict-origin-when-cross-origin",
            "Cross-Origin-Opener-Policy", "same-origin");

    private final Predicate<String> openToPrograms;

    /** @param openToPrograms the paths that any program may POST to without a session, as one-click unsubscribe needs */
    public Guard(Predicate<String> openToPrograms) {
        this.openToPrograms = openToPrograms;
    }

    @Override
    public void handle(Context ctx) {
        HEADERS.forEach(ctx::header);
        if (SAFE.contains(ctx.method().toString()) || openToPrograms.test(ctx.path())) return;
        if (!ownRequest(ctx.header("Sec-Fetch-Site"), ctx.header("Origin"), ctx.header("Host"), ctx.header("Cookie")))
            throw Problem.forbidden("This form was sent from another site, so nothing was changed.");
    }

    /** Whether an unsafe request comes from our own pages, or from a program without a visitor's cookies. */
    static boolean ownRequest(
            @Nullable String fetchSite, @Nullable String origin, @Nullable String host, @Nullable String cookie) {
        if (fetchSite != null) return fetchSite.equals("same-origin") || fetchSite.equals("none");
        if (origin == null) return cookie == null;
        try {
            return URI.create(origin).getAuthority() instanceof String authority && authority.equals(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
