package press.masthead.platform.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * 256 random bits that a cookie or a link carries. Tables keep only the SHA-256 of them: a row is found by that hash, so
 * neither a copy of the database nor the time that a look-up takes says anything about the secret.
 */
public final class Secret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret fresh() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** The secret in the text, if it could be one; nothing is looked up for anything else. */
    public static Optional<Secret> read(@Nullable String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
    }

    /** As it goes into a cookie or an address. */
    public String reveal() {
        return text;
    }

    /** As it is kept. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Says nothing, so that no log can. */
    @Override
    public String toString() {
        return "secret";
    }
}
