package press.masthead.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.StartAssertionOptions;
import com.yubico.webauthn.StartRegistrationOptions;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.AuthenticatorTransport;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.ResidentKeyRequirement;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.RegistrationFailedException;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;
import press.masthead.readers.Reader;

/**
 * Passkeys (WebAuthn Level 3): several for each person, each unlocked by a face, a finger or a PIN. A challenge is good for
 * five minutes, once, and in the browser that it was given to.
 */
public final class Passkeys {
    private static final String COOKIE = "masthead_passkey";
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int MOST = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Jdbi jdbi;
    private final Clock clock;
    private final Supplier<String> url;
    private final Supplier<String> name;
    private final boolean secure;

    /**
     * @param url the site's address without a final slash; its host is what passkeys are bound to
     * @param name the publication's, as a device shows it
     */
    public Passkeys(Jdbi jdbi, Clock clock, Supplier<String> url, Supplier<String> name, boolean secure) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.url = url;
        this.name = name;
        this.secure = secure;
    }

    private RelyingParty party() {
        String origin = url.get();
        return RelyingParty.builder()
                .identity(RelyingPartyIdentity.builder()
                        .id(URI.create(origin).getHost())
                        .name(name.get())
                        .build())
                .credentialRepository(new PasskeyRows(jdbi))
                .origins(Set.of(origin))
                .build();
    }

    /** One passkey as its owner sees it. */
    public record Passkey(long id, String name, Instant createdAt, Optional<Instant> usedAt) {}

    public List<Passkey> of(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, name, created_at, used_at from passkey where reader_id = :reader order by id desc
                        """)
                .bind("reader", reader)
                .mapTo(Passkey.class)
                .list());
    }

    public boolean has(long reader) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select from passkey where reader_id = :reader)")
                        .bind("reader", reader)
                        .mapTo(Boolean.class)
                        .one());
    }

    /** What the browser needs to make a passkey for this reader, as JSON. */
    String offer(Context ctx, Reader reader) {
        if (of(reader.id()).size() >= MOST)
            throw Problem.invalid("You have " + MOST + " passkeys. Please remove one first.");
        PublicKeyCredentialCreationOptions request = party().startRegistration(StartRegistrationOptions.builder()
                .user(UserIdentity.builder()
                        .name(reader.email())
                        .displayName(reader.name().isBlank() ? reader.email() : reader.name())
                        .id(handleOf(reader.id()))
                        .build())
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .build())
                .timeout(LIFE.toMillis())
                .build());
        try {
            keep(ctx, Optional.of(reader.id()), request.toJson());
            return request.toCredentialsCreateJson();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ByteArray handleOf(long reader) {
        byte[] fresh = new byte[32];
        RANDOM.nextBytes(fresh);
        return new ByteArray(jdbi.withHandle(handle -> handle.createQuery("""
                        insert into passkey_holder (reader_id, handle) values (:reader, :fresh)
                        on conflict (reader_id) do update set handle = passkey_holder.handle
                        returning handle
                        """)
                .bind("reader", reader)
                .bind("fresh", fresh)
                .mapTo(byte[].class)
                .one()));
    }

    /** Keeps what the browser has made. */
    void add(Context ctx, Reader reader, String signed, String device) {
        Kept kept = taken(ctx);
        if (kept.readerId().filter(id -> id == reader.id()).isEmpty()) throw failed();
        try {
            var credential = PublicKeyCredential.parseRegistrationResponseJson(signed);
            RegistrationResult made = party().finishRegistration(FinishRegistrationOptions.builder()
                    .request(PublicKeyCredentialCreationOptions.fromJson(kept.request()))
                    .response(credential)
                    .build());
            if (!made.isUserVerified()) throw failed();
            insert(reader.id(), made, device);
        } catch (IOException | RegistrationFailedException | IllegalArgumentException e) {
            throw failed();
        }
    }

    private void insert(long reader, RegistrationResult made, String device) {
        Set<String> transports = new TreeSet<>();
        made.getKeyId()
                .getTransports()
                .ifPresent(
                        all -> all.stream().map(AuthenticatorTransport::getId).forEach(transports::add));
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into passkey (reader_id, credential_id, public_key, sign_count, transports, name, created_at)
                        values (:reader, :id, :key, :count, :transports, :name, :now)
                        """)
                .bind("reader", reader)
                .bind("id", made.getKeyId().getId().getBytes())
                .bind("key", made.getPublicKeyCose().getBytes())
                .bind("count", made.getSignatureCount())
                .bindArray("transports", String.class, List.copyOf(transports))
                .bind("name", device)
                .bind("now", clock.instant())
                .execute());
    }

    /** What the browser needs to ask for a passkey of whoever sits there, as JSON. */
    String challenge(Context ctx) {
        AssertionRequest request = party().startAssertion(StartAssertionOptions.builder()
                .userVerification(UserVerificationRequirement.REQUIRED)
                .timeout(LIFE.toMillis())
                .build());
        try {
            keep(ctx, Optional.empty(), request.toJson());
            return request.toCredentialsGetJson();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Checks what a passkey has signed. Returns whose it is.
     *
     * @throws Problem in one sentence
     */
    long check(Context ctx, String signed) {
        Kept kept = taken(ctx);
        if (kept.readerId().isPresent()) throw failed();
        try {
            var result = party().finishAssertion(FinishAssertionOptions.builder()
                    .request(AssertionRequest.fromJson(kept.request()))
                    .response(PublicKeyCredential.parseAssertionResponseJson(signed))
                    .build());
            if (!result.isSuccess() || !result.isUserVerified()) throw failed();
            jdbi.useHandle(handle -> handle.createUpdate(
                            "update passkey set sign_count = :count, used_at = :now where credential_id = :id")
                    .bind("count", result.getSignatureCount())
                    .bind("now", clock.instant())
                    .bind("id", result.getCredentialId().getBytes())
                    .execute());
            return Long.parseLong(result.getUsername());
        } catch (IOException | AssertionFailedException | IllegalArgumentException e) {
            throw failed();
        }
    }

    private static Problem failed() {
        return Problem.invalid("That passkey could not be used here. Please try again, or use a link by e-mail.");
    }

    void rename(long reader, long id, String name) {
        jdbi.useHandle(handle ->
                handle.execute("update passkey set name = ? where id = ? and reader_id = ?", name, id, reader));
    }

    void remove(long reader, long id) {
        jdbi.useHandle(handle -> handle.execute("delete from passkey where id = ? and reader_id = ?", id, reader));
    }

    /** Whether it is time to offer one: they have none, and did not say "not now" in the last three months. */
    public boolean isOffered(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select not exists (select from passkey where reader_id = :reader)
                           and not exists (select from passkey_holder where reader_id = :reader and not_now_at > :since)
                        """)
                .bind("reader", reader)
                .bind("since", clock.instant().minus(Duration.ofDays(90)))
                .mapTo(Boolean.class)
                .one());
    }

    void notNow(long reader) {
        handleOf(reader);
        jdbi.useHandle(
                handle -> handle.createUpdate("update passkey_holder set not_now_at = :now where reader_id = :reader")
                        .bind("now", clock.instant())
                        .bind("reader", reader)
                        .execute());
    }

    private record Kept(Optional<Long> readerId, String request) {}

    private void keep(Context ctx, Optional<Long> reader, String request) {
        Secret browser = Secret.fresh();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into passkey_try (browser_hash, reader_id, request, expires_at) values (:hash, :reader, :request, :until)
                        """)
                .bind("hash", browser.hash())
                .bind("reader", reader)
                .bind("request", request)
                .bind("until", clock.instant().plus(LIFE))
                .execute());
        int seconds = Math.toIntExact(LIFE.toSeconds());
        ctx.cookie(new Cookie(COOKIE, browser.reveal(), "/", seconds, secure, true, null, SameSite.STRICT));
    }

    private Kept taken(Context ctx) {
        return Secret.read(ctx.cookie(COOKIE))
                .flatMap(browser -> jdbi.withHandle(handle -> handle.createQuery("""
                                delete from passkey_try where browser_hash = :hash and expires_at > :now
                                returning reader_id, request
                                """)
                        .bind("hash", browser.hash())
                        .bind("now", clock.instant())
                        .mapTo(Kept.class)
                        .findOne()))
                .orElseThrow(() -> Problem.invalid("That took too long. Please try again."));
    }

    /** For the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from passkey_try where expires_at < :now")
                .bind("now", clock.instant())
                .execute());
    }
}
