package press.masthead.tickets;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.storage.Vault;
import press.masthead.platform.web.Problem;

/**
 * What stands in a ticket's QR code: event, ticket and number, signed with Ed25519 (RFC 8032). Nothing in it is about a person. The key is
 * made once; its private half lies sealed in the database, its public half goes to the phones at the door.
 */
public final class TicketSeal {
    private static final String PURPOSE = "ticket-key";
    private static final Pattern FORM = Pattern.compile("M1\\.([A-Za-z0-9_-]{27})\\.([A-Za-z0-9_-]{86})");

    private final Jdbi jdbi;
    private final Vault vault;
    private volatile @Nullable Keys keys;

    public TicketSeal(Jdbi jdbi, Vault vault) {
        this.jdbi = jdbi;
        this.vault = vault;
    }

    private record Keys(PrivateKey secret, PublicKey known) {}

    private record Kept(byte[] sealed, byte[] known) {}

    /** What a code says of itself, its signature checked. */
    public record Said(long event, long ticket, int number) {}

    /** The text of a ticket's code; the same each time. */
    public String code(Ticket ticket) {
        byte[] said = ByteBuffer.allocate(20)
                .putLong(ticket.eventId())
                .putLong(ticket.id())
                .putInt(ticket.number())
                .array();
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys().secret());
            signature.update(said);
            return "M1." + text(said) + "." + text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", e);
        }
    }

    /** What a code says, if we signed it. */
    public Optional<Said> read(String code) {
        Matcher parts = FORM.matcher(code.strip());
        if (!parts.matches()) return Optional.empty();
        try {
            byte[] said = Base64.getUrlDecoder().decode(parts.group(1));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(keys().known());
            signature.update(said);
            if (!signature.verify(Base64.getUrlDecoder().decode(parts.group(2)))) return Optional.empty();
            ByteBuffer read = ByteBuffer.wrap(said);
            return Optional.of(new Said(read.getLong(), read.getLong(), read.getInt()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The public half, as X.509 says it, in base64. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(keys().known().getEncoded());
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Keys keys() {
        Keys known = keys;
        if (known == null) keys = known = read();
        return known;
    }

    private Keys read() {
        try {
            KeyPair fresh = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Kept kept = jdbi.withHandle(handle -> {
                handle.createUpdate(
                                "insert into ticket_key (id, private, public) values (1, :sealed, :known) on conflict do nothing")
                        .bind("sealed", vault.seal(PURPOSE, fresh.getPrivate().getEncoded()))
                        .bind("known", fresh.getPublic().getEncoded())
                        .execute();
                return handle.createQuery("select private as sealed, public as known from ticket_key where id = 1")
                        .mapTo(Kept.class)
                        .one();
            });
            byte[] secret = vault.open(PURPOSE, kept.sealed())
                    .orElseThrow(() -> Problem.unavailable(
                            "Tickets can't be shown: their key was sealed under another MASTHEAD_SECRET_KEY."));
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            return new Keys(
                    factory.generatePrivate(new PKCS8EncodedKeySpec(secret)),
                    factory.generatePublic(new X509EncodedKeySpec(kept.known())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", e);
        }
    }
}
