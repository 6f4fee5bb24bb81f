package press.masthead.signin;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;

/** Sends people to an identity provider, and receives those who come back. */
public final class ProviderPages {
    private static final String COOKIE = "masthead_trip";
    /** A house of many people may leave by one address. */
    private static final int MOST_AN_HOUR = 600;

    private final IdentityProviders providers;
    private final OpenIdConnect oidc;
    private final Trips trips;
    private final Arrival arrival;
    private final Limits limits;
    private final Supplier<String> url;
    private final boolean secure;

    /**
     * @param arrival what is done with those who come back
     * @param url the site's address without a final slash
     * @param secure whether the site is reached by https
     */
    public ProviderPages(
            IdentityProviders providers,
            OpenIdConnect oidc,
            Trips trips,
            Arrival arrival,
            Limits limits,
            Supplier<String> url,
            boolean secure) {
        this.providers = providers;
        this.oidc = oidc;
        this.trips = trips;
        this.arrival = arrival;
        this.limits = limits;
        this.url = url;
        this.secure = secure;
    }

    /** The address that people come back to, which whoever sets a provider up has to enter there. */
    public static String callback(String url) {
        return url + "/signin/oidc/callback";
    }

    /** GET /signin/oidc/{id} */
    public void start(Context ctx) {
        IdentityProvider provider = provider(ctx.pathParam("id"));
        if (!provider.open()) throw noSuch();
        begin(ctx, provider, Vouched.SIGN_IN, LocalPath.of(ctx.queryParam("next")));
    }

    private IdentityProvider provider(String number) {
        if (!number.matches("\\d{1,18}")) throw noSuch();
        return providers.byId(Long.parseLong(number)).orElseThrow(ProviderPages::noSuch);
    }

    private static Problem noSuch() {
        return Problem.notFound("There is no such sign-in.");
    }

    /**
     * Answers with a redirect to the provider's page, whether it is open or not.
     *
     * @param purpose told to the {@link Arrival} when they are back
     * @param next a path on this site, or empty
     */
    public void begin(Context ctx, IdentityProvider provider, String purpose, String next) {
        limits.spend("signin:provider:" + Network.of(ctx), MOST_AN_HOUR, Duration.ofHours(1));
        Secret browser = Secret.fresh();
        String page = oidc.page(provider, back(), Trips.marks(browser));
        trips.begin(browser, new Trips.Trip(provider.id(), purpose, next));
        keep(ctx, browser.reveal(), Trips.LIFE);
        ctx.redirect(page, HttpStatus.SEE_OTHER);
    }

    /**
     * GET /signin/oidc/callback. The one GET that uses something up, as OpenID Connect has it; it can, for only the browser
     * that was sent away holds the cookie.
     */
    public void callback(Context ctx) {
        ctx.header("Cache-Control", "private, no-store").header("Referrer-Policy", "no-referrer");
        Secret browser = Secret.read(ctx.cookie(COOKIE)).orElseThrow(ProviderPages::notFromHere);
        var marks = Trips.marks(browser);
        if (!same(marks.state(), ctx.queryParam("state"))) throw notFromHere();
        Trips.Trip trip = trips.end(browser).orElseThrow(ProviderPages::notFromHere);
        keep(ctx, "", Duration.ZERO);
        IdentityProvider provider = providers.byId(trip.providerId()).orElseThrow(ProviderPages::noSuch);
        oidc.checkSender(provider, ctx.queryParam("iss"));
        String code = ctx.queryParam("code");
        if (code == null || code.isBlank()) throw Problem.forbidden(provider.name() + " did not let you in.");
        arrival.arrived(
                ctx,
                oidc.claim(
                        provider, providers.secret(provider.id()), code, back(), marks, trip.purpose(), trip.next()));
    }

    private static Problem notFromHere() {
        return Problem.stale("This sign-in was not begun in this browser, or it took too long. Please begin again.");
    }

    private static boolean same(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }

    private URI back() {
        return URI.create(callback(url.get()));
    }

    private void keep(Context ctx, String value, Duration life) {
        // Lax: the way back is a link from another site, and must bring it along.
        ctx.cookie(new Cookie(
                COOKIE, value, "/signin/oidc/", Math.toIntExact(life.toSeconds()), secure, true, null, SameSite.LAX));
    }
}
