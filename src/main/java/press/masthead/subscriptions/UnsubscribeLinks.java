package press.masthead.subscriptions;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The links that end one newsletter for one reader. They need no row, so an edition can carry a hundred thousand of them:
 * two numbers and the first 16 bytes of their HMAC-SHA-256, made in about a microsecond when the letter is put together.
 * They don't expire: a letter may be opened years later.
 */
public final class UnsubscribeLinks {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int SEAL = 16;

    private final Jdbi jdbi;
    private volatile @Nullable Mac sealed;

    public UnsubscribeLinks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Whom a link is about. */
    public record Pair(long newsletter, long reader) {}

    /** The path of the link, {@code /unsubscribe/...}; safe from many threads. */
    public String path(long newsletterId, long readerId) {
        return "/unsubscribe/" + token(newsletterId, readerId);
    }

    public String token(long newsletterId, long readerId) {
        var bytes = ByteBuffer.allocate(16 + SEAL).putLong(newsletterId).putLong(readerId);
        bytes.put(seal(bytes.array()), 0, SEAL);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Whom a token is about, if it is one of ours. Compared in constant time. */
    public Optional<Pair> read(String token) {
        if (!FORM.matcher(token).matches()) return Optional.empty();
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        byte[] seal = Arrays.copyOf(seal(bytes), SEAL);
        if (!MessageDigest.isEqual(seal, Arrays.copyOfRange(bytes, 16, 16 + SEAL))) return Optional.empty();
        var numbers = ByteBuffer.wrap(bytes);
        return Optional.of(new Pair(numbers.getLong(), numbers.getLong()));
    }

    private byte[] seal(byte[] bytes) {
        try {
            Mac mac = (Mac) mac().clone();
            mac.update(bytes, 0, 16);
            return mac.doFinal();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HMAC can be cloned", e);
        }
    }

    private Mac mac() {
        Mac known = sealed;
        if (known != null) return known;
        try {
            Mac made = Mac.getInstance("HmacSHA256", "SunJCE");
            made.init(new SecretKeySpec(key(), "HmacSHA256"));
            sealed = made;
            return made;
        } catch (NoSuchAlgorithmException | InvalidKeyException | NoSuchProviderException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** One key for all nodes, made by whichever asks first. */
    private byte[] key() {
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        String kept = jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                            insert into setting (name, value) values ('unsubscribe_key', :key) on conflict do nothing
                            """)
                    .bind("key", Base64.getEncoder().encodeToString(fresh))
                    .execute();
            return handle.createQuery("select value from setting where name = 'unsubscribe_key'")
                    .mapTo(String.class)
                    .one();
        });
        return Base64.getDecoder().decode(kept);
    }
}
