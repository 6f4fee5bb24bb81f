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

/**
 * Stripe's API at one address with one key: bounded waiting, two more tries, an idempotency key with everything that changes
 * something, and two kinds of failure: {@link StripeAway} may be tried again, {@link StripeRefused} not.
 */
public final class StripeApi {
    private static final int CONNECT = (int) Duration.ofSeconds(5).toMillis();
    private static final int READ = (int) Duration.ofSeconds(25).toMillis();
    private static final int TRIES_MORE = 2;

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
        try {
            return call.with(v1);
        } catch (ApiConnectionException | RateLimitException | ApiException e) {
            throw new StripeAway("Stripe could not be reached", e);
        } catch (AuthenticationException e) {
            throw new StripeAway("Stripe does not take the key in STRIPE_SECRET_KEY", e);
        } catch (StripeException e) {
            Integer status = e.getStatusCode();
            if (status != null && status >= 500) throw new StripeAway("Stripe could not answer", e);
            String code = e.getCode();
            String sentence = e.getUserMessage() == null ? String.valueOf(e.getMessage()) : e.getUserMessage();
            throw new StripeRefused(code == null ? "" : code, sentence, e);
        }
    }

    /** The same key makes the same request harmless a second time (docs.stripe.com/api/idempotent_requests). */
    static RequestOptions once(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }
}
