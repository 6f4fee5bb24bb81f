package press.masthead.stripe;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.service.V1Services;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Stripe's API at one address with one key: bounded waiting, two more tries, an idempotency key with everything that changes
 * something, and two kinds of failure: {@link StripeAway} may be tried again, {@link StripeRefused} not.
 */
public final class StripeApi {
    private static final int CONNECT = (int) Duration.ofSeconds(5).toMillis();
    private static final int READ = (int) Duration.ofSeconds(25).toMillis();
    private static final int TRIES_MORE = 2;

    /** Milliseconds between tries where Stripe is asked too often: 200, 800. */
    private static final int FIRST_PAUSE = 200;

    private static final int LAST_PAUSE = 800;

    static {
        // Else the library tells Stripe how long each request took and on which machine.
        Stripe.enableTelemetry = false;
    }

    private final V1Services v1;

    /** @param base {@code https://api.stripe.com}, or a Stripe of one's own */
    public StripeApi(String secretKey, URI base) {
        v1 = StripeClient.builder()
                .setApiKey(secretKey)
                .setApiBase(base.toString().replaceFirst("/$", ""))
                .setConnectTimeout(CONNECT)
                .setReadTimeout(READ)
                .setMaxNetworkRetries(TRIES_MORE)
                .build()
                .v1();
    }

    @FunctionalInterface
    interface Call<T> {
        T with(V1Services stripe) throws StripeException;
    }

    <T> T ask(Call<T> call) {
        for (int pause = FIRST_PAUSE; ; pause *= 4)
            try {
                return call.with(v1);
            } catch (RateLimitException e) {
                // Nothing was done; the library tries again by itself only where a server failed.
                if (pause > LAST_PAUSE) throw new StripeAway("Stripe is asked too often", e);
                LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
            } catch (StripeException e) {
                throw failure(e);
            }
    }

    private static RuntimeException failure(StripeException e) {
        if (e instanceof AuthenticationException)
            return new StripeAway("Stripe does not take the key in STRIPE_SECRET_KEY", e);
        Integer status = e.getStatusCode();
        if (e instanceof ApiConnectionException || e instanceof ApiException && (status == null || status >= 500))
            return new StripeAway("Stripe could not be reached", e);
        if (status != null && status >= 500) return new StripeAway("Stripe could not answer", e);
        String code = e.getCode();
        String sentence = e.getUserMessage() == null ? String.valueOf(e.getMessage()) : e.getUserMessage();
        return status != null && status == 404
                ? new StripeRefused("resource_missing", sentence, e)
                : new StripeRefused(code == null ? "" : code, sentence, e);
    }

    /** The same key makes the same request harmless a second time (docs.stripe.com/api/idempotent_requests). */
    static RequestOptions once(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }
}
