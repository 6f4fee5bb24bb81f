package press.masthead.signin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Secret;

/**
 * Who was sent to an identity provider and is not back yet. The browser keeps one secret; state, nonce and PKCE's verifier
 * are made from it, so the row holds nothing that would help a thief, and nobody else's browser can come back.
 */
public final class Trips {
    static final Duration LIFE = Duration.ofMinutes(15);

    private final Jdbi jdbi;
    private final Clock clock;

    public Trips(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    record Trip(long providerId, String purpose, String next) {}

    void begin(Secret browser, Trip trip) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into sign_in_trip (browser_hash, provider_id, purpose, next, created_at, expires_at)
                        values (:hash, :provider, :purpose, :next, :now, :until)
                        """)
                .bind("hash", browser.hash())
                .bind("provider", trip.providerId())
                .bind("purpose", trip.purpose())
                .bind("next", trip.next())
                .bind("now", clock.instant())
                .bind("until", clock.instant().plus(LIFE))
                .execute());
    }

    /** Ends the trip; nobody comes back twice. */
    Optional<Trip> end(Secret browser) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        delete from sign_in_trip where browser_hash = :hash and expires_at > :now
                        returning provider_id, purpose, next
                        """)
                .bind("hash", browser.hash())
                .bind("now", clock.instant())
                .mapTo(Trip.class)
                .findOne());
    }

    static OpenIdConnect.Marks marks(Secret browser) {
        return new OpenIdConnect.Marks(
                derived(browser, "state"), derived(browser, "nonce"), derived(browser, "verifier"));
    }

    private static String derived(Secret secret, String what) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(what.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC", e);
        }
    }

    /** For the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from sign_in_trip where expires_at < :now")
                .bind("now", clock.instant())
                .execute());
    }
}
