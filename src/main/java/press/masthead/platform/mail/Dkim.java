package press.masthead.platform.mail;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Who signs: a domain, a selector and its RSA key (RFC 6376, rsa-sha256, relaxed/relaxed). Signing itself is done by a
 * {@link DkimSigner}, one for each thread. Amazon's provider signs three times as fast as the JDK's and is used where it loads.
 */
public final class Dkim {
    private static final Logger LOG = Logger.getLogger(Dkim.class.getName());

    private final String domain;
    private final String selector;
    private final RSAPrivateCrtKey key;
    private final Provider provider;
    private final PrivateKey signingKey;

    private Dkim(String domain, String selector, RSAPrivateCrtKey key, Provider provider)
            throws GeneralSecurityException {
        this.domain = domain;
        this.selector = selector;
        this.key = key;
        this.provider = provider;
        this.signingKey =
                KeyFactory.getInstance("RSA", provider).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    }

    /** @throws IllegalArgumentException with one sentence when the domain, selector or key can't be used */
    public static Dkim of(String domain, String selector, String privateKeyPem) {
        return of(domain, selector, privateKeyPem, fastest());
    }

    static Dkim of(String domain, String selector, String privateKeyPem, Provider provider) {
        if (!domain.matches("[A-Za-z0-9.-]{1,253}") || !selector.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,62}")) {
            throw new IllegalArgumentException("The DKIM domain and selector are host names.");
        }
        try {
            byte[] der =
                    Base64.getMimeDecoder().decode(privateKeyPem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", ""));
            RSAPrivateCrtKey key =
                    (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
            if (key.getModulus().bitLength() < 1024) {
                throw new IllegalArgumentException("The DKIM key has fewer than 1024 bits, which no mailbox accepts.");
            }
            return new Dkim(domain, selector, key, provider);
        } catch (GeneralSecurityException | ClassCastException malformed) {
            throw new IllegalArgumentException("The DKIM key is not an RSA key in PKCS#8 PEM form.", malformed);
        }
    }

    /** A new RSA-2048 key in PKCS#8 PEM form, to be kept secret. */
    public static String newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(pair.getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK makes no RSA key", impossible);
        }
    }

    /** A signer for one thread. */
    public DkimSigner signer(Clock clock) {
        try {
            return new DkimSigner(domain, selector, signingKey, provider, clock);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("the DKIM key can't sign", unusable);
        }
    }

    /** The name of the DNS record that publishes the key. */
    public String recordName() {
        return selector + "._domainkey." + domain;
    }

    /** The TXT record's text in one piece. */
    public String recordText() {
        try {
            byte[] spki = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                    .getEncoded();
            return "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(spki);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK knows no RSA key", impossible);
        }
    }

    /** The record as a zone file wants it: strings of at most 255 characters. */
    public String zoneLine() {
        StringBuilder line = new StringBuilder(recordName()).append(". IN TXT (");
        String text = recordText();
        for (int from = 0; from < text.length(); from += 250) {
            line.append(" \"")
                    .append(text, from, Math.min(text.length(), from + 250))
                    .append('"');
        }
        return line.append(" )").toString();
    }

    public String domain() {
        return domain;
    }

    static Provider fastest() {
        try {
            AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
            if (corretto.getLoadingError() == null) {
                return corretto;
            }
            LOG.log(Level.INFO, "DKIM signs with the JDK's provider: {0}", corretto.getLoadingError());
        } catch (LinkageError absent) {
            LOG.log(Level.INFO, "DKIM signs with the JDK's provider: {0}", String.valueOf(absent));
        }
        return jdk();
    }

    /** The JDK's own provider, which knows both RSA and SHA-256. */
    static Provider jdk() {
        for (Provider provider : Security.getProviders("Signature.SHA256withRSA")) {
            if (!provider.getName().equals(AmazonCorrettoCryptoProvider.PROVIDER_NAME)) {
                return provider;
            }
        }
        throw new IllegalStateException("this JDK can't sign with RSA");
    }
}
