package press.masthead.stripe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a webhook comes from Stripe: HMAC-SHA256 over its time and its raw body, in the header {@code Stripe-Signature} as
 * {@code t=…,v1=…} (docs.stripe.com/webhooks#verify-manually). Two secrets are good at one time while one replaces the other.
 */
public final class Signature {
    /** How far its time may lie from ours. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final List<byte[]> secrets;

    /** @param secrets as Stripe's dashboard shows them, {@code whsec_…}; none refuses everything */
    public Signature(List<String> secrets) {
        this.secrets = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    public enum Verdict {
        GOOD,
        /** Not signed with a secret of ours, or not signed. */
        WRONG,
        /** Signed well, but not now: someone may have kept it. */
        OLD
    }

    /** Takes the same time for every wrong signature. */
    public Verdict check(@Nullable String header, byte[] body, Instant now) {
        if (header == null || header.length() > 2_000) return Verdict.WRONG;
        String time = "";
        var given = new ArrayList<byte[]>();
        for (String part : header.split(",")) {
            if (part.startsWith("t=")) time = part.substring(2).strip();
            else if (part.startsWith("v1=")) hex(part.substring(3).strip(), given);
        }
        if (!time.matches("\\d{1,12}")) return Verdict.WRONG;
        boolean good = false;
        for (byte[] secret : secrets) {
            byte[] right = sign(time, body, secret);
            for (byte[] one : given) good |= MessageDigest.isEqual(right, one);
        }
        if (!good) return Verdict.WRONG;
        Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now)
                .abs();
        return apart.compareTo(TOLERANCE) > 0 ? Verdict.OLD : Verdict.GOOD;
    }

    private static void hex(String text, List<byte[]> into) {
        if (text.matches("[0-9a-f]{64}")) into.add(HexFormat.of().parseHex(text));
    }

    private static byte[] sign(String time, byte[] body, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
