package press.masthead.signin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.web.Secret;

/**
 * Six digits for whoever reads the letter on one device and signs in on another. Good for as long as the letter's link, for
 * five tries, once, and in the browser that asked alone: a million codes are few, so nobody else may try any.
 */
final class Codes {
    static final int TRIES = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Jdbi jdbi;
    private final Clock clock;

    Codes(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    static String fresh() {
        return "%06d".formatted(RANDOM.nextInt(1_000_000));
    }

    /** As a letter shows it: "123 456". */
    static String spaced(String code) {
        return code.substring(0, 3) + " " + code.substring(3);
    }

    /** The six digits in what someone has typed, in whichever digits and with whatever between; empty where it is no code. */
    static String read(@Nullable String typed) {
        if (typed == null || typed.length() > 40) return "";
        var digits = new StringBuilder();
        typed.codePoints()
                .filter(Character::isDigit)
                .map(Character::getNumericValue)
                .forEach(digits::append);
        return digits.length() == 6 ? digits.toString() : "";
    }

    /** @param link the hash of the link that the code stands for; empty where nobody has the address */
    void keep(Handle handle, Secret browser, Optional<byte[]> link, String code) {
        handle.createUpdate("""
                        insert into sign_in_code (browser_hash, link_hash, code_hash, expires_at)
                        values (:browser, :link, :code, :until)
                        """)
                .bind("browser", browser.hash())
                .bind("link", link.orElse(null))
                .bind("code", hash(browser, code))
                .bind("until", clock.instant().plus(SignIn.LINK_LIFE))
                .execute();
    }

    /** What a code was worth. */
    sealed interface Worth {
        record Right(byte[] link) implements Worth {}

        /** @param left how many tries are left; 0 where another letter is needed */
        record Wrong(int left) implements Worth {}
    }

    private record Tried(byte @Nullable [] linkHash, byte[] codeHash, int tries) {}

    /** Counts one try. */
    Worth attempt(Secret browser, String code) {
        Optional<Tried> tried = jdbi.withHandle(handle -> handle.createQuery("""
                        update sign_in_code set tries = tries + 1
                        where browser_hash = :browser and expires_at > :now and tries < :most
                        returning link_hash, code_hash, tries
                        """)
                .bind("browser", browser.hash())
                .bind("now", clock.instant())
                .bind("most", TRIES)
                .mapTo(Tried.class)
                .findOne());
        if (tried.isEmpty()) return new Worth.Wrong(0);
        boolean right = MessageDigest.isEqual(tried.get().codeHash(), hash(browser, code));
        byte[] link = tried.get().linkHash();
        return right && link != null
                ? new Worth.Right(link)
                : new Worth.Wrong(TRIES - tried.get().tries());
    }

    private static byte[] hash(Secret browser, String code) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(browser.reveal().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac.doFinal(code.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC", e);
        }
    }

    void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from sign_in_code where expires_at < :now")
                .bind("now", clock.instant())
                .execute());
    }
}
