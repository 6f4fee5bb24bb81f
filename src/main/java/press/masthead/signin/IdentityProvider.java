package press.masthead.signin;

import java.util.List;
import java.util.Optional;
import press.masthead.readers.EmailAddress;

/**
 * Someone whose word about who people are we take (OpenID Connect Core 1.0). The secret that it gave us is no part of this.
 *
 * @param name as the sign-in page says it, such as "Ministry of Ports"
 * @param issuer its address, exactly as it names itself
 * @param clientId what it calls us
 * @param domains whose addresses it may speak for, in lower case and ASCII; never empty
 * @param teamId the team that it belongs to, if one
 * @param open whether people may sign in by it; until then it can only be tested
 */
public record IdentityProvider(
        long id,
        String name,
        String issuer,
        String clientId,
        List<String> domains,
        Optional<Long> teamId,
        boolean open) {

    /** Whether it may say who has this address. */
    public boolean speaksFor(EmailAddress email) {
        return domains.contains(email.key().substring(email.key().lastIndexOf('@') + 1));
    }
}
