package press.masthead.platform.mail;

import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

/**
 * Signs letters, one at a time. From is signed twice, so that nobody can add a second one; List-Unsubscribe and
 * List-Unsubscribe-Post are signed, as RFC 8058 requires.
 */
public final class DkimSigner {
    private static final List<String> SIGNED = List.of(
            "from",
            "from",
            "to",
            "reply-to",
            "subject",
            "date",
            "message-id",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "list-id",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "feedback-id");
    private static final int LINE = 72;

    private final MessageDigest digest;
    private final Signature signature;
    private final Clock clock;
    private final String before;
    private final Bytes hashed = new Bytes(4 * 1024);
    private final Bytes canonical = new Bytes();
    private final Bytes header = new Bytes(1024);
    private final byte[] bodyHash = new byte[32];
    private final HeaderIndex headers = new HeaderIndex();

    DkimSigner(String domain, String selector, PrivateKey key, Provider provider, Clock clock)
            throws GeneralSecurityException {
        this.digest = sha256(provider);
        this.signature = Signature.getInstance("SHA256withRSA", provider);
        this.signature.initSign(key);
        this.clock = clock;
        this.before = "v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + domain + "; s=" + selector + ";";
    }

    /** Signs any message whose lines end in CRLF, and puts the signature in front of it. */
    public void sign(Bytes letter) {
        int body = HeaderIndex.bodyOf(letter);
        canonical.clear();
        Relaxed.body(letter, body, canonical);
        sign(letter, body, canonical, 0);
    }

    /**
     * Signs a letter spliced from a frozen message, whose body is its own canonical form.
     *
     * @param body where the body begins, as {@link FrozenMessage#splice} said
     */
    public void signFrozen(Bytes letter, int body) {
        sign(letter, body, letter, body);
    }

    private void sign(Bytes letter, int body, Bytes canonicalBody, int from) {
        try {
            digest.update(canonicalBody.array(), canonicalBody.start() + from, canonicalBody.length() - from);
            digest.digest(bodyHash, 0, bodyHash.length);
            headers.read(letter, body);
            hashed.clear();
            header.clear();
            header.ascii("DKIM-Signature: ").ascii(before).ascii("\r\n t=");
            header.ascii(Long.toString(clock.instant().getEpochSecond())).ascii("; h=");
            int column = 20;
            boolean first = true;
            for (String name : SIGNED) {
                boolean there = headers.take(name, letter, hashed);
                if (there || name.equals("from")) {
                    if (!first) {
                        header.append(':');
                    }
                    first = false;
                    column += name.length() + 1;
                    if (column > LINE) {
                        header.ascii("\r\n ");
                        column = name.length() + 2;
                    }
                    header.ascii(name);
                }
            }
            header.ascii(";\r\n bh=")
                    .append(Base64.getEncoder().encode(bodyHash))
                    .ascii(";\r\n b=");
            Relaxed.header(header, 0, header.length(), hashed);
            signature.update(hashed.array(), hashed.start(), hashed.length());
            byte[] signed = Base64.getEncoder().encode(signature.sign());
            for (int at = 0; at < signed.length; at += LINE) {
                if (at > 0) {
                    header.ascii("\r\n ");
                }
                header.append(signed, at, Math.min(LINE, signed.length - at));
            }
            header.ascii("\r\n");
            letter.prepend(header.toArray(), header.length());
        } catch (SignatureException | DigestException broken) {
            throw new IllegalStateException("the letter could not be signed", broken);
        }
    }

    private static MessageDigest sha256(Provider provider) throws NoSuchAlgorithmException {
        try {
            return MessageDigest.getInstance("SHA-256", provider);
        } catch (NoSuchAlgorithmException signsOnly) {
            return MessageDigest.getInstance("SHA-256");
        }
    }
}
