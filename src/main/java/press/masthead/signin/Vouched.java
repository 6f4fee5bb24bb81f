package press.masthead.signin;

import press.masthead.readers.EmailAddress;

/**
 * What an identity provider has said about someone, checked: the signature, the issuer, whom it was meant for, its time, and
 * that the address is of a domain that it speaks for.
 *
 * @param subject how the provider calls them, for ever the same; at most 255 characters
 * @param name may be empty
 * @param purpose why they were sent there, as {@link ProviderPages#begin} was told
 * @param next a path on this site to open then, or empty
 */
public record Vouched(
        IdentityProvider provider, String subject, EmailAddress email, String name, String purpose, String next) {
    /** The purpose of whoever wants to come in. */
    public static final String SIGN_IN = "sign-in";
}
