package press.masthead.signin;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.web.Problem;

/** The claims of an ID token whose signature was right, held against what we asked for (OpenID Connect Core 1.0, 3.1.3.7). */
final class IdToken {
    /** By how much two clocks may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Duration OLDEST = Duration.ofMinutes(15);
    private static final int LONGEST_SUBJECT = 255;

    private IdToken() {}

    /** @throws Problem with one sentence for whatever is not as it should be */
    static void check(JWTClaimsSet claims, String issuer, String clientId, String nonce, Instant now) {
        if (!issuer.equals(claims.getIssuer()))
            throw refused("The answer came from another sign-in than the one asked.");
        List<String> audience = claims.getAudience();
        String party = text(claims, "azp");
        if (!audience.contains(clientId)
                || (audience.size() > 1 && party.isEmpty())
                || !(party.isEmpty() || party.equals(clientId)))
            throw refused("The answer was meant for another site.");
        if (!nonce.equals(text(claims, "nonce")))
            throw refused("The answer belongs to another sign-in. Please begin again.");
        Instant expires = instant(claims.getExpirationTime());
        Instant issued = instant(claims.getIssueTime());
        Date notBefore = claims.getNotBeforeTime();
        if (!expires.plus(SKEW).isAfter(now) || issued.isBefore(now.minus(OLDEST)))
            throw refused("The answer came too late. Please begin again.");
        if (issued.isAfter(now.plus(SKEW))
                || (notBefore != null && notBefore.toInstant().isAfter(now.plus(SKEW))))
            throw refused("The clock of the other sign-in is ahead of ours. Please tell those who run it.");
        String subject = claims.getSubject();
        if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT)
            throw refused("The other sign-in did not say who you are.");
    }

    /** A claim as text; empty where it is none. */
    static String text(JWTClaimsSet claims, String name) {
        try {
            String text = claims.getStringClaim(name);
            return text == null ? "" : text.strip();
        } catch (ParseException e) {
            return "";
        }
    }

    private static Instant instant(@Nullable Date date) {
        if (date == null) throw refused("The other sign-in did not say for how long its answer is good.");
        return date.toInstant();
    }

    static Problem refused(String sentence) {
        return Problem.forbidden(sentence);
    }
}
