package press.masthead.broadcast;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.storage.Vault;
import press.masthead.platform.web.Problem;

/** Short-lived passes to the pictures of one session, signed with HMAC-SHA-256 (RFC 2104) under a key that lies sealed in the database. */
public final class Passes {
    /** How long one is good; a player asks for the next one long before. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    private static final String PURPOSE = "live-key";
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{10,12})-([A-Za-z0-9_-]{22})");

    private final Jdbi jdbi;
    private final Vault vault;
    private final Clock clock;
    private volatile @Nullable SecretKeySpec key;

    public Passes(Jdbi jdbi, Vault vault, Clock clock) {
        this.jdbi = jdbi;
        this.vault = vault;
        this.clock = clock;
    }

    /** For someone whom the session's rule lets in; 0 for a visitor. */
    public String issue(long session, long reader) {
        long until = clock.instant().plus(LIFE).getEpochSecond();
        return reader + "-" + until + "-" + sign(session, reader, until);
    }

    /** Who holds the pass, where it is ours, for this session, and still good. */
    Optional<Long> holder(long session, String pass) {
        Matcher parts = FORM.matcher(pass);
        if (!parts.matches()) return Optional.empty();
        long reader = Long.parseLong(parts.group(1));
        long until = Long.parseLong(parts.group(2));
        byte[] ours = sign(session, reader, until).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(ours, parts.group(3).getBytes(StandardCharsets.US_ASCII))
                        && clock.instant().getEpochSecond() < until
                ? Optional.of(reader)
                : Optional.empty();
    }

    private String sign(long session, long reader, long until) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key());
            byte[] full = mac.doFinal((session + " " + reader + " " + until).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(full, 16));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    private SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known == null) key = known = new SecretKeySpec(read(), "HmacSHA256");
        return known;
    }

    private byte[] read() {
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        byte[] sealed = jdbi.withHandle(handle -> {
            handle.createUpdate("insert into live_key (id, sealed) values (1, :sealed) on conflict do nothing")
                    .bind("sealed", vault.seal(PURPOSE, fresh))
                    .execute();
            return handle.createQuery("select sealed from live_key where id = 1")
                    .mapTo(byte[].class)
                    .one();
        });
        return vault.open(PURPOSE, sealed)
                .orElseThrow(() -> Problem.unavailable(
                        "Live video can't be shown: its key was sealed under another MASTHEAD_SECRET_KEY."));
    }
}
